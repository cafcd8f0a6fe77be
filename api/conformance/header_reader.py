"""Reads the public headers: their declarations with their comments, and their examples.

Not here: what a comment must say (docs_test.py), or how examples are compiled
(extract_examples.py).
"""

import re

# A comment, then DART_EXPORT, then everything up to the semicolon.
_EXPORT = re.compile(r"(?:/\*\*(?P<comment>(?:(?!\*/).)*)\*/\s*)?DART_EXPORT\s(?P<text>[^;{}]*);", re.S)
_CALLBACK = re.compile(
    r"(?:/\*\*(?P<comment>(?:(?!\*/).)*)\*/\s*)?typedef\s(?P<text>[^;{}]*\(\*(?P<name>\w+)\)[^;{}]*);",
    re.S,
)
_EXAMPLE = re.compile(r"^Example:\n```c(?P<kind>[^\n]*)\n(?P<text>.*?)^```$", re.S | re.M)


class Declaration:
    """An exported function or a callback type: its name, parameter names and comment."""

    def __init__(self, name, parameters, comment):
        self.name = name
        self.parameters = parameters
        self.comment = comment


def _plain(comment):
    """The comment's text without the stars at the beginning of its lines."""
    return "\n".join(re.sub(r"^\s*\*? ?", "", line) for line in (comment or "").splitlines())


def _parameter_names(parameters):
    names = []
    depth = 0
    current = ""
    for character in parameters + ",":
        depth += character == "("
        depth -= character == ")"
        if character == "," and depth == 0:
            pointer = re.search(r"\(\*(\w+)\)", current)
            word = pointer or re.search(r"(\w+)\s*(?:\[\])?\s*$", current)
            if word and word.group(1) != "void":
                names.append(word.group(1))
            current = ""
        else:
            current += character
    return names


def _without_macros(header):
    """Blanks out preprocessor lines: the definition of DART_EXPORT is no declaration."""
    return re.sub(r"^#(?:[^\n\\]|\\\n)*$", "", header, flags=re.M)


def _without_essays(header):
    """Blanks out comments that are not documentation: their examples declare nothing."""
    return re.sub(r"/\*(?!\*).*?\*/", "", header, flags=re.S)


def exports(header):
    """The functions that the text of a header exports."""
    found = []
    for match in _EXPORT.finditer(_without_essays(_without_macros(header))):
        name, parameters = re.search(r"(\w+)\s*\((.*)\)\s*$", match.group("text"), re.S).groups()
        comment = _plain(match.group("comment"))
        found.append(Declaration(name, _parameter_names(parameters), comment))
    return found


def callbacks(header):
    """The callback types that the text of a header declares."""
    return [
        Declaration(match.group("name"), [], _plain(match.group("comment")))
        for match in _CALLBACK.finditer(_without_essays(_without_macros(header)))
    ]


def examples(header):
    """Pairs of (whether it stands at file level, its text) for each example of a header."""
    found = []
    for comment in re.findall(r"/\*(?!\*)(.*?)\*/", header, re.S):
        for match in _EXAMPLE.finditer(_plain(comment)):
            found.append((match.group("kind").strip() == "file", match.group("text")))
    return found
