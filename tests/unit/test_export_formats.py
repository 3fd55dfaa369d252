"""The exports byte for byte, and what must hold in every one of them."""

from __future__ import annotations

import copy
import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zeroline.bookmarks.codec import parse
from zeroline.bookmarks.model import Bookmark, CorpusContext, bookmark_of
from zeroline.bookmarks.store import BookmarkStore
from zeroline.export import FORMATS, Options, format_of, suggested_name
from zeroline.export.csv_ import COLUMNS, safe_cell
from zeroline.export.entries import figure_words
from zeroline.records import EventRecord, StatementRecord
from zeroline.sources.copy_citation import Passage

FOLDER = Path(__file__).parent.parent / "fixtures" / "export"
DAY = date(2025, 3, 1)
TEXTS = [name for name, format in FORMATS.items() if not format.binary]
WHOLE = ["md", "footnotes", "html", "json", "jsonl", "jsonld", "csv"]
"""The formats of text that tell all there is of a bookmark."""


@pytest.fixture(scope="module")
def bookmarks() -> tuple[Bookmark, ...]:
    path = FOLDER / "bookmarks.toml"
    return parse(path.read_bytes(), path).bookmarks


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("format", TEXTS)
def test_byte_for_byte(format: str, bookmarks: tuple[Bookmark, ...]) -> None:
    path = FOLDER / "bookmarks.toml"
    options = Options(DAY, collections=parse(path.read_bytes(), path).collections)
    assert b"".join(FORMATS[format].pieces(bookmarks, options)) == (FOLDER / f"expected.{format}").read_bytes()


@pytest.mark.parametrize("format", FORMATS)
def test_the_bookmarks_need_not_be_there_at_once_and_twice_gives_the_same(
    format: str, bookmarks: tuple[Bookmark, ...]
) -> None:
    once = b"".join(FORMATS[format].pieces((one for one in bookmarks), Options(DAY)))
    assert once == b"".join(FORMATS[format].pieces(bookmarks, Options(DAY))) != b""


@pytest.mark.parametrize("format", TEXTS)
def test_a_conditional_position_has_its_condition_and_fallback(format: str, bookmarks: tuple[Bookmark, ...]) -> None:
    text = FORMATS[format](bookmarks[:1], DAY)
    assert "the ferry company pays for the glass" in text
    if format == "toml":
        assert 'force = "conditional"' in text and 'otherwise = "keep"' in text
    else:
        assert "Lease — only if the ferry company pays for the glass; otherwise Keep (medium certainty, stated)" in text
    hypothesis = FORMATS[format](bookmarks[1:2], DAY)
    assert "the oil runs out" in hypothesis and ("hypothesis" in hypothesis or "hypothetical" in hypothesis)


@pytest.mark.parametrize("format", WHOLE)
def test_every_entry_tells_all_there_is(format: str, bookmarks: tuple[Bookmark, ...]) -> None:
    text = FORMATS[format](bookmarks[:1], DAY)
    for part in (
        "Ada Brum",
        "Lantern",
        "2nd Lamp Watch",
        "let the ferry have the glass",
        "If the ferry company pays she would let the lamp",
        "Ask: who pays?",
        "to cite",
        "in “Minutes of the Lamp Hearing”, author unknown, Gull Harbour Office, published 3 November 1902, ¶7. Coded",
        "(gulls), version 1.2.0, accessed 28 February 2025.",
        *(("812", "840", "00112233445566778899aabbccddeeff") if format != "footnotes" else ()),
    ):
        assert part in text


def test_the_day_of_access_is_that_of_the_bookmark_and_else_that_of_the_export(bookmarks: tuple[Bookmark, ...]) -> None:
    assert "accessed 28 February 2025." in FORMATS["md"](bookmarks[:1], DAY)
    assert "accessed 1 March 2025." in FORMATS["md"]([replace(bookmarks[0], added=None)], DAY)


def test_markdown_gives_the_reason_of_what_was_inferred_and_the_note_of_a_figure(
    bookmarks: tuple[Bookmark, ...],
) -> None:
    text = FORMATS["md"](bookmarks, DAY)
    assert "(low certainty, inferred). Reason: Her whole evidence leans that way.\n" in text
    assert "Reason: She names" not in text, "what was stated needs none"
    assert "(claimed by the harbour master). Coders’ note: \\*Nearly\\* is his own word.\n" in text
    assert "- 2.5 months (claimed by Ada Brum)\n" in text


