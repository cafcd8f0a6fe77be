"""What the two Python peers share: the loop that measures."""

import time


def measure(name, run):
    """`run` does it n times; as often as takes a fifth of a second. Prints name and nanoseconds."""
    n = 4
    while True:
        begin = time.process_time()
        run(n)
        seconds = time.process_time() - begin
        if seconds > 0.2:
            print(f"{name} {seconds * 1e9 / n:.3f}", flush=True)
            return
        n *= 2


def loop(n):
    for _ in range(n):
        pass
