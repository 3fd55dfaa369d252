"""How long an export of many bookmarks takes, how large it is, and how much memory it needs while it is written.

    python tests/benchmarks/export_many.py                       100,000 bookmarks as JSON Lines
    python tests/benchmarks/export_many.py --number 10000 --format html --style apa

The bookmarks are made up as they are written, as many different ones as are asked for, so that what is measured is the
export and not a list of them: the peak is of the whole process, before the export and after it. Linux only (VmHWM).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from zeroline.bookmarks.model import Bookmark, Snapshot
from zeroline.export import FORMATS, Options, export_to

BAR = {"seconds": 5, "megabytes": 20}
"""What 100,000 bookmarks as JSON Lines may take on a quiet machine, and how much more memory than before."""
BEGAN = datetime(2030, 1, 1, tzinfo=UTC)


def made(number: int) -> Iterator[Bookmark]:
    """So many bookmarks on as many statements of 500 speakers in 200 sources."""
    for n in range(number):
        stance = ("hold", "trade", "withdraw")[n % 3]
        conditional = n % 4 == 0
        item: Any = {
            "kind": "statement",
            "id": f"s-{n:07}",
            "speaker": {"id": f"p-{n % 500}", "name": f"Speaker {n % 500}", "callsign": None, "unit": f"Unit {n % 40}"},
            "attribution": "direct" if n % 3 else "reported",
            "date": f"2030-{n % 12 + 1:02}-{n % 28 + 1:02}",
            "date_of": "statement",
            "excerpt": f"number {n} of what is said here",
            "paraphrase": f"Statement {n} says something of the bridge, the road, and who is to pay for either.",
            "locator": {"paragraph": n % 90 + 1, "start": n * 7, "end": n * 7 + 60, "sha256": f"{n:064x}"},
            "positions": [
                {
                    "stance": stance,
                    "force": "conditional" if conditional else "unconditional",
                    "condition": "the county pays for it" if conditional else None,
                    "otherwise": None,
                    "certainty": "high",
                    "basis": "stated",
                    "rationale": "It is said in so many words.",
                }
            ],
            "topics": [f"topic-{n % 9}"],
            "places": [f"place-{n % 7}"],
            "source": {
                "id": f"source-{n % 200}",
                "title": f"Report {n % 200}",
                "title_supplied": False,
                "outlet": "Bridge Post",
                "author": None,
                "date": f"2030-{n % 12 + 1:02}",
                "credit": "",
                "url": None,
            },
            "note": "",
        }
        labels = {stance: stance.capitalize()}
        snapshot = Snapshot(
            item,
            "Bridges",
            "1.0",
            "",
            labels,
            {f"topic-{n % 9}": f"Topic {n % 9}"},
            {f"place-{n % 7}": f"Place {n % 7}"},
        )
        added = BEGAN + timedelta(seconds=n)
        yield Bookmark("bridges", item["id"], "statement", added, f"note {n}", ("lead",), snapshot)


def peak() -> float:
    """The most memory that this process has had, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def main() -> int:
    """Export once, print what it took, and give 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=100_000)
    parser.add_argument("--format", choices=list(FORMATS), default="jsonl")
    parser.add_argument("--style", default="plain")
    parser.add_argument("--json", type=Path, help="write the result here, too")
    asked = parser.parse_args()
    format, options = FORMATS[asked.format], Options(date(2031, 1, 1), asked.style)
    for _ in format.pieces(made(200), options):  # so that nothing is imported while it is measured
        pass
    before = peak()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out.{format.ending}"
        began, cpu = time.perf_counter(), time.process_time()
        export_to(path, format, made(asked.number), options, overwrite=False, tell=lambda done: None)
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        size = path.stat().st_size / 1e6
    began = time.process_time()
    for _ in made(asked.number):
        pass
    making = time.process_time() - began
    result = {
        "format": asked.format,
        "bookmarks": asked.number,
        "seconds": round(took, 2),
        "cpu_seconds": round(cpu, 2),
        "making_them_up_cpu_seconds": round(making, 2),
        "megabytes": round(size, 1),
        "peak_megabytes_before": round(before, 1),
        "peak_megabytes_after": round(peak(), 1),
        "bar": BAR,
        "met": took - making <= BAR["seconds"] and peak() - before <= BAR["megabytes"],
    }
    print(json.dumps(result))
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0 if result["met"] else 1


if __name__ == "__main__":
    sys.exit(main())
