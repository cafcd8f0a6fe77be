"""Runs a program with --heap-snapshot and reads what it wrote; breaks what it wrote in every way that
the checker knows of, and sees it noticed.

    snapshot_test.py FART PROGRAM.dart
"""

import copy
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time

import snapshot_checker

failures = []


def expect(fact, what):
    if not fact:
        failures.append(what)


def run(fart, *arguments):
    return subprocess.run([fart, *arguments], capture_output=True, text=True, timeout=300, check=False)


def _reached(edges):
    """Nodes that can be reached from the root without weak edges."""
    reached = {0}
    waiting = [0]
    while waiting:
        for kind, _, target in edges[waiting.pop()]:
            if kind != "weak" and target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached


def check_content(text):
    snapshot = snapshot_checker.Snapshot(text)
    edges = snapshot.edges_by_node()
    nodes = [i for i in range(snapshot.node_count()) if snapshot.name(i) == "Node"]
    expect(len(nodes) == 50, f"{len(nodes)} nodes are of class Node")
    expect(all(snapshot.type(i) == "object" for i in nodes), "a Node is no object")
    names = set()
    for i in nodes:
        own = {name: target for kind, name, target in edges[i] if kind == "property"}
        expect("name" in own, f"fields of Node {i}: {sorted(own)}")
        names.add(snapshot.name(own["name"]))
        expect(snapshot.type(own["name"]) == "string", "the name of a Node is no string")
    expect(names == {f"node {i}" for i in range(50)}, "names of nodes: " + " ".join(sorted(names)))
    chained = sum(1 for i in nodes for kind, name, to in edges[i] if name == "next" and to in nodes)
    expect(chained == 49, f"{chained} nodes have a next one")
    wanted = 'quoted " \\ \n \u00e9 \u20ac 7'
    expect(wanted in snapshot.strings, "a string is not as it was written")
    expect("9223372036854775807" in snapshot.strings, "a number is not readable")
    expect("2.5" in snapshot.strings, "a double is not readable")
    statics = [name for own in edges for kind, name, _ in own if kind == "property"]
    expect("Cache.head" in statics and "table" in statics, "static variables have no names")
    keys = [name for own in edges for kind, name, to in own if kind == "property" and snapshot.name(to) == "Leaf"]
    wanted_keys = ["[42]", "[true]", "[null]", "[0.5]", "[Point]", '["quoted " \u20ac"]', '["wrapped"]']
    expect(sorted(keys) == sorted(wanted_keys), f"values of maps are called {keys}")
    properties = {name: snapshot.name(to) for own in edges for kind, name, to in own if kind == "property"}
    expect(properties.get('["beta"]') == "2.5", "a map's value is not called by its key")
    expect(properties.get('["big"]') == "9223372036854775807", "the last value is not called by its key")
    context = [name for own in edges for kind, name, _ in own if kind == "context"]
    expect("count" in context and "this" in context, f"captured variables are called {context}")
    inner = {name: snapshot.name(to) for own in edges for kind, name, to in own if kind == "context" and name in ("first", "second")}
    expect(inner == {"first": "Leaf", "second": "Point"}, f"captured variables have others' names: {inner}")
    reached = _reached(edges)
    expect(set(nodes) <= reached, "a Node cannot be reached")
    expect(all(snapshot.node(i, "self_size") >= 16 for i in nodes), "a Node has no size")
    expect(snapshot.type(0) == "synthetic" and snapshot.name(0) == "", "node 0 is no root")


