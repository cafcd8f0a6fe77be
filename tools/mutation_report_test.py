"""Tests of mutation_report.py, and of the list that it is for."""

import collections
import unittest

import mutation_report as report
from mutation_report import Outcome
from mutations import MUTATIONS

Line = collections.namedtuple("Line", "name file text replacement tests")

ASSERTED = """[ RUN      ] A.Holds
[       OK ] A.Holds (0 ms)
[ RUN      ] A.Breaks
[  FAILED  ] A.Breaks (0 ms)
[ RUN      ] A.BreaksToo
[  FAILED  ] A.BreaksToo (0 ms)
"""
DIED = "[ RUN      ] A.Holds\n[       OK ] A.Holds (0 ms)\n[ RUN      ] A.Dies\n"
SCRIPT = "FAILED: a row is missing\n"
LOGS = {"//a:asserted": ASSERTED, "//a:died": DIED, "//a:script": SCRIPT, "//a:hung": DIED}


def summary(**outcomes):
    """Bazel's summary of tests: `asserted="FAILED in 0.1s"` is about //a:asserted."""
    return "INFO: noise\n" + "".join(f"//a:{name}    {text}\n" for name, text in outcomes.items())


def judge(status, **outcomes):
    return report.judge(status, summary(**outcomes), LOGS.__getitem__)


class ListTest(unittest.TestCase):
    def test_names_are_unique(self):
        names = collections.Counter(line.name for line in MUTATIONS)
        self.assertEqual([name for name, count in names.items() if count > 1], [])

    def test_every_line_changes_something_and_is_watched(self):
        for line in MUTATIONS:
            self.assertNotEqual(line.text, line.replacement, line.name)
            self.assertTrue(line.tests, line.name)


def line(file):
    return Line(file, file, "a", "b", ["//a"])


# Rooms in no order.
LINES = [line(f"{'heap gc vm'.split()[i * i % 3]}/{i}.cc") for i in range(47)]


class TurnTest(unittest.TestCase):
    def test_all_turns_together_are_the_list(self):
        taken = [each for number in range(report.TURNS) for each in report.turn(LINES, number)]
        self.assertEqual(sorted(taken), sorted(LINES))

    def test_goes_round(self):
        self.assertEqual(report.turn(LINES, 1283), report.turn(LINES, 3))
        self.assertNotEqual(report.turn(LINES, 1284), report.turn(LINES, 3))

    def test_an_order_has_all_and_is_the_same_for_the_same_number(self):
        orders = [report.in_some_order(LINES, number) for number in (1283, 1283, 1293)]
        self.assertEqual(orders[0], orders[1])
        self.assertNotEqual(orders[0], orders[2])
        self.assertCountEqual(orders[2], LINES)

    def test_a_turn_has_lines_of_every_large_room(self):
        sizes = collections.Counter(report.room_of(each) for each in MUTATIONS)
        large = {room for room, size in sizes.items() if size >= report.TURNS}
        for number in range(report.TURNS):
            self.assertLessEqual(large, {report.room_of(m) for m in report.turn(MUTATIONS, number)})


class JudgeTest(unittest.TestCase):
    def test_names_the_first_assertion_and_counts_the_others(self):
        self.assertEqual(
            judge(3, asserted="FAILED in 0.1s"), (Outcome.KILLED, "A.Breaks and 1 more")
        )

    def test_names_the_test_it_died_in(self):
        self.assertEqual(judge(3, died="FAILED in 0.1s"), (Outcome.KILLED, "A.Dies (died)"))

    def test_names_a_script_by_its_target(self):
        self.assertEqual(judge(3, script="FAILED in 0.1s"), (Outcome.KILLED, "//a:script"))

    def test_what_is_asked_first_is_a_case(self):
        for target, case in (("asserted", "A.Breaks"), ("died", "A.Dies"), ("script", None)):
            _, says = judge(report.TESTS_FAILED, **{target: "FAILED in 0.1s"})
            self.assertEqual(report.asked_first(says), case)
        self.assertEqual(report.asked_first("All/B.C/0 (died) and 1 more"), "All/B.C/0")

    def test_a_hang_is_no_failed_assertion(self):
        self.assertEqual(judge(3, hung="TIMEOUT in 120.1s"), (Outcome.HUNG, "A.Dies"))

    def test_a_failed_assertion_beside_a_hang_counts(self):
        outcome, _ = judge(3, hung="TIMEOUT in 120.1s", asserted="FAILED in 0.1s")
        self.assertEqual(outcome, Outcome.KILLED)

    def test_a_failed_shard_is_a_kill_when_others_are_of_the_cache(self):
        outcome, says = judge(3, asserted="(1/2 cached) FAILED in 1 out of 2 in 2.0s")
        self.assertEqual((outcome, says), (Outcome.KILLED, "A.Breaks and 1 more"))

    def test_passed_tests_let_it_live(self):
        self.assertEqual(judge(0, asserted="PASSED in 0.1s"), (Outcome.SURVIVED, ""))

    def test_a_failed_build_is_not_a_kill(self):
        outcome, says = judge(1, asserted="FAILED TO BUILD", died="NO STATUS")
        self.assertEqual(outcome, Outcome.NOT_BUILT)
        self.assertIn("FAILED TO BUILD", says)

    def test_a_failure_that_names_no_target_is_not_a_kill(self):
        self.assertEqual(judge(3)[0], Outcome.NOT_BUILT)


class PassedTargetsTest(unittest.TestCase):
    def test_also_those_of_the_cache_and_none_that_failed(self):
        output = summary(a="(cached) PASSED in 1.2s", b="PASSED in 3s", c="FAILED in 2s", d="TIMEOUT in 3s")
        self.assertEqual(report.passed_targets(output), ["//a:a", "//a:b"])


class TableTest(unittest.TestCase):
    def test_counts_by_room_and_all(self):
        lines = report.table(
            [
                (line("heap/a.cc"), Outcome.KILLED),
                (line("heap/b/c.cc"), Outcome.HUNG),
                (line("gc/d.cc"), Outcome.SURVIVED),
                (line("BUILD.bazel"), Outcome.NOT_FOUND),
            ]
        )
        self.assertEqual([text.split()[0] for text in lines], ["room", "heap", "gc", "(root)", "all"])
        self.assertEqual(lines[1].split()[1:], ["2", "1", "1", "0", "0", "0", "0"])
        self.assertEqual(lines[2].split()[1:], ["1", "0", "0", "1", "0", "0", "0"])
        self.assertEqual(lines[4].split()[1:], ["4", "1", "1", "1", "0", "1", "0"])


if __name__ == "__main__":
    unittest.main()
