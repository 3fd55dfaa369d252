"""Parquet files: the same statements as lines of JSON would make, and one clear message where they cannot be read."""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zeroline.corpus import parquet
from zeroline.corpus.check_lines import check_lines
from zeroline.corpus.load import load
from zeroline.corpus.parquet import ParquetError, ParquetLines
from zeroline.corpus.problems import CorpusError
from zeroline.importing.errors import ImportFault
from zeroline.importing.first_look import look
from zeroline.importing.guess import guess
from zeroline.importing.run import Plan, run
from zeroline.index.cache import build, find
from zeroline.index.filter import Filter

CORPUS = """[corpus]
format = 1
id = "weir"
title = "A weir, made up"
version = "1"

[[stance]]
id = "mend"
label = "mend"
key = 1
"""
SAYS = {"stance": "mend", "force": "unconditional", "certainty": "high", "basis": "stated", "rationale": "she says so"}
IF = {**SAYS, "force": "conditional", "condition": "the mill pays"}
WHO = {"id": "ada", "name": "Ada Millward", "callsign": None}
LINES: list[dict[str, Any]] = [
    {"id": "a1", "speaker": WHO, "date": "2031-04", "excerpt": "mend it [sic]", "positions": [SAYS, IF]},
    {"id": "a2", "speaker": WHO, "date": None, "excerpt": "“no”, at last", "positions": None},
    {"id": "a3", "speaker": {"id": "bo", "name": "Bo"}, "date": "2031-04-05", "excerpt": "ask me", "positions": []},
]


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZEROLINE_CACHE", str(tmp_path / "cache"))


def corpus(folder: Path, rows: list[dict[str, Any]] | None) -> Path:
    """A corpus of some rows in Parquet; without any, of LINES as lines of JSON."""
    folder.mkdir()
    (folder / "corpus.toml").write_text(CORPUS, encoding="utf-8")
    if rows is None:
        lines = [{key: value for key, value in line.items() if value is not None} for line in LINES]
        (folder / "statements.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    else:
        write(folder / "statements.parquet", rows)
    return folder


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def read(path: Path) -> list[dict[str, Any]]:
    with io.BufferedReader(ParquetLines(path)) as file:
        return [json.loads(line) for line in file]


def test_a_corpus_in_parquet_is_the_same_as_one_in_lines(tmp_path: Path) -> None:
    of_lines = list(build(corpus(tmp_path / "lines", None)).each(Filter()))
    of_parquet = list(build(corpus(tmp_path / "parquet", LINES)).each(Filter()))
    assert of_parquet == of_lines
    assert {item["id"] for item in of_parquet} == {"a1", "a2", "a3"}
    check_lines(load(tmp_path / "parquet"), tmp_path / "parquet")


def test_an_index_is_stale_once_the_file_is_another(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "weir", LINES)
    build(folder)
    found = find(folder)
    assert found is not None and found.looks_fresh
    write(folder / "statements.parquet", LINES[:1])
    found = find(folder)
    assert found is None or not found.looks_fresh


def test_two_files_of_statements_are_one_too_many(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "weir", None)
    write(folder / "statements.parquet", LINES)
    with pytest.raises(CorpusError, match=r"statements\.parquet.*delete it or statements\.jsonl"):
        build(folder)


def test_what_is_wrong_with_a_row_is_said_with_its_number(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "weir", [*LINES, {**LINES[0], "excerpt": None, "id": "a4"}])
    with pytest.raises(CorpusError, match=r"statements\.parquet:4: .*needs an `excerpt`"):
        build(folder)


def test_nulls_are_left_out_and_a_day_stays_a_day(tmp_path: Path) -> None:
    rows = [
        {"at": datetime(2031, 4, 5), "on": date(2031, 4, 5), "n": 1.5, "who": {"name": "Ada", "unit": None}},
        {"at": datetime(2031, 4, 5, 9, 30), "on": None, "n": None, "who": None},
    ]
    assert read(write(tmp_path / "t.parquet", rows)) == [
        {"at": "2031-04-05", "on": "2031-04-05", "n": 1.5, "who": {"name": "Ada"}},
        {"at": "2031-04-05T09:30:00"},
    ]


def test_rows_are_read_a_few_at_a_time_and_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_AT_ONCE", 10)
    file = ParquetLines(write(tmp_path / "t.parquet", [{"n": n} for n in range(40)]))
    seen = [0.0]
    while file.read(1_000_000):
        seen.append(file.done)
    assert seen == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_an_import_takes_it_as_it_takes_lines_of_json(tmp_path: Path) -> None:
    rows = [
        {"author": "Ada Millward", "quote": "Mend it", "published": datetime(2031, 4, 5), "label": "FAVOR"},
        {"author": "Bo Reed", "quote": None, "published": None, "label": None},
        {"author": None, "quote": "Never, said she", "published": None, "label": "AGAINST"},
    ]
    seen = look(write(tmp_path / "talks.parquet", rows))
    told: list[tuple[int, int, int]] = []
    plan = Plan(seen.table, guess(seen).mapping, "talks", "Talks")
    result = run(plan, tmp_path / "talks", progress=lambda *it: told.append(it))
    assert (result.statements, result.bad) == (2, 1)
    assert told[-1][0] == 3 and told[-1][1] == told[-1][2] == (tmp_path / "talks.parquet").stat().st_size
    made = [json.loads(line) for line in (tmp_path / "talks" / "statements.jsonl").read_text("utf-8").splitlines()]
    assert [(line["excerpt"], line.get("date")) for line in made] == [
        ("Mend it", "2031-04-05"),
        ("Never, said she", None),
    ]


def damaged(whole: bytes) -> dict[str, tuple[bytes, str]]:
    flipped = bytes(byte ^ 0xFF if 40 < n < 90 else byte for n, byte in enumerate(whole))
    return {
        "cut": (whole[:-30], "damaged or cut off"),
        "only its ends": (b"PAR1" + bytes(range(50)) + b"PAR1", "damaged or cut off"),
        "flipped": (flipped, "is damaged"),
        "text": (b"id,text\n", "no Parquet file, whatever its name"),
        "empty": (b"", "no Parquet file, whatever its name"),
    }


@pytest.mark.parametrize("kind", damaged(b""))
def test_a_damaged_file_is_refused_in_one_line_and_leaves_nothing(kind: str, tmp_path: Path) -> None:
    rows = [{"id": f"a{n}", "speaker": "Ada", "excerpt": f"mend it {n}"} for n in range(2_000)]
    whole = write(tmp_path / "whole.parquet", rows).read_bytes()
    content, said = damaged(whole)[kind]
    folder = corpus(tmp_path / "weir", LINES)
    before = list(build(folder).each(Filter()))
    (folder / "statements.parquet").write_bytes(content)
    with pytest.raises(CorpusError) as caught:
        build(folder)
    (problem,) = caught.value.problems
    assert said in problem.message and "\n" not in problem.message and "Traceback" not in problem.message
    found = find(folder)  # the index before it still answers
    assert found is not None and list(found.index.each(Filter())) == before
    if content[:4] == b"PAR1":
        with pytest.raises(ImportFault, match=said):
            look(folder / "statements.parquet")


def test_without_the_library_that_is_what_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = corpus(tmp_path / "weir", LINES)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ParquetError, match=r"pip install 'zeroline\[parquet\]'"):
        ParquetLines(folder / "statements.parquet")
    with pytest.raises(CorpusError, match=r"zeroline\[parquet\]"):
        build(folder)
    with pytest.raises(ImportFault, match=r"zeroline\[parquet\]"):
        look(folder / "statements.parquet")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        ParquetLines(tmp_path / "none.parquet")
