"""Words of speakers, topics and places stand in the tables, and lines are found by them as if they had them."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import tantivy

from zeroline.corpus.check import load_checked
from zeroline.index import process_pool, schema, stream, table_words
from zeroline.index.compile import compile_study
from zeroline.index.filter import Filter
from zeroline.index.reader import Index
from zeroline.text.fold import fold

HEAD = """[corpus]
id = "pier"
title = "A pier, made up"
version = "1"

[[stance]]
id = "keep"
label = "keep"

[[source]]
id = "log"
title = "Log"
"""
TABLES = """
[[topic]]
id = "night-light"
label = "The Lamp at Night"

[[topic]]
id = "day-light"
label = "Light by Day"

[[topic]]
id = "fog"
label = "Horns"

[[place]]
id = "pier-9"
name = "Ninth Pier"
variants = ["Brûm Pier", "Old Landing"]

[[place]]
id = "mole"
name = "The Mole"

[[kind]]
id = "keeper"
label = "Keepers"

[[speaker]]
id = "ada-l"
name = "Ada Lovage"
variants = ["Aida Lovidge"]
callsign = "Red Gull"
unit = "7th Lamp Brigade"
kind = "keeper"

[[speaker]]
id = "silent"
name = "Wolfram Unheard"
kind = "keeper"

[[statement]]
id = "table"
speaker = "ada-l"
source = "log"
attribution = "direct"
paraphrase = "Lit."
topics = ["day-light"]

