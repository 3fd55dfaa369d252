"""How quickly a corpus is compiled, and what that takes.

    python tests/benchmarks/compile.py COUNT [COUNT …] | FOLDER […] [--runs 1] [--json FILE]

A COUNT makes so many statements with generate.py, in a temporary folder that goes again; a FOLDER is a corpus as it
lies. Each is compiled in a process of its own, with a cache of its own that is empty, as often as ``--runs`` says; the
quickest run is shown. The time is that from opening a corpus that has no index to having one, Python's start and
imports included, as ``zeroline FOLDER`` pays it the first time.

*CPU* is user and system time of all processes together: unlike the time that passes, it says what the work takes on a
machine that others use too, though their use of caches and memory makes it longer. *Cores* is CPU per time: how many
were at work. *Memory* is the largest resident set of any one process. *Size* is that of the index, the kept records
among it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from generate import generate

RUN = """
import json, sys
from pathlib import Path
from zeroline.index.cache import open_index
index = open_index(Path(sys.argv[1]))
files = [f for f in index.folder.rglob("*") if f.is_file()]
print(json.dumps({
    "statements": index.summary.statements,
    "bytes": sum(f.stat().st_size for f in files),
    "records": (index.folder / "records").stat().st_size,
    "segments": len(list((index.folder / "items").glob("*.store"))),
}))
"""
WATCHED_EVERY = 0.05


def resident(pid: int) -> int:
    """The peak resident set of a process and its children, the largest of them, in bytes; 0 where it cannot be told."""
    most = 0
    for process in [pid, *children(pid)]:
        try:
            for line in Path(f"/proc/{process}/status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    most = max(most, int(line.split()[1]) * 1024)
        except (OSError, ValueError):
            continue
    return most


def children(pid: int) -> list[int]:
    """Processes started by one, where the system tells."""
    try:
        words = [(t / "children").read_text().split() for t in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return []
    return [int(word) for some in words for word in some]


def compiled(corpus: Path) -> dict[str, Any]:
    """Compile a corpus once, and say what it took."""
    import resource

    with tempfile.TemporaryDirectory(prefix="zeroline-benchmark-") as cache:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("ZEROLINE")} | {"ZEROLINE_CACHE": cache}
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, "-c", RUN, str(corpus)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        peak = 0
        while process.poll() is None:
            peak = max(peak, resident(process.pid))
            time.sleep(WATCHED_EVERY)
        seconds = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert process.stdout is not None
        said = process.stdout.read()
        if process.returncode:
            raise SystemExit(process.returncode)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**json.loads(said), "seconds": seconds, "cpu_seconds": cpu, "resident_bytes": peak}


def measured(corpus: Path, runs: int) -> dict[str, Any]:
    """The quickest of several runs, with its rates."""
    best = min((compiled(corpus) for _ in range(runs)), key=lambda run: run["seconds"])
    source = sum(f.stat().st_size for f in corpus.glob("statements.jsonl*"))
    rates = {"statements_per_second": best["statements"] / best["seconds"], "source_bytes": source}
    return {**best, **rates, "cpu_microseconds_per_statement": 1e6 * best["cpu_seconds"] / max(best["statements"], 1)}


def print_table(results: list[dict[str, Any]]) -> None:
    """One row a corpus."""
    heads = ("statements", "a second", "time", "CPU", "a statement", "cores", "memory", "source", "index", "segments")
    print("  ".join(f"{head:>11}" for head in heads))
    for r in results:
        cells = (
            f"{r['statements']:,}",
            f"{r['statements_per_second']:,.0f}",
            f"{r['seconds']:,.1f} s",
            f"{r['cpu_seconds']:,.1f} s",
            f"{r['cpu_microseconds_per_statement']:.1f} µs",
            f"{r['cpu_seconds'] / r['seconds']:.2f}",
            f"{r['resident_bytes'] / 1e6:,.0f} MB",
            f"{r['source_bytes'] / 1e6:,.0f} MB",
            f"{r['bytes'] / 1e6:,.0f} MB",
            f"{r['segments']}",
        )
        print("  ".join(f"{cell:>11}" for cell in cells))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="+", metavar="COUNT | FOLDER")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    results = []
    for what in arguments.what:
        with tempfile.TemporaryDirectory(prefix="zeroline-benchmark-") as made:
            corpus = Path(what)
            if what.isdigit():
                corpus = Path(made) / what
                generate(int(what), corpus, seed=7)
            results.append(measured(corpus, arguments.runs))
    print_table(results)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    machine = {"system": platform.platform(), "python": platform.python_version(), "cores": cores, "load": load}
    print(f"{machine['system']}, Python {machine['python']}, {cores} cores, load {load:.1f}")
    if arguments.json:
        arguments.json.write_text(json.dumps({"machine": machine, "compiles": results}, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
