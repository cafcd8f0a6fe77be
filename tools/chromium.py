"""Chromium without a window, for tests and pictures: what a page really does in a browser.

The browser is asked by the DevTools protocol over a pipe, so nothing but Python is needed here. It
serves its own DevTools too: the code that opens a .heapsnapshot file in Chrome (`devtools_url`).

Not here: what is looked at (tests/browser, tools/pictures).
"""

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

PROGRAMS = ("chromium-headless-shell", "chrome-headless-shell", "chromium", "google-chrome")
_TIMEOUT_S = 60


def find():
    """The path of a browser; None where there is none."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Page:
    """One page, and what it has done: events of the protocol since it was opened."""

    def __init__(self, browser, session):
        self._browser = browser
        self._session = session
        self.events = []

    def call(self, method, **parameters):
        return self._browser.call(method, self._session, **parameters)

    def evaluate(self, expression):
        """The value of an expression of JavaScript; of a promise, what it becomes."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def wait_until(self, condition):
        """Until an expression of JavaScript is true."""
        deadline = time.monotonic() + _TIMEOUT_S
        while not self.evaluate(condition):
            if time.monotonic() > deadline:
                raise TimeoutError(condition)
            time.sleep(0.05)

    def open(self, url):
        answer = self.call("Page.navigate", url=url)
        if "errorText" in answer:
            raise RuntimeError(f"{url}: {answer['errorText']}")
        self.wait_until(f"document.readyState === 'complete' && location.href === {json.dumps(url)}")

    def click(self, x, y):
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def complaints(self):
        """What went wrong in the page: exceptions, and errors of the console."""
        found = []
        for event in self.events:
            method, what = event["method"], event["params"]
            if method == "Runtime.exceptionThrown":
                found.append(json.dumps(what["exceptionDetails"]))
            elif method == "Runtime.consoleAPICalled" and what["type"] in ("error", "warning", "assert"):
                found.append(json.dumps(what["args"]))
            elif method == "Log.entryAdded" and what["entry"]["level"] in ("error", "warning"):
                found.append(what["entry"]["text"])
        return found

    def requests(self):
        """The addresses that it has asked for."""
        return [event["params"]["request"]["url"] for event in self.events
                if event["method"] == "Network.requestWillBeSent"]

    def screenshot(self, clip=None):
        """The window as the bytes of a PNG, or a part (x, y, width, height) of it."""
        more = {}
        if clip:
            more["clip"] = dict(zip(("x", "y", "width", "height"), clip), scale=1)
        return base64.b64decode(self.call("Page.captureScreenshot", **more)["data"])


class Browser:
    """A process, which ends with the `with`."""

    def __init__(self, width=1000, height=700):
        self._folder = tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR"))
        self._size = {"width": width, "height": height}
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        # Beyond 3 and 4, which the browser reads and writes: so one is not put over the other.
        wanted = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (theirs_in, theirs_out)]
        for end in (theirs_in, theirs_out):
            os.close(end)

        def give_pipes():
            os.dup2(wanted[0], 3)
            os.dup2(wanted[1], 4)

        # Without its sandbox: it cannot have one as root, and opens nothing but files of ours.
        self._process = subprocess.Popen(  # pylint: disable=consider-using-with,subprocess-popen-preexec-fn
            [find(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--remote-debugging-pipe", "--remote-debugging-port=0", "--remote-allow-origins=*",
             f"--user-data-dir={self._folder}", f"--window-size={width},{height}"],
            preexec_fn=give_pipes, pass_fds=(3, 4), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for end in wanted:
            os.close(end)
        self._out, self._in = ours_out, ours_in
        self._read = b""
        self._calls = 0
        self._pages = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
            self._process.wait(timeout=10)
        except (EOFError, OSError, TimeoutError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        os.close(self._out)
        os.close(self._in)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _message(self, deadline):
        while b"\0" not in self._read:
            if not select.select([self._in], [], [], max(deadline - time.monotonic(), 0))[0]:
                raise TimeoutError("the browser does not answer")
            part = os.read(self._in, 1 << 16)
            if not part:
                raise EOFError("the browser has ended")
            self._read += part
        text, self._read = self._read.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, session=None, **parameters):
        """What the browser answers; events that come meanwhile are noted at their pages."""
        self._calls += 1
        message = {"id": self._calls, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        left = json.dumps(message).encode() + b"\0"
        while left:
            left = left[os.write(self._out, left):]
        deadline = time.monotonic() + _TIMEOUT_S
        while True:
            answer = self._message(deadline)
            if answer.get("id") == self._calls:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            if answer.get("sessionId") in self._pages:
                self._pages[answer["sessionId"]].events.append(answer)

    def new_page(self):
        """An empty page, and all that it does is noted from now on."""
        target = self.call("Target.createTarget", url="about:blank", **self._size)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self._pages[session] = Page(self, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(domain + ".enable")
        return page

    def devtools_url(self, path):
        """Where this browser serves a part of its own DevTools."""
        deadline = time.monotonic() + _TIMEOUT_S
        while True:
            try:
                with open(os.path.join(self._folder, "DevToolsActivePort"), encoding="utf-8") as file:
                    return f"http://localhost:{int(file.readline())}/devtools/{path}"
            except (OSError, ValueError):
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise
                time.sleep(0.05)
