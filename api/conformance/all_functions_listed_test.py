"""Says which functions of the public headers a C program does not use.

Usage: all_functions_listed_test.py PROGRAM.c HEADER...
"""

import re
import sys

import header_reader


def uses(program, name):
    return re.search(rf"\b{name}\b", program) is not None


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main(paths):
    program, *headers = map(read, paths)
    # What it looks for can be missing: each function, taken out of the program, is found out.
    names = [declaration.name for header in headers for declaration in header_reader.exports(header)]
    blind = [name for name in names if uses(program.replace(name, ""), name)]
    missing = [name for name in names if not uses(program, name)]
    for name in missing:
        print(f"{name} is declared and not used")
    for name in blind:
        print(f"this test would not notice that {name} is missing")
    if len(names) < 100:
        print(f"only {len(names)} functions were found")
    return 1 if missing or blind or len(names) < 100 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
