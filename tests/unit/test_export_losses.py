"""What every format holds and loses, as it says itself; and that no position is ever without its condition."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from zeroline.bookmarks.model import Bookmark, Collection, CorpusContext, bookmark_of
from zeroline.corpus.bundled import bundled
from zeroline.corpus.check import load_checked
from zeroline.export import FORMATS, Options
from zeroline.export.formats import PARTS
from zeroline.index.compile import compile_study
from zeroline.index.filter import Filter
from zeroline.index.reader import Index
from zeroline.records import PositionRecord, StatementRecord
from zeroline.sources.copy_citation import Passage

DAY = date(2031, 5, 6)
NEEDED = {"xlsx": "openpyxl", "docx": "docx"}


def words_of(format: str, bookmarks: Iterable[Bookmark]) -> str:
    """All text of an export, on one line, escapes and entities of the format undone."""
    passage = Passage("all of probe excerpt in its sentence", "verbatim in paragraph 3 of probe copy")
    shelf = Collection("probe-shelf", note="probe remark")
    options = Options(DAY, collections=(shelf,), passages={("probes", "p-1"): passage})
    data = b"".join(FORMATS[format].pieces(bookmarks, options))
    if format == "xlsx":
        sheet = pytest.importorskip("openpyxl").load_workbook(io.BytesIO(data)).active
        text = " ".join(str(cell) for row in sheet.values for cell in row if cell is not None)
    elif format == "docx":
        document = pytest.importorskip("docx").Document(io.BytesIO(data))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    else:
        text = data.decode()
    if format in ("json", "jsonl", "jsonld", "csl"):
        values = [json.loads(line) for line in text.splitlines()] if format == "jsonl" else json.loads(text)
        text = " ".join(strings(values))
    elif format == "html":
        import html

        text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"(?s)<(style|script)>.*?</\1>", "", text)))
    elif format in ("md", "footnotes", "bib"):
        text = text.replace("\\", "")
    elif format == "csv":
        text = text.replace('""', '"')
    return " ".join(text.split())


def strings(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield str(key)
            yield from strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from strings(member)
    elif value is not None:
        yield str(value)


# --- what is held -----------------------------------------------------------------------------------------------------

PROBES = {
    "excerpt": ["probe excerpt", "probe title"],
    "speaker": ["Probe Speaker", "probecall", "probe unit"],
    "attribution": ["direct"],
    "passage": ["all of probe excerpt in its sentence", "verbatim in paragraph 3 of probe copy"],
    "date": ["2029-02"],
    "positions": ["probe condition"],
    "reasons": ["probe reason"],
    "paraphrase": ["probe paraphrase"],
    "figures": ["probe men"],
    "topics": ["Probe topic", "Probe place"],
    "coders_note": ["probe coders"],
    "note": ["probe note"],
    "tags": ["probe-tag"],
    "collections": ["probe-shelf"],
    "collection_notes": ["probe remark"],
    "citation": ["Probe corpus"],
    "locator": ["4711", "4744", "ab" * 32],
    "source": ["probe credit"],
    "added": ["2030-01-02T03:04:05Z", "2030-01-02 03:04:05"],
    "record": ["probe unknown"],
    "own_keys": ["probe own"],
}
IN_WORDS = {"2029-02": "February 2029"}


def probes() -> list[Bookmark]:
    source: Any = {
        "id": "s", "title": "Probe source", "title_supplied": False, "outlet": "Probe outlet", "author": "Probe author",
        "date": "2029-03-04", "credit": "probe credit", "url": None,
    }  # fmt: skip
    position: Any = {
        "stance": "hold", "force": "conditional", "condition": "probe condition", "otherwise": None,
        "certainty": "low", "basis": "inferred", "rationale": "probe reason",
    }  # fmt: skip
    statement: Any = {
        "kind": "statement", "id": "p-1", "speaker": {
            "id": "p", "name": "Probe Speaker", "callsign": "probecall", "unit": "probe unit"
        },
        "attribution": "direct", "date": "2029-02", "date_of": "statement", "excerpt": "probe excerpt",
        "paraphrase": "probe paraphrase", "positions": [position], "topics": ["t"], "places": ["pl"], "source": source,
        "locator": {"paragraph": 3, "start": 4711, "end": 4744, "sha256": "ab" * 32}, "note": "probe coders",
        "later": "probe unknown",
    }  # fmt: skip
    event: Any = {
        "kind": "event", "id": "p-2", "date": "2029", "title": "probe title", "asserted_by": "p",
        "asserted_by_name": "Probe Speaker", "source": source, "paragraph": 2, "description": "", "topics": [],
        "places": [], "note": "",
        "figures": [{"value": 5, "unit": "probe men", "what": "", "qualifier": "", "claimant": "x", "note": ""}],
    }  # fmt: skip
    context = CorpusContext(
        "probes", "Probe corpus", "7", {"hold": "Hold"}, {"t": "Probe topic"}, {"pl": "Probe place"}
    )
    added = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
    first = bookmark_of(statement, context, added, note="probe note", tags=["probe-tag"])
    first = replace(first, extra={"own": "probe own"}, collections=("probe-shelf",))
    return [first, bookmark_of(event, context, added)]


def found(text: str, probe: str) -> bool:
    return probe in text or IN_WORDS.get(probe, probe) in text


@pytest.mark.parametrize("format", FORMATS)
def test_what_a_format_says_it_holds_is_in_it_and_nothing_more(format: str) -> None:
    text = words_of(format, probes())
    for part in PARTS:
        there = [found(text, probe) for probe in PROBES[part]]
        if part == "added":  # TOML has a notation of its own
            there = [any(there)]
        if part in ("citation", "source") and format in ("toml", "csv", "xlsx", "md", "footnotes", "html", "docx"):
            continue  # the citation names the source; TOML's is the saved one
        if part == "citation" and format in ("bib", "ris", "csl"):
            assert all(there), "their notes name the corpus, though they hold no citation"
            continue
        held = part in FORMATS[format].holds
        assert all(there) if held else not all(there), (part, there)


@pytest.mark.parametrize("format", ["md", "footnotes", "html", "docx", "csv", "xlsx"])
def test_a_citation_names_the_source(format: str) -> None:
    text = words_of(format, probes())
    assert "in “Probe source”, Probe author, Probe outlet, published 4 March 2029 (credit: probe credit), ¶3." in text


def test_what_is_lost_is_said_of_every_format() -> None:
    for format in FORMATS.values():
        for part, words in PARTS.items():
            assert (words in format.lost()) == (part not in format.holds)
        assert "positions" in format.holds, "a format without conditions would show them as plain"
        assert len(set(format.lost())) == len(format.lost())


# --- conditions -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kursk(tmp_path_factory: pytest.TempPathFactory) -> list[Bookmark]:
    """Every statement of the bundled corpus, bookmarked."""
    folder = tmp_path_factory.mktemp("kursk") / "index"
    folder.mkdir()
    compile_study(load_checked(bundled()), folder, bundled())
    index = Index(folder)
    about = index.summary
    context = CorpusContext(
        about.id,
        about.title,
        about.version,
        {s.id: s.label for s in about.stances},
        {t.id: t.label for t in about.topics},
        {p.id: p.name for p in about.places},
    )
    rows = index.page(Filter(kinds=("statement",)), limit=1_000).rows
    assert len(rows) == about.statements > 50
    return [bookmark_of(row.item, context, datetime(2031, 1, 1, tzinfo=UTC)) for row in rows]


def provisos(bookmarks: Iterable[Bookmark]) -> Iterable[tuple[StatementRecord, str, PositionRecord]]:
    for bookmark in bookmarks:
        assert bookmark.snapshot and bookmark.snapshot.item["kind"] == "statement"
        for position in bookmark.snapshot.item["positions"]:
            if position["force"] != "unconditional":
                label = bookmark.snapshot.stance_labels[position["stance"]]
                yield bookmark.snapshot.item, label, position


@pytest.mark.parametrize("format", FORMATS)
def test_every_condition_of_the_bundled_corpus_stands_beside_its_stance(format: str, kursk: list[Bookmark]) -> None:
    assert len({p["force"] for _, _, p in provisos(kursk)}) == 2, "there is something to look for"
    text = words_of(format, kursk)
    for item, label, position in provisos(kursk):
        condition = " ".join((position["condition"] or "").split()).rstrip(".;")
        if format == "toml":
            part = text.partition(f'id = "{item["id"]}"')[2].partition("[[bookmark]]")[0]
            (own,) = [p for p in part.split("[[bookmark.snapshot.item.positions]]") if position["rationale"] in p]
            assert f'stance = "{position["stance"]}"' in own and f'force = "{position["force"]}"' in own
            assert condition in own.replace("\\", "")
            continue
        opening = (
            "as a hypothesis"
            if position["force"] == "hypothetical"
            else "(?:only if|only|on a condition:|on condition)"
        )
        beside = re.compile(rf"{re.escape(label)} — {opening}[^·|]{{0,24}}?{re.escape(condition)}")
        said = beside.search(text) or (condition.startswith(("if ", "only if ")) and re.search(
            rf"{re.escape(label)} — only if {re.escape(condition.split('if ', 1)[1])}", text
        ))  # fmt: skip
        assert said, (item["id"], position)
        if position["otherwise"]:
            assert f"{condition}; otherwise " in text


@pytest.mark.parametrize("format", FORMATS)
def test_no_conditional_position_is_ever_called_plain(format: str, kursk: list[Bookmark]) -> None:
    only = [
        one
        for one in kursk
        if one.snapshot
        and one.snapshot.item["kind"] == "statement"
        and one.snapshot.item["positions"]
        and all(p["force"] != "unconditional" for p in one.snapshot.item["positions"])
    ]
    assert only
    text = words_of(format, only)
    assert "said outright" not in text
    assert not re.search("— without a condition", text)
