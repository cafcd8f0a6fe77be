"""A .heapsnapshot file is opened by Chrome's DevTools: by the code of the Memory panel, as a browser
serves it, in a worker of its own. It must count what the heap itself counts.

    snapshot_in_browser_test.py LEAKY FART PROGRAM.dart
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.getcwd(), "tools"))
import chromium  # pylint: disable=wrong-import-position

HISTOGRAM_ROW = re.compile(r"^ *(\d+) +(\d+) +\d+ +\d+ +\d+  (\w+)$", re.M)
# What the panel does: a loader in a worker is given the text piece by piece.
LOAD = """(async () => {
  const {HeapSnapshotProxy: {HeapSnapshotWorkerProxy}, HeapSnapshotModel} =
      await import('/devtools/models/heap_snapshot/heap_snapshot.js');
  const workers = new HeapSnapshotWorkerProxy(() => {}, '%s');
  const snapshot = await new Promise((opened, failed) => {
    const loader = workers.createLoader(1, opened);
    const pieces = text.match(/[^]{1,50000}/g);
    (async () => { for (const piece of pieces) await loader.write(piece); await loader.close(); })().catch(failed);
    setTimeout(() => failed('it is not opened'), 60000);
  });
  const filter = new HeapSnapshotModel.NodeFilter();
  const classes = {};
  for (const each of Object.values(await snapshot.aggregatesWithFilter(filter))) {
    classes[each.name] = [each.count, each.self, each.maxRet];
  }
  globalThis.snapshot = snapshot;
  return {nodes: snapshot.nodeCount, bytes: snapshot.totalSize, classes};
})()"""
failures = []


def expect(fact, what):
    if not fact:
        failures.append(what)


def open_in_devtools(browser, text):
    page = browser.new_page()
    worker = "entrypoints/heap_snapshot_worker/heap_snapshot_worker-entrypoint.js"
    page.open(browser.devtools_url(worker))
    page.evaluate(f"globalThis.text = {json.dumps(text)}; 1")
    opened = page.evaluate(LOAD % browser.devtools_url(worker))
    expect(page.complaints() == [], f"DevTools complain: {page.complaints()}")
    return opened


def look(browser, command, flags, classes):
    """`classes` are compared by objects and bytes. Returns what DevTools found and what was printed."""
    done = subprocess.run(command, check=True, capture_output=True, text=True,
                          env=dict(os.environ, FART_FLAGS="--heap-snapshot=it.heapsnapshot --gc-histogram " + flags))
    text = pathlib.Path("it.heapsnapshot").read_text(encoding="utf-8")
    opened = open_in_devtools(browser, text)
    written = json.loads(text)
    fields = written["snapshot"]["meta"]["node_fields"]
    sizes = written["nodes"][fields.index("self_size")::len(fields)]
    expect(opened["nodes"] == len(sizes), f"DevTools count {opened['nodes']} of {len(sizes)} nodes")
    expect(opened["bytes"] == sum(sizes), f"DevTools count {opened['bytes']} of {sum(sizes)} bytes")
    rows = {row[2]: [int(row[0]), int(row[1])] for row in HISTOGRAM_ROW.findall(done.stderr)}
    for name in classes:
        found = opened["classes"].get(name, [0, 0, 0])
        expect(name in rows and found[:2] == rows[name], f"{name}: {found} in DevTools, {rows.get(name)} in the histogram")
    return opened, done.stderr


def main(leaky, fart, program):
    if chromium.find() is None:
        print("skipped: there is no browser here (Debian: chromium-headless-shell)")
        return 0
    leaky, fart, program = (os.path.abspath(path) for path in (leaky, fart, program))
    os.chdir(tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR")))
    with chromium.Browser() as browser:
        opened, said = look(browser, [leaky], "--leak-report", ["Entry", "Session"])
        kept = re.search(r"'the journal', (\d+) bytes kept by nothing else, of Entry", said)
        retained = opened["classes"]["Entry"][2]
        expect(kept and retained == int(kept[1]),
               f"entries retain {retained} bytes in DevTools; the report says {kept and kept[1]}")
        look(browser, [fart, program], "", ["Node", "Leaf", "Point"])
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
