"""Formats as other programs see them: a spreadsheet, a word processor, reference managers, a schema."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zeroline.bookmarks.codec import parse
from zeroline.bookmarks.model import Bookmark, CorpusContext, bookmark_of
from zeroline.export import FORMATS, NotInstalled, Options
from zeroline.export.csv_ import BETWEEN, COLUMNS, cells
from zeroline.export.entries import entry_of
from zeroline.export.formats import XLSX_ROWS
from zeroline.export.xlsx import CUT, LONGEST
from zeroline.records import EventRecord, StatementRecord

FOLDER = Path(__file__).parent.parent / "fixtures" / "export"
DAY = date(2025, 3, 1)
NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "https://example.org", "internal:x", "\x00\x1b[2J", "a\r\nb", "\ufffe"]
CONTEXT = CorpusContext("c", "T", "1", {}, {}, {})


@pytest.fixture(scope="module")
def bookmarks() -> tuple[Bookmark, ...]:
    path = FOLDER / "bookmarks.toml"
    return parse(path.read_bytes(), path).bookmarks


def exported(format: str, bookmarks: Any) -> bytes:
    return b"".join(FORMATS[format].pieces(bookmarks, Options(DAY)))


# --- spreadsheet ------------------------------------------------------------------------------------------------------


def sheet(data: bytes) -> list[Any]:
    openpyxl = pytest.importorskip("openpyxl")
    return list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows())


def test_a_workbook_has_the_cells_of_the_table(bookmarks: tuple[Bookmark, ...]) -> None:
    head, *rows = sheet(exported("xlsx", bookmarks))
    assert tuple(cell.value for cell in head) == COLUMNS
    for row, bookmark in zip(rows, bookmarks, strict=True):
        assert [cell.value or "" for cell in row] == cells(entry_of(bookmark, DAY))
        assert {cell.data_type for cell in row if cell.value} == {"s"}
        assert not any(cell.hyperlink for cell in row)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    marks = [Bookmark("c", f"i{number}", note=text) for number, text in enumerate(NASTY)]
    data = exported("xlsx", marks)
    notes = [row[COLUMNS.index("note")] for row in sheet(data)[1:]]
    assert {cell.data_type for cell in notes} == {"s"}
    assert [cell.value for cell in notes] == [*NASTY[:7], "␀␛[2J", "a\nb", "⟨U+FFFE⟩"]
    with ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    assert not any("<f>" in part or 'TargetMode="External"' in part for part in parts.values())


@pytest.mark.parametrize("text", ["x" * 40_000, "é" * 40_000, "🙂" * 20_000])
def test_a_cell_is_cut_where_excel_would_not_hold_it(text: str) -> None:
    (cell,) = [row[COLUMNS.index("note")] for row in sheet(exported("xlsx", [Bookmark("c", "i", note=text)]))[1:]]
    assert cell.value.endswith(CUT) and text.startswith(cell.value.removesuffix(CUT))
    assert LONGEST - 1 <= len(cell.value.encode("utf-16-le")) // 2 <= LONGEST


@pytest.mark.parametrize("length", [10, 900, 40_000])
def test_no_position_is_cut_from_its_condition(length: int) -> None:
    positions: Any = [
        {"stance": f"s{number}", "force": "conditional", "condition": f"{'very ' * (length // 5)}dry",
         "otherwise": None, "certainty": "high", "basis": "stated", "reason": ""}
        for number in range(60)
    ]  # fmt: skip
    mark = with_source()
    item: Any = {
        **(mark.snapshot.item if mark.snapshot else {}), "kind": "statement", "positions": positions, "locator": None,
        "speaker": {"id": "p", "name": "P", "callsign": None, "unit": None}, "attribution": "reported",
        "date_of": None,
        "excerpt": "", "paraphrase": "",
    }  # fmt: skip
    (row,) = list(sheet(exported("xlsx", [bookmark_of(item, CONTEXT, datetime(2025, 1, 2, tzinfo=UTC))])))[1:]
    shown = str(row[COLUMNS.index("positions")].value).split(BETWEEN)
    last = shown.pop() if length > 10 else ""
    assert len(shown) == {10: 60, 40_000: 0}.get(length, len(shown)) and all("dry" in words for words in shown)
    assert not last or last.startswith(f"… {60 - len(shown)}")


def test_bookmarks_beyond_the_rows_of_a_workbook_are_counted_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zeroline.export.xlsx.XLSX_ROWS", 2)
    assert len(list(sheet(exported("xlsx", [Bookmark("c", f"i{n}") for n in range(4)])))) == 1 + 2
    words = replace(FORMATS["xlsx"], most=2).written(4)
    assert words.startswith("only the first 2 of 4 bookmarks")
    assert FORMATS["xlsx"].written(XLSX_ROWS) == f"{XLSX_ROWS:,} bookmarks"


# --- document ---------------------------------------------------------------------------------------------------------


def test_a_document_reads_as_it_was_written(bookmarks: tuple[Bookmark, ...]) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(exported("docx", bookmarks)))
    lines = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert ("Heading 2", "Ada Brum “Lantern”") in lines
    assert ("Quote", "“let the ferry have the glass”") in lines
    assert (
        "List Bullet",
        "◇ Lease — only if the ferry company pays for the glass; otherwise Keep (medium certainty, stated) "
        "Reason: She names the proviso and what follows without it.",
    ) in lines
    assert ("Normal", "Note: For the second part.\nAsk: who pays?\n\n- 50% is *not* enough") in lines
    assert ("Heading 2", "finch-9") in lines


# --- reference managers -----------------------------------------------------------------------------------------------


def test_reference_managers_read_each_source_once(bookmarks: tuple[Bookmark, ...]) -> None:
    bibtexparser, rispy = pytest.importorskip("bibtexparser"), pytest.importorskip("rispy")
    entries = {e.key: e.fields_dict for e in bibtexparser.parse_string(exported("bib", bookmarks).decode()).entries}
    assert list(entries) == ["gulls-hearing", "gulls-gull-post"]
    assert entries["gulls-hearing"]["author"].value == "{The clerk}", "of two records, what one leaves open"
    assert entries["gulls-gull-post"]["title"].value == "{[One month after the lamp]}"
    references = rispy.loads(exported("ris", bookmarks).decode())
    assert [(r["type_of_reference"], r["title"], r["year"]) for r in references] == [
        ("NEWS", "Minutes of the Lamp Hearing", "1902"),
        ("GEN", "[One month after the lamp]", "1902"),
    ]
    assert references[0]["authors"] == ["The clerk"]
    found = json.loads(exported("csl", bookmarks))
    assert [one["type"] for one in found] == ["article-newspaper", "document"]
    day = entries["gulls-hearing"]["urldate"].value
    assert found[0]["accessed"]["date-parts"] == [[int(part) for part in day.split("-")]]
    assert references[0]["access_date"] == day.replace("-", "/")
    for whole in (entries["gulls-hearing"]["note"].value, " ".join(references[0]["notes"]), found[0]["note"]):
        assert "(gulls), version" in whole
    for whole in (entries["gulls-hearing"]["annote"].value, " ".join(references[0]["notes"]), found[0]["annote"]):
        assert "[gulls/brum-3]" in whole
    assert [(one["id"], one.get("author")) for one in found] == [
        ("gulls-hearing", [{"literal": "The clerk"}]),
        ("gulls-gull-post", None),
    ]


def with_source(**changes: Any) -> Bookmark:
    source: Any = {
        "id": "s", "title": "T", "title_supplied": False, "outlet": None, "author": None, "date": None, "credit": "",
        "url": None, **changes,
    }  # fmt: skip
    item: Any = {
        "kind": "event", "id": "e", "date": "2000", "title": "Event", "asserted_by": "s", "asserted_by_name": "T",
        "source": source, "paragraph": None, "description": "", "figures": [], "topics": [], "places": [], "note": "",
    }  # fmt: skip
    return bookmark_of(item, CONTEXT, datetime(2025, 1, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    "title",
    ["}{", "\\", "\\}", "{a", "100 % & $x_1$ #2 ~ ^", "@article{x,", 'a"b', "a\nER  - \nTY  - BOOK", "x} , y={z"],
)
def test_no_text_is_markup_to_a_reference_manager(title: str) -> None:
    bibtexparser, rispy = pytest.importorskip("bibtexparser"), pytest.importorskip("rispy")
    mark = with_source(title=title, author=title, outlet=title, credit=title)
    library = bibtexparser.parse_string(exported("bib", [mark]).decode())
    (entry,) = library.entries
    assert not library.failed_blocks
    assert list(entry.fields_dict) == ["author", "title", "journal", "urldate", "note", "annote"]
    (reference,) = rispy.loads(exported("ris", [mark]).decode())
    assert reference["title"] == " ".join(title.split())


def test_sources_of_the_same_id_in_two_corpora_are_two() -> None:
    from dataclasses import replace

    one = with_source()
    marks = [one, replace(one, corpus="c-s"), replace(one, corpus="C"), replace(one, corpus="é")]
    keys = [entry["id"] for entry in json.loads(exported("csl", marks))]
    assert keys == ["c-s", "c-s-s", "C-s-2", "s"]


# --- web annotations --------------------------------------------------------------------------------------------------


def validate(data: bytes) -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((files("zeroline.export") / "assets" / "webannotation.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    collection = json.loads(data)
    jsonschema.Draft202012Validator(schema).validate(collection)
    return collection


def test_annotations_are_valid_and_select_what_is_quoted(bookmarks: tuple[Bookmark, ...]) -> None:
    collection = validate(exported("jsonld", bookmarks))
    first, second, third, last = collection["first"]["items"]
    assert collection["total"] == 4
    assert first["target"]["selector"] == {
        "type": "TextPositionSelector",
        "start": 812,
        "end": 840,
        "refinedBy": {"type": "TextQuoteSelector", "exact": "let the ferry have the glass"},
    }
    assert second["target"]["source"]["id"] == "https://example.org/gull_post"
    assert second["target"]["selector"]["type"] == "TextQuoteSelector"
    assert "selector" not in third["target"] and set(last["target"]) == {"id"}
    assert len({one["id"] for one in collection["first"]["items"]}) == 4
    again = json.loads(exported("jsonld", bookmarks[:1]))
    assert again["first"]["items"][0]["id"] == first["id"] and again["id"] != collection["id"]
    validate(exported("jsonld", ()))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.from_type(StatementRecord) | st.from_type(EventRecord), max_size=2), st.text())
def test_whatever_is_bookmarked_makes_valid_annotations(items: list[Any], note: str) -> None:
    marks = [bookmark_of(item, CONTEXT, datetime(2025, 1, 2, tzinfo=UTC), note=note) for item in items]
    validate(exported("jsonld", marks))


# --- what is not installed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["xlsx", "docx", "bib", "ris"])
def test_a_library_that_is_missing_is_named(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zeroline.export.formats.find_spec", lambda name: None)
    with pytest.raises(NotInstalled, match=r"not installed: pip install 'zeroline\[export\]'"):
        exported(format, ())
