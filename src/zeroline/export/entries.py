"""What every format tells of a bookmark, worked out once.

A position is always given with its force, condition and fallback: no format has a way to show it plain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from datetime import datetime
from types import MappingProxyType

import msgspec

from zeroline.bookmarks.model import Bookmark, in_utc
from zeroline.export.formats import Options
from zeroline.records import EventRecord, FigureRecord, Item, LocatorRecord, PositionRecord, SpeakerRef, StatementRecord
from zeroline.text.cite import ATTRIBUTIONS, date_of, date_words
from zeroline.text.dates import in_words
from zeroline.text.italics import Run, runs, without
from zeroline.text.positions import position_words
from zeroline.text.styles import PLAIN, cite_marked

_NONE: Mapping[str, str] = MappingProxyType({})


class Entry(msgspec.Struct, kw_only=True, gc=False):  # made several times as quickly as a dataclass of so many fields
    """One bookmark, ready to be laid out. Empty text and empty tuples stand for what there is not.

    ``item`` is None for a bookmark written by hand whose corpus has not been opened since: nothing but its ids, note
    and tags is known. ``attribution`` is that of a statement, ``said`` the same in words, or "event". ``date_of`` is
    "statement", or "source" where the date is the publication's, as ``date_words`` then says. ``positions``
    and ``figures`` are in words; ``labels`` and ``shapes`` are those of ``item``'s stances; ``topics`` and ``places``
    map ids to labels. ``passage`` is the whole wording, where it is proven in the reader's own copy of the source, and
    ``passage_copy`` says in words how and in which; ``passage_caveat`` that it was accepted though it differs, and by
    whom (else ""). ``marked_citation`` is the citation with signs around its italics
    (see :mod:`zeroline.text.italics`), "" where it can have none.
    """

    corpus: str
    corpus_title: str
    corpus_version: str
    id: str
    kind: str
    added: str
    note: str
    tags: tuple[str, ...]
    collections: tuple[str, ...] = ()
    item: Item | None = None
    speaker: SpeakerRef | None = None
    asserted_by: str = ""
    attribution: str = ""
    said: str = ""
    date: str = ""
    date_of: str = ""
    date_words: str = ""
    excerpt: str = ""
    title: str = ""
    paraphrase: str = ""
    positions: tuple[str, ...] = ()
    position_records: tuple[PositionRecord, ...] = ()
    figures: tuple[str, ...] = ()
    labels: Mapping[str, str] = _NONE
    shapes: Mapping[str, str] = _NONE
    topics: Mapping[str, str] = _NONE
    places: Mapping[str, str] = _NONE
    coders_note: str = ""
    citation: str = ""
    marked_citation: str = ""
    locator: LocatorRecord | None = None
    paragraph: int | None = None
    passage: str = ""
    passage_copy: str = ""
    passage_caveat: str = ""


def entry_in(bookmark: Bookmark, options: Options) -> Entry:
    """The entry of a bookmark in an export. Raises :class:`zeroline.text.styles.StyleError`."""
    entry = entry_of(bookmark, options.accessed, options.style)
    if passage := options.passages.get((bookmark.corpus, bookmark.id)):
        entry.passage, entry.passage_copy, entry.passage_caveat = passage
    return entry


def entry_of(bookmark: Bookmark, accessed: Date, style: str = PLAIN) -> Entry:
    """The entry of a bookmark, its citation in a style.

    It is cited as accessed on the day it was bookmarked (UTC): that day the reader had the record before them, in the
    version that is kept with it; on the day of an export nobody looks at the corpus. ``accessed`` is for a bookmark
    that does not say when it was made. Raises :class:`zeroline.text.styles.StyleError`.
    """
    snapshot = bookmark.snapshot
    added = in_utc(bookmark.added) if bookmark.added else None
    entry = Entry(
        corpus=bookmark.corpus,
        corpus_title=snapshot.corpus_title if snapshot else "",
        corpus_version=snapshot.corpus_version if snapshot else "",
        id=bookmark.id,
        kind=bookmark.kind or "",
        added=_iso(added) if added else "",
        note=bookmark.note,
        tags=bookmark.tags,
        collections=bookmark.collections,
    )
    if snapshot is None:
        return entry
    item = snapshot.item
    entry.item = item
    entry.kind, entry.coders_note = item["kind"], item["note"]
    entry.labels, entry.shapes = snapshot.stance_labels, snapshot.stance_shapes
    entry.topics = _labelled(item["topics"], snapshot.topic_labels)
    entry.places = _labelled(item["places"], snapshot.place_names)
    marked = cite_marked(
        item,
        style,
        corpus_title=snapshot.corpus_title,
        corpus_version=snapshot.corpus_version,
        corpus_id=bookmark.corpus,
        accessed=added.date() if added else accessed,
    )
    entry.citation = marked
    if style != PLAIN:
        entry.citation, entry.marked_citation = without(marked), marked
    if item["kind"] == "statement":
        _statement(entry, item)
    else:
        _event(entry, item)
    return entry


def citation_runs(entry: Entry) -> list[Run]:
    """The citation in stretches, upright and in italics."""
    return runs(entry.marked_citation) if entry.marked_citation else [Run(entry.citation, False)]


def utc(moment: datetime | None) -> str | None:
    """The moment in UTC, as ISO 8601 writes it: "2025-03-01T07:00:00Z"."""
    return _iso(in_utc(moment)) if moment else None


def _iso(moment: datetime) -> str:
    return f"{moment.isoformat()[: -len('+00:00')]}Z"


def locator_words(entry: Entry) -> str:
    """Where the passage stands in its source: "¶12, characters 1034 to 1080, SHA-256 …"; "" when it is not recorded."""
    locator = entry.locator
    if locator is None:
        return "" if entry.paragraph is None else f"¶{entry.paragraph}"
    place = f"characters {locator['start']} to {locator['end']}, SHA-256 {locator['sha256']}"
    return place if entry.paragraph is None else f"¶{entry.paragraph}, {place}"


def figure_words(figure: FigureRecord) -> str:
    """A figure with its claimant: "nearly 40,000 troops — diverted (claimed by …)"."""
    value = figure["value"]
    number = f"{int(value):,}" if float(value).is_integer() and abs(value) < 1e15 else f"{value:,}"
    amount = " ".join(part.strip() for part in (figure["qualifier"], number, figure["unit"]) if part.strip())
    what = f" — {figure['what'].strip()}" if figure["what"].strip() else ""
    return f"{amount}{what} (claimed by {figure['claimant']})"


def _statement(entry: Entry, item: StatementRecord) -> None:
    labels, positions, locator = entry.labels, item["positions"], item["locator"]
    entry.speaker = item["speaker"]
    entry.attribution = item["attribution"]
    entry.said = ATTRIBUTIONS[item["attribution"]]
    entry.date = item["date"] or item["source"]["date"] or ""
    if entry.date:
        entry.date_of, entry.date_words = date_of(item) or "", date_words(item)
    entry.excerpt, entry.paraphrase = item["excerpt"], item["paraphrase"]
    if positions:
        entry.positions = tuple([position_words(position, lambda one: labels.get(one, one)) for position in positions])
        entry.position_records = tuple(positions)
    if locator:
        entry.locator, entry.paragraph = locator, locator["paragraph"]


def _event(entry: Entry, item: EventRecord) -> None:
    entry.said = "event"
    entry.asserted_by = item["asserted_by_name"]
    entry.date, entry.date_words = item["date"], in_words(item["date"])
    entry.title, entry.paraphrase = item["title"], item["description"]
    entry.figures = tuple([figure_words(figure) for figure in item["figures"]])
    entry.paragraph = item["paragraph"]


def _labelled(ids: Sequence[str], labels: Mapping[str, str]) -> Mapping[str, str]:
    return {id: labels.get(id, id) for id in ids} if ids else _NONE
