"""Every benchmark at every size, one after the other; what the README's table is made from.

    python tests/benchmarks/everything.py [--sizes 100000,1000000] [--folder FOLDER] [--datasette PROGRAM]
                                          [--peers-up-to 1000000] [--queries 40] [--peer-queries 40] [--json FILE]

For each size a corpus is made (generate.py, seeded), compiled (compile.py), typed into in a real pseudo-terminal
(interactive.py) and, up to a size, asked the same as its peers (peers.py). The bundled corpus is typed into too, and
its first frame measured against a bare Textual hello-world (first_frame.py); 100,000 bookmarks are exported
(export_many.py). Made corpora lie in FOLDER, or in a
temporary folder that goes again; ``ZEROLINE_CACHE`` and ``ZEROLINE_DATA`` are set to a folder beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BUNDLED = HERE.parent.parent / "corpus" / "kursk"


def run(script: str, *arguments: object, into: Path) -> Any:
    """Run one benchmark, its table shown; what it wrote as JSON. A missed bar does not end the whole."""
    into.unlink(missing_ok=True)
    command = [sys.executable, str(HERE / script), *map(str, arguments), "--json", str(into)]
    print(f"\n$ {' '.join([script, *map(str, arguments)])}", flush=True)
    subprocess.run(command, check=False)
    return json.loads(into.read_text(encoding="utf-8")) if into.exists() else None


def machine() -> dict[str, Any]:
    """What it was measured on."""
    cpu = next((li.split(":")[1].strip() for li in _lines("/proc/cpuinfo") if li.startswith("model name")), "")
    memory = next((int(li.split()[1]) // 1024 for li in _lines("/proc/meminfo") if li.startswith("MemTotal")), None)
    return {
        "date": date.today().isoformat(),
        "system": f"{platform.system()} {platform.machine()}",
        "processor": cpu or platform.processor(),
        "cores": os.cpu_count(),
        "memory_mb": memory,
        "python": platform.python_version(),
        "textual": version("textual"),
        "tantivy": version("tantivy"),
        "load": round(os.getloadavg()[0], 2),
    }


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text().splitlines() if file.exists() else []


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100000,1000000")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--datasette", default="datasette")
    parser.add_argument("--peers-up-to", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--peer-queries", type=int, help="fewer for the peers, who take long (as many)")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zeroline-benchmark-") as temporary:
        folder = given.folder or Path(temporary)
        os.environ |= {"ZEROLINE_CACHE": str(folder / "cache"), "ZEROLINE_DATA": str(folder / "data")}
        into = Path(temporary) / "result.json"
        whole: dict[str, Any] = {"machine": machine(), "sizes": {}}
        first = run("first_frame.py", into=into)
        whole["first_frame"] = (
            {"summary": first["summary"], "bar": first["bar"], "met": first["met"]} if first else None
        )
        subprocess.run([sys.executable, "-m", "zeroline", "info"], check=True, stdout=subprocess.DEVNULL)
        whole["export"] = run("export_many.py", into=into)
        whole["bundled"] = run("interactive.py", BUNDLED, "--queries", given.queries, into=into)
        for size in (int(part) for part in given.sizes.split(",")):
            corpus = folder / str(size)
            if not (corpus / "statements.jsonl").exists():
                subprocess.run([sys.executable, str(HERE / "generate.py"), str(size), str(corpus)], check=True)
            measured = {"compile": run("compile.py", corpus, into=into)}
            subprocess.run(
                [sys.executable, "-m", "zeroline", "info", "-C", str(corpus)], check=True, stdout=subprocess.DEVNULL
            )
            measured["first_frame"] = run("first_frame.py", "--corpus", corpus, "--pairs", 10, into=into)
            measured["interactive"] = run("interactive.py", corpus, "--queries", given.queries, into=into)
            if size <= given.peers_up_to:
                measured["peers"] = run(
                    "peers.py",
                    corpus,
                    "--queries",
                    given.peer_queries or given.queries,
                    "--datasette",
                    given.datasette,
                    into=into,
                )
            whole["sizes"][str(size)] = measured
            if given.json:  # what has been measured is kept, however it goes on
                given.json.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
            if given.folder is None:
                shutil.rmtree(corpus)


if __name__ == "__main__":
    main()
