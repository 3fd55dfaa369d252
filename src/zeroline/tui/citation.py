"""What is copied of a statement or an event: the speaker's own words, where they are, and the citation."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from zeroline.index.summary import Summary
from zeroline.records import Item

if TYPE_CHECKING:
    from zeroline.bookmarks.model import Bookmark
    from zeroline.sources.attached import Attached

VARIABLE = "ZEROLINE_STYLE"
"""The environment variable that names the style of citations to begin with."""


def first_style() -> str:
    """The style that the environment names; plain where it names none that is known."""
    from zeroline.text.styles import PLAIN, STYLES

    named = os.environ.get(VARIABLE, "").strip().lower()
    return named if named in STYLES else PLAIN


def next_style(style: str) -> str:
    """The style after this one, round and round."""
    from zeroline.text.styles import STYLES

    names = list(STYLES)
    return names[(names.index(style) + 1) % len(names)]


def cited(item: Item, about: Summary, style: str, today: date, attached: Attached | None = None) -> str:
    """The words to copy: cited as accessed today, since the reader has the record before them.

    Where a copy that is ``attached`` proves the passage it stands whole before the citation, and behind it which copy
    it is from; else the excerpt of a direct quotation does, and of words that are only reported, or that the record
    does not have, the coders' paraphrase, which is said to be one. Raises :class:`zeroline.text.styles.StyleError`. The
    first citation in a style of the guides takes a while.
    """
    words = citation(item, about, style, today)
    if item["kind"] != "statement":
        return words
    if attached is not None:
        from zeroline.sources.copy_citation import passage_of
        from zeroline.sources.errors import SourceError

        try:
            found = passage_of(attached, item["id"])
        except SourceError:  # the statement pane says why the copy cannot be read
            found = None
        if found is not None:
            return f"{in_quotes(found.text)} {words} Wording: {found.copy}."
    return f"{_said(item['excerpt'], item['paraphrase'], item['attribution'])}{words}"


def cited_bookmarks(bookmarks: Iterable[Bookmark], style: str, today: date) -> list[str]:
    """The words to copy of bookmarks, as their exports cite them: accessed on the day they were saved.

    One whose record was not saved with it has none. Raises :class:`zeroline.text.styles.StyleError`.
    """
    from zeroline.export import Options, with_passages
    from zeroline.export.entries import entry_in

    bookmarks = tuple(bookmarks)
    options = with_passages(Options(today, style), bookmarks)
    found = []
    for entry in (entry_in(one, options) for one in bookmarks):
        if not entry.citation:
            continue
        if entry.passage:
            found.append(f"{in_quotes(entry.passage)} {entry.citation} Wording: {entry.passage_copy}.")
        elif entry.kind == "statement":
            found.append(f"{_said(entry.excerpt, entry.paraphrase, entry.attribution)}{entry.citation}")
        else:
            found.append(entry.citation)
    return found


def _said(excerpt: str, paraphrase: str, attribution: str) -> str:
    """What stands before the citation: the speaker's own words, or the coders', marked as theirs."""
    if excerpt and attribution == "direct":
        return f"“{excerpt}” "
    words = " ".join(paraphrase.split())
    if words:
        return f"[Paraphrase by the coders:] {words} "
    return f"… {excerpt} … " if excerpt else ""


def citation(item: Item, about: Summary, style: str, today: date) -> str:
    """The citation alone. Raises :class:`zeroline.text.styles.StyleError`."""
    from zeroline.text.styles import cite

    return cite(item, style, corpus_title=about.title, corpus_version=about.version, corpus_id=about.id, accessed=today)


def in_quotes(words: str) -> str:
    """In quotation marks, unless they stand in some already."""
    if words[:1] in '“"„«' and words[-1:] in '”"“»':
        return words
    return f"“{words}”"
