#!/usr/bin/env python3
"""Counts the test cases of one `bazel test`: count_tests.py EVENTS STATUS

EVENTS is what --build_event_json_file wrote, STATUS bazel's exit code. Prints `N passed, N failed`
(and `, N skipped` if any were) and fails when a case or bazel failed. Each case that failed has a
line of its own before that: `FAILED: //the:target Suite.case`, or its target alone where no case says.

The test.xml files are taken from EVENTS alone: the log folder keeps those of earlier runs.
"""

import json
import sys
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree


class Counts:
    """Test cases by outcome, and the names of those that failed."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.skipped = 0
        self.names = []

    def fail(self, name=""):
        self.failed += 1
        self.names.append(name)

    def add(self, other, label=""):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.names += [f"{label} {name}".strip() for name in other.names]

    def __str__(self):
        text = f"{self.passed} passed, {self.failed} failed"
        return f"{text}, {self.skipped} skipped" if self.skipped else text


def count_xml(text):
    """The cases of one test.xml; one that was disabled is skipped."""
    counts = Counts()
    root = ElementTree.fromstring(text)
    cases = list(root.iter("testcase"))
    for case in cases:
        if case.find("failure") is not None or case.find("error") is not None:
            counts.fail(".".join(filter(None, (case.get("classname"), case.get("name")))))
        elif case.find("skipped") is not None or case.get("status") == "notrun":
            counts.skipped += 1
        else:
            counts.passed += 1
    # Not inside a case: a crash, as Bazel writes it, or a failure outside of every case.
    everywhere = sum(1 for tag in ("failure", "error") for _ in root.iter(tag))
    inside = sum(1 for case in cases for tag in ("failure", "error") for _ in case.iter(tag))
    if everywhere > inside:
        counts.fail()
    return counts


def count_result(result, read):
    """The cases of one run of one test target."""
    counts = Counts()
    for output in result.get("testActionOutput", []):
        if output.get("name") != "test.xml":
            continue
        try:
            counts.add(count_xml(read(output["uri"])))
        except (OSError, ElementTree.ParseError) as error:
            print(f"count_tests: {output['uri']}: {error}", file=sys.stderr)
            counts.fail()
    # A crash or a timeout may leave no trace in the file, or no file.
    if result.get("status") not in ("PASSED", "FLAKY") and counts.failed == 0:
        counts.fail()
    return counts


def count_events(lines, status, read):
    """The cases of all test targets. A failing bazel without a failing case is one failed."""
    runs = {}
    for line in lines:
        event = json.loads(line)
        if "testResult" in event:
            run = event["id"]["testResult"]
            # Of several attempts the last one counts.
            runs[run["label"], run.get("run"), run.get("shard")] = event["testResult"]
    counts = Counts()
    for (label, _, _), result in runs.items():
        counts.add(count_result(result, read), label)
    if status != 0 and counts.failed == 0:
        counts.fail("the build")
    return counts


def read_uri(uri):
    path = urllib.request.url2pathname(urllib.parse.urlparse(uri).path)
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def main(arguments):
    path, status = arguments[0], int(arguments[1])
    with open(path, encoding="utf-8") as lines:
        counts = count_events(lines, status, read_uri)
    for name in counts.names:
        print(f"FAILED: {name}")
    print(counts)
    if status != 0:
        return status
    return 1 if counts.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
