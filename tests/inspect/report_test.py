"""fart_report makes one page of what a program has written of its heap: everything is in it, and it
asks for nothing from elsewhere.

  report_test.py FART_REPORT LEAKY
"""

import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile

failures = []


def expect(fact, what):
    if not fact:
        failures.append(what)


class Page(html.parser.HTMLParser):
    """Its words, its drawn parts, what it would fetch, and whether each element is closed."""

    VOID = {"meta", "line", "rect", "polyline"}

    def __init__(self, text):
        super().__init__()
        self.words, self.pauses, self.lines, self.fetches, self.open = "", 0, 0, [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.pauses += attributes.get("class") == "pause"
        self.lines += tag == "polyline"
        self.fetches += [attributes[name] for name in ("src", "href") if name in attributes]
        if tag in ("script", "link", "img"):
            self.fetches.append(tag)
        if tag not in self.VOID or attributes.get("class") == "pause":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag):
        expect(self.open and self.open.pop() == tag, f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.words += data + "|"


def report(tool, *files):
    return subprocess.run([sys.executable, "-B", tool, *files], check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, universal_newlines=True)


_COLLECTION = '{"name":"minor collection","ph":"X","ts":5,"dur":%s,"tid":1,"args":%s},\n'
_HELD = {"kind": "persistent handle", "label": "<b>\ud83d", "place": "it's 'x.cc':1", "class": "A", "handles": 2, "kept_bytes": 512}


def check_broken(tool):
    """What is no report, or a part of one, never ends fart_report by an exception of its own."""
    whole = json.dumps({"isolate": "x", "handles": [_HELD]})
    for number, (text, wanted) in enumerate([
            ("[\n" + _COLLECTION % ("3", "null") + _COLLECTION % ('"4"', "{}") + _COLLECTION % ("1e999", "[]") +
             '{"ph":"C","name":"heap of x","args":7},\n{"ph":7},\n{"name":"a collection', "minor collection|1|3 us"),
            ("[" + (_COLLECTION % ("3", "{}")).strip(",\n") + ", 1, null]", "minor collection|1|3 us"),
            ('[null, 1, "x", []]', None),
            (whole + "\n" + whole.replace('"x"', '"second"'), "second|"),  # one behind the other
            (json.dumps({"isolate": "x", "handles": [_HELD]}, indent=2), "512|2|persistent handle '<b>?'|A|it's 'x.cc':1|"),
            ('{"isolate":"x","handles":[7, null, {"kept_bytes":"many","label":[],"oldest_in_collections":NaN}],"ports":7}', "x|"),
            ('{"isolate":"x","handles":null}', "Nothing is open."),
            ('{"isolate":7}', None), ('{"isolate":"x","handles":[', None), ('{"isolate":' + "[" * 100000, None),
            ("\0\x85\x0b\n" * 1000, None)]):
        with open("odd", "w", encoding="utf-8") as file:
            file.write(text)
        made = report(tool, "odd")
        expect("Traceback" not in made.stderr and made.returncode == (wanted is None), f"{number}: {made}")
        if wanted is None:
            expect(made.stdout == "" and made.stderr.startswith("fart_report: ") and made.stderr.count("\n") == 1, f"{number}: {made}")
        else:
            expect(wanted in Page(made.stdout).words, f"{number}: {made.stdout}")
    # The page is UTF-8 wherever it is called from, and says when it could not be written.
    with open("odd", "w", encoding="utf-8") as file:
        file.write(json.dumps({"isolate": "\u20ac", "handles": []}, ensure_ascii=False))
    made = subprocess.run([sys.executable, "-B", tool, "odd"], check=False, stdout=subprocess.PIPE,
                          env=dict(os.environ, PYTHONIOENCODING="latin-1"))
    expect(made.returncode == 0 and "\u20ac".encode() in made.stdout, f"in Latin-1: {made}")
    with open("/dev/full", "wb") as full:
        made = subprocess.run([sys.executable, "-B", tool, "odd"], check=False, stdout=full, stderr=subprocess.PIPE, text=True)
    expect((made.returncode, made.stderr) == (1, "fart_report: cannot write the page: No space left on device\n"), f"{made}")


def main(tool, leaky):
    tool, leaky = os.path.abspath(tool), os.path.abspath(leaky)
    os.chdir(tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR")))
    flags = "--gc-trace=trace.json --gc-histogram --leak-report --handle-provenance --gc-stress=200"
    ended = subprocess.run([leaky], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           universal_newlines=True, env=dict(os.environ, FART_FLAGS=flags))
    with open("said", "w", encoding="utf-8") as file:
        file.write(ended.stdout + ended.stderr)
    with open("leaks.json", "w", encoding="utf-8") as file:
        json.dump({"isolate": "of <json>", "handles": [
            {"kind": "weak handle", "label": "", "place": "cache.cc:88", "stack": "", "class": "Page",
             "handles": 3, "kept_bytes": 4096, "oldest_in_collections": 7}],
                   "acquired": [{"place": "lent.cc:9", "stack": "", "class": "Bytes", "other_classes": False,
                                 "objects": 5, "kept_bytes": 2048, "oldest_in_collections": 2}],
                   "ports": []}, file)
    made = report(tool, "trace.json", "said", "leaks.json")
    expect(made.returncode == 0, "fart_report fails: " + made.stderr)
    page = Page(made.stdout)
    with open("trace.json", encoding="utf-8") as file:
        collections = len(re.findall(r'"name":"\w+ collection"', file.read()))
    expect(collections > 3 and page.pauses == collections,
           f"{page.pauses} pauses are drawn of {collections} collections")
    expect(page.lines == 1, f"{page.lines} lines of heaps are drawn")
    expect(not page.fetches, f"the page fetches {page.fetches}")
    expect("http" not in made.stdout, "the page names another machine")
    expect(not page.open, f"never closed: {page.open}")
    for wanted in (r"Entry\|1.000\|24.000", r"52.800\|1\|persistent handle 'the journal'\|Entry\|32\|",
                   r"100\|persistent handles\|Session\|32\|\S*leaky\.c:\d+", r"of <json>\|",
                   r"4.096\|3\|weak handle\|Page\|7\|cache\.cc:88",
                   r"2.048\|5\|object whose data is acquired\|Bytes\|2\|lent\.cc:9"):
        expect(re.search(wanted, page.words), f"not in the page: {wanted}\n{page.words}")

    # A second table stands beside the first, and a trace may end anywhere.
    with open("trace.json", encoding="utf-8") as file:
        text = file.read()
    with open("broken.json", "w", encoding="utf-8") as file:
        file.write(text[: len(text) * 2 // 3])
    with open("said", encoding="utf-8") as file:
        said = file.read()
    told = re.search(r"^Heap of isolate '\S+' at (\d+\.\d+) s:$", said, re.M)
    expect(told is not None, "when the heap was counted is not told:\n" + said)
    with open("before", "w", encoding="utf-8") as file:
        file.write(said.replace(told[1], f"{float(told[1]) - 5:.6f}").replace("24000", "12000", 1))
    made = report(tool, "before", "said")
    page = Page(made.stdout)
    expect("counted 2 times" in page.words and "5.00 s" in page.words, page.words)
    points = dict(re.findall(r'<polygon class="class" points="([^"]*)" fill="[^"]*"><title>(\w+)</title>', made.stdout))
    drawn = next((key for key, name in points.items() if name == "Entry"), "")
    # Two points above, and below them two on the texts, which are more: it has doubled.
    corners = [tuple(map(float, corner.split(","))) for corner in drawn.split()]
    expect(len(corners) == 4 and corners[0][0] < corners[1][0] and 150 > corners[2][1] == corners[3][1], f"{points}")
    expect(corners and abs((corners[2][1] - corners[1][1]) - 2 * (corners[2][1] - corners[0][1])) < 0.3, f"{corners}")
    expect("over time" not in report(tool, "said").stdout, "one histogram is no time")

    made = report(tool, "broken.json", "said", "said")
    expect("bytes, 1" in made.stdout and 'class="pause"' in made.stdout, "no second table: " + made.stderr)

    expect(report(tool, "no_such_file").returncode == 1, "a missing file is no error")
    with open("other", "w", encoding="utf-8") as file:
        file.write("nothing of ours\n")
    made = report(tool, "other")
    expect(made.returncode == 1 and made.stdout == "", "a file of something else makes a page")
    check_broken(tool)
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
