#!/usr/bin/env python3
"""Runs what our calls of C are compared with, as far as it is installed here:

    peers.py FILTER LIBRARY    Google Benchmark's JSON, of operations that match, on standard output

Says on standard error what is absent. LIBRARY is libffi_functions.so.
"""

import json
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPTS = {  # system: (program, its arguments, the program that says whether all is there)
    "luajit_joff": ("luajit", ["-joff", "luajit.lua"], ["-e", "require('ffi')"]),
    "luajit": ("luajit", ["luajit.lua"], ["-e", "require('ffi')"]),
    "ctypes": ("python3", ["python_ctypes.py"], ["-c", "import ctypes"]),
    "cffi": ("python3", ["python_cffi.py"], ["-c", "import cffi"]),
    "koffi": ("node", ["koffi.js"], ["-e", "require('koffi')"]),
}


def is_there(program, question):
    if shutil.which(program) is None:
        return False
    return subprocess.run([program, *question], cwd=HERE, capture_output=True).returncode == 0


def figures(system, pattern, library):
    program, arguments, question = SCRIPTS[system]
    if not is_there(program, question):
        print(f"tools/bench: without {system}, which is not here", file=sys.stderr)
        return []
    ran = subprocess.run(
        [program, *arguments, library], cwd=HERE, stdout=subprocess.PIPE, text=True, check=True
    )
    found = []
    for line in ran.stdout.splitlines():
        operation, nanoseconds = line.split()
        name = f"BM_{operation}/{system}"
        if re.search(pattern, name):
            time = float(nanoseconds)
            found.append({"name": name, "real_time": time, "cpu_time": time, "time_unit": "ns"})
    return found


def main(pattern, library):
    library = os.path.abspath(library)
    found = [figure for system in SCRIPTS for figure in figures(system, pattern, library)]
    json.dump({"benchmarks": found}, sys.stdout, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
