#!/usr/bin/env python3
"""Prints the first ```c block of a Markdown file: extract_example.py FILE.md > FILE.c"""

import re
import sys


def main(path):
    with open(path, encoding="utf-8") as file:
        block = re.search(r"^```c\n(.*?)^```$", file.read(), re.MULTILINE | re.DOTALL)
    if block is None:
        print(f"{path}: no ```c block", file=sys.stderr)
        return 1
    sys.stdout.write(block.group(1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
