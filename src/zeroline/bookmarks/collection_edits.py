"""What can be done to collections, as edits of the file's document: see :mod:`zeroline.bookmarks.edits`."""

from __future__ import annotations

from collections.abc import Collection as Some
from dataclasses import replace
from datetime import datetime

from zeroline.bookmarks import collections as named
from zeroline.bookmarks import history
from zeroline.bookmarks.edits import Edit, Edited, each
from zeroline.bookmarks.errors import BookmarkError, NoSuchBookmark
from zeroline.bookmarks.history import find
from zeroline.bookmarks.model import Bookmark, Collection, Document, Key, tidy_tags
from zeroline.bookmarks.three_way import three_notes


def collect(name: str, keys: Some[Key]) -> Edit[int]:
    """Put bookmarks into a collection, which is made if need be. Gives how many were not in it yet."""
    (name,) = tidy_tags([name])

    def change(one: Bookmark) -> Bookmark:
        return replace(one, collections=tidy_tags((*one.collections, name)))

    put = each(keys, change, f"put into “{name}”")

    def edit(document: Document, now: datetime) -> Edited[int]:
        edited = put(document, now)
        return replace(edited, document=_known(edited.document, name))

    return edit


def uncollect(name: str, keys: Some[Key]) -> Edit[int]:
    """Take bookmarks out of a collection; they stay bookmarked. Gives how many were in it."""

    def change(one: Bookmark) -> Bookmark:
        return replace(one, collections=tuple(c for c in one.collections if c != name))

    return each(keys, change, f"took out of “{name}”")


def new_collection(name: str, note: str = "") -> Edit[None]:
    """Make a collection with nothing in it yet. Raises BookmarkError where the name is taken."""

    def edit(document: Document, now: datetime) -> Edited[None]:
        tidied = _free_name(document, name)
        made = Collection(tidied, note)
        return Edited(
            replace(document, collections=(*document.collections, made)), f"made the collection “{tidied}”", None
        )

    return edit


def rename_collection(old: str, new: str) -> Edit[None]:
    """Give a collection another name. Raises BookmarkError where that name is taken."""

    def edit(document: Document, now: datetime) -> Edited[None]:
        name = _free_name(document, new, but=old)
        bookmarks = tuple(
            replace(one, collections=tuple(name if c == old else c for c in one.collections))
            if old in one.collections
            else one
            for one in document.bookmarks
        )
        document = _known(document, old)
        tables = tuple(replace(one, name=name) if one.name == old else one for one in document.collections)
        return Edited(replace(document, bookmarks=bookmarks, collections=tables), f"renamed “{old}” to “{name}”", None)

    return edit


def delete_collection(name: str) -> Edit[int]:
    """Dissolve a collection; its bookmarks stay. Gives how many were in it."""

    def edit(document: Document, now: datetime) -> Edited[int]:
        inside = [one.key for one in document.bookmarks if name in one.collections]
        edited = uncollect(name, inside)(document, now)
        tables = tuple(one for one in document.collections if one.name != name)
        return Edited(replace(edited.document, collections=tables), f"deleted the collection “{name}”", len(inside))

    return edit


def describe_collection(name: str, note: str, base: str | None = None) -> Edit[None]:
    """Write the note of a collection; ``base`` is the note as whoever writes has seen it."""

    def edit(document: Document, now: datetime) -> Edited[None]:
        document = _known(document, name)
        here = named.collection(document.collections, name)
        words = note if base is None else three_notes(base, here.note, note)
        return Edited(_retable(document, replace(here, note=words)), f"changed the note of “{name}”", None)

    return edit


def move_in(name: str, key: Key, to: int) -> Edit[Bookmark]:
    """Put a bookmark at a place of a collection's own order, from 0 (clamped). Raises :class:`NoSuchBookmark`."""

    def edit(document: Document, now: datetime) -> Edited[Bookmark]:
        found = find(document.bookmarks, key)
        if not found or name not in found.bookmark.collections:
            raise NoSuchBookmark(*key)
        inside = named.members(document.bookmarks, document.collections, name)
        order = tuple(named.written(one.key) for one in history.place(inside, found.bookmark, to))
        document = _known(document, name)
        table = replace(named.collection(document.collections, name), order=order)
        return Edited(_retable(document, table), f"moved {key[1]} in “{name}”", found.bookmark)

    return edit


def _known(document: Document, name: str) -> Document:
    """The document with a table for a collection that bookmarks alone have named so far."""
    if any(one.name == name for one in document.collections):
        return document
    return replace(document, collections=(*document.collections, Collection(name)))


def _retable(document: Document, table: Collection) -> Document:
    tables = tuple(table if one.name == table.name else one for one in document.collections)
    return replace(document, collections=tables)


def _free_name(document: Document, name: str, but: str = "") -> str:
    (tidied,) = tidy_tags([name]) or ("",)
    if not tidied:
        raise BookmarkError("a collection needs a name")
    taken = {one.casefold(): one for one in named.names(document.bookmarks, document.collections) if one != but}
    if tidied.casefold() in taken:
        raise BookmarkError(f"there is a collection “{taken[tidied.casefold()]}” already")
    return tidied
