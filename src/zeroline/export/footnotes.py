"""Bookmarks as Markdown with footnotes: running text, and each citation in a note of its own.

A footnote is named after its bookmark, so that several exports can be pasted into one text; it stands right after the
entry that cites it, where Markdown allows it and a reader of the file finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zeroline.bookmarks.model import Bookmark
from zeroline.export.entries import Entry, entry_in
from zeroline.export.formats import Options
from zeroline.export.markdown import body, citation, quotation, who


def write(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[str]:
    """Each bookmark: quotation, who said it with the sign of the footnote, positions, paraphrase, note, footnote."""
    taken: set[str] = set()
    lead = ""
    for bookmark in bookmarks:
        yield lead + _entry(entry_in(bookmark, options), taken)
        lead = "\n---\n\n"


def _entry(entry: Entry, taken: set[str]) -> str:
    name = _name(entry, taken) if entry.citation else ""
    sign = f"[^{name}]" if name else ""
    blocks = [quotation(entry), who(entry) + sign, *body(entry)]
    blocks.append(f"[^{name}]: {citation(entry)}" if name else "")
    return "\n\n".join(block for block in blocks if block) + "\n"


def _name(entry: Entry, taken: set[str]) -> str:
    """A name for the footnote that no other has, of signs that every Markdown takes."""
    name = base = re.sub(r"[^a-z0-9]+", "-", f"{entry.corpus}-{entry.id}".lower()).strip("-") or "note"
    number = 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name
