"""Lines of a corpus at scale: what they become, in which order, and what is said of bad ones."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from zeroline.corpus.problems import CorpusError
from zeroline.index.cache import build, find
from zeroline.index.filter import NONE, Filter
from zeroline.index.reader import Index

CORPUS = """[corpus]
format = 1
id = "harbour"
title = "A harbour, made up"
version = "1"

[[stance]]
id = "keep"
label = "keep"
key = 1

[[stance]]
id = "close"
label = "close"
key = 2

[[source]]
id = "minutes"
title = "Minutes"
date = "2031-05-02"

[[speaker]]
id = "oda"
name = "Oda Brûm"

[[event]]
id = "storm"
date = "2031-05-10"
title = "A storm"
asserted_by = "minutes"
source = "minutes"
"""
KEEP = {"stance": "keep", "force": "unconditional", "certainty": "high", "basis": "stated", "rationale": "she says so"}
IF = {**KEEP, "force": "conditional", "condition": "the lamp burns", "otherwise": "close"}


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZEROLINE_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "corpus.toml").write_text(CORPUS, encoding="utf-8")
    return folder


def write(folder: Path, *lines: object) -> Path:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    (folder / "statements.jsonl").write_text(text, encoding="utf-8")
    return folder


def made(number: int, date: str | None = None, **more: object) -> dict[str, object]:
    who = {"id": f"p{number % 5}", "name": f"Person {number % 5}"}
    dated = {"date": date} if date else {}
    return {"id": f"s{number}", "speaker": who, "excerpt": f"lamp number {number}"} | dated | more


def ids(index: Index, wanted: Filter | None = None) -> list[str]:
    return [item["id"] for item in index.each(wanted or Filter())]


def trouble(folder: Path) -> str:
    with pytest.raises(CorpusError) as caught:
        build(folder)
    return str(caught.value)


def test_a_line_becomes_a_whole_record(corpus: Path) -> None:
    line = made(1, "2031-05-03", speaker="oda", positions=[IF], topics=["light"], places=["pier 9"])
    index = build(write(corpus, line))
    row = index.get("s1")
    assert row is not None
    it = row.item
    assert it["kind"] == "statement"
    assert it["speaker"] == {"id": "oda", "name": "Oda Brûm", "callsign": None, "unit": None}
    assert it["positions"] == [IF]
    assert (it["date"], it["attribution"], it["paraphrase"], it["note"]) == ("2031-05-03", "direct", "", "")
    assert it["source"]["title"] == "Minutes"
    for query in ("lamp", "brum", "stance:keep.conditional", "condition:burns", "place:pier", "topic:light", "id:s1"):
        assert ids(index, Filter(query=query)) == ["s1"], query
    assert ids(index, Filter(places=("pier 9",))) == ["s1"]
    assert ids(index, Filter(query="stance:keep.unconditional")) == []
    speaker = index.speaker("oda")
    assert speaker is not None and speaker["statements"] == 1
    assert speaker["stances"] == [{"stance": "keep", "unconditional": 0, "conditional": 1, "hypothetical": 0}]


def test_a_line_without_a_date_has_its_sources(corpus: Path) -> None:
    index = build(write(corpus, made(1, speaker="oda")))
    row = index.get("s1")
    assert row is not None and row.item["date"] == "2031-05-02"


def test_a_date_with_a_time_of_day_is_its_day(corpus: Path) -> None:
    times = ["2031-05-03T09:00:00Z", "2031-05-02", "2031-05-03T18:30:00+02:00", "2031-05-03", "2031-05-04T00:00:00"]
    index = build(write(corpus, *(made(n, time) for n, time in enumerate(times))))
    assert ids(index, Filter(since="2031-05-03", until="2031-05-03")) == ["s0", "s2", "s3"]
    assert ids(index) == ["s1", "s0", "s2", "s3", "s4", "storm"]
    row = index.get("s2")
    assert row is not None and row.item["date"] == times[2] and row.first_day == row.last_day


@pytest.mark.parametrize("in_order", [True, False])
def test_lines_and_events_stand_in_time(corpus: Path, in_order: bool) -> None:
    lines = [made(n, f"2031-05-{1 + n // 10:02d}") for n in range(300)]
    if not in_order:
        random.Random(1).shuffle(lines)
    index = build(write(corpus, *lines))
    items = list(index.each(Filter()))
    days = [item["date"] for item in items]
    assert days == sorted(days) and len(items) == 301
    assert [r.seq for r in index.page(Filter(), limit=301).rows] == list(range(301))
    storm = [item["id"] for item in items].index("storm")
    assert days[storm - 1] == "2031-05-09" and days[storm + 1] == "2031-05-10"


def test_far_rows_are_those_that_walking_there_finds(corpus: Path) -> None:
    lines = [made(n, f"{2000 + n // 150}-01-01", positions=[KEEP] if n % 3 else []) for n in range(4_000)]
    index = build(write(corpus, *lines))
    for wanted in (
        Filter(),
        Filter(stances=("keep",)),
        Filter(query="lamp", stances=(NONE,)),
        Filter(kinds=("event",)),
    ):
        all = ids(index, wanted)
        for offset in (0, 999, 1_000, 1_777, len(all) - 3, len(all), len(all) + 5):
            page = index.page(wanted, offset=offset, limit=7)
            assert [r.item["id"] for r in page.rows] == all[max(offset, 0) : max(offset, 0) + 7]
            assert page.total == len(all)


def test_counts_are_those_of_the_lines(corpus: Path) -> None:
    lines = [made(n, "2031-05-01", positions=[KEEP] if n % 2 else [IF] if n % 3 else []) for n in range(60)]
    index = build(write(corpus, *lines))
    facets = index.facets(Filter())
    assert facets == index.facets(Filter(since="2000"))
    assert facets.stances == {"keep": 50, "close": 0, NONE: 10}
    assert (facets.statements, facets.events) == (60, 1)
    assert sum(facets.speakers.values()) == 60
    assert index.facets(Filter(forces=("conditional",))).stances == {"keep": 20, "close": 0, NONE: 0}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (['{"id": "a"'], "statements.jsonl:1: the line is no JSON"),
        ([made(1), made(1)], "statements.jsonl:2: the id “s1” stands twice"),
        ([{"id": "a", "speaker": "oda"}], "statements.jsonl:1: a statement needs an `excerpt` or a `paraphrase`"),
        ([made(1, speaker="odda")], "statements.jsonl:1: speaker: there is no speaker “odda”; did you mean “oda”?"),
        (
            [made(1, positions=[{**KEEP, "stance": "kept"}])],
            "stance: there is no such id: “kept”; did you mean",
        ),
        ([made(1, positions=[{**KEEP, "force": "conditional"}])], "a conditional position needs its `condition`"),
        ([made(1, source="minuts")], "source: there is no such id: “minuts”; did you mean “minutes”?"),
        ([made(1, date="last May")], "statements.jsonl:1: date:"),
        ([made(1, exerpt="x")], "unknown key “exerpt”; did you mean “excerpt”?"),
        ([made(1, excerpt=7)], "statements.jsonl:1: excerpt: must be text, not a number; put it in quotation marks"),
        (['{"id": "a\x00"}'], "the line holds NUL characters"),
        (["x" * (1 << 20) + "xx"], "the line is longer than 1,048,576 bytes"),
    ],
)
def test_bad_lines_are_said_and_the_index_in_use_stays(corpus: Path, lines: list[object], words: str) -> None:
    build(write(corpus, made(7)))
    write(corpus, *lines)
    assert words in trouble(corpus)
    found = find(corpus)
    assert found is not None and not found.looks_fresh
    assert ids(found.index) == ["s7", "storm"]


def test_lines_that_are_not_utf_8(corpus: Path) -> None:
    (corpus / "statements.jsonl").write_bytes(b'{"id": "a", "speaker": "oda", "excerpt": "\xff"}\n')
    assert "statements.jsonl:1: the line is not UTF-8" in trouble(corpus)


def test_compressed_lines(corpus: Path) -> None:
    whole = gzip.compress("".join(json.dumps(made(n)) + "\n" for n in range(500)).encode())
    (corpus / "statements.jsonl.gz").write_bytes(whole)
    assert build(corpus).summary.statements == 500
    (corpus / "statements.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    assert "the compressed file is damaged or cut off" in trouble(corpus)
    (corpus / "statements.jsonl.gz").write_bytes(b"no gzip at all")
    assert "the file is not compressed, whatever its name" in trouble(corpus)
    write(corpus, made(1))
    assert "a corpus has one file of lines" in trouble(corpus)


def test_so_many_problems_and_no_more(corpus: Path) -> None:
    write(corpus, *["{" for _ in range(500)])
    assert "reading stopped here" in trouble(corpus)
    assert trouble(corpus).count("\n") < 60
