"""Bookmarks as CSV (RFC 4180): UTF-8, a header row, a row a bookmark, and nothing a spreadsheet would run.

A cell that a spreadsheet could take for a formula gets a leading apostrophe. Several values in a cell are parted by
" | ".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from zeroline.bookmarks.model import Bookmark
from zeroline.export.entries import Entry, entry_in
from zeroline.export.formats import Options

COLUMNS = (
    "corpus",
    "corpus_title",
    "corpus_version",
    "id",
    "kind",
    "speaker",
    "callsign",
    "unit",
    "attribution",
    "asserted_by",
    "date",
    "date_of",
    "date_words",
    "title",
    "excerpt",
    "paraphrase",
    "positions",
    "figures",
    "topics",
    "places",
    "coders_note",
    "note",
    "tags",
    "collections",
    "citation",
    "paragraph",
    "start",
    "end",
    "sha256",
    "added",
    "passage",
    "passage_copy",
)
"""The header row."""
BETWEEN = " | "
"""Between several values in a cell."""

# Also after white space or marks that a program may drop, and in the full width that some take for the same signs.
_FORMULA = re.compile(r"[\s\ufeff\u200b\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r\n]")


def write(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[str]:
    """The table. Rows end in CR LF, line ends inside a cell stay as they are: write it without translating them."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for bookmark in bookmarks:
        writer.writerow([safe_cell(cell) for cell in cells(entry_in(bookmark, options))])
        yield file.getvalue()
        file.seek(0)
        file.truncate()
    yield file.getvalue()


def safe_cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def cells(entry: Entry) -> list[str]:
    """The cells of a row, in the order of :data:`COLUMNS`."""
    found = _cells(entry)
    return [found[column] for column in COLUMNS]


def _cells(entry: Entry) -> dict[str, str]:
    speaker, locator = entry.speaker, entry.locator
    return {
        "corpus": entry.corpus,
        "corpus_title": entry.corpus_title,
        "corpus_version": entry.corpus_version,
        "id": entry.id,
        "kind": entry.kind,
        "speaker": speaker["name"] if speaker else "",
        "callsign": (speaker["callsign"] or "") if speaker else "",
        "unit": (speaker["unit"] or "") if speaker else "",
        "attribution": entry.attribution,
        "asserted_by": entry.asserted_by,
        "date": entry.date,
        "date_of": entry.date_of,
        "date_words": entry.date_words,
        "title": entry.title,
        "excerpt": entry.excerpt,
        "paraphrase": entry.paraphrase,
        "positions": _joined(entry.positions),
        "figures": _joined(entry.figures),
        "topics": _joined(entry.topics.values()),
        "places": _joined(entry.places.values()),
        "coders_note": entry.coders_note,
        "note": entry.note,
        "tags": _joined(entry.tags),
        "collections": _joined(entry.collections),
        "citation": entry.citation,
        "paragraph": "" if entry.paragraph is None else str(entry.paragraph),
        "start": str(locator["start"]) if locator else "",
        "end": str(locator["end"]) if locator else "",
        "sha256": locator["sha256"] if locator else "",
        "added": entry.added,
        "passage": entry.passage,
        "passage_copy": entry.passage_copy,
    }


def _joined(values: Iterable[str]) -> str:
    return BETWEEN.join(values)
