"""What tools/mutate decides, without running anything: which lines a run takes, what a run of tests
says about a broken line, and the table of all.

Invariants
  TO-M1 fair    every line is in exactly one of the TURNS turns, and a turn has lines of every room
                that has as many.
  TO-M2 told    a hang and a failed assertion both notice a line, and are counted apart: a hang says
                that no test asserts what the line does.
  TO-M3 any     a run that ends for time has begun at another line of its turn each time: it takes them in
                an order by chance, which the number of commits fixes.
  TO-M4 sooner  the test that noticed a line the last time is asked first, by itself. Only if it notices
                nothing are all asked: so what becomes of a line does not depend on what is remembered.

Not here: copying the sources and calling bazel (tools/mutate); the list (mutations.py).
"""

import collections
import enum
import random
import re

TURNS = 10


class Outcome(enum.Enum):
    """What became of one broken line; the value is the head of its column."""

    KILLED = "killed"  # an assertion failed, or a test died
    HUNG = "hung"  # a test ran into its time limit, and none failed
    SURVIVED = "survived"  # every test passed
    NOT_BUILT = "not built"  # the broken line does not compile
    NOT_FOUND = "not found"  # the line is not there, or more than once
    NOT_TRIED = "not tried"  # its tests fail without it


NOTICED = (Outcome.KILLED, Outcome.HUNG)

TESTS_FAILED = 3  # bazel's exit code; 1 is a failed build


def turn(mutations, number):
    """Every TURNS-th of the list, gone through room by room, from `number` on."""
    return sorted(mutations, key=room_of)[number % TURNS :: TURNS]  # TO-M1


def in_some_order(mutations, number):
    """The same lines, in an order by chance; the same number, the same order."""
    shuffled = list(mutations)
    random.Random(number).shuffle(shuffled)  # TO-M3
    return shuffled


def room_of(mutation):
    """The folder at the root that the line is in."""
    return mutation.file.split("/")[0] if "/" in mutation.file else "(root)"


def targets_with(outcomes, output):
    """The targets of bazel's summary that ended in one of `outcomes`, some of their shards or all
    found in the cache."""
    pattern = r"^(//\S+) +(?:\((?:\d+/\d+ )?cached\) )?(?:" + "|".join(outcomes) + r")\b"
    return re.findall(pattern, output, re.MULTILINE)


def passed_targets(output):
    return targets_with(["PASSED"], output)


def killers(target, log):
    """What failed in a failed target: test cases, the one it died in, or the whole of it."""
    failed = re.findall(r"^\[  FAILED  \] ([\w/]+\.[\w/]+)", log, re.MULTILINE)
    started = re.findall(r"^\[ RUN      \] (\S+)", log, re.MULTILINE)
    ended = set(re.findall(r"^\[(?:       OK |  FAILED  |  SKIPPED )\] ([\w/.]+)", log, re.MULTILINE))
    died = [name + " (died)" for name in started[-1:] if name not in ended]
    return list(dict.fromkeys(failed + died)) or [target]


def judge(status, output, log_of):
    """(Outcome, what to say about it) of bazel's exit code and output, and its logs by target."""
    if status == 0:
        return Outcome.SURVIVED, ""
    # A summary has them for a failed build too; then nothing was asked.
    if status != TESTS_FAILED:
        return Outcome.NOT_BUILT, output
    names = [
        name
        for target in targets_with(["FAILED", "FLAKY"], output)
        for name in killers(target, log_of(target))
    ]
    if names:
        return Outcome.KILLED, names[0] + (f" and {len(names) - 1} more" if names[1:] else "")
    hung = targets_with(["TIMEOUT"], output)
    if hung:
        started = re.findall(r"^\[ RUN      \] (\S+)", log_of(hung[0]), re.MULTILINE)
        return Outcome.HUNG, started[-1] if started else hung[0]  # TO-M2
    return Outcome.NOT_BUILT, output


def asked_first(says):
    """The test case that `judge` says has noticed a line; None: it names none."""
    named = re.match(r"[\w/]+\.[\w/]+", says)
    return named.group() if named else None


def table(results):
    """The lines of a table: a row for each room in the order of `results`, pairs of mutation and
    Outcome, and one for all."""
    counts = collections.defaultdict(collections.Counter)
    for mutation, outcome in results:
        for row in (room_of(mutation), "all"):
            counts[row]["lines"] += 1
            counts[row][outcome.value] += 1
    columns = ["lines"] + [outcome.value for outcome in Outcome]
    rows = [name for name in counts if name != "all"] + ["all"]
    lines = [f"{'room':10}" + "".join(f"{column:>11}" for column in columns)]
    for row in rows:
        lines.append(f"{row:10}" + "".join(f"{counts[row][column]:>11}" for column in columns))
    return lines
