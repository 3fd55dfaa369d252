"""Bookmarks as JSON: an array of objects, each with the full record.

The first bookmark in a collection has the collection's note and order, too; the last, those of collections with nothing
in them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from operator import attrgetter

from zeroline.bookmarks.model import Bookmark
from zeroline.bookmarks.tables import LABELS
from zeroline.export.entries import Entry, entry_in, locator_words, utc
from zeroline.export.formats import Options
from zeroline.records import PositionRecord

_labels_of = attrgetter(*LABELS)
_INDENTED = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False)


def write(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[str]:
    """An array in the reader's order, with a final line end. What does not apply is null."""
    lead = "[\n  "
    for bookmark, own in with_tables(bookmarks, options):
        # A line end in a string is escaped: every one in the text is of the layout.
        found = object_of(bookmark, options) | {"collection_tables": own}
        yield lead + encoded(found, _INDENTED).replace("\n", "\n  ")
        lead = ",\n  "
    yield "[]\n" if lead.startswith("[") else "\n]\n"


def object_of(bookmark: Bookmark, options: Options) -> dict[str, object]:
    """A bookmark with all it holds; :mod:`zeroline.export.read` makes the same bookmark of it."""
    snapshot = bookmark.snapshot
    found = _object(entry_in(bookmark, options))
    if snapshot is not None:
        found["saved_citation"] = snapshot.citation
        found["labels"] = dict(zip(LABELS, _labels_of(snapshot), strict=True))
    if passage := options.passages.get((bookmark.corpus, bookmark.id)):
        found["passage"] = {"text": passage.text, "copy": passage.copy, "caveat": passage.caveat or None}
    found["collections"] = bookmark.collections
    found["changed"] = utc(bookmark.changed)
    found["own_keys"] = bookmark.extra or None
    found["own_snapshot_keys"] = (snapshot.extra if snapshot else None) or None
    return found


def collections_of(options: Options) -> list[dict[str, object]]:
    """The collections, an object each; ``place`` is where they stand among each other, from 1."""
    return [
        {"name": one.name, "note": one.note, "order": one.order, "own_keys": one.extra or None, "place": place}
        for place, one in enumerate(options.collections, 1)
    ]


def with_tables(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[tuple[Bookmark, list[dict[str, object]]]]:
    """The bookmarks, each with the collections that it is the first in; the last has those with nothing in them too."""
    waiting = {str(table["name"]): table for table in collections_of(options)}
    if not waiting:  # nothing to wait for the last one with
        yield from ((bookmark, []) for bookmark in bookmarks)
        return
    before: Bookmark | None = None

    def first_in(bookmark: Bookmark) -> list[dict[str, object]]:
        return [waiting.pop(name) for name in bookmark.collections if name in waiting] if waiting else []

    for bookmark in bookmarks:
        if before is not None:
            yield before, first_in(before)
        before = bookmark
    if before is not None:
        yield before, [*first_in(before), *waiting.values()]


def encoded(value: object, encoder: json.JSONEncoder) -> str:
    """The value as JSON. Only keys of a reader's own may hold what JSON has not: then it is made plain first."""
    try:
        return encoder.encode(value)
    except (TypeError, ValueError):
        return encoder.encode(plain(value))


def _object(entry: Entry) -> dict[str, object]:
    return {
        "corpus": {"id": entry.corpus, "title": entry.corpus_title or None, "version": entry.corpus_version or None},
        "id": entry.id,
        "kind": entry.kind or None,
        "added": entry.added or None,
        "speaker": entry.speaker,
        "asserted_by": entry.asserted_by or None,
        "attribution": entry.attribution or None,
        "date": entry.date or None,
        "date_of": entry.date_of or None,
        "date_words": entry.date_words or None,
        "title": entry.title or None,
        "excerpt": entry.excerpt or None,
        "paraphrase": entry.paraphrase or None,
        "positions": [_position(entry, *pair) for pair in zip(entry.position_records, entry.positions, strict=True)],
        "figures": entry.figures,
        "topics": [{"id": id, "label": label} for id, label in entry.topics.items()],
        "places": [{"id": id, "name": name} for id, name in entry.places.items()],
        "coders_note": entry.coders_note or None,
        "note": entry.note,
        "tags": entry.tags,
        "citation": entry.citation or None,
        "paragraph": entry.paragraph,
        "locator": entry.locator,
        "locator_words": locator_words(entry) or None,
        "record": entry.item,
    }


def _position(entry: Entry, record: PositionRecord, words: str) -> dict[str, object]:
    label = entry.labels.get(record["stance"], record["stance"])
    otherwise = record["otherwise"]
    return {
        **record,
        "label": label,
        "otherwise_label": entry.labels.get(otherwise, otherwise) if otherwise else None,
        "words": words,
    }


def plain(value: object) -> object:
    """The value in what JSON has: keys of a reader's own may hold TOML's dates and infinities."""
    if isinstance(value, Mapping):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain(member) for member in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
