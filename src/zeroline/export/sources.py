"""The sources of bookmarks, for the formats of reference managers: each once, with what is quoted from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from zeroline.bookmarks.model import Bookmark
from zeroline.export.entries import Entry, entry_of
from zeroline.export.formats import Options
from zeroline.records import SourceRecord
from zeroline.text.cite import who_words


@dataclass
class Cited:
    """A source with a key that no other has, and a line for each statement or event bookmarked from it."""

    key: str
    source: SourceRecord
    quoted: list[str] = field(default_factory=list)


def cited_sources(bookmarks: Iterable[Bookmark], options: Options) -> list[Cited]:
    """The sources in the order in which they are first met. A bookmark whose record is not known has none."""
    found: dict[tuple[str, str], Cited] = {}
    keys: set[str] = set()
    for bookmark in bookmarks:
        if bookmark.snapshot is None:
            continue
        source = bookmark.snapshot.item["source"]
        where = bookmark.corpus, source["id"]
        if where not in found:
            found[where] = Cited(_key(*where, keys), source)
        else:  # saved at different times: what one record leaves open, another may tell
            known = found[where].source
            found[where].source = cast(SourceRecord, {**source, **{key: v for key, v in known.items() if v}})
        found[where].quoted.append(_quoted(entry_of(bookmark, options.accessed)))
    return list(found.values())


def _quoted(entry: Entry) -> str:
    """Who said what, and where they stand: a position is never without its condition."""
    assert entry.item is not None
    parts = [who_words(entry.item)]
    if entry.paragraph is not None:
        parts[0] += f", ¶{entry.paragraph}"
    if entry.excerpt:
        parts.append(f"“{entry.excerpt}”" if entry.attribution == "direct" else f"… {entry.excerpt} …")
    parts += entry.positions
    return " ".join(" · ".join(parts).split())


def _key(corpus: str, id: str, taken: set[str]) -> str:
    """A key of letters, digits and hyphens, which every program takes."""
    key = base = re.sub(r"[^A-Za-z0-9]+", "-", f"{corpus}-{id}").strip("-") or "source"
    number = 1
    while key.lower() in taken:
        number += 1
        key = f"{base}-{number}"
    taken.add(key.lower())
    return key
