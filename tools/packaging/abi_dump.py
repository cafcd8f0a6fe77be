#!/usr/bin/env python3
"""The interface as machine code sees it: what a library exports, and the layout of the headers.

  abi_dump.py headers FOLDER                   prints declarations, sizes, offsets and values
  abi_dump.py symbols LIBRARY                  prints the exported functions, with versions
  abi_dump.py stubs FOLDER                     prints C: every function of the headers, without a body
                                               worth calling, for tools that read debug information
  abi_dump.py compare KEPT FOUND               says what was taken away or moved, and what was added
  abi_dump.py selftest FOLDER                  breaks the headers and sees each breach found

The headers are read by the compiler ($CC, or cc) and this file prints what a C program made of them
says. Names of parameters are no part of it, nor are comments.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

HEADERS = ("dart_api.h", "dart_native_api.h", "fart_heap_api.h", "fart_tools_api.h",
           "fart_direct_api.h")
MEANT = """
If that was meant: it breaks hosts that are compiled already, so the version's first number goes up
(before 1.0 the second: FART_VERSION_MINOR in api/include/dart_api.h, the sonames in BUILD.bazel, the
nodes in tools/bazel/*.exports), docs/CHANGELOG.md says what hosts have to do, and then `tools/abi`
writes the new dump. A struct with struct_size may grow at its end: docs/abi.md."""
ADDED = """
That breaks nobody: say it in docs/CHANGELOG.md and run `tools/abi`, which writes it down."""

_CONSTANT = re.compile(r"^#define ((?:FART_DIRECT|FART_VARIABLE|DART|ILLEGAL)_[A-Z0-9_]*[A-Z0-9]) +\(?\(?"
                       r"(?:\(\w+\))?(?:0x[0-9A-Fa-f]+|\d+|UINT64_C\(\w+\))[uUlL]*\)*$", re.M)


def run(command, text=None):
    return subprocess.run(command, input=text, check=True, stdout=subprocess.PIPE,
                          universal_newlines=True).stdout


def compiler():
    return os.environ.get("CC", "cc")


def preprocessed(folder):
    """What the headers declare themselves, without comments and macros."""
    includes = "".join(f'#include "{name}"\n' for name in HEADERS)
    lines = run([compiler(), "-std=c11", "-E", "-I", folder, "-xc", "-"], includes).split("\n")
    kept, ours = [], False
    for line in lines:
        marker = re.match(r'# \d+ "([^"]*)"', line)
        if marker:
            ours = os.path.basename(marker.group(1)) in HEADERS
        elif ours:
            kept.append(line)
    return re.sub(r"__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)", "", "\n".join(kept))


def statements(text):
    """Pieces up to a semicolon outside of braces; a function's body ends one, too."""
    depth, piece, found = 0, "", []
    for character in text:
        piece += character
        depth += {"{": 1, "}": -1}.get(character, 0)
        ends_body = character == "}" and depth == 0 and re.match(r"\s*static\b", piece)
        if depth == 0 and (character == ";" or ends_body):
            found.append(" ".join(piece.split()))
            piece = ""
    return found


def without_names(parameters):
    """A list of parameters with only their types; those of a pointer to a function stay."""
    kept, depth, piece = [], 0, ""
    for character in parameters + ",":
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            piece = piece.strip()
            if "(" not in piece and re.search(r"[\w*]\s*[ *]\w+$", piece):
                piece = re.sub(r"\s*\b\w+$", "", piece)
            kept.append(piece.replace(" *", "*"))
            piece = ""
        else:
            piece += character
    return ", ".join(kept)


def members(body):
    """Paths of a struct's members, within its members as well."""
    paths = []
    for declared in statements(body):
        nested = re.match(r"^(?:struct|union)\s*\w*\s*\{(.*)\}\s*(\w*)\s*;$", declared)
        if nested:
            inner = members(nested.group(1))
            name = nested.group(2)
            paths += [name] * bool(name) + [f"{name}.{path}" if name else path for path in inner]
            continue
        pointer = re.search(r"\(\s*\*\s*(\w+)\s*\)", declared)
        name = pointer or re.search(r"(\w+)\s*(?:\[[^\]]*\]\s*)*;$", declared)
        paths.append(name.group(1))
    return paths


_FUNCTION = re.compile(r"^(?:extern )?([\w *]+?[ *])(_?Fart_\w+) ?\((.*)\);$")


def is_function(piece):
    return _FUNCTION.match(piece) and not piece.startswith(("typedef", "static"))


def stubs(folder):
    """The lines of a source that defines what the headers declare."""
    lines = [f'#include "{name}"' for name in HEADERS]
    for piece in statements(preprocessed(folder)):
        if is_function(piece):
            result, name, parameters = _FUNCTION.match(piece).groups()
            # In parentheses it is no macro.
            lines.append(f"{result.replace('extern ', '')}({name})({parameters}) {{ __builtin_trap(); }}")
    return lines


def headers(folder):
    """The lines of the dump."""
    lines, prints = [], []
    for piece in statements(preprocessed(folder)):
        if is_function(piece):
            function = _FUNCTION.match(piece)
            result = function.group(1).replace("extern ", "").strip().replace(" *", "*")
            lines.append(f"function {function.group(2)}: {result}({without_names(function.group(3))})")
            continue
        if piece.startswith("typedef") and "(*" in piece.split("{")[0]:
            pointer = re.match(r"^typedef (.*?)\(\* ?(\w+)\)\((.*)\);$", piece)
            lines.append(f"callback {pointer.group(2)}: {pointer.group(1).strip().replace(' *', '*')}"
                         f"({without_names(pointer.group(3))})")
            continue
        shape = re.match(r"^typedef (struct|union|enum)\s*\w*\s*\{(.*)\}\s*(\w+)\s*;$", piece)
        if not shape:
            continue
        kind, body, name = shape.groups()
        if kind == "enum":
            for value in body.split(","):
                value = value.split("=")[0].strip()
                if value:
                    prints.append(f'printf("value {name} {value} = %lld\\n", (long long){value});')
            continue
        prints.append(f'printf("size {name} = %zu, aligned to %zu\\n", sizeof({name}), '
                      f"_Alignof({name}));")
        for path in members(body):
            prints.append(f'printf("member {name}.{path} at %zu, size %zu\\n", '
                          f"offsetof({name}, {path}), sizeof((({name}*)0)->{path}));")
    for header in HEADERS:
        with open(os.path.join(folder, header), encoding="utf-8") as file:
            for name in _CONSTANT.findall(file.read()):
                prints.append(f'printf("constant {name} = %lld\\n", (long long)({name}));')
    with tempfile.TemporaryDirectory() as work:
        source, program = os.path.join(work, "layout.c"), os.path.join(work, "layout")
        with open(source, "w", encoding="utf-8") as file:
            file.write("#include <stddef.h>\n#include <stdio.h>\n")
            file.write("".join(f'#include "{name}"\n' for name in HEADERS))
            file.write("int main(void) {\n" + "\n".join(prints) + "\nreturn 0;\n}\n")
        # Only what is inlined refers to functions of the library, and it is not used.
        run([compiler(), "-std=c11", "-O1", "-ffunction-sections", "-Wl,--gc-sections", "-I", folder,
             source, "-o", program])
        lines += run([program]).splitlines()
    return sorted(set(lines))


def symbols(library):
    listed = run(["nm", "-D", "--defined-only", "--with-symbol-versions", library])
    names = (line.split()[-1] for line in listed.splitlines())
    return sorted(name for name in names if re.match(r"_?Fart_", name))


def subject(line):
    """What a line is about: the rest says how it is."""
    return re.split(r"(?<=\w): | = | at |@", line)[0]


def compare(kept, found):
    """What to say; empty: they are the same."""
    kept_by, found_by = ({subject(line): line for line in lines} for lines in (kept, found))
    broken, added = [], []
    for about, line in kept_by.items():
        now = found_by.get(about)
        if now is None:
            broken.append(f"  taken away: {line}")
        elif now != line:
            grown = about.startswith("size ") and f"member {about[5:]}.struct_size" in kept_by
            (added if grown else broken).append(f"  was: {line}\n  is:  {now}")
    added += [f"  added: {line}" for about, line in found_by.items() if about not in kept_by]
    said = []
    if broken:
        said += ["The interface is not what hosts were compiled for:", *broken, MEANT]
    if added:
        said += ["The interface has grown:", *added, ADDED]
    return "\n".join(said)


def selftest(folder):
    """Each change is said to be what it is."""
    before = headers(folder)
    if len([line for line in before if line.startswith("function ")]) < 200:
        raise SystemExit("abi_dump: too few functions were found")
    breaches = (
        ("dart_api.h", "DART_EXPORT void Fart_EnterScope(void);", "", "taken away: function"),
        ("dart_api.h", "DART_EXPORT void Fart_EnterScope(void);",
         "DART_EXPORT void Fart_EnterScope(int depth);", "is:  function Fart_EnterScope: void(int)"),
        ("fart_tools_api.h", "  size_t struct_size; /**< sizeof(Fart_HandleStatistics)",
         "  int early; size_t struct_size; /**< sizeof(Fart_HandleStatistics)",
         "is:  member Fart_HandleStatistics.struct_size at 8"),
        ("dart_api.h", "DART_INITIALIZE_PARAMS_CURRENT_VERSION (0x00000001)",
         "DART_INITIALIZE_PARAMS_CURRENT_VERSION (0x00000002)", "= 2"),
        ("dart_api.h", "  Fart_CObject_kNull = 0,", "  Fart_CObject_kNone = 0, Fart_CObject_kNull = 1,",
         "is:  value Fart_CObject_Type Fart_CObject_kNull = 1"),
        ("fart_direct_api.h", "  uint64_t gate;", "  uint64_t more; uint64_t gate;",
         "is:  member Fart_Direct.gate at"),
        ("dart_api.h", "DART_EXPORT void Fart_EnterScope(void);",
         "DART_EXPORT void Fart_EnterScope(void);\nDART_EXPORT void Fart_EnterDoor(void);",
         "added: function Fart_EnterDoor: void(void)"),
    )
    failed = False
    for name, text, replacement, expected in breaches:
        with tempfile.TemporaryDirectory() as work:
            for header in HEADERS:
                shutil.copy(os.path.join(folder, header), work)
            path = os.path.join(work, name)
            os.chmod(path, 0o644)
            with open(path, encoding="utf-8") as file:
                content = file.read()
            if text not in content:
                raise SystemExit(f"abi_dump: no such text in {name} to break: {text}")
            with open(path, "w", encoding="utf-8") as file:
                file.write(content.replace(text, replacement, 1))
            said = compare(before, headers(work))
            is_breach = not expected.startswith("added")
            if expected not in said or (MEANT in said) != is_breach:
                failed = True
                print(f"'{text}' became '{replacement}'; said was:\n{said or 'nothing'}\n")
    return 1 if failed else 0


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def main(arguments):
    if len(arguments) >= 2 and arguments[0] in ("headers", "symbols", "stubs"):
        print("\n".join({"headers": headers, "symbols": symbols, "stubs": stubs}[arguments[0]](arguments[1])))
        return 0
    if len(arguments) == 3 and arguments[0] == "compare":
        said = compare(read(arguments[1]), read(arguments[2]))
        if said:
            print(said)
        return 1 if said else 0
    if len(arguments) == 2 and arguments[0] == "selftest":
        return selftest(arguments[1])
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
