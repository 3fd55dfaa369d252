"""From keystroke to painted rows, in a real pseudo-terminal.

    python tests/benchmarks/interactive.py CORPUS [--queries 40] [--size 120x36] [--json FILE]

CORPUS is a folder that is compiled already (one start of ``zeroline CORPUS`` does that; generate.py makes folders of
any size). Typed are the beginnings, letter by letter, of words taken from the corpus's own statements with a fixed
seed. Measured per key, in milliseconds from just before it is written to the terminal:

- *rows*: until the status line names the query as typed, which is drawn with the rows that match it; of Page Down, End,
  Home and dragging, until the first bytes in which no row is still to come;
- *settled*: until the last byte before a quiet tenth of a second, when facets and strip are drawn too.

Then come the stance keys, and, in the timeline, Page Down, End and Home, and the scroll bar dragged with the mouse; a
key that changes nothing is not counted. Memory is the explorer's resident set at the end, which
counts the pages of the index that it has touched.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import random
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

QUIET = 0.1
"""Seconds without a byte that count as settled."""
PATIENCE = 10.0
STILL_TO_COME = "  …".encode()
"""What stands where a row has not been fetched yet."""
NOTHING = 0.5
"""Seconds after which a key is taken to have changed nothing."""


class Terminal:
    """The explorer in a pseudo-terminal that answers nothing."""

    def __init__(self, corpus: Path, size: tuple[int, int]) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
            environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execve(sys.executable, [sys.executable, "-m", "zeroline", str(corpus)], environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.until("Timeline ·".encode(), quiet=1.0)

    def until(self, mark: bytes, quiet: float = QUIET) -> tuple[float | None, float | None]:
        """Seconds until ``mark`` was read, or, without one, all rows; and until the last byte before the quiet."""
        begin, seen, marked, last = time.perf_counter(), b"", None, None
        while time.perf_counter() - begin < PATIENCE:
            ready, _, _ = select.select([self.fd], [], [], quiet)
            if not ready:
                waited = time.perf_counter() - begin
                if (marked is not None and last is not None) or (not mark and (last is not None or waited > NOTHING)):
                    break
                continue
            new = os.read(self.fd, 1 << 20)
            last = time.perf_counter() - begin
            seen += new
            if marked is None and (mark in seen if mark else STILL_TO_COME not in new):
                marked = last
        return marked, last

    def press(self, keys: str, mark: str = "") -> tuple[float | None, float | None]:
        """Write keys and wait for what they draw."""
        os.write(self.fd, keys.encode())
        return self.until(mark.encode())

    def resident(self) -> int:
        """Resident memory, in bytes."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024  # type: ignore[index]

    def close(self) -> None:
        """End it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def words_of(corpus: Path, count: int) -> list[str]:
    """Words of the corpus, by the command line, the same at every run."""
    command = [sys.executable, "-m", "zeroline", "statements", "-C", str(corpus), "--format", "jsonl", "--limit", "500"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    words = sorted({w for line in lines for w in re.findall(r"[a-z]{4,}", json.loads(line)["excerpt"].lower())})
    return random.Random(7).sample(words, min(count, len(words)))


def figures(name: str, seconds: list[float]) -> dict[str, float | str | int]:
    """Count, p50, p95 and p99 in milliseconds."""
    ms = sorted(s * 1000 for s in seconds)
    cut = statistics.quantiles(ms, n=100) if len(ms) > 1 else ms * 99
    return {"what": name, "n": len(ms), "p50": round(cut[49], 1), "p95": round(cut[94], 1), "p99": round(cut[98], 1)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--size", default="120x36")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    columns, rows = (int(n) for n in arguments.size.split("x"))
    words = words_of(arguments.corpus, arguments.queries)
    terminal = Terminal(arguments.corpus, (columns, rows))
    measured: dict[str, tuple[list[float], list[float]]] = {
        "typing": ([], []),
        "stance": ([], []),
        "Page Down": ([], []),
        "End, Home": ([], []),
        "drag": ([], []),
    }

    def note(kind: str, times: tuple[float | None, float | None]) -> None:
        if times[1] is not None:
            measured[kind][0].append(times[0] or times[1])
            measured[kind][1].append(times[1])

    try:
        for word in words:
            terminal.press("/")
            terminal.press("\x15")
            for end in range(1, len(word) + 1):
                note("typing", terminal.press(word[end - 1], f"“{word[:end]}”"))
            terminal.press("\r")
            note("stance", terminal.press("1"))
            for _ in range(3):
                note("Page Down", terminal.press("\x1b[6~"))
            bar = columns - columns * 34 // 100  # the right edge of the timeline’s frame, left of the statement pane
            terminal.press(f"\x1b[<0;{bar};6M")
            for row in (10, 20, rows - 6):
                note("drag", terminal.press(f"\x1b[<32;{bar};{row}M"))
            terminal.press(f"\x1b[<0;{bar};{rows - 6}m")
            note("End, Home", terminal.press("G"))
            note("End, Home", terminal.press("g"))
            terminal.press("0")
        memory = terminal.resident()
    finally:
        terminal.close()
    table = []
    for kind, (rows_seconds, settled) in measured.items():
        if not settled:
            continue
        if kind != "stance":  # its first bytes are the chip's
            table.append(figures(f"{kind}: rows", rows_seconds))
        table.append(figures(f"{kind}: settled", settled))
    print(f"{arguments.corpus.name}, {arguments.size}, {len(words)} words, resident {memory / 1e6:.0f} MB")
    for row in table:
        print(
            f"  {row['what']:<20} n {row['n']:>4}   p50 {row['p50']:>7} ms   p95 {row['p95']:>7}   p99 {row['p99']:>7}"
        )
    if arguments.json:
        arguments.json.write_text(json.dumps({"corpus": arguments.corpus.name, "resident": memory, "table": table}))


if __name__ == "__main__":
    main()
