"""Runs the examples of docs/native-memory.md and compares what they print with what it says.

  page_test.py PAGE FART          compares
  page_test.py PAGE FART --write  writes what they print into PAGE
"""

import os
import re
import subprocess
import sys
import tempfile

PRELUDE = "import 'dart:ffi'; import 'package:ffi/ffi.dart'; "
EXAMPLE = re.compile(
    r"^<!-- example: (?P<name>\w+)(?P<flags>[^>\n]*) -->\n"
    r"```dart\n(?P<program>.*?)^```\n```text\n(?P<text>.*?)^```\n",
    re.MULTILINE | re.DOTALL,
)


def shown(text):
    """Without addresses and the frames of exceptions."""
    text = re.sub(r"0x[0-9a-f]{4,}", "0x…", text)
    return "".join(line for line in text.splitlines(True) if not re.match(r"#\d+ ", line))


def run(fart, name, flags, program):
    """What a program prints: to standard output, then to standard error."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, name + ".dart"), "w", encoding="utf-8") as file:
            file.write(PRELUDE + program)
        ended = subprocess.run(
            [fart, *flags.split(), name + ".dart"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
        )
        if ended.returncode not in (0, 255):
            sys.exit(f"{name}: ended with {ended.returncode}\n{ended.stderr.decode()}")
        return shown((ended.stdout + ended.stderr).decode())


def main(page, fart, write):
    with open(page, encoding="utf-8") as file:
        text = file.read()
    examples = list(EXAMPLE.finditer(text))
    if len(examples) != text.count("<!-- example:") or len(examples) < 20:
        sys.exit("There are examples that this does not understand.")
    wrong = 0
    for example in examples:
        printed = run(fart, example["name"], example["flags"], example["program"])
        if printed == example["text"]:
            continue
        wrong += 1
        if not write:
            print(f"{example['name']} prints\n{printed}and not\n{example['text']}")
        text = text.replace(
            example[0], example[0].replace("```text\n" + example["text"], "```text\n" + printed)
        )
    if write:
        with open(page, "w", encoding="utf-8") as file:
            file.write(text)
        return 0
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3:] == ["--write"]))
