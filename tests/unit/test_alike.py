"""Ids that differ in nothing but capitals or white space: each is somebody, or something, of its own."""

import json
from pathlib import Path

import pytest

from zeroline.corpus.check import load_checked
from zeroline.index.compile import compile_study
from zeroline.index.filter import Filter
from zeroline.index.reader import Index

CORPUS = """[corpus]
id = "alike"
title = "Alike"
version = "1"

[[stance]]
id = "keep"
label = "keep"

[[speaker]]
id = "ada"
name = "Ada of the tables"
kind = "keeper"

[[kind]]
id = "keeper"
label = "Keepers"

[[source]]
id = "log"
title = "Log"

[[statement]]
id = "s"
speaker = "ada"
source = "log"
attribution = "direct"
paraphrase = "The lamp is lit."
"""
SPEAKERS = {"Ada": "Ada One", "ADA": "Ada Two", "aDA": "Ada Three", "a da": "Ada Four", "a  da": "Ada Five"}
IDS = ["S1", "s1", "S", "x1", "X1"]


def compiled(folder: Path, lines: list[dict[str, object]]) -> Index:
    (folder / "corpus").mkdir()
    (folder / "corpus" / "corpus.toml").write_text(CORPUS)
    (folder / "corpus" / "statements.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (folder / "index").mkdir()
    compile_study(load_checked(folder / "corpus"), folder / "index", folder / "corpus")
    return Index(folder / "index")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    lines: list[dict[str, object]] = []
    for id, who in zip(IDS, SPEAKERS, strict=True):
        line = {"id": id, "speaker": {"id": who, "name": SPEAKERS[who]}, "excerpt": f"said by {who}"}
        lines.append({**line, "topics": [who], "places": [who.strip()]})
    return compiled(tmp_path_factory.mktemp("alike"), lines)


def test_everything_is_said_by_who_said_it(index: Index) -> None:
    said = {item["id"]: item["speaker"]["name"] for item in index.each(Filter()) if item["kind"] == "statement"}
    assert said == {"s": "Ada of the tables", **dict(zip(IDS, SPEAKERS.values(), strict=True))}


def test_filters_of_ids_are_exact(index: Index) -> None:
    for id, who in zip(IDS, SPEAKERS, strict=True):
        for wanted in (
            Filter(speakers=(who,)),
            Filter(topics=(who,)),
            Filter(places=(who,)),
            Filter(bookmarked=(id,)),
            Filter(bookmarked=(id, "s2")),
        ):
            assert [item["id"] for item in index.each(wanted)] == [id], wanted
            assert index.count(wanted) == index.page(wanted).total == 1
    assert [item["id"] for item in index.each(Filter(speakers=("ada",)))] == ["s"]
    assert [item["id"] for item in index.each(Filter(bookmarked=("s",)))] == ["s"]
    assert {item["id"] for item in index.each(Filter(bookmarked=("s", "S1", "x1")))} == {"s", "S1", "x1"}
    assert index.count(Filter(bookmarked=("S1",), kinds=("statement",))) == 1


def test_an_item_is_got_by_its_very_id(index: Index) -> None:
    for id in ["s", *IDS]:
        row = index.get(id)
        assert row is not None
        assert row.item["id"] == id


def test_somebody_is_got_by_their_very_id(index: Index) -> None:
    for id, name in {"ada": "Ada of the tables", **SPEAKERS}.items():
        speaker = index.speaker(id)
        assert speaker is not None
        assert (speaker["id"], speaker["name"]) == (id, name)
    assert index.speaker("nobody") is None


def test_what_a_reader_types_need_not_have_the_right_capitals(index: Index) -> None:
    assert index.count(Filter(query="id:s1")) == index.count(Filter(query="id:S1")) == 2
    source = index.source("LOG")
    assert source is not None
    assert source["id"] == "log"


def test_more_ids_alike_than_are_looked_through(tmp_path: Path) -> None:
    spelt = ["".join(c.upper() if n >> k & 1 else c for k, c in enumerate("abcd")) for n in range(16)]
    lines: list[dict[str, object]] = [
        {"id": id, "speaker": {"id": id, "name": f"Xx {n}"}, "excerpt": "x"} for n, id in enumerate(spelt)
    ]
    index = compiled(tmp_path, lines)
    for n, id in enumerate(spelt):
        row = index.get(id)
        assert row is not None
        assert row.item["id"] == id
        speaker = index.speaker(id)
        assert speaker is not None
        assert speaker["name"] == f"Xx {n}"
        assert index.count(Filter(bookmarked=(id,))) == 1
