"""Writes a C file of the examples in the public headers to standard output.

An example that stands at file level is copied. Any other becomes a function, and all of those
are listed in kFartExamples (examples.h), so that a test can run them.

Usage: extract_examples.py HEADER...
"""

import os
import sys

import header_reader


def main(paths):
    out = ["// Made from the comments of the public headers by extract_examples.py."]
    runnable = []
    bodies = []
    for path in paths:
        stem = os.path.basename(path).replace(".h", "")
        out.append(f'#include "{os.path.basename(path)}"')
        with open(path, encoding="utf-8") as file:
            header = file.read()
        for number, (at_file_level, text) in enumerate(header_reader.examples(header)):
            if at_file_level:
                bodies.append(text)
                continue
            name = f"{stem}_example_{number}"
            indented = "".join("  " + line + "\n" for line in text.splitlines())
            bodies.append(f"static void {name}(void) {{\n{indented}}}")
            runnable.append(name)
    if not runnable:
        print("no examples found", file=sys.stderr)
        return 1
    # An example may show a function without calling it.
    out.append('#include "api/conformance/examples.h"')
    out.append('#pragma GCC diagnostic ignored "-Wunused-function"')
    # Their assertions are what they show, also in an optimised build.
    out[0:1] = [out[0], "#undef NDEBUG"]
    out += bodies
    rows = "".join(f'    {{"{name}", {name}}},\n' for name in runnable)
    out.append(f"const FartExample kFartExamples[] = {{\n{rows}    {{NULL, NULL}},\n}};")
    print("\n\n".join(out))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
