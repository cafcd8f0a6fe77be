"""Each ```cpp block of a page stands in one of the files, but for its indentation; a line `...` stands
for whatever lies between two parts of one file. And the files have less than 600 lines of code.

  excerpts_test.py PAGE FILE...
"""

import re
import sys
import textwrap

BLOCK = re.compile(r"^```cpp\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def lines_of(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def find(part, lines, begin):
    """Where `part` ends in `lines`, from `begin` on; -1: nowhere."""
    for i in range(begin, len(lines) - len(part) + 1):
        if lines[i : i + len(part)] == part:
            return i + len(part)
    return -1


def stands_in(block, text):
    lines = lines_of(text)
    place = 0
    for part in re.split(r"^\s*\.\.\.$", block, flags=re.MULTILINE):
        place = find(lines_of(part), lines, place)
        if place < 0:
            return False
    return True


def main(page, paths):
    texts = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
    with open(page, encoding="utf-8") as file:
        blocks = BLOCK.findall(file.read())
    if len(blocks) < 8:
        print(f"{page}: only {len(blocks)} excerpts were understood")
        return 1
    missing = [block for block in blocks if not any(stands_in(block, text) for text in texts)]
    for block in missing:
        print(f"{page}: no file has\n{textwrap.indent(block, '  ')}")
    code = [line for text in texts for line in lines_of(text) if not line.startswith("//")]
    if len(code) >= 600:
        print(f"{len(code)} lines of code")
        missing.append("few lines")
    # What stands nowhere is noticed.
    if any(stands_in(blocks[0] + "nowhere\n", text) for text in texts):
        missing.append("nowhere")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
