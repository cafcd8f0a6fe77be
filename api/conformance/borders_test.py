"""Says which exported functions do not end what Fart throws (invariant A-A5 of api/shim.h).

A body ends in FART_CATCH..., or it is a quick one, whose whole way does, or it is one of those that
call nothing that throws.

Usage: borders_test.py FILE..., headers (.h) and sources (.cc).
"""

import re
import sys

import header_reader

NOTHING_THROWN = {
    "Fart_Cleanup",  # needs no memory
    "Fart_CurrentIsolate",
    "Fart_DeleteWeakPersistentHandle",  # quick: DeleteWeak is its whole way
    "Fart_DirectHandle",  # quick: what makes an error is its whole way
    "Fart_DirectHash",
    "Fart_DirectLoadWeak",
    "Fart_DirectNew",  # ends what is ours (TryNew); the host's callback leaves as it likes
    "Fart_DirectStore",  # what it remembers needs no memory
    "Fart_EmptyString",
    "Fart_EnterScope",
    "Fart_False",
    "Fart_GetMisuse",
    "Fart_MisuseCount",
    "Fart_NewBoolean",
    "Fart_NewFinalizableHandle",  # quick: NewWatcher is its whole way
    "Fart_NewFinalizableHandleAt",
    "Fart_NewWeakPersistentHandle",
    "Fart_NewWeakPersistentHandleAt",
    "Fart_Null",
    "Fart_SetMisuseCallback",
    "Fart_True",
    "Fart_TryDeleteWeakPersistentHandle",
    "Fart_VersionNumber",
    "Fart_VersionString",
    "Fart_VisitRootFrames",
    "Fart_VisitRoots",
    "_Fart_ReportErrorHandle",  # ends the process
}

_HEAD = re.compile(r"^[A-Za-z_\[][^;{}#\n]*?\b(_?Fart_\w+)\([^;{}]*?\{", re.M)


def bodies(source):
    """Of each definition: the name, the body, and what follows it."""
    for head in _HEAD.finditer(source):
        line_end = source.index("\n", head.end())
        if source[line_end - 1] == "}":
            end = line_end
        else:
            end = source.index("\n}\n", head.end()) + 2
        yield head.group(1), source[head.end() : end], source[end:]


def open_ended(names, sources):
    """Those of `names` that have no body that ends what is thrown."""
    ended = set(NOTHING_THROWN)
    for source in sources:
        for name, body, rest in bodies(source):
            if rest.startswith("\nFART_CATCH") and "whole::" not in body:
                ended.add(name)
    return [name for name in names if name not in ended]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main(paths):
    headers = [read(path) for path in paths if path.endswith(".h")]
    sources = [read(path) for path in paths if path.endswith(".cc")]
    names = [declaration.name for header in headers for declaration in header_reader.exports(header)]
    missing = open_ended(names, sources)
    for name in missing:
        print(f"{name} does not end in FART_CATCH")
    # What it looks for can be missing: without any, all but the few are found out.
    blind = set(names) - NOTHING_THROWN
    blind -= set(open_ended(names, [source.replace("FART_CATCH", "") for source in sources]))
    for name in sorted(blind):
        print(f"this test would not notice that {name} lets exceptions out")
    if len(names) < 100:
        print(f"only {len(names)} functions were found")
    return 1 if missing or blind or len(names) < 100 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
