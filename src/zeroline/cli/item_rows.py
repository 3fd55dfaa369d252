"""Statements and events as rows of a table, as flat rows of CSV, and found by the beginning of an id."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from zeroline.cli import stance_signs
from zeroline.cli.table import Cell, Column, Part
from zeroline.export.entries import figure_words
from zeroline.index.filter import NONE, Filter
from zeroline.text.cite import citation, date_words
from zeroline.text.dates import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zeroline.index.reader import Index
    from zeroline.records import EventRecord, Item, PositionRecord, SpeakerRecord, SpeakerRef, StatementRecord

COLOURS = {
    "sky": "#56b4e9",
    "orange": "#e69f00",
    "purple": "#cc79a7",
    "green": "#009e73",
    "yellow": "#f0e442",
    "blue": "#0072b2",
    "vermillion": "#d55e00",
    "grey": "bright_black",
}
"""The Okabe-Ito colours by the names the codebook uses."""

STATEMENT_COLUMNS = (
    Column("Id"),
    Column("Date", optional=True),
    Column("Speaker"),
    Column("Stance"),
    Column("What was said", reading=True),
    Column("Topics", optional=True),
)
EVENT_COLUMNS = (
    Column("Id"),
    Column("Date"),
    Column("What happened", reading=True),
    Column("Asserted by"),
    Column("Figures", optional=True),
    Column("Places", optional=True),
)

SEPARATOR = " | "
"""Between several values in one cell of CSV."""

_SOURCE_FIELDS = ("source", "source_title", "outlet", "author", "source_date", "credit", "url")
STATEMENT_FIELDS = (
    "id", "date", "date_of", "speaker", "speaker_name", "callsign", "unit", "attribution", "excerpt", "paraphrase",
    "positions", "stances", "topics", "places", "paragraph", "start", "end", "sha256", *_SOURCE_FIELDS, "note",
    "citation",
)  # fmt: skip
EVENT_FIELDS = (
    "id", "date", "title", "description", "asserted_by", "asserted_by_name", "figures", "topics", "places",
    "paragraph", *_SOURCE_FIELDS, "note", "citation",
)  # fmt: skip


LONGEST_ID = 120
"""An id of a corpus is no longer: a longer word is only looked at so far."""


def style_of(index: Index, stance: str) -> str:
    """The colour of a stance, for a table."""
    return COLOURS.get(next((s.colour for s in index.summary.stances if s.id == stance), ""), "")


def name_words(speaker: SpeakerRef) -> str:
    """Name and “callsign”, the callsign left out where the name already says it."""
    from zeroline.text.cite import speaker_words

    return speaker_words({**speaker, "unit": None})


def called(speaker: SpeakerRecord) -> str:
    """Name, “callsign” and unit of a speaker, as much as is known."""
    from zeroline.text.cite import speaker_words

    return speaker_words(
        {"id": speaker["id"], "name": speaker["name"], "callsign": speaker["callsign"], "unit": speaker["unit"]}
    )


def said_words(it: StatementRecord) -> str:
    """The excerpt in quotation marks, said to be no direct quotation where it is none; the paraphrase without one."""
    if not it["excerpt"]:
        return it["paraphrase"]
    quoted = f"“{it['excerpt']}”"
    return quoted if it["attribution"] == "direct" else f"{it['attribution']}: {quoted}"


def statement_row(index: Index, it: StatementRecord) -> Sequence[Cell]:
    """A row of :data:`STATEMENT_COLUMNS`."""
    stances = [Part(stance_words(index, p), style_of(index, p["stance"])) for p in it["positions"]]
    said = f"{said_words(it)} {it['paraphrase']}" if it["excerpt"] else it["paraphrase"]
    topics = ", ".join(index.topic_label(t) for t in it["topics"])
    return (
        it["id"],
        date_words(it),
        name_words(it["speaker"]),
        list(dict.fromkeys(stances)) or stance_signs.none(),
        said,
        topics,
    )


def event_row(index: Index, it: EventRecord) -> Sequence[Cell]:
    """A row of :data:`EVENT_COLUMNS`."""
    figures = [Part(figure_words(f)) for f in it["figures"]]
    places = ", ".join(index.place_name(p) for p in it["places"])
    title = f"{stance_signs.event()} {it['title']}"
    return it["id"], in_words(it["date"]), title, it["asserted_by_name"], figures, places


def statement_fields(index: Index, it: StatementRecord) -> Sequence[object]:
    """A flat row of :data:`STATEMENT_FIELDS`; several values of one field are parted by :data:`SEPARATOR`."""
    from zeroline.text.positions import position_words

    speaker, at = it["speaker"], it["locator"]
    positions = SEPARATOR.join(position_words(p, index.stance_label) for p in it["positions"])
    located = (at["paragraph"], at["start"], at["end"], at["sha256"]) if at else ("", "", "", "")
    return (
        it["id"], it["date"] or "", it["date_of"] or "", speaker["id"], speaker["name"], speaker["callsign"] or "",
        speaker["unit"] or "", it["attribution"], it["excerpt"], it["paraphrase"], positions, _stances(it["positions"]),
        SEPARATOR.join(it["topics"]), SEPARATOR.join(it["places"]), *located, *_source(it), it["note"], cite(index, it),
    )  # fmt: skip


def event_fields(index: Index, it: EventRecord) -> Sequence[object]:
    """A flat row of :data:`EVENT_FIELDS`; several values of one field are parted by :data:`SEPARATOR`."""
    return (
        it["id"], it["date"], it["title"], it["description"], it["asserted_by"], it["asserted_by_name"],
        SEPARATOR.join(figure_words(f) for f in it["figures"]), SEPARATOR.join(it["topics"]),
        SEPARATOR.join(it["places"]), it["paragraph"] or "", *_source(it), it["note"], cite(index, it),
    )  # fmt: skip


def cite(index: Index, it: Item) -> str:
    """The citation of a statement or event."""
    about = index.summary
    return citation(it, corpus_title=about.title, corpus_version=about.version, corpus_id=about.id)


def cite_today(index: Index, it: Item, style: str) -> str:
    """The citation in a style, as accessed today: whoever asks has the record before them."""
    from datetime import date

    from zeroline.text import styles

    about = index.summary
    return styles.cite(
        it,
        style,
        corpus_title=about.title,
        corpus_version=about.version,
        corpus_id=about.id,
        accessed=date.today(),
    )


def stance_words(index: Index, position: PositionRecord) -> str:
    """Sign and stance, with what it hangs on where it does, and whether it was inferred.

    Shapes: "▲ hold", "◆ trade (inferred)", "△ hold (inferred) only if …; otherwise withdraw".
    """
    from zeroline.text.positions import proviso_words

    inferred = "(inferred)" if position["basis"] == "inferred" else ""
    words = (index.stance_label(position["stance"]), inferred, proviso_words(position, index.stance_label))
    return " ".join((stance_signs.of_position(index, position), *filter(None, words)))


def beginning_with(index: Index, start: str, most: int) -> list[Item]:
    """Statements and events whose id begins so, at most ``most`` of them, in the order of time."""
    start = start.lower()
    if not re.fullmatch(r"[a-z0-9._-]*", start):
        return []
    wanted = Filter(query=f"id:{start}*") if start else Filter()
    return [row.item for row in index.page(wanted, limit=most).rows]


def nearest_ids(index: Index, id: str, speakers: list[str]) -> list[str]:
    """Up to three ids like one that is not there: of statements and events that begin alike, or of ``speakers``."""
    alike: list[Item] = []
    for length in range(min(len(id), LONGEST_ID), -1, -1):
        if alike := beginning_with(index, id[:length], 200):
            break
    return get_close_matches(id.lower(), [*(item["id"] for item in alike), *speakers], 3)


def _stances(positions: list[PositionRecord]) -> str:
    return SEPARATOR.join(f"{p['stance']} {p['force']}" for p in positions) or NONE


def _source(it: Item) -> tuple[str, ...]:
    source = it["source"]
    return (
        source["id"], source["title"], source["outlet"] or "", source["author"] or "", source["date"] or "",
        source["credit"], source["url"] or "",
    )  # fmt: skip
