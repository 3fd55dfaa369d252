"""Bookmarks off the screen's thread: one change after another, each answered with a message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import NamedTuple

from zeroline.bookmarks.errors import BookmarkError, NoSuchBookmark
from zeroline.bookmarks.model import Bookmark, Collection, CorpusContext, Document
from zeroline.bookmarks.store import BookmarkStore
from zeroline.records import Item
from zeroline.tui import collector


class Kept(NamedTuple):
    """The bookmarks as they are now, what was done in words, and what went wrong.

    ``bookmarks`` is None where the file could not be read or written: what was known of it still stands. ``by_corpus``
    has them by corpus and id, the ids in order. ``extra`` are keys of the reader's own at the top of the file.
    """

    bookmarks: tuple[Bookmark, ...] | None
    done: str = ""
    error: str = ""
    collections: tuple[Collection, ...] = ()
    by_corpus: Mapping[str, Mapping[str, Bookmark]] = {}
    extra: Mapping[str, object] = {}


Listener = Callable[[Kept], object]


class Keeper:
    """Does one thing at a time to a store and tells every listener, from its own thread."""

    def __init__(self, store: BookmarkStore, deliver: Listener) -> None:
        self.store = store
        self._listeners: tuple[Listener, ...] = (deliver,)
        self._known: Document | None = None
        self._by_corpus: Mapping[str, Mapping[str, Bookmark]] = {}
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="zeroline-keeper")

    def listen(self, deliver: Listener) -> None:
        """Tell this one too."""
        self._listeners = (*self._listeners, deliver)

    def leave(self, deliver: Listener) -> None:
        """And no longer."""
        self._listeners = tuple(one for one in self._listeners if one != deliver)

    def read(self) -> None:
        """Read the file."""
        self.do(lambda store: "")

    def look(self) -> None:
        """Read the file anew if another program, or a hand, has changed it since; nothing is told otherwise."""
        with suppress(RuntimeError):  # stopped already: the program is ending
            self._thread.submit(self._look).add_done_callback(self._failed)

    def complete(self, lookup: Callable[[str], Item | None], context: CorpusContext) -> None:
        """Give bookmarks of this corpus that were written by hand what they lack; ``lookup`` runs in this thread."""

        def complete(store: BookmarkStore) -> str:
            number = store.complete(lookup, context)
            return f"filled in {number} bookmark{'s' * (number != 1)} written by hand" if number else ""

        self.do(complete)

    def undo(self) -> None:
        """Undo the last change, and say which it was."""
        self.do(lambda store: f"undone: {words}" if (words := store.undo()) else "nothing to undo")

    def redo(self) -> None:
        """Make it again."""
        self.do(lambda store: f"done again: {words}" if (words := store.redo()) else "nothing to redo")

    def do(self, change: Callable[[BookmarkStore], str | None]) -> None:
        """Change the store; ``change`` returns what it did, in words."""
        self._thread.submit(self._do, change).add_done_callback(self._failed)

    def stop(self) -> None:
        """Finish what was begun: a bookmark once made is on disk before the program ends."""
        self._thread.shutdown(wait=True)

    def _look(self) -> None:
        if self.store.changed_elsewhere():
            self._do(lambda store: "the bookmark file was changed elsewhere, and read again")

    def _do(self, change: Callable[[BookmarkStore], str | None]) -> None:
        try:
            self._tell(self._done(change))
        except BookmarkError as error:
            self._tell(Kept(None, error=str(error)))

    def _done(self, change: Callable[[BookmarkStore], str | None]) -> Kept:
        try:
            with collector.paused():
                done = change(self.store) or ""
        except NoSuchBookmark as error:  # another program took it away: show what there is
            return self._kept(error=str(error))
        return self._kept(done)

    def _kept(self, done: str = "", error: str = "") -> Kept:
        with collector.paused():
            document = self.store.document()
        if document is not self._known:
            by_corpus: dict[str, dict[str, Bookmark]] = {}
            for one in document.bookmarks:
                by_corpus.setdefault(one.corpus, {})[one.id] = one
            by_corpus = {corpus: dict(sorted(ones.items())) for corpus, ones in by_corpus.items()}
            self._known, self._by_corpus = document, by_corpus
        return Kept(document.bookmarks, done, error, document.collections, self._by_corpus, document.extra)

    def _tell(self, kept: Kept) -> None:
        for listener in self._listeners:
            listener(kept)

    def _failed(self, future: Future[None]) -> None:
        error = future.exception()
        if error is not None:
            self._tell(Kept(None, error=f"the bookmark was not saved: {error}"))
