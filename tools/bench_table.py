#!/usr/bin/env python3
"""Prints ours against theirs from Google Benchmark's JSON files: bench_table.py [--cpu] FILE...

A benchmark is named BM_<Operation>/<system>[/<argument>...]. Each figure is the median over all
runs of it in all files, of wall time: a collector's helper threads cost no CPU time of ours. With
--cpu it is the time that the calling thread had, but for what measures itself (`manual_time`). The spread is half the distance from the fastest
to the slowest run, in percent of the median. A counter named like a size (`peak_rss_MB`) has a row
of its own, in its own unit.
"""

import json
import re
import statistics
import sys

OURS = "fart"
NANOSECONDS = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}
SIZE_COUNTER = re.compile(r"\w+_[kMG]?B")
# What the library appends to a name to say how it measured.
METHOD = re.compile(
    r"(?:iterations|repeats|min_time|min_warmup_time):.*|real_time|process_time|manual_time"
)


def split_name(name):
    """(operation with its arguments, system), or None if the name is not of the agreed form."""
    parts = [part for part in name.split("/") if not METHOD.fullmatch(part)]
    if len(parts) < 2 or not parts[0].startswith("BM_"):
        return None
    return "/".join([parts[0][len("BM_") :]] + parts[2:]), parts[1]


def collect(reports, clock="real_time"):
    """{operation: {system: [nanoseconds of each run]}}, in order of first appearance."""
    table = {}
    for report in reports:
        for run in report["benchmarks"]:
            if run.get("run_type") == "aggregate":
                continue
            if run.get("error_occurred"):
                raise ValueError(f"{run['name']}: {run.get('error_message', 'failed')}")
            split = split_name(run["name"])
            if split is None:
                raise ValueError(f"{run['name']}: not BM_<Operation>/<system>")
            operation, system = split
            own_clock = "manual_time" in run["name"].split("/")
            time = run["real_time" if own_clock else clock]
            nanoseconds = time * NANOSECONDS[run.get("time_unit", "ns")]
            table.setdefault(operation, {}).setdefault(system, []).append(nanoseconds)
            for counter in filter(SIZE_COUNTER.fullmatch, run):
                row = table.setdefault(f"{operation} {counter}", {})
                row.setdefault(system, []).append(run[counter])
    return table


def number(value):
    return f"{value:.2f}" if value < 100 else f"{value:.0f}"


def measured(runs):
    """A median and its spread, as text."""
    median = statistics.median(runs)
    spread = (max(runs) - min(runs)) / 2 / median * 100 if median else 0.0
    return f"{number(median)} ±{spread:.0f}%"


def rows(table):
    """One row for each pair of ours and another system; a lonely measurement has a row too."""
    for operation, systems in table.items():
        ours = systems.get(OURS)
        others = [system for system in systems if system != OURS]
        for system in others:
            theirs = systems[system]
            if ours is None:
                yield operation, "-", measured(theirs), "-", system
                continue
            ratio = statistics.median(ours) / statistics.median(theirs)
            yield operation, measured(ours), measured(theirs), f"{ratio:.2f}", system
        if not others:
            yield operation, measured(ours), "-", "-", "-"


def render(table):
    lines = [("operation", "ours (ns)", "theirs (ns)", "ratio", "theirs is")] + list(rows(table))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    text = []
    for line in lines:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:4], widths[1:4])]
        text.append("  ".join(cells + [line[4]]))
    return "\n".join(text)


def main(arguments):
    paths = [argument for argument in arguments if argument != "--cpu"]
    clock = "cpu_time" if "--cpu" in arguments else "real_time"
    reports = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        # A program none of whose benchmarks matches the filter writes nothing.
        if text.strip():
            reports.append(json.loads(text))
    try:
        table = collect(reports, clock)
    except ValueError as error:
        print(f"bench_table: {error}", file=sys.stderr)
        return 1
    if not table:
        print("bench_table: nothing was measured", file=sys.stderr)
        return 1
    print(render(table))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
