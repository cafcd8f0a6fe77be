"""What tools/docs gives Doxygen of the headers has the same lines as they, closes each group that it
opens, and has a heading for each field of each declaration.

  docs_filter_test.py DOXYGEN_FILTER.PY HEADER...
"""

import os
import re
import subprocess
import sys
import tempfile


def filtered(reader, path):
    return subprocess.run([sys.executable, "-B", reader, path], check=True,
                          stdout=subprocess.PIPE).stdout.decode().splitlines()


def check_page(reader):
    """A page of docs/ in a folder of its own: what is wrong with how its links are written."""
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(os.path.join(folder, "docs/design"))
        for name in ("docs/design/other.md", "README.md"):
            with open(os.path.join(folder, name), "w", encoding="utf-8"):
                pass
        page = {
            "![words](pictures/a.png)": "![words](a.png)",
            "[in](other.md) [place](other.md#there)": "[in](other.md) [place](other.md)",
            "[out](../../README.md) [none](missing.md)": "out none",
            "```cpp file=a.cc": "```cpp",
        }
        path = "docs/design/page.md"
        with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
            file.write("\n".join(page))
        made = subprocess.run([sys.executable, "-B", os.path.abspath(reader), path], check=True, cwd=folder,
                              stdout=subprocess.PIPE).stdout.decode().splitlines()
    return [f"{line} becomes {given}" for (line, wanted), given in zip(page.items(), made) if given != wanted]


def main(reader, headers):
    failures = check_page(reader)
    fields = 0
    groups = 0
    for path in headers:
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        made = filtered(reader, path)
        text = "\n".join(made)
        if not 0 <= len(made) - len(lines) <= 1:  # The last group is closed behind them.
            failures.append(f"{path} has {len(lines)} lines, and {len(made)} when filtered")
        opened, closed = text.count("@{"), text.count("@}")
        if opened != closed:
            failures.append(f"{path}: {opened} groups are opened, {closed} closed")
        groups += opened
        for line, made_line in zip(lines, made):
            found = re.match(r"^ \* (Returns|Collects|Thread|Errors)  +\S", line)
            if not found:
                continue
            fields += 1
            if f"@{found[1].lower()}_field" not in made_line:
                failures.append(f"{path}: no field: {line}")
    if fields < 500 or groups < 30:
        failures.append(f"{fields} fields in {groups} groups are too few")
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