def check_negatives(text):
    """Each change is one of a file that is right, and must be complained about."""
    good = json.loads(text)

    def broken(what, change):
        data = copy.deepcopy(good)
        change(data)
        expect(snapshot_checker.complaints(json.dumps(data)), f"not noticed: {what}")

    width = len(good["snapshot"]["meta"]["node_fields"])
    broken("node_count", lambda d: d["snapshot"].__setitem__("node_count", d["snapshot"]["node_count"] + 1))
    broken("edge_count", lambda d: d["snapshot"].__setitem__("edge_count", d["snapshot"]["edge_count"] - 1))
    broken("a node's edge_count", lambda d: d["nodes"].__setitem__(4, d["nodes"][4] + 1))
    broken("a node's type", lambda d: d["nodes"].__setitem__(width, 99))
    broken("a node's name", lambda d: d["nodes"].__setitem__(width + 1, len(d["strings"])))
    broken("an id given twice", lambda d: d["nodes"].__setitem__(width + 2, d["nodes"][2]))
    broken("a size below 0", lambda d: d["nodes"].__setitem__(width + 3, -8))
    broken("an edge into a node", lambda d: d["edges"].__setitem__(2, d["edges"][2] + 1))
    broken("an edge beyond the nodes", lambda d: d["edges"].__setitem__(2, len(d["nodes"])))
    broken("an edge's type", lambda d: d["edges"].__setitem__(0, 7))
    last = len(good["edges"]) - 3
    broken("an edge's name", lambda d: (d["edges"].__setitem__(last, 2), d["edges"].__setitem__(last + 1, len(d["strings"]))))
    broken("no edge fields", lambda d: d["snapshot"]["meta"].__setitem__("edge_fields", ["to_node"]))
    broken("no id", lambda d: d["snapshot"]["meta"]["node_fields"].__setitem__(2, "number"))
    broken("no nodes", lambda d: d.pop("nodes"))
    broken("a missing node", lambda d: d.__setitem__("nodes", d["nodes"][:-width]))
    broken("a string that is a number", lambda d: d["strings"].__setitem__(0, 1))
    broken("no number", lambda d: d["nodes"].__setitem__(3, "0"))
    expect(snapshot_checker.complaints(text[:-3]), "not noticed: a file that ends early")


_LEAVES = """
import 'dart:ffi';
import 'dart:isolate';
import 'package:ffi/ffi.dart';

open(length) {
  var port = new RawReceivePort();
  var kept = new List(length);
  port.handler = (message) => kept;
  return port;
}
allocate(count) => calloc<Uint8>(count);

main() {
  for (var i = 0; i < 3; i++) open(100);
  open(5).close();
  new RawReceivePort();
  for (var i = 0; i < 2; i++) allocate(24);
  throw "the end";
}
"""


def check_ports(fart, folder):
    """Open ports and native memory are told by the place that opened and allocated them."""
    program = os.path.join(folder, "leaves.dart")
    with open(program, "w", encoding="utf-8") as file:
        file.write(_LEAVES)
    said = run(fart, "--leak-report", program).stderr
    row = re.search(r"^  4 open ports, (\d+) bytes kept by nothing else, of _RawReceivePort$", said, re.M)
    # A list of 100 has 816 bytes.
    expect(row and 3 * 816 < int(row[1]) < 3 * 816 + 1000, "ports without a place: " + said)
    expect("Native memory" not in said, said)
    said = run(fart, "--leak-report", "--handle-provenance", "--ffi-checked", program).stderr
    rows = re.findall(r"^  (\d) open ports?, (\d+) bytes [^\n]*, the oldest opened 1 collection ago\n"
                      r"    opened at #\d (\w+) ", said, re.M)
    expect([(count, name) for count, _, name in rows] == [("3", "open"), ("1", "main")], f"{rows}: {said}")
    expect("Native memory that was not freed: 48 bytes in 2 blocks.\n48 bytes in 2 blocks, allocated:\n"
           f"  #0 allocate ({program}:" in said, said)


