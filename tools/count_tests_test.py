"""Tests of count_tests.py."""

import json
import unittest

import count_tests

MIXED = """<testsuites><testsuite name="S">
  <testcase name="a" status="run" result="completed"/>
  <testcase name="b" classname="S" status="run"><failure message="x"/><failure message="y"/></testcase>
  <testcase name="c" status="run" result="skipped"><skipped message=""/></testcase>
  <testcase name="d" status="notrun" result="suppressed"/>
</testsuite></testsuites>"""
CLEAN = '<testsuites><testsuite><testcase name="a"/><testcase name="b"/></testsuite></testsuites>'
CRASH = '<testsuites><testsuite><testcase name="t"><error message="exit 134"/></testcase></testsuite></testsuites>'
QUOTES = """<testsuites><testsuite><testcase name="t"/>
  <system-out><![CDATA[<testcase><failure>]]></system-out></testsuite></testsuites>"""
FILES = {"mixed": MIXED, "clean": CLEAN, "crash": CRASH, "broken": "<testsuites>"}


def event(label, status, uri, attempt=1):
    outputs = [{"name": "test.log", "uri": "log"}]
    if uri:
        outputs.append({"name": "test.xml", "uri": uri})
    return json.dumps(
        {
            "id": {"testResult": {"label": label, "run": 1, "shard": 1, "attempt": attempt}},
            "testResult": {"status": status, "testActionOutput": outputs},
        }
    )


def names(events, status):
    return count_tests.count_events(events, status, FILES.__getitem__).names


def count(events, status):
    return str(count_tests.count_events(events, status, FILES.__getitem__))


class CountXmlTest(unittest.TestCase):
    def test_counts_each_case_once_by_its_outcome(self):
        self.assertEqual(str(count_tests.count_xml(MIXED)), "1 passed, 1 failed, 2 skipped")

    def test_does_not_count_what_a_log_quotes(self):
        self.assertEqual(str(count_tests.count_xml(QUOTES)), "1 passed, 0 failed")


class CountEventsTest(unittest.TestCase):
    def test_adds_up_targets_and_ignores_other_events(self):
        events = [event("//a", "PASSED", "clean"), "{}", event("//b", "FAILED", "crash")]
        self.assertEqual(count(events, 3), "2 passed, 1 failed")

    def test_last_attempt_counts(self):
        events = [event("//a", "FAILED", "crash"), event("//a", "PASSED", "clean", attempt=2)]
        self.assertEqual(count(events, 0), "2 passed, 0 failed")

    def test_timeout_without_a_file_is_one_failed(self):
        self.assertEqual(count([event("//a", "TIMEOUT", None)], 3), "0 passed, 1 failed")

    def test_failed_target_whose_cases_passed_is_one_failed(self):
        self.assertEqual(count([event("//a", "FAILED", "clean")], 3), "2 passed, 1 failed")

    def test_unreadable_file_is_one_failed(self):
        self.assertEqual(count([event("//a", "PASSED", "broken")], 0), "0 passed, 1 failed")

    def test_failing_build_is_one_failed(self):
        self.assertEqual(count([event("//a", "PASSED", "clean")], 1), "2 passed, 1 failed")
        self.assertEqual(count([], 1), "0 passed, 1 failed")
        self.assertEqual(names([], 1), ["the build"])

    def test_says_what_failed(self):
        events = [event("//a", "PASSED", "clean"), event("//b", "FAILED", "mixed"), event("//c", "TIMEOUT", None)]
        self.assertEqual(names(events, 3), ["//b S.b", "//c"])
        self.assertEqual(names([event("//a", "PASSED", "broken")], 0), ["//a"])


if __name__ == "__main__":
    unittest.main()
