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


def columns(path: Path, **arrays: pa.Array) -> Path:
    pq.write_table(pa.table(arrays), path)
    return path


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    forces = pa.array(["conditional"]), pa.array(["unconditional"])
    struct = pa.StructArray.from_arrays(forces, names=["force", "force"])
    pq.write_table(pa.table(forces, names=["force", "force"]), tmp_path / "top.parquet")
    with pytest.raises(ParquetError, match="two columns are called “force”; rename one"):
        ParquetLines(tmp_path / "top.parquet")
    for inner in (struct, pa.ListArray.from_arrays([0, 1], struct)):
        columns(tmp_path / "in.parquet", positions=inner)
        with pytest.raises(ParquetError, match=r"two columns are called “positions\.force”; rename one"):
            ParquetLines(tmp_path / "in.parquet")
    with pytest.raises(ImportFault, match=r"two columns are called “force”; rename one$"):
        look(tmp_path / "top.parquet")


def test_bytes_are_text_where_they_are_some(tmp_path: Path) -> None:
    inner = pa.array([["wär".encode()], [b"\xff" * 1234], None], pa.list_(pa.binary()))
    flat = pa.array([b"NONE", b"\xff\xfe", None], pa.large_binary())
    fixed = pa.array([b"ja", b"\xc3\xa4", b"\xff\xff"], pa.binary(2))
    bad = pa.array([b"a", b"\xff", b"b"]).view(pa.string())
    none = "[2 bytes that are no text]"
    assert read(columns(tmp_path / "t.parquet", inner=inner, flat=flat, fixed=fixed, bad=bad)) == [
        {"inner": ["wär"], "flat": "NONE", "fixed": "ja", "bad": "a"},
        {"inner": ["[1,234 bytes that are no text]"], "flat": none, "fixed": "ä", "bad": "[a byte that is no text]"},
        {"fixed": none, "bad": "b"},
    ]


NOON = 1_932_975_000_123_456_789
MIDNIGHT = 1_932_940_800_000_000_000


@pytest.mark.parametrize(
    ("zone", "noon", "midnight"),
    [
        (None, "2031-04-03T09:30:00", "2031-04-03"),
        ("UTC", "2031-04-03T09:30:00Z", "2031-04-03"),
        ("+02:00", "2031-04-03T11:30:00+02:00", "2031-04-03T02:00:00+02:00"),
        ("America/St_Johns", "2031-04-03T07:00:00-02:30", "2031-04-02T21:30:00-02:30"),
    ],
)
def test_times_are_written_by_the_clocks_of_their_zone(
    zone: str | None, noon: str, midnight: str, tmp_path: Path
) -> None:
    at = pa.array([NOON, MIDNIGHT, None, -1], pa.int64()).cast(pa.timestamp("ns", zone))
    rows = read(columns(tmp_path / "t.parquet", at=at, all=pa.array([[{"at": NOON}]] * 4, _times(zone))))
    assert [row.get("at") for row in rows[:3]] == [noon, midnight, None]
    assert rows[0]["all"] == [{"at": noon}]
    assert rows[3]["at"].startswith("1970-01-01T01" if zone == "+02:00" else "1969-12-31T")


def _times(zone: str | None) -> pa.DataType:
    return pa.list_(pa.struct([("at", pa.timestamp("ns", zone))]))


def test_times_beyond_all_calendars_are_no_damage(tmp_path: Path) -> None:
    on = pa.array([1, 10**7, 2**31 - 1], pa.int32()).cast(pa.date32())
    at = pa.array([86_400, 10**15, None], pa.int64()).cast(pa.timestamp("s"))
    took = pa.array([1, 2**63 - 1, None], pa.int64()).cast(pa.duration("ns"))
    first, second, third = read(columns(tmp_path / "t.parquet", on=on, at=at, took=took))
    assert first == {"on": "1970-01-02", "at": "1970-01-02", "took": "1 ns"}
    assert second["on"] == "29349-01-26" and "out of range" in second["at"] and "out of range" in third["on"]


