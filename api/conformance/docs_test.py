"""Fails if a declaration of a public header does not say what a reader must know.

Usage: docs_test.py HEADER...
"""

import re
import sys

import header_reader

# In this order, each at the beginning of a line.
_LABELS = ["Returns", "Collects", "Thread", "Errors"]


def _complaints_about_export(declaration):
    found = []
    lines = declaration.comment.splitlines()
    position = -1
    for label in _LABELS:
        places = [i for i, line in enumerate(lines) if re.match(label + r"\s+\S", line)]
        if len(places) != 1:
            found.append(f"{declaration.name}: {len(places)} lines begin with {label}")
        elif places[0] <= position:
            found.append(f"{declaration.name}: {label} is out of order")
        else:
            position = places[0]
    documented = re.findall(r"^\\param (\w+)\s+\S", declaration.comment, re.M)
    if documented != declaration.parameters:
        found.append(f"{declaration.name}: \\param {documented}, declared {declaration.parameters}")
    if not re.match(r"\s*[A-Z]", declaration.comment):
        found.append(f"{declaration.name}: no sentence says what it does")
    return found


def complaints(header):
    """What is missing in the text of a header."""
    found = []
    for declaration in header_reader.exports(header):
        found += _complaints_about_export(declaration)
    for callback in header_reader.callbacks(header):
        if not re.search(r"\bMay not\b", callback.comment):
            found.append(f"{callback.name}: does not say what it may not do")
    return found


def undetected_omissions(header):
    """Breaks each line that matters, one at a time, and names those whose loss goes unnoticed."""
    lines = header.split("\n")
    wanted = re.compile(r" \* (?:\\param|(?:%s)\s+\S)" % "|".join(_LABELS))
    missed = []
    for number, line in enumerate(lines):
        if wanted.match(line):
            broken = lines[:number] + [" * "] + lines[number + 1 :]
            if not complaints("\n".join(broken)):
                missed.append(f"line {number + 1}: {line.strip()}")
    return missed


def _only_declaration(text):
    """A header of one declaration, small enough to be broken once for each line."""
    return [match.group(0) for match in re.finditer(r"/\*\*(?:(?!\*/).)*\*/\s*DART_EXPORT[^;]*;", text, re.S)]


def main(paths):
    failures = []
    functions = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            header = file.read()
        functions += len(header_reader.exports(header))
        if len(header_reader.exports(header)) != len(re.findall(r"^DART_EXPORT ", header, re.M)):
            failures.append(f"{path}: a declaration was not understood")
        failures += [f"{path}: {text}" for text in complaints(header)]
        for declaration in _only_declaration(header):
            failures += [f"{path}: loss unnoticed: {m}" for m in undetected_omissions(declaration)]
    if functions == 0:
        failures.append("no declaration found")
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
