"""The reader's bookmarks: every change is read, made and written under a lock, so that two processes lose nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from zeroline.bookmarks import disk, history
from zeroline.bookmarks.errors import BookmarkError, NoSuchBookmark
from zeroline.bookmarks.history import Change, History, find
from zeroline.bookmarks.model import Bookmark, CorpusContext, bookmark_of, snapshot_of, tidy_tags
from zeroline.records import Item

if TYPE_CHECKING:
    from zeroline.bookmarks.codec import Document

__all__ = ["BookmarkError", "BookmarkStore", "NoSuchBookmark"]

Bookmarks = tuple[Bookmark, ...]
Result = TypeVar("Result")


def _now() -> datetime:
    return datetime.now(UTC)


class BookmarkStore:
    """The bookmarks of one file, in the reader's order.

    ``path`` is by default the reader's own file (see :func:`zeroline.bookmarks.disk.default_path`); ``clock`` gives
    the time of a new bookmark. Nothing is read before it is asked for. Every method raises :class:`BookmarkError` when
    the file cannot be read or written, and then nothing has changed. Safe to share between threads.
    """

    def __init__(self, path: Path | None = None, clock: Callable[[], datetime] = _now) -> None:
        self._path = path
        self._clock = clock
        self._guard = threading.RLock()
        self._read: tuple[bytes, Document] | None = None
        self._texts: dict[int, tuple[Bookmark, str]] = {}
        self._history = History()

    @property
    def path(self) -> Path:
        """The bookmark file; it need not be there yet."""
        if self._path is None:
            self._path = disk.default_path()
        return self._path

    def load(self) -> Bookmarks:
        """All bookmarks, as they are in the file now."""
        with self._guard:
            return self._document(disk.read(self.path)).bookmarks

    def ids(self, corpus: str) -> frozenset[str]:
        """The ids of the items of a corpus that are bookmarked."""
        return frozenset(bookmark.id for bookmark in self.load() if bookmark.corpus == corpus)

    def get(self, corpus: str, id: str) -> Bookmark | None:
        """The bookmark on an item, if there is one."""
        found = find(self.load(), (corpus, id))
        return found.bookmark if found else None

    def toggle(self, item: Item, context: CorpusContext) -> bool:
        """Bookmark the item, or remove its bookmark. True when it now is bookmarked."""

        def change(bookmarks: Bookmarks) -> tuple[Bookmarks, str, bool]:
            key = (context.id, item["id"])
            if find(bookmarks, key):
                return history.without(bookmarks, key), _removed(item["id"]), False
            added = bookmark_of(item, context, self._clock())
            return (*bookmarks, added), _added(item["id"]), True

        return self._change((context.id, item["id"]), change)

    def add(self, item: Item, context: CorpusContext, note: str = "", tags: Iterable[str] = ()) -> Bookmark:
        """Bookmark the item, last in the order.

        One that is there already keeps its place, and its note and tags unless new ones are given.
        """
        key, tags = (context.id, item["id"]), tidy_tags(tags)

        def change(bookmarks: Bookmarks) -> tuple[Bookmarks, str, Bookmark]:
            found = find(bookmarks, key)
            if not found:
                new = bookmark_of(item, context, self._clock(), note, tags)
                return (*bookmarks, new), _added(item["id"]), new
            old = _complete(found.bookmark, item, context, self._clock())
            new = replace(old, note=note or old.note, tags=tags or old.tags)
            return history.place(bookmarks, new, found.at), _edited(found.bookmark, new), new

        return self._change(key, change)

    def remove(self, corpus: str, id: str) -> Bookmark | None:
        """Remove a bookmark and give it back; None if there was none."""

        def change(bookmarks: Bookmarks) -> tuple[Bookmarks, str, Bookmark | None]:
            found = find(bookmarks, (corpus, id))
            return history.without(bookmarks, (corpus, id)), _removed(id), found.bookmark if found else None

        return self._change((corpus, id), change)

    def edit(self, corpus: str, id: str, *, note: str | None = None, tags: Iterable[str] | None = None) -> Bookmark:
        """Set the note, the tags or both; None leaves them. Raises :class:`NoSuchBookmark`."""
        tidied = None if tags is None else tidy_tags(tags)

        def change(bookmarks: Bookmarks) -> tuple[Bookmarks, str, Bookmark]:
            found = self._found(bookmarks, corpus, id)
            old = found.bookmark
            new = replace(old, note=old.note if note is None else note, tags=old.tags if tidied is None else tidied)
            return history.place(bookmarks, new, found.at), _edited(old, new), new

        return self._change((corpus, id), change)

    def move(self, corpus: str, id: str, to: int) -> Bookmark:
        """Put a bookmark at a place in the order, from 0 (clamped). Raises :class:`NoSuchBookmark`."""

        def change(bookmarks: Bookmarks) -> tuple[Bookmarks, str, Bookmark]:
            bookmark = self._found(bookmarks, corpus, id).bookmark
            return history.place(bookmarks, bookmark, to), f"moved the bookmark on {id}", bookmark

        return self._change((corpus, id), change)

    def restore(self, bookmark: Bookmark, at: int) -> Bookmark:
        """Put a removed bookmark back at its place (clamped). One that is there already stays as it is."""

        def change(bookmarks: Bookmarks) -> tuple[Bookmarks, str, Bookmark]:
            words = f"restored the bookmark on {bookmark.id}"
            if found := find(bookmarks, bookmark.key):
                return bookmarks, words, found.bookmark
            tidied = replace(bookmark, tags=tidy_tags(bookmark.tags))
            return history.place(bookmarks, tidied, at), words, tidied

        return self._change(bookmark.key, change)

    def complete(self, lookup: Callable[[str], Item | None], context: CorpusContext) -> int:
        """Give bookmarks of this corpus that were written by hand their snapshot; how many were given one.

        ``lookup`` gives the item of an id, None if the corpus has none. Writes only if there is something to add.
        """
        with self._guard:
            if not any(self._lacks(bookmark, context) for bookmark in self.load()):
                return 0
            with disk.writing(self.path) as target:
                old = disk.read(target)
                document = self._document(old)
                items = [lookup(one.id) if self._lacks(one, context) else None for one in document.bookmarks]
                now = self._clock()
                completed = tuple(
                    _complete(one, item, context, now) if item else one
                    for one, item in zip(document.bookmarks, items, strict=True)
                )
                if any(items):
                    self._write(target, old, replace(document, bookmarks=completed))
                return sum(item is not None for item in items)

    def undo(self) -> str | None:
        """Take back this process's last change; says what it was ("removed the bookmark on …"). None: there is none."""
        return self._turn(undone=False)

    def redo(self) -> str | None:
        """Make the change again that was last undone; says what it was. None: there is none."""
        return self._turn(undone=True)

    def _change(self, key: tuple[str, str], change: Callable[[Bookmarks], tuple[Bookmarks, str, Result]]) -> Result:
        """Read, change and write under the lock, and remember how to undo it. No file is touched by no change."""
        with self._guard, disk.writing(self.path) as target:
            old = disk.read(target)
            document = self._document(old)
            bookmarks, words, result = change(document.bookmarks)
            if bookmarks != document.bookmarks:
                self._write(target, old, replace(document, bookmarks=bookmarks))
                self._history.record(Change(words, find(document.bookmarks, key), find(bookmarks, key)))
            return result

    def _turn(self, *, undone: bool) -> str | None:
        with self._guard:
            if (change := self._history.last(undone=undone)) is None:
                return None
            with disk.writing(self.path) as target:
                old = disk.read(target)
                document = self._document(old)
                bookmarks, back = history.reverse(document.bookmarks, change)
                if bookmarks != document.bookmarks:
                    self._write(target, old, replace(document, bookmarks=bookmarks))
            self._history.turn(back, undone=undone)
            return change.words

    def _document(self, data: bytes) -> Document:
        """The file parsed; unchanged bytes are parsed once."""
        from zeroline.bookmarks import codec

        if self._read is None or self._read[0] != data:
            self._read = (data, codec.parse(data, self.path))
        return self._read[1]

    def _write(self, target: Path, old: bytes, document: Document) -> None:
        from zeroline.bookmarks import codec

        new = codec.render(document, text_of=self._text).encode()
        disk.write(target, old, new)
        self._read = (new, document)
        kept = {id(bookmark) for bookmark in document.bookmarks}
        self._texts = {key: text for key, text in self._texts.items() if key in kept}

    def _text(self, bookmark: Bookmark) -> str:
        """A bookmark as TOML, written once as long as it does not change: most of a long file never does."""
        from zeroline.bookmarks import codec

        known = self._texts.get(id(bookmark))
        if known is None or known[0] is not bookmark:
            known = self._texts[id(bookmark)] = (bookmark, codec.render_bookmark(bookmark))
        return known[1]

    def _found(self, bookmarks: Bookmarks, corpus: str, id: str) -> history.State:
        if found := find(bookmarks, (corpus, id)):
            return found
        raise NoSuchBookmark(corpus, id, self.path)

    @staticmethod
    def _lacks(bookmark: Bookmark, context: CorpusContext) -> bool:
        return bookmark.corpus == context.id and bookmark.snapshot is None


def _complete(bookmark: Bookmark, item: Item, context: CorpusContext, now: datetime) -> Bookmark:
    """The bookmark with what one written by hand lacks."""
    if bookmark.snapshot:
        return bookmark
    added = bookmark.added or bookmark_of(item, context, now).added or now
    return replace(bookmark, kind=item["kind"], added=added, snapshot=snapshot_of(item, context, added))


def _added(id: str) -> str:
    return f"bookmarked {id}"


def _removed(id: str) -> str:
    return f"removed the bookmark on {id}"


def _edited(old: Bookmark, new: Bookmark) -> str:
    changed = [name for name in ("note", "tags") if getattr(old, name) != getattr(new, name)]
    return f"changed the {' and '.join(changed) or 'bookmark'} on {new.id}"
