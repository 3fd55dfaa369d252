"""Bookmarks as TOML: a bookmark file of its own, which a store reads back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from zeroline.bookmarks import codec
from zeroline.bookmarks.model import Bookmark
from zeroline.export.entries import entry_of
from zeroline.text.dates import in_words


def to_toml(bookmarks: Sequence[Bookmark], accessed: date) -> str:
    """The bookmarks with all they hold; their citations say the day."""
    header = (
        f"# Zeroline bookmarks, exported {in_words(accessed.isoformat())}.\n"
        "# Zeroline reads this file as a bookmarks.toml; its tables can be copied into another, too.\n"
    )
    return codec.render(codec.Document(tuple(_cited(bookmark, accessed) for bookmark in bookmarks)), header)


def _cited(bookmark: Bookmark, accessed: date) -> Bookmark:
    if bookmark.snapshot is None:
        return bookmark
    return replace(bookmark, snapshot=replace(bookmark.snapshot, citation=entry_of(bookmark, accessed).citation))
