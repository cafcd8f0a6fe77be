"""Runs the programs of this folder by Fart, Python 3 and Lua 5.4, and prints what they take.

    compare.py FART ROUNDS [NAME...]

Times are of the processor, user and system together, of the whole process: the least of the rounds. A program
that prints something else than the others ends it with an error. A language that is not there is left out.
"""
import os
import pathlib
import shutil
import subprocess
import sys


def measure(command):
    """What it prints, and the seconds of the processor it took."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    printed = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: ended with {process.returncode}")
    return printed, usage.ru_utime + usage.ru_stime


def main():
    fart, rounds, names = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    folder = pathlib.Path(__file__).parent
    systems = [("fart", [fart], ".dart"), ("python", [sys.executable], ".py")]
    for lua in ("lua5.4", "lua54"):
        if shutil.which(lua):
            systems.append(("lua", [lua], ".lua"))
            break
    print(f"{'seconds':14}" + "".join(f"{name:>9}" for name, _, _ in systems)
          + "".join(f"{'/ ' + name:>10}" for name, _, _ in systems[1:]))
    for program in sorted(folder.glob("*.dart")):
        if names and program.stem not in names:
            continue
        times = []
        printed = set()
        for _, command, suffix in systems:
            runs = [measure(command + [program.with_suffix(suffix)]) for _ in range(rounds)]
            printed.update(text for text, _ in runs)
            times.append(min(time for _, time in runs))
        if len(printed) != 1:
            sys.exit(f"{program.stem}: not all print the same: {printed}")
        print(f"{program.stem:14}" + "".join(f"{time:9.3f}" for time in times)
              + "".join(f"{times[0] / time:10.2f}" for time in times[1:]))


main()
