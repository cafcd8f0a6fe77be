#!/usr/bin/env python3
"""Draws what `tools/bench --plot` has measured: bench_plots.py MEASURED FOLDER [--commands].

MEASURED has, of each run of a program of bench/pause.h, SYSTEM-LIVE[-LIMIT].ticks (FART_BENCH_TICKS)
and SYSTEM-LIVE[-LIMIT].json (Google Benchmark's), sizes in MB. FOLDER gets three pictures, drawn by
gnuplot:

  pauses.svg              how many ticks of the run took how long, of the largest graph; and how many
                          pauses of ours the collector itself tells
  pauses-against-live.svg the longest tick and all but one in 10,000, against the size of the graph
  time-against-heap.svg   the time of the run, against the limit of the heap over what lives

With --commands gnuplot's commands are printed and nothing is drawn.
"""

import json
import math
import pathlib
import subprocess
import sys

OURS = "fart"
# Of the widths of a histogram's columns each is this times the one before: ten from 1 to 10.
RATIO = 10 ** 0.1


def read_ticks(text):
    """{"tick" or "pause": [microseconds]}"""
    values = {"tick": [], "pause": []}
    for line in text.splitlines():
        what, microseconds = line.split()
        values[what].append(float(microseconds))
    return values


def histogram(values):
    """[(upper bound, how many)] of columns with something in them, in order."""
    columns = {}
    for value in values:
        column = math.ceil(round(math.log(max(value, 1e-3), RATIO), 6))
        columns[column] = columns.get(column, 0) + 1
    return [(RATIO**column, count) for column, count in sorted(columns.items())]


def milliseconds(report, row):
    """Of BM_Pause<row>; None: it is not there."""
    for run in report["benchmarks"]:
        if run["name"].split("/")[0] == "BM_Pause" + row:
            return run["real_time"]
    return None


class Run:
    def __init__(self, stem, report, ticks):
        system, live, *limit = stem.split("-")
        self.system = system
        self.live = int(live)
        self.limit = int(limit[0]) if limit else None
        self.report = report
        self.ticks = ticks


def read_runs(folder):
    runs = []
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        ticks = read_ticks(path.with_suffix(".ticks").read_text())
        runs.append(Run(path.stem, json.loads(path.read_text()), ticks))
    return runs


def block(name, rows):
    """A table among gnuplot's commands."""
    lines = [" ".join(f"{value:.6g}" for value in row) for row in rows]
    return "\n".join([f"${name} << EOD", *lines, "EOD"])


def picture(path, title, x_label, y_label, curves, settings=()):
    """Commands; each curve is (title, how it is drawn, rows)."""
    lines = [
        "reset",
        'set terminal svg size 720,420 font "sans-serif,13" background "white"',
        f"set output '{path}'",
        f'set title "{title}"',
        f'set xlabel "{x_label}"',
        f'set ylabel "{y_label}"',
        "set grid",
        "set key outside right top",
        *settings,
    ]
    lines += [block(f"curve{i}", rows) for i, (_, _, rows) in enumerate(curves)]
    plots = [f'$curve{i} with {style} title "{name}"' for i, (name, style, _) in enumerate(curves)]
    return "\n".join([*lines, "plot " + ", ".join(plots)])


def pauses(runs, path):
    largest = max(run.live for run in runs)
    curves = []
    for run in runs:
        if run.live != largest or run.limit is not None:
            continue
        curves.append((f"{run.system}: ticks", "histeps lw 2", histogram(run.ticks["tick"])))
        if run.ticks["pause"]:
            name = f"{run.system}: pauses it tells"
            curves.append((name, "points pt 7", histogram(run.ticks["pause"])))
    return picture(path, f"A thousand steps, {largest} MB live", "microseconds", "how many", curves,
                   ["set logscale xy", "set yrange [0.5:*]"])


def pauses_against_live(runs, path):
    rows = {}
    for run in runs:
        if run.limit is None:
            for row, name in (("RunLongest", "longest"), ("RunRare", "99.99 %")):
                point = (run.live, milliseconds(run.report, row))
                rows.setdefault(f"{run.system}: {name}", []).append(point)
    curves = [(name, "linespoints lw 2", sorted(points)) for name, points in rows.items()]
    return picture(path, "What a program waits for", "MB live",
                   "milliseconds for a thousand steps", curves, ["set logscale xy"])


def time_against_heap(runs, path):
    rows = {}
    for run in runs:
        if run.limit is not None:
            point = (run.limit / run.live, milliseconds(run.report, "Run") / 1000)
            rows.setdefault(run.system, []).append(point)
    curves = [(name, "linespoints lw 2", sorted(points)) for name, points in rows.items()]
    return picture(path, "4 GB of temporaries", "limit of the heap, of what lives", "seconds",
                   curves, ["set yrange [0:*]"])


def commands(runs, folder):
    folder = pathlib.Path(folder)
    return "\n".join([
        pauses(runs, folder / "pauses.svg"),
        pauses_against_live(runs, folder / "pauses-against-live.svg"),
        time_against_heap(runs, folder / "time-against-heap.svg"),
        "",
    ])


def main(arguments):
    measured, folder = arguments[0], arguments[1]
    text = commands(read_runs(measured), folder)
    if "--commands" in arguments[2:]:
        print(text)
        return 0
    return subprocess.run(["gnuplot"], input=text, text=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
