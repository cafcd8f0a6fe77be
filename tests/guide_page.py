"""Does what a page of the guide says, as its reader would: writes its files, runs its commands in
their order, and compares what they print.

  guide_page.py PREFIX PAGE.md

A fence whose first line ends in `file=NAME` is that file, and ```console is commands, each behind
"$ ", with what they print. PREFIX stands for the installation. A place in a program, as "+0x1a2b"
behind its name, may be another one.
"""

import os
import re
import subprocess
import sys

PLACE = re.compile(r"(?<=\w)\+0x[0-9a-f]+")
FENCE = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(commands, prefix, failures):
    """Each command alone, in a shell that stops at what fails."""
    for part in re.split(r"^\$ ", commands, flags=re.MULTILINE)[1:]:
        command, _, wanted = part.partition("\n")
        ended = subprocess.run(["bash", "-c", re.sub(r"\bPREFIX\b", prefix, command)], check=False,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        said = ended.stdout.decode()
        if PLACE.sub("+PLACE", said) != PLACE.sub("+PLACE", wanted):
            failures.append(f"$ {command}\nprints:\n{said}not:\n{wanted}")


def main(prefix, page):
    with open(page, encoding="utf-8") as file:
        text = file.read()
    os.environ["PKG_CONFIG_PATH"] = os.path.join(prefix, "lib/pkgconfig")
    folder = os.path.join(os.environ.get("TEST_TMPDIR", "."), os.path.basename(page) + ".files")
    os.makedirs(folder)
    os.chdir(folder)
    failures, files, commands = [], 0, 0
    for kind, name, body in FENCE.findall(text):
        if name:
            files += 1
            with open(name, "w", encoding="utf-8") as file:
                file.write(body)
        elif kind == "console":
            commands += 1
            run(body, prefix, failures)
        elif kind in ("c", "cpp", "dart"):
            failures.append(f"{page}: an example in {kind} that is no file")
    if files == 0 or commands == 0:
        failures.append(f"{page} has {files} files and {commands} lists of commands")
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2]))