@pytest.mark.parametrize("format", [*WHOLE, "toml"])
def test_a_bookmark_without_its_record_still_has_ids_and_note(format: str, bookmarks: tuple[Bookmark, ...]) -> None:
    text = FORMATS[format](bookmarks[-1:], DAY)
    assert "finch-9" in text and "gulls" in text and "look this up" in text


@pytest.mark.parametrize(("format", "expected"), [
    ("md", ""), ("footnotes", ""), ("json", "[]\n"), ("jsonl", ""), ("csv", ",".join(COLUMNS) + "\r\n"),
    ("bib", ""), ("ris", ""), ("csl", "[]\n"),
])  # fmt: skip
def test_no_bookmarks(format: str, expected: str) -> None:
    assert FORMATS[format]((), DAY) == expected


def test_toml_reads_back_into_a_store(tmp_path: Path, bookmarks: tuple[Bookmark, ...]) -> None:
    path = tmp_path / "bookmarks.toml"
    path.write_bytes(FORMATS["toml"](bookmarks, DAY).encode())
    store = BookmarkStore(path)
    read = store.load()
    assert [one.id for one in read] == [one.id for one in bookmarks]
    assert read == bookmarks
    assert store.remove("gulls", "crates") is not None


def test_json_holds_the_full_record(bookmarks: tuple[Bookmark, ...]) -> None:
    found = json.loads(FORMATS["json"](bookmarks, DAY))
    for one, bookmark in zip(found, bookmarks, strict=True):
        assert one["record"] == (bookmark.snapshot.item if bookmark.snapshot else None)
        assert (one["id"], one["note"], tuple(one["tags"])) == (bookmark.id, bookmark.note, bookmark.tags)


def test_json_takes_what_only_toml_has(bookmarks: tuple[Bookmark, ...]) -> None:
    snapshot = bookmarks[2].snapshot
    assert snapshot is not None
    item: Any = {**snapshot.item, "seen": [date(2025, 1, 2), float("inf")]}
    text = FORMATS["json"]([replace(bookmarks[2], snapshot=replace(snapshot, item=item))], DAY)
    assert json.loads(text)[0]["record"]["seen"] == ["2025-01-02", "inf"]


def test_csv_reads_back(bookmarks: tuple[Bookmark, ...]) -> None:
    text = FORMATS["csv"](bookmarks, DAY)
    first, second, third, last = rows(text)
    assert list(first) == list(COLUMNS)
    assert first["note"] == bookmarks[0].note
    assert (first["paragraph"], first["start"], first["end"]) == ("7", "812", "840")
    assert first["positions"].split(" | ")[1] == "Keep — without a condition (low certainty, inferred)"
    assert second["note"] == '\'=HYPERLINK("https://example.org")' and second["speaker"] == "'@Wren"
    assert second["tags"] == "'+1 | a|b"
    assert (
        third["figures"]
        == "nearly 40,000 pints — of oil (claimed by the harbour master) | 2.5 months (claimed by Ada Brum)"
    )
    assert (first["date_of"], first["date_words"]) == ("statement", "October 1902")
    assert (second["date_of"], second["date_words"]) == ("source", "published about December 1902")
    assert (third["date_of"], last["date_of"]) == ("", "")
    assert (last["id"], last["speaker"], last["note"]) == ("finch-9", "", "look this up")


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\n=1", " =1", "\ufeff=1", "\x00=1", "＝1", "－1", "\u00a0@x"]
)
def test_a_cell_that_looks_like_a_formula_is_text(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=1", "1", "“-”", "'=1", "a\n=1", "— said"])
def test_any_other_cell_is_left_alone(text: str) -> None:
    assert safe_cell(text) == text


CONTEXT = CorpusContext("c", "T", "1", {}, {}, {})
TEXT = st.text() | st.sampled_from(["=1", "a,b", 'a"b', "a\r\nb", "a\rb", "\n", "", ";", "'", "\x00", " @x"])


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, st.lists(TEXT)), max_size=4))
def test_csv_keeps_every_cell_in_its_place(notes: list[tuple[str, list[str]]]) -> None:
    marks = [Bookmark("c", f"i{number}", note=note, tags=tuple(tags)) for number, (note, tags) in enumerate(notes)]
    read = rows(FORMATS["csv"](marks, DAY))
    assert [(row["id"], row["note"], row["tags"]) for row in read] == [
        (mark.id, safe_cell(mark.note), safe_cell(" | ".join(mark.tags))) for mark in marks
    ]
    assert all(row["added"] == "" and None not in row for row in read)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.from_type(StatementRecord) | st.from_type(EventRecord), max_size=3), TEXT)
