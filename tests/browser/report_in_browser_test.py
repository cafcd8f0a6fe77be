"""A page of fart_report in a real browser: it is drawn, complains of nothing and asks nobody.

    report_in_browser_test.py FART_REPORT LEAKY
"""

import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.getcwd(), "tools"))
import chromium  # pylint: disable=wrong-import-position

FLAGS = "--gc-trace=trace.json --gc-histogram --leak-report --handle-provenance --gc-stress=200"
# Of each thing: how many there are, and how many of them can be seen, inside of the window's width.
SEEN = """(selector => {
  const all = [...document.querySelectorAll(selector)];
  const seen = all.map(e => e.getBoundingClientRect()).filter(
      r => r.width > 0 && r.height > 0 && r.left >= 0 && r.right <= innerWidth);
  return [all.length, seen.length];
})(%s)"""
COLOURS = """(async () => {
  const image = new Image();
  image.src = 'data:image/png;base64,%s';
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  const pixels = new Uint32Array(canvas.getImageData(0, 0, image.width, image.height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) || 0) + 1);
  return [...counts].map(([pixel, count]) => [(pixel & 0xffffff), count]);
})()"""
failures = []


def expect(fact, what):
    if not fact:
        failures.append(what)


def make_page(tool, leaky):
    ended = subprocess.run([leaky], check=True, capture_output=True, text=True,
                           env=dict(os.environ, FART_FLAGS=FLAGS))
    pathlib.Path("said").write_text(ended.stdout + ended.stderr, encoding="utf-8")
    made = subprocess.run([sys.executable, "-B", tool, "trace.json", "said"], check=True,
                          capture_output=True, text=True)
    pathlib.Path("report.html").write_text(made.stdout, encoding="utf-8")
    trace = pathlib.Path("trace.json").read_text(encoding="utf-8")
    return len(re.findall(r'"name":"\w+ collection"', trace))


def look(browser, collections):
    page = browser.new_page()
    url = pathlib.Path("report.html").absolute().as_uri()
    page.open(url)
    expect(page.evaluate("document.title") == "Fart: a heap", "the page has another title")
    expect(page.evaluate("document.compatMode") == "CSS1Compat", "the page is no standard one")
    headings = page.evaluate("[...document.querySelectorAll('h2')].map(e => e.innerText)")
    expect(headings == ["Pauses", "Heap", "What the heap holds, by class", "Who holds most"],
           f"its parts are {headings}")
    # The line of the heap may lie flat: what it is drawn in is looked at.
    for selector, wanted in (("rect.pause", collections), ("svg", 2), ("table", 3), ("h1", 1)):
        found = page.evaluate(SEEN % json.dumps(selector))
        expect(found == [wanted, wanted], f"{selector}: {found} are there and seen of {wanted}")
    expect(page.evaluate("document.querySelector('polyline').getTotalLength()") > 100, "no line of the heap")
    expect(page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it is wider than the window")
    words = page.evaluate("document.body.innerText")
    for wanted in ("the journal", "leaky.c:", "Session", "Entry"):
        expect(wanted in words, f"'{wanted}' is not seen")
    picture = base64.b64encode(page.screenshot()).decode()
    expect(page.complaints() == [], f"the browser complains: {page.complaints()}")
    expect(page.requests() == [url], f"it asks for {page.requests()}")
    colours = dict(browser.new_page().evaluate(COLOURS % picture))
    # Red is the lowest byte of a pixel.
    for name, colour in (("pauses", 0xA56E3B), ("a chart's ground", 0xF7F7F7), ("words", 0x222222)):
        expect(colours.get(colour, 0) > 20, f"the picture shows no {name}: {len(colours)} colours")


def look_at_classes(tool, browser):
    """Of two histograms, a second apart, classes are drawn over time."""
    said = pathlib.Path("said").read_text(encoding="utf-8")
    told = re.search(r" at (\d+\.\d+) s:$", said, re.M)[1]
    pathlib.Path("later").write_text(said.replace(told, f"{float(told) + 1:.6f}"), encoding="utf-8")
    made = subprocess.run([sys.executable, "-B", tool, "said", "later"], check=True, capture_output=True, text=True)
    pathlib.Path("classes.html").write_text(made.stdout, encoding="utf-8")
    page = browser.new_page()
    page.open(pathlib.Path("classes.html").absolute().as_uri())
    areas = page.evaluate(SEEN % json.dumps("polygon.class"))
    expect(areas[0] >= 3 and areas[1] >= 2, f"{areas} areas of classes")
    # What is painted in the middle of a class is that class.
    expect(page.evaluate("""(() => {
      const areas = [...document.querySelectorAll('polygon.class')];
      const box = areas.find(area => area.textContent === 'Entry').getBoundingClientRect();
      const found = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return box.height > 30 && found.textContent === 'Entry';
    })()"""), "a class is not painted")
    expect(page.complaints() == [], f"the browser complains: {page.complaints()}")


def look_at_broken_page(browser):
    """What is not noticed here would not be noticed above."""
    pathlib.Path("broken.html").write_text(
        "<!DOCTYPE html><script>console.error('of the test'); nothing.there;</script>"
        "<img src='missing.png'>", encoding="utf-8")
    page = browser.new_page()
    page.open(pathlib.Path("broken.html").absolute().as_uri())
    found = " ".join(page.complaints())
    for wanted in ("of the test", "nothing is not defined", "ERR_FILE_NOT_FOUND"):
        expect(wanted in found, f"not noticed: {wanted}")
    expect(len(page.requests()) == 2, f"a picture's request is not noticed: {page.requests()}")


def main(tool, leaky):
    if chromium.find() is None:
        print("skipped: there is no browser here (Debian: chromium-headless-shell)")
        return 0
    tool, leaky = os.path.abspath(tool), os.path.abspath(leaky)
    os.chdir(tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR")))
    collections = make_page(tool, leaky)
    with chromium.Browser() as browser:
        look(browser, collections)
        look_at_classes(tool, browser)
        look_at_broken_page(browser)
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
