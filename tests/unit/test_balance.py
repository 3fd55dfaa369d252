"""How a selection compares with its corpus: counted by hand on a made-up corpus, and against every record."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from zeroline.bookmarks.model import Bookmark, CorpusContext, bookmark_of
from zeroline.corpus.check import load_checked
from zeroline.export.balance import CorpusCounts, Taken, balance, corpus_counts
from zeroline.index.compile import compile_study
from zeroline.index.filter import Filter
from zeroline.index.reader import Index

SMALL = Path(__file__).parents[1] / "fixtures" / "corpora" / "small"
CONTEXT = CorpusContext("c", "T", "1", {}, {}, {})
ADDED = datetime(2031, 1, 1, tzinfo=UTC)
CORPUS = CorpusCounts(
    "c", "T", {"hold": "hold", "trade": "trade", "leave": "leave", "nobody": "nobody"}, speakers=7, statements=20,
    takes={
        "hold": {"a": Taken(3, 0), "b": Taken(1, 1), "d": Taken(1, 0)},
        "trade": {"a": Taken(0, 1), "c": Taken(2, 0)},
        "leave": {"e": Taken(1, 0)},
        "nobody": {},
    },
)  # fmt: skip


def mark(speaker: str, *positions: tuple[str, str], id: str = "", corpus: str = "c") -> Bookmark:
    coded = [
        {"stance": stance, "force": force, "condition": "x", "otherwise": None, "certainty": "high", "basis": "stated",
         "rationale": ""}
        for stance, force in positions
    ]  # fmt: skip
    item: Any = {
        "kind": "statement", "id": id or f"{speaker}-{len(positions)}", "attribution": "direct", "date": None,
        "speaker": {"id": speaker, "name": speaker.upper(), "callsign": None, "unit": "U"}, "date_of": None,
        "excerpt": "", "paraphrase": "", "locator": None, "positions": coded, "topics": [], "places": [], "note": "",
        "source": {"id": "s", "title": "", "title_supplied": False, "outlet": None, "author": None, "date": None,
                   "credit": "", "url": None},
    }  # fmt: skip
    from dataclasses import replace

    return replace(bookmark_of(item, CONTEXT, ADDED), corpus=corpus)


OUTRIGHT, IF, PERHAPS = "unconditional", "conditional", "hypothetical"


def test_a_speaker_counts_for_the_stances_that_are_quoted_and_for_no_other() -> None:
    found = balance([mark("a", ("hold", OUTRIGHT)), mark("c", ("trade", OUTRIGHT)), mark("c", id="c-2")], CORPUS)
    assert [side[:] for side in found.sides] == [("hold", 1, 3, 0), ("trade", 1, 2, 0), ("leave", 0, 1, 0)]
    assert found.left_out == (("A", ("trade conditionally",)),)
    assert (found.statements, found.speakers) == (3, 2)
    assert found.line() == (
        "Of the speakers for each stance you quote 1 of 3 for hold, 1 of 2 for trade and none of 1 for leave. "
        "Conditional: none of 2 positions you quote (0 %); in the corpus 2 of 10 (20 %)."
    )


def test_two_stances_in_one_statement_count_for_both() -> None:
    found = balance([mark("a", ("hold", OUTRIGHT), ("trade", IF))], CORPUS)
    assert [side[:] for side in found.sides[:2]] == [("hold", 1, 3, 0), ("trade", 1, 2, 1)]
    assert "1 of 2 for trade (only conditionally)" in found.line() and found.left_out == ()
    assert "Conditional: 1 of 2 positions you quote (50 %)" in found.line()


def test_two_conditions_for_one_stance_count_once_as_they_do_in_the_corpus() -> None:
    found = balance([mark("a", ("trade", IF), ("trade", IF), ("trade", PERHAPS))], CORPUS)
    assert found.positions == Taken(0, 2)


def test_who_is_quoted_both_ways_is_not_only_conditional() -> None:
    marks = [mark("b", ("hold", IF)), mark("a", ("hold", PERHAPS)), mark("d", ("hold", OUTRIGHT))]
    assert "3 of 3 for hold (2 only conditionally)" in balance(marks, CORPUS).line()
    marks.append(mark("b", ("hold", OUTRIGHT), id="b-9"))
    assert "3 of 3 for hold (1 only conditionally)" in balance(marks, CORPUS).line()


def test_who_the_corpus_no_longer_counts_for_a_stance_is_not_counted() -> None:
    found = balance([mark("e", ("hold", OUTRIGHT)), mark("gone", ("leave", OUTRIGHT))], CORPUS)
    assert [side[:] for side in found.sides] == [("hold", 0, 3, 0), ("trade", 0, 2, 0), ("leave", 0, 1, 0)]
    assert found.positions == Taken(2, 0)


def test_what_is_not_counted_is_said() -> None:
    event: Any = {
        "kind": "event", "id": "e", "date": "2000", "title": "T", "asserted_by": "s", "asserted_by_name": "S",
        "source": {"id": "s", "title": "S", "title_supplied": False, "outlet": None, "author": None, "date": None,
                   "credit": "", "url": None},
        "paragraph": None, "description": "", "figures": [], "topics": [], "places": [], "note": "",
    }  # fmt: skip
    others = [bookmark_of(event, CONTEXT, ADDED), Bookmark("c", "hand"), mark("x", corpus="d"), mark("y", corpus="d")]
    lines = list(balance(others, CORPUS).lines())
    assert lines == [
        "You quote no statement of this corpus: there is nothing to balance.",
        "1 event is not counted: events take no stance.",
        "2 bookmarks of other corpora are not counted.",
        "1 bookmark whose record is not known is not counted.",
    ]


def test_a_line_names_few_and_says_how_many_more() -> None:
    takes = {"hold": {f"s{n}": Taken(1, 0) for n in range(6)}, "trade": {f"s{n}": Taken(1, 0) for n in range(6)}}
    corpus = CorpusCounts("c", "T", {}, 6, 12, takes)
    (line,) = [
        line for line in balance([mark(f"s{n}", ("hold", IF)) for n in range(6)], corpus).lines() if "also" in line
    ]
    assert line.endswith("S0 (trade), S1 (trade), S2 (trade) and 3 more.")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("small") / "index"
    folder.mkdir()
    compile_study(load_checked(SMALL), folder, SMALL)
    return Index(folder)


def test_a_corpus_is_counted_as_its_records_are(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zeroline.export.balance.PAGE", 2)
    takes: dict[str, dict[str, Taken]] = defaultdict(dict)
    marks = []
    for row in index.page(Filter(kinds=("statement",)), limit=100).rows:
        assert row.item["kind"] == "statement"
        marks.append(bookmark_of(row.item, CorpusContext(index.summary.id, "T", "1", {}, {}, {}), ADDED))
        for position in row.item["positions"]:
            before = takes[position["stance"]].get(row.item["speaker"]["id"], Taken())
            hedged = position["force"] != "unconditional"
            takes[position["stance"]][row.item["speaker"]["id"]] = Taken(before[0] + (not hedged), before[1] + hedged)
    counts = corpus_counts(index)
    assert {stance: speakers for stance, speakers in counts.takes.items() if speakers} == takes
    whole = balance(marks, counts)
    assert all(side.quoted == side.of for side in whole.sides) and whole.positions == whole.corpus_positions
    assert whole.left_out == () and whole.speakers == len({row for one in takes.values() for row in one})