[[event]]
id = "storm"
date = "2031-05-10"
title = "A storm"
asserted_by = "ada-l"
source = "log"
places = ["mole"]
"""
ADA = ("Ada Lovage Aida Lovidge Red Gull ada l", "Red Gull", "7th Lamp Brigade")
BEA = {"id": "b-1", "name": "Bea Łamp", "callsign": "Wren", "unit": "23rd Horn Brigade"}
CYD = {"id": "c-2", "name": "Cyd Lampert"}
WHO = {"ada-l": ADA, "b-1": ("Bea Łamp Wren b 1", "Wren", BEA["unit"]), "c-2": ("Cyd Lampert c 2", "", "")}
TOPICS = {"night-light": "The Lamp at Night", "day-light": "Light by Day", "fog": "Horns"}
PLACES = {"pier-9": "Ninth Pier Brûm Pier Old Landing pier 9", "mole": "The Mole mole"}

Compiled = Callable[..., Index]


@pytest.fixture
def compiled(tmp_path: Path) -> Compiled:
    def compiled(toml: str, lines: list[dict[str, object]]) -> Index:
        folder = tmp_path / f"corpus-{len(list(tmp_path.iterdir()))}"
        (folder / "index").mkdir(parents=True)
        (folder / "corpus.toml").write_text(toml, encoding="utf-8")
        with (folder / "statements.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
        compile_study(load_checked(folder), folder / "index", folder)
        return Index(folder / "index")

    return compiled


def some(count: int, seed: int = 1) -> list[dict[str, object]]:
    """Lines that name one topic and place, none, or several."""
    chance = random.Random(seed)
    lines: list[dict[str, object]] = []
    for number in range(count):
        line = {"id": f"n{number:03}", "speaker": chance.choice(["ada-l", BEA, CYD]), "excerpt": "the lamp is lit"}
        topics, places = (chance.sample([*known], chance.choice([0, 1, 1, 2])) for known in (TOPICS, PLACES))
        lines.append({**line, "topics": topics, "places": places, "source": "log"})
    return lines


def read(line: dict[str, object]) -> dict[str, list[str]]:
    """The words that a line should be found by, by field."""
    who = line["speaker"]
    name, callsign, unit = WHO[who["id"] if isinstance(who, dict) else str(who)]
    topics = " ".join(f"{TOPICS[t]} {t}" for t in line["topics"])  # type: ignore[attr-defined]
    places = " ".join(PLACES[p] for p in line["places"])  # type: ignore[attr-defined]
    cut = schema.words_analyzer().analyze
    texts = {"speaker": name, "callsign": callsign, "unit": unit, "topic": topics, "place": places}
    return {field: cut(fold(text)) for field, text in (texts | {"excerpt": str(line["excerpt"])}).items()}


def holds(words: list[str], wanted: list[str], beginning: bool) -> bool:
    for at in range(len(words) - len(wanted) + 1):
        row = words[at : at + len(wanted)]
        if row[:-1] == wanted[:-1] and (row[-1].startswith(wanted[-1]) if beginning else row[-1] == wanted[-1]):
            return True
    return False


def found(index: Index, query: str, *, typing: bool = False) -> list[str]:
    page = index.page(Filter(query=query, kinds=("statement",)), limit=1_000, typing=typing)
    assert page.total == len(page.rows)
    return sorted(row.item["id"] for row in page.rows if row.item["id"] != "table")


@pytest.mark.parametrize("way", ["alone", "in shares", "a table of few", "too many speakers"])
def test_every_word_beginning_and_phrase_finds_what_reading_finds(
    compiled: Compiled, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "in shares":
        monkeypatch.setattr(process_pool, "SHARE_LEAST", 1_000)
    elif way == "a table of few":  # what many fit goes by numbers from one to another, or by sets of them
        monkeypatch.setattr(table_words, "FEW", 1)
    elif way == "too many speakers":
        monkeypatch.setattr(stream, "MOST_TABLED", 2)
    lines = some(80)
    index = compiled(HEAD + TABLES, lines)
    words = {str(line["id"]): read(line) for line in lines}
    items = schema.register(tantivy.Index.open(str(index.folder / "items"))).searcher()
    assert (items.doc_freq("speaker", "lampert") == 0) == (way != "too many speakers")
    assert index.count(Filter(query="speaker:gull callsign:red unit:7th")) == 1 + 1 + sum(
        line["speaker"] == "ada-l" for line in lines
    )
    chance = random.Random(3)
    for _ in range(250):
        field = chance.choice(["speaker", "callsign", "unit", "topic", "place"])
        row = chance.choice([them[field] for them in words.values() if them[field]])
        at = chance.randrange(len(row))
        wanted = row[at : at + chance.choice([1, 1, 2, 3])]
        beginning = chance.random() < 0.4
        if beginning:
            wanted[-1] = wanted[-1][: chance.randint(1, len(wanted[-1]))]
        named = chance.random() < 0.5
        said = f'"{" ".join(wanted)}"{"*" * beginning}' if len(wanted) > 1 else wanted[0] + "*" * beginning
        query = f"{field}:{said}" if named else said
        fields = [field] if named else ["speaker", "callsign", "unit", "topic", "place", "excerpt"]
        expected = [id for id, them in words.items() if any(holds(them[f], wanted, beginning) for f in fields)]
        assert found(index, query) == expected, query
        assert found(index, f"-{query}") == [id for id in words if id not in expected], query


def test_a_letter_may_be_wrong_in_a_name_a_topic_and_a_place(compiled: Compiled) -> None:
    lines = some(40)
    index = compiled(HEAD + TABLES, lines)
    for wrong, right in [
        ("Lovige", "lovage"),
        ("callsign:wrxn", "wren"),
        ("hornz", "horn"),
        ("place:landinq", "landing"),
    ]:
        page = index.page(Filter(query=wrong), limit=100)
        assert page.understood.loosened and page.total, wrong
        assert {row.item["id"] for row in page.rows} >= set(found(index, right)), wrong
    assert not index.page(Filter(query="lampert")).understood.loosened


def test_a_speaker_of_whom_nothing_is_said_makes_no_word_stand(compiled: Compiled) -> None:
    index = compiled(HEAD + TABLES, [{"id": "a", "speaker": "ada-l", "excerpt": "unheart", "source": "log"}])
    page = index.page(Filter(query="unheard"))
    assert page.understood.loosened and [row.item["id"] for row in page.rows] == ["a"]
    assert not index.count(Filter(query="speaker:wolfram")) and not index.count(Filter(query="topic:horns"))


def test_without_tables_lines_name_any_topic_and_place(compiled: Compiled) -> None:
    topics = ["peace", "Peace", "long war", "Łódź", "war", "a-b"]
    lines = [
        {"id": f"n{n}", "speaker": CYD, "excerpt": "said", "topics": [topic], "places": [topic], "source": "log"}
        for n, topic in enumerate(topics)
    ]
    index = compiled(HEAD, lines)
    for field in "topic", "place":
        assert found(index, f"{field}:peace") == ["n0", "n1"] and found(index, f"{field}:war") == ["n2", "n4"]
        assert found(index, f'{field}:"long w"*') == ["n2"] and found(index, f"{field}:lodz") == ["n3"]
        assert found(index, f"{field}:*") == [f"n{n}" for n in range(6)]
    assert found(index, "pea", typing=True) == ["n0", "n1"]
    assert found(index, "speaker:lampert") == [f"n{n}" for n in range(6)]


def test_thousands_of_speakers_that_a_word_fits(compiled: Compiled) -> None:
    count = 3_000
    lines = [
        {
            "id": f"n{n:04}",
            "speaker": {"id": f"p{n}", "name": f"{'Odd' if n % 2 else 'Even'} Walker", "unit": f"{n % 3} Unit"},
            "excerpt": "walked",
            "source": "log",
        }
        for n in range(count)
    ]
    index = compiled(HEAD, lines)
    for query, fits in [
        ("odd", lambda n: n % 2),
        ("speaker:walker", lambda n: True),
        ("unit:2", lambda n: n % 3 == 2),
        ('"even walk"*', lambda n: not n % 2),
        ("walkr -odd", lambda n: not n % 2),
        ("p12", lambda n: n == 12),
        ("p12*", lambda n: str(n).startswith("12")),
    ]:
        assert index.count(Filter(query=query)) == sum(map(bool, map(fits, range(count)))), query
        facets = index.facets(Filter(query=query))
        assert sum(facets.speakers.values()) == facets.statements == index.count(Filter(query=query))


def test_a_rare_name_ranks_before_common_words(compiled: Compiled) -> None:
    lines = [
        {"id": f"n{n}", "speaker": CYD if n == 7 else BEA, "excerpt": "lit and lit", "source": "log"} for n in range(20)
    ]
    index = compiled(HEAD, lines)
    for query in "lit OR lampert", 'bea OR "cyd lampert"':
        rows = index.page(Filter(query=query), order="relevance").rows
        assert rows[0].item["id"] == "n7" and len(rows) == 20