def check_flags(fart, program, folder):
    counted = run(fart, "--gc-histogram", program)
    expect(counted.returncode == 0 and counted.stdout == "54\n", f"histogram: {counted}")
    row = re.search(r"^ +50 +(\d+) .* Node$", counted.stderr, re.M)
    expect(row and int(row.group(1)) == 50 * 32, "the histogram has not 50 Nodes:\n" + counted.stderr)
    why = run(fart, "--why=Node", program)
    expect("Objects of class 'Node': 50." in why.stderr, why.stderr)
    expect("(static variables)\n  .Cache.head -> Node\n" in why.stderr, why.stderr)
    why = run(fart, "--why=Leaf", program)
    expect('(static variables)\n  .table -> _LinkedMap\n  [42] -> Leaf\n' in why.stderr, why.stderr)
    leaks = run(fart, "--leak-report", program)
    expect("Open in isolate" in leaks.stderr and "  nothing\n" in leaks.stderr, leaks.stderr)
    check_ports(fart, folder)
    for flag in ("--heap-snapshot", "--handle-provenance=sample:0", "--handle-provenance=2"):
        refused = run(fart, flag, program)
        expect(refused.returncode == 254, f"{flag} is taken: {refused}")
    for flag in ("--gc-histogram", "--leak-report"):
        for value in ("maybe", "2", "99999999999999999999"):
            refused = run(fart, f"{flag}={value}", program)
            expect((refused.returncode, refused.stderr.count("\n")) == (254, 1) and "=true or =false" in refused.stderr,
                   f"{flag}={value}: {refused}")
        last = run(fart, flag, flag + "=false", program)
        expect((last.returncode, last.stderr) == (0, ""), f"the last {flag} does not count: {last}")
    nowhere = run(fart, "--heap-snapshot=" + os.path.join(folder, "none", "x"), program)
    expect(nowhere.returncode == 0 and "cannot write" in nowhere.stderr, str(nowhere))


_WAITS = """
import 'dart:isolate';
main() {
  var port = new ReceivePort();
  port.listen((message) {});
  print('waits');
}
"""
_ALLOCATES = """
main() {
  print('allocates');
  for (;;) new List(10);
}
"""


def _wait_until_held(process):
    """Until the process has blocked SIGUSR1, which ends it before that."""
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
            blocked = int(re.search(r"^SigBlk:\s+(\w+)$", file.read(), re.M).group(1), 16)
        if blocked >> (signal.SIGUSR1 - 1) & 1:
            return
        time.sleep(0.01)


def check_signal(fart, folder):
    """SIGUSR1 has a snapshot written, wherever the program is."""
    for text in (_WAITS, _ALLOCATES):
        program = os.path.join(folder, "signalled.dart")
        with open(program, "w", encoding="utf-8") as file:
            file.write(text)
        path = os.path.join(folder, "signalled.heapsnapshot")
        command = [fart, "--heap-snapshot=" + path, program]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            _wait_until_held(process)
            for number in (1, 2):
                process.send_signal(signal.SIGUSR1)
                deadline = time.monotonic() + 60
                found = ["there is no file"]
                while found and time.monotonic() < deadline and process.poll() is None:
                    time.sleep(0.05)
                    if os.path.exists(f"{path}.{number}"):
                        with open(f"{path}.{number}", encoding="utf-8") as file:
                            found = snapshot_checker.complaints(file.read())
                failures.extend(f"by a signal: {complaint}" for complaint in found)
            process.kill()
        for number in (1, 2):
            if os.path.exists(f"{path}.{number}"):
                os.remove(f"{path}.{number}")
    with subprocess.Popen([fart, "--gc-histogram", program], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          text=True) as process:
        _wait_until_held(process)
        process.send_signal(signal.SIGUSR1)
        too_late = threading.Timer(60, process.kill)
        too_late.start()
        first = process.stderr.readline() + process.stderr.readline()
        expect(re.fullmatch(r"Heap of isolate '.*' at \d+\.\d{6} s:\n +objects +bytes +new +old +large  class\n", first),
               f"by a signal is printed: {first}")
        too_late.cancel()
        process.kill()
    with subprocess.Popen([fart, program], stdout=subprocess.DEVNULL) as process:
        process.send_signal(signal.SIGUSR1)
        expect(process.wait(timeout=60) == -signal.SIGUSR1, "a signal that nobody asked for is taken")


_COLLECTS = "main() { for (var i = 0; i < 2000000; i++) new List(3); }"