def test_any_record_can_be_exported_and_twice_the_same(items: list[Any], note: str) -> None:
    marks = [bookmark_of(item, CONTEXT, datetime(2025, 1, 2, tzinfo=UTC), note=note) for item in items]
    for name in TEXTS:
        text = FORMATS[name](marks, DAY)
        assert text == FORMATS[name](marks, DAY)
    assert len(json.loads(FORMATS["json"](marks, DAY))) == len(rows(FORMATS["csv"](marks, DAY))) == len(items)


@pytest.mark.parametrize(
    ("value", "qualifier", "words"),
    [
        (40000.0, "nearly", "nearly 40,000 men (claimed by x)"),
        (0.5, "", "0.5 men (claimed by x)"),
        (1e300, "", "1e+300 men (claimed by x)"),
        (-3, " ", "-3 men (claimed by x)"),
        (float("inf"), "", "inf men (claimed by x)"),
    ],
)
def test_figures(value: float, qualifier: str, words: str) -> None:
    figure: Any = {"value": value, "unit": "men", "what": "", "qualifier": qualifier, "claimant": "x", "note": ""}
    assert figure_words(figure) == words


def test_the_suggested_name() -> None:
    names = [suggested_name(format, DAY) for format in ("md", "footnotes", "jsonld", "csl")]
    assert names == [f"zeroline-bookmarks-2025-03-01.{ending}" for ending in ("md", "md", "jsonld", "csl.json")]


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.md", "md"),
        ("A.MD", "md"),
        ("a.json", "json"),
        ("a.csl.json", "csl"),
        ("a.jsonld", "jsonld"),
        ("a.txt", None),
        ("md", None),
        (".md", "md"),
    ],
)
def test_the_format_that_an_ending_says(name: str, format: str | None) -> None:
    found = format_of(name)
    assert (found.name if found else None) == format


def test_the_names_that_the_command_line_offers() -> None:
    from zeroline.cli import bookmarks_export, phrases
    from zeroline.text.styles import STYLES

    assert tuple(FORMATS) == bookmarks_export.FORMATS
    assert tuple(STYLES) == phrases.STYLES


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), 2**70, date(2025, 1, 2), [{"a": float("inf")}]])
@pytest.mark.parametrize("where", ["bookmark", "snapshot", "item", "source", "figure"])
def test_json_lines_loses_nothing_of_what_json_writes(where: str, value: Any, bookmarks: tuple[Bookmark, ...]) -> None:
    mark = bookmarks[2]
    assert mark.snapshot
    item: Any = copy.deepcopy(mark.snapshot.item)
    snapshot = replace(mark.snapshot, item=item)
    match where:
        case "bookmark":
            mark = replace(mark, extra={"own": value})
        case "snapshot":
            snapshot = replace(snapshot, extra={"own": value})
        case "item":
            item["own"] = value
        case "source":
            item["source"]["own"] = value
        case "figure":
            item["figures"][0]["own" if isinstance(value, list | date) else "value"] = value
    mark = replace(mark, snapshot=snapshot)
    (line,) = FORMATS["jsonl"]([mark], DAY).splitlines()
    assert [json.loads(line)] == json.loads(FORMATS["json"]([mark], DAY))


@pytest.mark.parametrize(
    ("passage", "line"),
    [
        ("Let the ferry have the glass.", "> “Let the ferry have the glass.”"),
        ("“Let the ferry have it,” she said, and left.", "> “Let the ferry have it,” she said, and left."),
        ("", "> “let the ferry have the glass”"),
    ],
)
def test_a_passage_is_quoted_once(passage: str, line: str, bookmarks: tuple[Bookmark, ...]) -> None:
    passages = {bookmarks[0].key: Passage(passage, "verbatim")} if passage else {}
    text = b"".join(FORMATS["md"].pieces(bookmarks[:1], Options(DAY, passages=passages))).decode()
    assert text.split("\n")[0] == line
