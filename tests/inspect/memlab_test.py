"""A .heapsnapshot file is read by memlab, which others wrote: it counts what the heap itself counts, and
finds that as much is retained, by the handle that the leak report names.

    memlab_test.py MEMLAB_READER.js LEAKY FART PROGRAM.dart
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HISTOGRAM_ROW = re.compile(r"^ *(\d+) +(\d+) +\d+ +\d+ +\d+  (\w+)$", re.M)
failures = []


def expect(fact, what):
    if not fact:
        failures.append(what)


def environment():
    """That in which node finds memlab; None: it does not."""
    if shutil.which("node") is None:
        return None
    folders = ["/usr/lib/node_modules", "/usr/local/lib/node_modules"]
    path = os.pathsep.join(filter(None, [os.environ.get("NODE_PATH")] + folders))
    found = dict(os.environ, NODE_PATH=path)
    asked = subprocess.run(["node", "-e", "require.resolve('@memlab/heap-analysis')"], env=found, check=False,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return found if asked.returncode == 0 else None


def look(reader, node, command, flags, classes):
    """`classes` are compared by objects and bytes. What memlab found, and what the program printed."""
    done = subprocess.run(command, check=True, capture_output=True, text=True,
                          env=dict(os.environ, FART_FLAGS="--heap-snapshot=it.heapsnapshot --gc-histogram " + flags))
    with open("it.heapsnapshot", encoding="utf-8") as file:
        written = json.load(file)["snapshot"]
    read = subprocess.run(["node", reader, "it.heapsnapshot", *classes], check=True, capture_output=True, text=True,
                          env=node)
    found = json.loads(read.stdout[read.stdout.rindex("\nfound ") + len("\nfound "):])
    for what, count in (("nodes", "node_count"), ("edges", "edge_count")):
        expect(found[what] == written[count], f"memlab finds {found[what]} of {written[count]} {what}")
    rows = {row[2]: (int(row[0]), int(row[1])) for row in HISTOGRAM_ROW.findall(done.stderr)}
    for name in classes:
        read_here = found["classes"].get(name, {"count": 0, "bytes": 0})
        expect((read_here["count"], read_here["bytes"]) == rows.get(name),
               f"{name}: memlab finds {read_here}, the histogram has {rows.get(name)}")
    return found["classes"], done.stderr


def main(reader, leaky, fart, program):
    node = environment()
    if node is None:
        print("skipped: there is no memlab here (tools/setup --memlab)")
        return 0
    reader, leaky, fart, program = (os.path.abspath(path) for path in (reader, leaky, fart, program))
    os.chdir(tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR")))
    node["HOME"] = os.getcwd()  # memlab makes folders
    classes, said = look(reader, node, [leaky], "--leak-report", ["Entry", "Session"])
    kept = re.search(r"'the journal', (\d+) bytes kept by nothing else, of Entry", said)
    entry = classes.get("Entry", {"retained": 0, "path": []})
    expect(kept and entry["retained"] == int(kept[1]),
           f"an entry retains {entry['retained']} bytes in memlab; the report says {kept and kept[1]}")
    expect(any("persistent handle 'the journal'" in step for step in entry["path"]), f"it is kept by {entry['path']}")
    classes, _ = look(reader, node, [fart, program], "", ["Node", "Leaf", "Point"])
    path = classes.get("Leaf", {}).get("path", [])
    expect(any(step.startswith("[") for step in path), f"a value of a map is kept by {path}")
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
