#!/usr/bin/env python3
"""Runs the programs of programs.h on interpreters that are installed here, for orientation:

    peers.py FILTER    Google Benchmark's JSON, of programs that match, on standard output

Says on standard error what is absent. A figure is the processor's time of a run less that of a run
that does nothing.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEME = "(define nil '())\n(define true #t)\n(define false #f)\n"
SYSTEMS = {  # system: (programs that may be it, arguments in front of a file, the file's language)
    "lua": (["lua5.4"], [], "lua"),
    "luajit_joff": (["luajit"], ["-joff"], "lua"),
    "guile": (["guile", "guile-3.0"], ["--no-auto-compile", "-s"], "scheme"),
    "chez": (["chezscheme", "chez", "scheme"], ["--script"], "scheme"),
}


def programs():
    """{name: (definitions, expression, answer)} of programs.h."""
    with open(os.path.join(HERE, "programs.h"), encoding="utf-8") as file:
        header = re.sub(r"//.*", "", file.read())
    found = {}
    for body in re.findall(r"LispProgram k\w+ = \{(.*?)\};", header, re.S):
        fields = re.findall(r'(?:"[^"]*"\s*)+|[^",\s][^",]*', body)
        texts = ["".join(re.findall(r'"([^"]*)"', field)) for field in fields]
        answer = re.sub(r"LL", "", fields[3]).replace("/", "//")
        found[texts[0]] = (texts[1], texts[2], eval(answer))  # pylint: disable=eval-used
    return found


def script(language, name, definitions, expression, answer):
    if language == "lua":
        with open(os.path.join(HERE, "programs.lua"), encoding="utf-8") as file:
            return file.read() + f"\nif {name}() ~= {answer} then os.exit(1) end\n"
    return f"{SCHEME}{definitions}\n(if (not (= {expression} {answer})) (exit 1))\n"


def seconds(command, text):
    """Of the processor, for a script."""
    with tempfile.NamedTemporaryFile("w", suffix=".script") as file:
        file.write(text)
        file.flush()
        runs = []
        for _ in range(3):
            child = subprocess.Popen([*command, file.name], stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode != 0:
                raise RuntimeError(f"{command[0]} failed, or answered wrongly")
            runs.append(usage.ru_utime + usage.ru_stime)
    return statistics.median(runs)


def figures(system, pattern):
    names, arguments, language = SYSTEMS[system]
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        print(f"tools/bench: without {system}, which is not here", file=sys.stderr)
        return []
    command = [program, *arguments]
    nothing = seconds(command, "")
    found = []
    for name, (definitions, expression, answer) in programs().items():
        full = f"BM_DirectLisp{name}/{system}"
        if re.search(pattern, full):
            time = seconds(command, script(language, name, definitions, expression, answer)) - nothing
            found.append({"name": full, "real_time": time, "cpu_time": time, "time_unit": "s"})
    return found


def main(pattern):
    found = [figure for system in SYSTEMS for figure in figures(system, pattern)]
    json.dump({"benchmarks": found}, sys.stdout, indent=1)


if __name__ == "__main__":
    main(sys.argv[1])
