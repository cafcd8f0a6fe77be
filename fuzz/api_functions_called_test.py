"""Says which functions of the public headers the API machine does not call.

Usage: api_functions_called_test.py header_reader.py HEADER_OR_STEPS...
"""

import importlib.util
import re
import sys

# Why the machine does not call a function. Names that are called after all are found out, too.
NOT_CALLED = {
    "_Fart_ReportErrorHandle": "it ends the process",
}
CALL = re.compile(r"\bFUZZ_CALL\((\w+)")


def load(path):
    spec = importlib.util.spec_from_file_location("header_reader", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main(paths):
    header_reader = load(paths[0])
    declared = [
        declaration.name
        for path in paths[1:]
        if "/include/" in path
        for declaration in header_reader.exports(read(path))
    ]
    called = {
        name for path in paths[1:] if "/include/" not in path for name in CALL.findall(read(path))
    }
    problems = [
        f"{name} is declared and not called"
        for name in declared
        if name not in called and name not in NOT_CALLED
    ]
    problems += [f"{name} is called, whatever is said here" for name in NOT_CALLED if name in called]
    problems += [f"{name} is called and not declared" for name in sorted(called - set(declared))]
    if len(declared) < 190:
        problems.append(f"only {len(declared)} functions were found")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
