"""Time from the command to the first full frame: warm ``zeroline`` against a bare Textual hello-world.

    python tests/benchmarks/first_frame.py [--pairs 25] [--size 120x36] [--corpus FOLDER] [--json FILE]

Both run in a real pseudo-terminal that answers nothing, one after the other in pairs, each pair in the other order.
Measured per run, in milliseconds from just before the fork:

- *frame*: the first moment all marks are on the screen. For the hello-world the mark is its text; for Zeroline a
  speaker in the speaker list, a row in the timeline and words in the statement pane, each in its own pane. The names
  are asked of the corpus beforehand, through the command line.
- *settled*: the first moment the whole screen reads as it still does after a quiet half second.

What arrives is only stored with its time while a program runs; a terminal emulator (pyte) replays it afterwards.
The bar is a median pairwise ratio of *frame* of at most 1.5; the exit code is 1 above it.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import platform
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pyte

BAR = 1.5
HELLO = [sys.executable, str(Path(__file__).with_name("hello_textual.py"))]
SCRIPT = Path(sys.executable).with_name("zeroline")
ZEROLINE = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "zeroline"]
NOT_OURS = ("ZEROLINE_", "TEXTUAL", "PYTHON", "NO_COLOR")
"""Beginnings of variables that change what is measured: PYTHONDONTWRITEBYTECODE alone makes every start a cold one."""
QUIET, LIMIT = 0.5, 20.0
"""Seconds without output that count as settled, and the most one run may take."""


@dataclass(frozen=True)
class Mark:
    """What must stand on the screen between two columns (shares of its width), in at least so many of its lines."""

    pattern: str
    left: float = 0.0
    right: float = 1.0
    lines: int = 1


@dataclass(frozen=True)
class Run:
    """Milliseconds to the first frame with all marks, and to the screen as it stays."""

    frame: float
    settled: float


def record(command: list[str], size: tuple[int, int], env: dict[str, str]) -> list[tuple[float, bytes]]:
    """Run a command in a pseudo-terminal until it is quiet, then kill it: what it wrote, and when, in seconds."""
    columns, rows = size
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:  # the child: size first, so that the program never sees another
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.execvpe(command[0], command, env)
    written: list[tuple[float, bytes]] = []
    try:
        while (now := time.perf_counter()) - began < LIMIT:
            # A blank screen is set up long before there is something to see: be patient until more has come.
            wait = QUIET if sum(len(part) for _, part in written) > 600 else LIMIT - (now - began)
            if not select.select([terminal], [], [], wait)[0]:
                break
            try:
                part = os.read(terminal, 65536)
            except OSError:  # the program has ended
                break
            written.append((time.perf_counter() - began, part))
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
    return written


def shows(display: list[str], mark: Mark) -> bool:
    """Whether the mark stands on the screen, between its columns, in lines enough."""
    parts = (line[int(len(line) * mark.left) : int(len(line) * mark.right)] for line in display)
    return sum(re.search(mark.pattern, part) is not None for part in parts) >= mark.lines


def measure(command: list[str], marks: list[Mark], size: tuple[int, int], env: dict[str, str]) -> Run:
    """One run. Raises SystemExit with the screen when the marks never came."""
    written = record(command, size, env)
    screen = pyte.Screen(*size)
    stream = pyte.ByteStream(screen)
    seen: list[tuple[float, list[str]]] = []
    for moment, part in written:
        stream.feed(part)
        seen.append((moment, list(screen.display)))
    frame = next((t for t, display in seen if all(shows(display, mark) for mark in marks)), None)
    if frame is None:
        picture = "\n".join(line.rstrip() for line in (seen[-1][1] if seen else []))
        raise SystemExit(f"{' '.join(command)} never showed {[m.pattern for m in marks]}:\n{picture}")
    settled = seen[-1][0]
    for moment, display in reversed(seen):
        if display != seen[-1][1]:
            break
        settled = moment
    return Run(frame * 1000, settled * 1000)


def ask(arguments: list[str], env: dict[str, str]) -> list[dict[str, str]]:
    """The JSON Lines that a command of Zeroline prints."""
    done = subprocess.run([*ZEROLINE, *arguments, "--format", "jsonl"], env=env, capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def zeroline_marks(env: dict[str, str], corpus: Path | None) -> list[Mark]:
    """The first speaker, an early row of the timeline, and words in ten lines of the statement pane (frames have none).

    Asking for the first two compiles the index, so that every run after it is a warm one. A made corpus has no events,
    and very many speakers, the most heard of whom come first.
    """
    pane = Mark(r"[^\W_]{2,}", 0.70, 1.0, lines=10)
    if corpus:
        first = ask(["statements", "-C", str(corpus), "--limit", "1"], env)[0]
        words = re.escape(" ".join(first["excerpt"].split()[:1]))
        return [Mark(r"[^\W_]{2,}", 0.0, 0.28, lines=10), Mark(words, 0.28, 0.68), pane]
    speaker, event = ask(["speakers"], env)[0], ask(["events"], env)[1]
    return [
        Mark(re.escape(speaker["name"].split()[0]), 0.0, 0.34),
        Mark(re.escape(" ".join(event["title"].split()[:2])), 0.28, 0.68),
        pane,
    ]


def spread(values: list[float]) -> dict[str, float]:
    """Smallest, median and 95th percentile."""
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return {"min": ordered[0], "median": statistics.median(ordered), "p95": p95}


def main() -> int:
    """Measure, print, and say by the exit code whether the bar is met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=25, help="runs of each program (default 25)")
    parser.add_argument("--size", default="120x36", help="COLUMNSxROWS, at least 110 wide (default 120x36)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every run as JSON")
    parser.add_argument("--corpus", type=Path, help="a folder that generate.py made (default: the bundled study)")
    given = parser.parse_args()
    columns, rows = (int(n) for n in given.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        env = {k: v for k, v in os.environ.items() if not k.startswith(NOT_OURS)}
        env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        env |= {"ZEROLINE_CACHE": f"{folder}/cache", "ZEROLINE_DATA": f"{folder}/data"}
        if given.corpus and "ZEROLINE_CACHE" in os.environ:
            env["ZEROLINE_CACHE"] = os.environ["ZEROLINE_CACHE"]  # where it may be compiled already
        command = [*ZEROLINE, *([str(given.corpus)] if given.corpus else [])]
        programs = {"hello": (HELLO, [Mark("Hello, world!")]), "zeroline": (command, zeroline_marks(env, given.corpus))}
        runs: dict[str, list[Run]] = {name: [] for name in programs}
        for pair in range(-1, given.pairs):  # the first pair only warms the caches of Python and the disk
            for name in sorted(programs, reverse=bool(pair % 2)):
                run = measure(*programs[name], (columns, rows), env)
                if pair >= 0:
                    runs[name].append(run)
    return report(runs, given.size, given.json)


def report(runs: dict[str, list[Run]], size: str, file: Path | None) -> int:
    """Print the table, write the JSON file, and compare with the bar."""
    table: dict[str, dict[str, dict[str, float]]] = {}
    for kind in ("frame", "settled"):
        values = {name: [getattr(run, kind) for run in some] for name, some in runs.items()}
        ratios = [z / h for z, h in zip(values["zeroline"], values["hello"], strict=True)]
        table[kind] = {name: spread(some) for name, some in values.items()} | {"ratio": spread(ratios)}
    about = {
        "size": size,
        "pairs": len(runs["hello"]),
        "python": platform.python_version(),
        "textual": version("textual"),
        "cpus": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
    }
    print(", ".join(f"{key} {value}" for key, value in about.items()))
    print(f"{'':20}{'min':>9}{'median':>9}{'p95':>9}")
    for kind, rows in table.items():
        for name, some in rows.items():
            shown = "".join(f"{v:9.2f}" if name == "ratio" else f"{v:6.0f} ms" for v in some.values())
            print(f"{kind + ' ' + name:20}{shown}")
    ratio = table["frame"]["ratio"]["median"]
    print(f"first full frame: {ratio:.2f} × hello-world; the bar is {BAR}: {'met' if ratio <= BAR else 'MISSED'}")
    if file:
        every = {name: [[round(r.frame, 1), round(r.settled, 1)] for r in some] for name, some in runs.items()}
        whole = {"about": about, "bar": BAR, "met": ratio <= BAR, "summary": table, "runs_frame_settled_ms": every}
        file.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
