"""The sources of bookmarks, for the formats of reference managers: each once, with what is quoted from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date as Date
from typing import cast

from zeroline.bookmarks.model import Bookmark, in_utc
from zeroline.export.entries import Entry, entry_of
from zeroline.export.formats import Options
from zeroline.records import SourceRecord
from zeroline.text.cite import corpus_words, who_words


@dataclass
class Cited:
    """A source with a key that no other has, and a line for each statement or event bookmarked from it.

    ``coded`` says which corpus, in which versions, it is known from; ``accessed`` is the last day on which one of them
    was saved.
    """

    key: str
    source: SourceRecord
    accessed: Date
    coded: list[str] = field(default_factory=list)
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
        day = in_utc(bookmark.added).date() if bookmark.added else options.accessed
        if where not in found:
            found[where] = Cited(_key(*where, keys), source, day)
        else:  # saved at different times: what one record leaves open, another may tell
            known = found[where].source
            found[where].source = cast(SourceRecord, {**source, **{key: v for key, v in known.items() if v}})
        one = found[where]
        one.accessed = max(one.accessed, day)
        coded = corpus_words(bookmark.snapshot.corpus_title, bookmark.snapshot.corpus_version, bookmark.corpus)
        if (coded := " ".join(f"{coded}.".split())) not in one.coded:
            one.coded.append(coded)
        one.quoted.append(_quoted(entry_of(bookmark, options.accessed)))
    return list(found.values())


def _quoted(entry: Entry) -> str:
    """Who said what, where they stand (a position is never without its condition), and the corpus and id of it."""
    assert entry.item is not None
    parts = [who_words(entry.item)]
    if entry.paragraph is not None:
        parts[0] += f", ¶{entry.paragraph}"
    if entry.excerpt:
        parts.append(f"“{entry.excerpt}”" if entry.attribution == "direct" else f"… {entry.excerpt} …")
    parts += entry.positions
    return " ".join(f"{' · '.join(parts)} [{entry.corpus}/{entry.id}]".split())


def _key(corpus: str, id: str, taken: set[str]) -> str:
    """A key of letters, digits and hyphens, which every program takes."""
    key = base = re.sub(r"[^A-Za-z0-9]+", "-", f"{corpus}-{id}").strip("-") or "source"
    number = 1
    while key.lower() in taken:
        number += 1
        key = f"{base}-{number}"
    taken.add(key.lower())
    return key
