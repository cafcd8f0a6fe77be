"""Each program is refused by every compiler that is here, first of all with the text that it names.

  refused_test.py INCLUDE_FILE PROGRAM...
"""

import os
import re
import shutil
import subprocess
import sys

REFUSED = re.compile(r"^// refused: (.*)$", re.MULTILINE)


def first_error_of(compiler, include, program):
    ended = subprocess.run(
        [compiler, "-std=c++17", "-fsyntax-only", "-I", include, program],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    errors = [line for line in ended.stderr.decode().splitlines() if "error: " in line]
    return errors[0] if errors else ""


def main(header, programs):
    compilers = [each for each in ("g++", "clang++") if shutil.which(each)]
    failures = [] if compilers else ["there is no compiler"]
    for program in programs:
        with open(program, encoding="utf-8") as file:
            wanted = REFUSED.search(file.read())
        if wanted is None:
            failures.append(f"{program} does not say with which text it is refused")
            continue
        for compiler in compilers:
            error = first_error_of(compiler, os.path.dirname(header), program)
            if wanted[1] not in error:
                failures.append(f"{program}: {compiler} should say: {wanted[1]}\nbut says: {error}")
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