def check_full_trace(fart, program, path):
    """Where a disk is full the trace ends, which is said once; what is there can be read."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
    done = subprocess.run([fart, "--gc-trace=" + path, program], check=False, preexec_fn=limit, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)
    expect((done.returncode, done.stderr) == (0, f"--gc-trace: the trace in '{path}' ends here: File too large.\n"), f"{done}")
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    expect(sum(len(line) + 1 for line in lines) - 1 == 8192, "the trace does not end at the limit")
    for line in lines[1:-1]:
        json.loads(line.rstrip(","))
    full = run(fart, "--gc-trace=/dev/full", program)
    expect((full.returncode, full.stderr.count("No space left")) == (0, 1), f"{full}")


def check_closed_streams(fart, program, folder):
    """What goes to a stream that is closed stands in no file instead."""
    trace, snapshot = os.path.join(folder, "closed.json"), os.path.join(folder, "closed.heapsnapshot")
    flags = f"--gc-histogram --leak-report --gc-trace='{trace}' --heap-snapshot='{snapshot}'"
    done = subprocess.run(["sh", "-c", f"'{fart}' {flags} '{program}' <&- >&- 2>&-"], check=False)
    expect(done.returncode == 0, f"without streams: {done}")
    with open(trace, encoding="utf-8") as file:
        json.loads(file.read()[:-2] + "]")
    with open(snapshot, encoding="utf-8") as file:
        failures.extend(f"without streams: {complaint}" for complaint in snapshot_checker.complaints(file.read()))


def check_trace(fart, folder):
    """Collections are events, their phases lie within them, and times do not go back."""
    program = os.path.join(folder, "collects.dart")
    with open(program, "w", encoding="utf-8") as file:
        file.write(_COLLECTS)
    path = os.path.join(folder, "trace.json")
    done = run(fart, "--gc-trace=" + path, program)
    expect(done.returncode == 0, str(done))
    with open(path, encoding="utf-8") as file:
        text = file.read()
    expect(text.startswith("[\n") and text.endswith("},\n"), "the trace is no array left open")
    events = json.loads(text[:-2] + "]")
    collections = [e for e in events if e["ph"] == "X" and "args" in e]
    phases = [e for e in events if e["ph"] == "X" and "args" not in e and e["name"] != "mark"]
    expect(len(collections) > 5 and phases, f"{len(collections)} collections, {len(phases)} phases")
    expect(all(e["args"]["cause"] and e["args"]["bytes_before"] > 0 for e in collections), "no causes")
    for phase in phases:
        end = phase["ts"] + phase["dur"]
        within = [e for e in collections if e["ts"] <= phase["ts"] and end <= e["ts"] + e["dur"] + 0.002]
        expect(len(within) == 1, f"a phase lies in {len(within)} collections")
    old = [e["args"] for e in events if e["name"].startswith("old space of isolate")]
    expect(len(old) == len(collections) and all(0 < e["collected_at"] for e in old), "no counter of old space")
    marked = [e["args"] for e in events if e["name"].startswith("marked of isolate")]
    expect(len(marked) == len(collections), f"{len(marked)} counters of what is marked meanwhile")
    starts = [e["ts"] for e in collections]
    expect(starts == sorted(starts), "times go back")
    expect(len([e for e in events if e["ph"] == "C"]) == 7 * len(collections), "counters are missing")
    check_full_trace(fart, program, path)
    check_closed_streams(fart, program, folder)
    nowhere = run(fart, "--gc-trace=" + os.path.join(folder, "none", "x"), program)
    expect(nowhere.returncode == 0 and "cannot write" in nowhere.stderr, str(nowhere))


_SAYS = r"""
import 'dart:async';
import 'dart:developer';
import 'dart:isolate';

class Odd { toString() => throw "no text"; }
class Thing { toString() => 'a "thing"'; }

other(port) {
  for (var i = 0; i < 200; i++) Timeline.timeSync("there", () => new List(1000), arguments: {"i": i});
  port.send(Timeline.timeSync("last", () => 7));
}

passedOn(message) {
  new TimelineTask.withTaskId(message[1])..start("there too")..finish();
  message[0].send(null);
}

