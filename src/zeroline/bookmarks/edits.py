"""What can be done to bookmarks and collections: each edit is a pure function of the file's document and the time.

:meth:`zeroline.bookmarks.store.BookmarkStore.apply` reads, edits and writes under the lock, and remembers how to undo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Collection as Some
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from zeroline.bookmarks import history
from zeroline.bookmarks.errors import NoSuchBookmark
from zeroline.bookmarks.history import State, find
from zeroline.bookmarks.model import Bookmark, CorpusContext, Document, Key, bookmark_of, snapshot_of, tidy_tags
from zeroline.bookmarks.three_way import three_notes, three_sets
from zeroline.records import Item

Result = TypeVar("Result")


@dataclass(frozen=True)
class Edited(Generic[Result]):
    """The document after an edit, what was done in words, and what the edit gives back.

    ``moved`` is the bookmark that was given another place, if one was.
    """

    document: Document
    words: str
    result: Result
    moved: Key | None = None


Edit = Callable[[Document, datetime], Edited[Result]]


def toggle(item: Item, context: CorpusContext) -> Edit[bool]:
    """Bookmark the item, or remove its bookmark. Gives True when it now is bookmarked."""
    key = (context.id, item["id"])

    def edit(document: Document, now: datetime) -> Edited[bool]:
        if find(document.bookmarks, key):
            return Edited(_with(document, history.without(document.bookmarks, key)), _removed(1, key[1]), False)
        made = bookmark_of(item, context, now)
        return Edited(_with(document, (*document.bookmarks, made)), f"bookmarked {key[1]}", True)

    return edit


def add(item: Item, context: CorpusContext, note: str = "", tags: Iterable[str] = ()) -> Edit[Bookmark]:
    """Bookmark the item, last in the order.

    One that is there already keeps its place and its collections, and its note and tags unless new ones are given.
    """
    key, tags = (context.id, item["id"]), tidy_tags(tags)

    def edit(document: Document, now: datetime) -> Edited[Bookmark]:
        found = find(document.bookmarks, key)
        if not found:
            made = bookmark_of(item, context, now, note, tags)
            return Edited(_with(document, (*document.bookmarks, made)), f"bookmarked {key[1]}", made)
        old = complete(found.bookmark, item, context, now)
        new = _changed(old, now, note=note or old.note, tags=tags or old.tags)
        return Edited(_put(document, new), _edited(found.bookmark, new), new)

    return edit


def remove(keys: Some[Key]) -> Edit[tuple[Bookmark, ...]]:
    """Remove bookmarks. Gives those that were there."""
    wanted = frozenset(keys)

    def edit(document: Document, now: datetime) -> Edited[tuple[Bookmark, ...]]:
        gone = tuple(one for one in document.bookmarks if one.key in wanted)
        left = tuple(one for one in document.bookmarks if one.key not in wanted)
        return Edited(_with(document, left), _removed(len(gone), gone[0].id if gone else ""), gone)

    return edit


def write(key: Key, note: str | None, tags: Iterable[str] | None, base: Bookmark | None = None) -> Edit[Bookmark]:
    """Set the note, the tags or both; None leaves them. Raises :class:`NoSuchBookmark`.

    ``base`` is the bookmark as whoever writes has seen it. Where somebody else has changed it since, nothing of theirs
    is lost: both notes are kept, tags are taken together, and a bookmark that was removed comes back.
    """
    tidied = None if tags is None else tidy_tags(tags)

    def edit(document: Document, now: datetime) -> Edited[Bookmark]:
        found = find(document.bookmarks, key)
        if not found:
            if base is None:
                raise NoSuchBookmark(*key)
            found = State(base, len(document.bookmarks))
            document = _with(document, (*document.bookmarks, base))
        old = found.bookmark
        words = old.note if note is None else note
        kept = old.tags if tidied is None else tidied
        if base is not None:
            words, kept = three_notes(base.note, old.note, words), three_sets(base.tags, old.tags, kept)
        new = _changed(old, now, note=words, tags=kept)
        return Edited(_put(document, new), _edited(old, new), new)

    return edit


def tag(keys: Some[Key], add: Iterable[str] = (), drop: Iterable[str] = ()) -> Edit[int]:
    """Give bookmarks tags, and take others off. Gives how many it changed."""
    more, less = tidy_tags(add), frozenset(tidy_tags(drop))

    def change(one: Bookmark) -> Bookmark:
        return replace(one, tags=tuple(t for t in tidy_tags((*one.tags, *more)) if t not in less))

    done = [f"tagged {_tags(more)}"] if more else []
    done += [f"took off {_tags(sorted(less))}"] if less else []
    return each(keys, change, " and ".join(done) or "changed no tag")


def move(key: Key, to: int) -> Edit[Bookmark]:
    """Put a bookmark at a place in the order of all, from 0 (clamped). Raises :class:`NoSuchBookmark`."""

    def edit(document: Document, now: datetime) -> Edited[Bookmark]:
        bookmark = _found(document, key)
        placed = history.place(document.bookmarks, bookmark, to)
        return Edited(_with(document, placed), f"moved the bookmark on {key[1]}", bookmark, moved=key)

    return edit


def several(parts: Iterable[Edit[Result]], words: str) -> Edit[list[Result]]:
    """Edits one after another as one change, undone as one. Gives what each gives."""
    parts = tuple(parts)

    def edit(document: Document, now: datetime) -> Edited[list[Result]]:
        results = []
        for part in parts:
            done = part(document, now)
            document = done.document
            results.append(done.result)
        return Edited(document, words, results)

    return edit


def put_back(bookmark: Bookmark, at: int) -> Edit[Bookmark]:
    """Put a removed bookmark back at its place (clamped). One that is there already stays as it is."""

    def edit(document: Document, now: datetime) -> Edited[Bookmark]:
        words = f"restored the bookmark on {bookmark.id}"
        if found := find(document.bookmarks, bookmark.key):
            return Edited(document, words, found.bookmark)
        tidied = replace(bookmark, tags=tidy_tags(bookmark.tags), collections=tidy_tags(bookmark.collections))
        return Edited(_with(document, history.place(document.bookmarks, tidied, at)), words, tidied)

    return edit


def complete(bookmark: Bookmark, item: Item, context: CorpusContext, now: datetime) -> Bookmark:
    """The bookmark with what one written by hand, or by an older version, lacks."""
    snapshot = bookmark.snapshot
    if snapshot is None:
        added = bookmark.added or bookmark_of(item, context, now).added or now
        return replace(bookmark, kind=item["kind"], added=added, snapshot=snapshot_of(item, context, added))
    if not snapshot.stance_shapes and not snapshot.stance_colours:
        fresh = snapshot_of(snapshot.item, context, now)
        shapes, colours = fresh.stance_shapes, fresh.stance_colours
        return replace(bookmark, snapshot=replace(snapshot, stance_shapes=shapes, stance_colours=colours))
    return bookmark


def each(keys: Some[Key], change: Callable[[Bookmark], Bookmark], words: str) -> Edit[int]:
    """Change bookmarks one by one. Gives how many it changed."""
    wanted = frozenset(keys)

    def edit(document: Document, now: datetime) -> Edited[int]:
        number, bookmarks = 0, []
        for one in document.bookmarks:
            new = change(one) if one.key in wanted else one
            if new != one:
                number += 1
                new = replace(new, changed=now)
            bookmarks.append(new)
        return Edited(_with(document, tuple(bookmarks)), f"{words}: {_counted(number)}", number)

    return edit


def _found(document: Document, key: Key) -> Bookmark:
    if found := find(document.bookmarks, key):
        return found.bookmark
    raise NoSuchBookmark(*key)


def _changed(old: Bookmark, now: datetime, **fields: object) -> Bookmark:
    """The bookmark with other fields, and when they were changed, if they were."""
    new = replace(old, **fields)  # type: ignore[arg-type]
    return new if new == old else replace(new, changed=now)


def _with(document: Document, bookmarks: tuple[Bookmark, ...]) -> Document:
    return replace(document, bookmarks=bookmarks)


def _put(document: Document, new: Bookmark) -> Document:
    return _with(document, tuple(new if one.key == new.key else one for one in document.bookmarks))


def _removed(number: int, id: str) -> str:
    return f"removed the bookmark on {id}" if number == 1 else f"removed {_counted(number)}"


def _edited(old: Bookmark, new: Bookmark) -> str:
    changed = [name for name in ("note", "tags", "collections") if getattr(old, name) != getattr(new, name)]
    return f"changed the {' and '.join(changed) or 'bookmark'} on {new.id}"


def _tags(tags: Iterable[str]) -> str:
    return " ".join(f"#{one}" for one in tags)


def _counted(number: int) -> str:
    return f"{number:,} bookmark{'s' * (number != 1)}"
