"""clang's thread-safety analysis refuses each program that says so, with the text that it says, and
accepts the others.

  refused_test.py INCLUDE_FILE PROGRAM...
"""

import os
import re
import shutil
import subprocess
import sys

FLAGS = ["-std=c++17", "-fsyntax-only", "-Wall", "-Wextra", "-Wthread-safety", "-Werror"]
REFUSED = re.compile(r"^// refused: (.*)$", re.MULTILINE)


def errors_of(clang, include, program):
    """What clang has against a program: the lines of its errors."""
    ended = subprocess.run(
        [clang, *FLAGS, "-I", include, "-I", ".", program],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    lines = ended.stderr.decode().splitlines()
    return ended.returncode, [line for line in lines if ": error: " in line]


def main(header, programs):
    clang = shutil.which("clang++")
    if clang is None:
        print("skipped: no clang++ here (tools/setup installs it)")
        return 0
    failures = []
    refused = 0
    for program in programs:
        with open(program, encoding="utf-8") as file:
            wanted = REFUSED.search(file.read())
        code, errors = errors_of(clang, os.path.dirname(header), program)
        if wanted is None:
            if code != 0:
                failures.append(f"{program} should be accepted:\n" + "\n".join(errors))
            continue
        refused += 1
        if len(errors) != 1 or wanted[1] not in errors[0]:
            failures.append(f"{program} should be refused, once: {wanted[1]}\n" + "\n".join(errors))
    if refused < 6 or refused == len(programs):
        failures.append(f"{refused} of {len(programs)} programs are to be refused")
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