tasks() async {
  var first = new TimelineTask()..start("first", arguments: {"a": 1})..start("in it");
  var second = new TimelineTask()..start("second");
  first..instant("point", arguments: {})..finish();
  await null;
  second.finish();
  first.finish();
  var port = new ReceivePort();
  Isolate.spawn(passedOn, [port.sendPort, first.pass()]);
  await port.first;
}

main() async {
  Timeline.startSync("outer", arguments: {"a": 1, "b": [true, null, 1.5], 3: new Thing(), "d": double.NAN});
  Timeline.startSync('quoted "name" \\ \u{1F600}');
  Timeline.instantSync("point", arguments: {"deep": {"er": "x"}});
  Timeline.finishSync();
  Timeline.finishSync();
  try { Timeline.finishSync(); } on StateError { print("uneven"); }
  try { Timeline.timeSync("thrown", () => throw "x"); } catch (x) { print(x); }
  Timeline.instantSync("odd", arguments: {"o": new Odd()});
  print(Timeline.timeSync("empty", () => 5, arguments: {}));
  var port = new ReceivePort();
  Isolate.spawn(other, port.sendPort);
  for (var i = 0; i < 200; i++) Timeline.timeSync("here", () => new List(1000), arguments: {"i": i});
  print(await port.first);
  await tasks();
  Timeline.startSync("never finished");
}
"""


def check_marks(fart, folder):
    """What a program tells dart:developer's Timeline stands on its isolate's thread; without a trace it does nothing."""
    program = os.path.join(folder, "says.dart")
    with open(program, "w", encoding="utf-8") as file:
        file.write(_SAYS)
    printed = "uneven\nx\n5\n7\n"
    done = run(fart, program)
    expect(done.returncode == 0 and done.stdout == printed and not done.stderr, str(done))
    path = os.path.join(folder, "marks.json")
    done = run(fart, "--gc-trace=" + path, program)
    expect(done.returncode == 0 and done.stdout == printed, str(done))
    with open(path, encoding="utf-8") as file:
        events = json.loads(file.read()[:-2] + "]")
    marks = [e for e in events if e.get("cat") == "program"]
    expect(all(e["pid"] == 1 and e["ph"] in "BEiben" for e in marks), "marks of other kinds")
    expect(all(("id" in e) == (e["ph"] in "ben") for e in marks), "tasks without a number")
    tasks = [e for e in marks if "id" in e]
    marks = [e for e in marks if "id" not in e]
    first, second = [[e for e in tasks if e["id"] == number] for number in sorted({e["id"] for e in tasks})]
    expect([(e["ph"], e["name"], e.get("args")) for e in first] ==
           [("b", "first", {"a": 1}), ("b", "in it", None), ("n", "point", {}), ("e", "in it", None),
            ("e", "first", None), ("b", "there too", None), ("e", "there too", None)], str(first))
    expect([(e["ph"], e["name"]) for e in second] == [("b", "second"), ("e", "second")], str(second))
    expect(len({e["tid"] for e in first}) == 2, "a task that was passed on is another's")
    threads = {e["tid"]: e["args"]["name"] for e in events if e["ph"] == "M"}
    of = {tid: [e for e in marks if e["tid"] == tid] for tid in {e["tid"] for e in marks}}
    expect(len(of) == 2 and all(threads[tid].startswith("isolate ") for tid in of), str(threads))
    left_open = []
    for there in of.values():
        expect([e["ts"] for e in there] == sorted(e["ts"] for e in there), "times go back")
        names = []
        for event in there:
            if event["ph"] == "B":
                names.append(event["name"])
            elif event["ph"] == "E":
                expect(names.pop() == event["name"], f"{event} ends what is not the last")
        left_open.append(names)
    expect(sorted(left_open) == [[], ["never finished"]], str(left_open))
    main, other = sorted(of.values(), key=lambda there: there[0]["name"] != "outer")
    told = [(e["ph"], e["name"]) for e in main[:9]]
    quoted = 'quoted "name" \\ \U0001F600'
    expect(told == [("B", "outer"), ("B", quoted), ("i", "point"), ("E", quoted), ("E", "outer"),
                    ("B", "thrown"), ("E", "thrown"), ("i", "odd"), ("B", "empty")], str(told))
    expect(main[0]["args"] == {"a": 1, "b": [True, None, 1.5], "3": 'a "thing"', "d": "NaN"}, str(main[0]))
    expect(main[2]["args"] == {"deep": {"er": "x"}} and main[2]["s"] == "t" and "args" not in main[1], str(main[2]))
    expect(main[7]["args"] == {} and main[8]["args"] == {}, str(main[7:9]))
    for there, name in ((main, "here"), (other, "there")):
        numbers = [e["args"]["i"] for e in there if e["name"] == name and e["ph"] == "B"]
        expect(numbers == list(range(200)), f"{name}: {numbers}")


_KEEPS = """
import 'dart:isolate';
var kept = [];
main() {
  var port = new ReceivePort();
  port.listen((message) => port.close());
  for (var i = 0; i < 3; i++) port.sendPort.send(i);
  for (var i = 0; i < 400000; i++) kept.add([i]);
}
"""


def _trace_of(fart, folder, *flags):
    program = os.path.join(folder, "keeps.dart")
    with open(program, "w", encoding="utf-8") as file:
        file.write(_KEEPS)
    path = os.path.join(folder, "threads.json")
    done = run(fart, "--gc-trace=" + path, *flags, program)
    expect(done.returncode == 0, str(done))
    with open(path, encoding="utf-8") as file:
        events = json.loads(file.read()[:-2] + "]")
    named = {e["tid"]: e["args"]["name"] for e in events if e["ph"] == "M"}
    expect(len(named) == len([e for e in events if e["ph"] == "M"]), "a thread is named twice")
    isolate = next(tid for tid, name in named.items() if name.startswith("isolate"))
    pauses = [(e["ts"], e["ts"] + e["dur"]) for e in events if e["ph"] == "X" and e["tid"] == isolate and "args" in e]
    spans = [(named[e["tid"]], e["ts"], e["ts"] + e["dur"]) for e in events if e["name"] == "mark" and e["tid"] != isolate]
    expect(all(start <= end for _, start, end in spans), "a span ends before it begins")
    return events, pauses, spans


def check_threads(fart, folder):
    """Work beside the program lies between its pauses, that of helpers within one."""
    events, pauses, spans = _trace_of(fart, folder, "--gc-concurrent=always")
    beside = [span for span in spans if span[0].startswith("beside isolate ")]
    expect(beside and beside == spans, f"marked by {sorted({name for name, _, _ in spans})}")
    for _, start, end in beside:
        met = [p for p in pauses if start < p[1] - 0.002 and p[0] + 0.002 < end]
        expect(not met, f"marked beside from {start} to {end}, within pauses {met}")
    waiting = [e["args"]["waiting"] for e in events if e["name"].startswith("messages for isolate")]
    expect(waiting and set(waiting) == {3}, f"messages that wait: {set(waiting)}")
    _, pauses, spans = _trace_of(fart, folder, "--gc-workers=2", "--mark-in-slices=false")
    workers = {name for name, _, _ in spans}
    expect(any(name.startswith("worker 0 of ") for name in workers) and workers <= {
        name for number in (0, 1) for name in workers if name.startswith(f"worker {number} of isolate ")},
        f"marked by {workers}")
    for _, start, end in spans:
        within = [p for p in pauses if p[0] <= start + 0.002 and end <= p[1] + 0.002]
        expect(len(within) == 1, f"a worker's span lies in {len(within)} collections")


def main(fart, program):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "program.heapsnapshot")
        done = run(fart, "--heap-snapshot=" + path, program)
        expect(done.returncode == 0 and done.stdout == "54\n", f"the program: {done}")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        failures.extend(snapshot_checker.complaints(text))
        if not failures:
            check_content(text)
            check_negatives(text)
        check_flags(fart, program, folder)
        if not failures:  # else it would wait for files that are never right
            check_signal(fart, folder)
        check_trace(fart, folder)
        check_marks(fart, folder)
        check_threads(fart, folder)
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
