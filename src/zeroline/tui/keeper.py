"""Bookmarks off the screen's thread: one change after another, each answered with a message."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from zeroline.bookmarks.errors import BookmarkError
from zeroline.bookmarks.model import Bookmark
from zeroline.bookmarks.store import BookmarkStore


@dataclass(frozen=True, slots=True)
class Kept:
    """The bookmarks as they are now, what was done in words, and what went wrong (then ``bookmarks`` is None)."""

    bookmarks: tuple[Bookmark, ...] | None
    done: str = ""
    error: str = ""


class Keeper:
    """Does one thing at a time to a store and tells ``deliver``, from its own thread."""

    def __init__(self, store: BookmarkStore, deliver: Callable[[Kept], object]) -> None:
        self.store = store
        self._deliver = deliver
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="zeroline-keeper")

    def read(self) -> None:
        """Read the file."""
        self.do(lambda store: "")

    def do(self, change: Callable[[BookmarkStore], str | None]) -> None:
        """Change the store; ``change`` returns what it did, in words."""
        self._thread.submit(self._do, change).add_done_callback(self._failed)

    def stop(self) -> None:
        """Finish what was begun: a bookmark once made is on disk before the program ends."""
        self._thread.shutdown(wait=True)

    def _do(self, change: Callable[[BookmarkStore], str | None]) -> None:
        try:
            done = change(self.store) or ""
            self._deliver(Kept(tuple(self.store.load()), done))
        except BookmarkError as error:
            self._deliver(Kept(None, error=str(error)))

    def _failed(self, future: Future[None]) -> None:
        error = future.exception()
        if error is not None:
            self._deliver(Kept(None, error=f"the bookmark was not saved: {error}"))
