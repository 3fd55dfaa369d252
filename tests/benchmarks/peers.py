"""The same search and the same counts by Zeroline and by its peers, one after the other, on the same statements.

    python tests/benchmarks/peers.py CORPUS [--queries 40] [--datasette PROGRAM] [--json FILE]

CORPUS is a folder with ``statements.jsonl`` that is compiled already (generate.py makes folders of any size). The
queries are beginnings of the corpus's own words, of one letter and more, as they come about while somebody types. Asked
of each, in milliseconds:

- *rows*: the first 32 matches in time order, and how many there are;
- *counts*: matches by stance, by speaker (the 500 heard most) and by month.

Zeroline is asked through its index, SQLite FTS5 (with a prefix index, in a file of its own) through Python's sqlite3,
Datasette over that same file through its JSON API. ripgrep and fzf have no index: they are run once for each query over
the bare lines, fzf with ``--filter``, and give rows only; what fzf takes to read its input is in its figure. Programs
that are not installed are left out. What Zeroline and SQLite count is compared, and differences are printed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from interactive import figures, words_of

ROWS = 32
SPEAKERS = 500
STARTING = 30.0
"""Seconds Datasette may take to start."""


def beginnings(words: list[str]) -> list[str]:
    """Every beginning of every word, as typed; the same ones only once."""
    return list(dict.fromkeys(word[:end] for word in words for end in range(1, len(word) + 1)))


def timed(ask: Callable[[str], Any], queries: list[str]) -> tuple[list[float], list[Any]]:
    """Seconds each query took, and what came of it; one query is asked beforehand, unmeasured."""
    ask(queries[0])
    seconds, answers = [], []
    for query in queries:
        begin = time.perf_counter()
        answers.append(ask(query))
        seconds.append(time.perf_counter() - begin)
    return seconds, answers


def statements(corpus: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Words, speaker, stance, month and id of each statement, in the order of the file, which is that of time.

    The words are all that Zeroline looks in: those of topics and conditions too.
    """
    with (corpus / "corpus.toml").open("rb") as file:
        topics = {topic["id"]: f"{topic['label']} {topic['id']}" for topic in tomllib.load(file).get("topic", ())}
    with (corpus / "statements.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            it = json.loads(line)
            stance = it["positions"][0]["stance"] if it.get("positions") else "none"
            conditions = [p["condition"] for p in it.get("positions", ()) if p.get("condition")]
            words = " · ".join([it["excerpt"], *(topics[topic] for topic in it["topics"]), *conditions])
            yield words, it["speaker"]["name"], stance, it["date"][:7], it["id"]


def make_sqlite(corpus: Path, file: Path) -> float:
    """Fill a database; seconds it took."""
    begin = time.perf_counter()
    with sqlite3.connect(file) as db:
        db.execute("create table statements (words text, speaker text, stance text, month text, id text)")
        db.executemany("insert into statements values (?, ?, ?, ?, ?)", statements(corpus))
        for column in ("speaker", "stance", "month"):
            db.execute(f"create index by_{column} on statements ({column})")
        db.execute("create virtual table found using fts5(words, speaker, content=statements, prefix='1 2 3')")
        db.execute("insert into found (found) values ('rebuild')")
        db.execute("insert into found (found) values ('optimize')")
    db.close()
    return time.perf_counter() - begin


def zeroline(corpus: Path) -> tuple[Callable[[str], Any], Callable[[str], Any]]:
    """Rows and counts, asked of the index as the explorer asks it while somebody types."""
    from zeroline.index.cache import find
    from zeroline.index.filter import Filter

    found = find(corpus)
    if found is None:
        sys.exit(f"{corpus} is not compiled yet: zeroline info -C {corpus}")
    index = found.index

    def counts(query: str) -> dict[str, int]:
        return dict(index.facets(Filter(query=query), typing=True, most=SPEAKERS).stances)

    return lambda query: index.page(Filter(query=query), limit=ROWS, typing=True).total, counts


def fts5(file: Path) -> tuple[Callable[[str], Any], Callable[[str], Any]]:
    """Rows and counts by SQL."""
    db = sqlite3.connect(file)
    matches = "from statements where rowid in (select rowid from found where found match ?)"

    def rows(query: str) -> int:
        db.execute(f"select * {matches} order by rowid limit {ROWS}", (f'"{query}"*',)).fetchall()
        return int(db.execute("select count(*) from found where found match ?", (f'"{query}"*',)).fetchone()[0])

    def counts(query: str) -> dict[str, int]:
        by = {}
        for column in ("speaker", "month", "stance"):
            sql = f"select {column}, count(*) {matches} group by {column} order by 2 desc limit {SPEAKERS}"
            by = dict(db.execute(sql, (f'"{query}"*',)).fetchall())
        return by

    return rows, counts


@contextmanager
def datasette(program: str, file: Path) -> Iterator[tuple[Callable[[str], Any], Callable[[str], Any]]]:
    """Rows and counts over HTTP from a server of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    limits = [("sql_time_limit_ms", "60000"), ("facet_time_limit_ms", "60000"), ("facet_suggest_time_limit_ms", "1")]
    settings = [part for name, value in limits for part in ("--setting", name, value)]
    server = subprocess.Popen(
        [program, str(file), "--port", str(port), *settings, "--setting", "suggest_facets", "off"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    page = f"http://127.0.0.1:{port}/{file.stem}/statements.json?"
    plain = [("_searchmode", "raw"), ("_size", str(ROWS)), ("_sort", "rowid"), ("_fts_table", "found")]
    facets = [("_facet", column) for column in ("speaker", "month", "stance")] + [("_facet_size", str(SPEAKERS))]

    def ask(query: str, *more: tuple[str, str]) -> Any:
        asked = urllib.parse.urlencode([*plain, *more, ("_search", f'"{query}"*')])
        with urllib.request.urlopen(page + asked, timeout=120) as answer:
            return json.load(answer)

    try:
        end = time.monotonic() + STARTING
        while True:
            try:
                ask("a")
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
        yield ask, lambda query: ask(query, *facets)
    finally:
        server.terminate()
        server.wait()


def over_lines(command: list[str], lines: Path) -> Callable[[str], Any]:
    """Rows by a program that reads every line each time; ``{}`` stands for the query."""

    def rows(query: str) -> int:
        with lines.open("rb") as given:
            run = [part.replace("{}", query) for part in command]
            return len(subprocess.run(run, stdin=given, capture_output=True, check=False).stdout)

    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--queries", type=int, default=40, help="words whose beginnings are asked (default 40)")
    parser.add_argument("--slow", type=int, default=12, help="queries asked of programs without an index (default 12)")
    parser.add_argument("--datasette", default="datasette", help="the program, where it is not on the path")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    queries = beginnings(words_of(arguments.corpus, arguments.queries))
    few = queries[:: max(len(queries) // arguments.slow, 1)]
    table: list[dict[str, Any]] = []

    def note(program: str, rows: Callable[[str], Any], counts: Callable[[str], Any] | None, asked: list[str]) -> Any:
        table.append(figures(f"{program}: rows", timed(rows, asked)[0]))
        print(line(table[-1]), flush=True)
        if counts is None:
            return None
        seconds, answers = timed(counts, asked)
        table.append(figures(f"{program}: counts", seconds))
        print(line(table[-1]), flush=True)
        return answers

    print(
        f"{arguments.corpus.name}, {len(queries)} queries,"
        f" {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    ours = note("Zeroline", *zeroline(arguments.corpus), queries)
    with tempfile.TemporaryDirectory() as folder:
        file, lines = Path(folder, "peers.db"), Path(folder, "lines.txt")
        print(f"  SQLite filled in {make_sqlite(arguments.corpus, file):.0f} s, {file.stat().st_size / 1e6:.0f} MB")
        theirs = note("SQLite FTS5", *fts5(file), queries)
        for query, a, b in zip(queries, ours, theirs, strict=True):
            if len(query) > 2 and {k: v for k, v in a.items() if v} != b:
                print(f"  “{query}” is counted otherwise: {a} against {b}")
        if shutil.which(arguments.datasette):
            with datasette(arguments.datasette, file) as (rows, counts):
                note("Datasette", rows, counts, few)
        with lines.open("w", encoding="utf-8") as out:
            out.writelines(f"{speaker}: {words}\n" for words, speaker, *_ in statements(arguments.corpus))
        for name, command in (
            ("ripgrep", ["rg", "-i", "-m", "1000000000", r"\b{}"]),
            ("fzf --filter", ["fzf", "--exact", "--no-sort", "--filter", "{}"]),
        ):
            if shutil.which(command[0]):
                note(name, over_lines(command, lines), None, few)
    if arguments.json:
        arguments.json.write_text(json.dumps({"corpus": arguments.corpus.name, "table": table}, indent=1) + "\n")


def line(row: dict[str, Any]) -> str:
    """One line of the table."""
    return f"  {row['what']:<22} n {row['n']:>4}   p50 {row['p50']:>8} ms   p95 {row['p95']:>8}   p99 {row['p99']:>8}"


if __name__ == "__main__":
    main()