def test_a_zone_that_nobody_knows_is_said_with_its_column(tmp_path: Path) -> None:
    at = pa.array([NOON], pa.int64()).cast(pa.timestamp("ns", "Mars/Olympus"))
    columns(tmp_path / "t.parquet", id=pa.array(["a"]), at=at)
    with pytest.raises(ImportFault) as caught:
        look(tmp_path / "t.parquet")
    assert "column “at” cannot be read: its time zone “Mars/Olympus” is unknown here" in str(caught.value)
    assert "damaged" not in str(caught.value)


def test_a_value_that_cannot_be_written_is_named_by_column_and_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plain(array: pa.Array) -> list[Any]:
        if 5 in (values := array.to_pylist()):
            raise OverflowError("too much")
        return list(values)

    monkeypatch.setattr(parquet, "plain", plain)
    monkeypatch.setattr(parquet, "ROWS_AT_ONCE", 3)
    with pytest.raises(ParquetError, match="row 6 of the column “n” cannot be read: too much"):
        read(columns(tmp_path / "t.parquet", n=pa.array(range(10))))


@pytest.mark.parametrize("error", [NotImplementedError("no codec LZO"), OSError("the footer is encrypted")])
def test_what_the_library_cannot_read_is_not_called_damaged(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object, **__: object) -> None:
        raise error

    path = write(tmp_path / "t.parquet", [{"n": 1}])
    monkeypatch.setattr("pyarrow.parquet.ParquetFile", opened)
    with pytest.raises(ParquetError, match=r"cannot be read here: .*write it anew, comp") as caught:
        ParquetLines(path)
    assert "damaged" not in str(caught.value)


def test_nested_values_of_every_kind(tmp_path: Path) -> None:
    pairs = pa.array([[("a", b"x")], None, []], pa.map_(pa.string(), pa.binary()))
    words = pa.array(["mend", None, "mend"]).dictionary_encode()
    many = pa.array([[["a"], None], [], None], pa.list_(pa.large_list(pa.string())))
    two = pa.array([[1, 2], None, [3, 4]], pa.list_(pa.int8(), 2))
    who = pa.array([{"name": "Ada", "born": date(2001, 2, 3)}, None, {"name": None}])
    rows = read(columns(tmp_path / "t.parquet", pairs=pairs, words=words, many=many, two=two, who=who))
    assert rows == [
        {
            "pairs": [["a", "x"]],
            "words": "mend",
            "many": [["a"], None],
            "two": [1, 2],
            "who": {"name": "Ada", "born": "2001-02-03"},
        },
        {"many": []},
        {"pairs": [], "words": "mend", "two": [3, 4], "who": {}},
    ]


def test_only_the_columns_asked_for_are_read(tmp_path: Path) -> None:
    rows = [{"id": "a", "user": {"name": "Ada", "unit": "mill"}, "vector": [0.5] * 9, "force": "conditional"}]
    path = write(tmp_path / "t.parquet", rows)
    with io.BufferedReader(ParquetLines(path, ["user.name", "id", "gone"])) as file:
        assert json.loads(file.read()) == {"id": "a", "user": rows[0]["user"]}
    with io.BufferedReader(ParquetLines(path, ["gone"])) as file:
        assert json.loads(file.read()) == rows[0]
    dotted = write(tmp_path / "dotted.parquet", [{"user.name": "Ada", "user": "mill", "n": 1}])
    with io.BufferedReader(ParquetLines(dotted, ["user.name"])) as file:
        assert json.loads(file.read())["user.name"] == "Ada"


def test_long_rows_are_read_fewer_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "BYTES_AT_ONCE", 20_000)
    path = write(tmp_path / "t.parquet", [{"text": f"{n} {'mend it, said she ' * 100}"} for n in range(99)])
    file = ParquetLines(path)
    assert len(file.read(1_000_000).splitlines()) < 20
    assert len(read(path)) == 99


def test_nothing_is_held_of_a_file_that_is_closed(tmp_path: Path) -> None:
    path = write(tmp_path / "t.parquet", [{"text": f"{n} {'mend it ' * 1_000}"} for n in range(500)])
    before = pa.total_allocated_bytes()
    file = ParquetLines(path)
    assert file.read(1_000) and pa.total_allocated_bytes() > before
    file.close()
    assert pa.total_allocated_bytes() <= before


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
