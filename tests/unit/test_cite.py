"""Citations and positions in words: exact lines, so that a change of wording is a decision."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zeroline.records import EventRecord, PositionRecord, StatementRecord
from zeroline.text.cite import citation, date_of, date_words, speaker_words, title_words
from zeroline.text.positions import position_words

ACCESSED = date(2025, 3, 1)


def statement(source: dict[str, Any] | None = None, **changes: Any) -> StatementRecord:
    record: Any = {
        "kind": "statement",
        "id": "brum-1",
        "speaker": {"id": "brum", "name": "Ada Brum", "callsign": "Lantern", "unit": "2nd Lamp Watch"},
        "attribution": "direct",
        "date": None,
        "date_of": None,
        "excerpt": "keep it burning",
        "paraphrase": "She would keep the lamp.",
        "locator": {"paragraph": 12, "start": 10, "end": 25, "sha256": "0" * 64},
        "positions": [],
        "topics": [],
        "places": [],
        "source": {
            "id": "gull-post",
            "title": "After the lamp",
            "title_supplied": False,
            "outlet": "Gull Post",
            "author": "C. Finch",
            "date": "1902-11-03",
            "credit": "Photographs: N. Wren.",
            "url": None,
            **(source or {}),
        },
        "note": "",
    }
    return {**record, **changes}  # type: ignore[typeddict-item]


def cited(item: StatementRecord | EventRecord, accessed: date | None = ACCESSED) -> str:
    return citation(item, corpus_title="Gull Harbour: keep or close?", corpus_version="1.2", accessed=accessed)


END = "Coded in “Gull Harbour: keep or close?”, version 1.2, accessed 1 March 2025."


def test_a_direct_quotation() -> None:
    assert cited(statement()) == (
        "Ada Brum “Lantern”, 2nd Lamp Watch (direct quotation), in “After the lamp”, C. Finch, Gull Post, "
        f"published 3 November 1902 (credit: Photographs: N. Wren), ¶12. {END}"
    )


def test_a_supplied_title_has_brackets_and_what_is_unknown_is_said() -> None:
    unknown = {"title_supplied": True, "outlet": None, "author": None, "date": None, "credit": ""}
    assert cited(statement(unknown, attribution="reported", locator=None)) == (
        "Ada Brum “Lantern”, 2nd Lamp Watch (reported speech), in [After the lamp], author and outlet "
        f"unknown, undated. {END}"
    )
    assert "[After the lamp], author unknown, Gull Post," in cited(
        statement({"title": "[After the lamp]", "title_supplied": True, "author": None})
    )
    assert "C. Finch, outlet unknown, published 3" in cited(statement({"outlet": None}))


def test_a_caption_with_its_own_date_and_an_address() -> None:
    line = cited(
        statement({"url": "https://example.org/a_b", "credit": ""}, attribution="caption", date="1902-10"), None
    )
    assert line == (
        "Ada Brum “Lantern”, 2nd Lamp Watch (caption, October 1902), in “After the lamp”, C. Finch, Gull Post, "
        "published 3 November 1902, https://example.org/a_b, ¶12. Coded in “Gull Harbour: keep or close?”, version 1.2."
    )
    assert "(direct quotation)," in cited(statement(date="1902-11-03")), "the source's own date is said once"
    own = statement(date="1902-11-03", date_of="statement")
    assert "(direct quotation, 3 November 1902), in" in cited(own), "said on the day it was published"


@pytest.mark.parametrize(
    ("changes", "whose", "words"),
    [
        ({"date": "1902-10", "date_of": "statement"}, "statement", "October 1902"),
        ({"date": "1902-11-03", "date_of": "source"}, "source", "published 3 November 1902"),
        ({"date": "1902-11-03", "date_of": "statement"}, "statement", "3 November 1902"),
        # Records saved before they said whose date it is.
        ({"date": "1902-10"}, "statement", "October 1902"),
        ({"date": "1902-11-03"}, "source", "published 3 November 1902"),
        ({"date": None}, "source", "published 3 November 1902"),
        ({"date": None, "source": {**statement()["source"], "date": None}}, None, "undated"),
    ],
)
def test_a_publication_is_not_said_to_be_when_it_was_said(changes: Any, whose: str | None, words: str) -> None:
    item = statement(**{key: value for key, value in changes.items() if key != "source"})
    if "source" in changes:
        item["source"] = changes["source"]
    assert (date_of(item), date_words(item)) == (whose, words)


def event(**changes: Any) -> EventRecord:
    record: Any = {
        "kind": "event",
        "id": "dark",
        "date": "1902-10~",
        "title": "The light goes dark.",
        "asserted_by": "brum",
        "asserted_by_name": "Ada Brum",
        "source": statement()["source"],
        "paragraph": 4,
        "description": "",
        "figures": [],
        "topics": [],
        "places": [],
        "note": "",
    }
    return {**record, **changes}  # type: ignore[typeddict-item]


def test_an_event_names_who_asserts_it() -> None:
    source = "“After the lamp”, C. Finch, Gull Post, published 3 November 1902 (credit: Photographs: N. Wren)"
    assert cited(event()) == (
        f"The light goes dark (about October 1902; event, asserted by Ada Brum), in {source}, ¶4. {END}"
    )
    assert cited(event(asserted_by="gull-post", paragraph=None)) == (
        f"The light goes dark (about October 1902; event, asserted by the source itself), in {source}. {END}"
    )


@pytest.mark.parametrize(
    ("name", "callsign", "unit", "words"),
    [
        ("Ada", None, None, "Ada"),
        ("Ada", "Lantern", None, "Ada “Lantern”"),
        ("Lantern", "lantern", "Watch", "Lantern, Watch"),
        ("Ada “Lantern” Brum", "Lantern", None, "Ada “Lantern” Brum"),
        ("Adalbert", "Ada", None, "Adalbert “Ada”"),
        ("Ada", "", "", "Ada"),
    ],
)
def test_who(name: str, callsign: str | None, unit: str | None, words: str) -> None:
    assert speaker_words({"id": "x", "name": name, "callsign": callsign, "unit": unit}) == words


def test_a_title_supplied_stands_in_one_pair_of_brackets() -> None:
    source = statement()["source"]
    assert title_words({**source, "title": " [T] ", "title_supplied": True}) == "[T]"
    assert title_words({**source, "title": "[1] and [2]", "title_supplied": False}) == "“[1] and [2]”"


@given(st.from_type(StatementRecord) | st.from_type(EventRecord), st.text())
def test_a_citation_is_one_line_whatever_the_text(item: Any, title: str) -> None:
    line = citation(item, corpus_title=title, corpus_version="1", accessed=ACCESSED)
    assert len(line.splitlines()) == 1 and line.endswith(", version 1, accessed 1 March 2025.")


LABELS = {"hold": "hold", "trade": "trade", "withdraw": "withdraw"}


@pytest.mark.parametrize(
    ("force", "condition", "otherwise", "words"),
    [
        ("unconditional", None, None, "trade — said outright (high certainty, stated)"),
        ("conditional", "the road stays open", None, "trade — only if the road stays open (high certainty, stated)"),
        ("conditional", "if it pays.", "hold", "trade — only if it pays; otherwise hold (high certainty, stated)"),
        ("conditional", "Only if it\n pays", None, "trade — only if it pays (high certainty, stated)"),
        (
            "conditional",
            "as long as it pays",
            None,
            "trade — on a condition: as long as it pays (high certainty, stated)",
        ),
        ("conditional", "that it pays", None, "trade — on condition that it pays (high certainty, stated)"),
        ("conditional", "Unless it rains", None, "trade — on a condition: Unless it rains (high certainty, stated)"),
        ("conditional", None, None, "trade — only under a condition that is not recorded (high certainty, stated)"),
        ("hypothetical", None, None, "trade — as a hypothesis (high certainty, stated)"),
        (
            "hypothetical",
            "the war ends",
            "hold",
            "trade — as a hypothesis: the war ends; otherwise hold (high certainty, stated)",
        ),
    ],
)
def test_positions(force: Any, condition: str | None, otherwise: str | None, words: str) -> None:
    position: PositionRecord = {
        "stance": "trade",
        "force": force,
        "condition": condition,
        "otherwise": otherwise,
        "certainty": "high",
        "basis": "stated",
        "rationale": "",
    }
    assert position_words(position, LABELS.__getitem__) == words


def test_what_was_inferred_was_not_said_outright() -> None:
    position: Any = {"stance": "t", "force": "unconditional", "condition": None, "otherwise": None}
    words = position_words({**position, "certainty": "low", "basis": "inferred", "rationale": ""}, str)
    assert words == "t — without a condition (low certainty, inferred)"


@given(st.sampled_from(["conditional", "hypothetical"]), st.none() | st.text())
def test_a_position_that_hangs_on_something_never_reads_as_plain(force: Any, condition: str | None) -> None:
    position: Any = {"stance": "t", "force": force, "condition": condition, "otherwise": None}
    words = position_words({**position, "certainty": "low", "basis": "inferred", "rationale": ""}, str)
    assert "said outright" not in words.removeprefix("t — ").split(":")[0]
    assert words.startswith(("t — only ", "t — on a condition: ", "t — on condition that", "t — as a hypothesis"))
    assert " ".join((condition or "").split()).rstrip(".;").split(" ")[-1] in words
