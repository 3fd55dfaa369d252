"""The reader's bookmarks: every change is read, made and written under a lock, so that two processes lose nothing."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from zeroline.bookmarks import backups, disk, edits, files, history
from zeroline.bookmarks.backups import Backup
from zeroline.bookmarks.edits import Edit
from zeroline.bookmarks.errors import BookmarkError, NoSuchBookmark
from zeroline.bookmarks.history import History, find
from zeroline.bookmarks.model import Bookmark, Collection, CorpusContext, Document, in_utc, stances_of
from zeroline.bookmarks.without_gc import uncollected
from zeroline.records import Item

if TYPE_CHECKING:
    from zeroline.bookmarks.blocks import Written
    from zeroline.bookmarks.disk import Stamp

__all__ = ["BookmarkError", "BookmarkStore", "NoSuchBookmark"]

Result = TypeVar("Result")

TRIES = 5
"""How often a change is made anew where an editor writes the file at the same moment."""


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
        self._read: tuple[bytes, Written] | None = None  # a hash of the bytes, and what they hold
        self._stamp: Stamp | None = None
        self._history = History()

    @property
    def path(self) -> Path:
        """The bookmark file; it need not be there yet."""
        if self._path is None:
            self._path = disk.default_path()
        return self._path

    def document(self) -> Document:
        """All that is in the file now."""
        with self._guard:
            if self._read is not None and self._stamp is not None and not self.changed_elsewhere():
                return self._read[1].document
            return self._document(disk.read(self.path))

    def load(self) -> tuple[Bookmark, ...]:
        """All bookmarks, as they are in the file now."""
        return self.document().bookmarks

    def collections(self) -> tuple[Collection, ...]:
        """The collections with a table of their own; see :mod:`zeroline.bookmarks.collections` for all of them."""
        return self.document().collections

    def changed_elsewhere(self) -> bool:
        """Whether the file is another one than this store has last read or written. Reads nothing."""
        return disk.stamp(self.path) != self._stamp

    def ids(self, corpus: str) -> frozenset[str]:
        """The ids of the items of a corpus that are bookmarked."""
        return frozenset(bookmark.id for bookmark in self.load() if bookmark.corpus == corpus)

    def get(self, corpus: str, id: str) -> Bookmark | None:
        """The bookmark on an item, if there is one."""
        found = find(self.load(), (corpus, id))
        return found.bookmark if found else None

    # --- changes -------------------------------------------------------------------------------------------------

    def apply(self, edit: Edit[Result]) -> Result:
        """Read, edit (see :mod:`zeroline.bookmarks.edits`) and write under the lock; it can be undone.

        An edit that changes nothing leaves the file untouched.
        """
        with self._guard, uncollected(), disk.writing(self.path) as target:
            for attempt in range(TRIES):
                old = disk.read(target)
                document = self._document(old)
                try:
                    done = edit(document, in_utc(self._clock()).replace(microsecond=0))
                except NoSuchBookmark as error:
                    raise NoSuchBookmark(error.corpus, error.id, self.path) from None
                try:
                    if done.document != document:
                        self._write(target, old, done.document)
                        self._history.record(history.between(done.words, document, done.document, done.moved))
                except disk.Overtaken:
                    if attempt == TRIES - 1:
                        raise BookmarkError(
                            "another program keeps writing the file, so nothing was changed", path=self.path
                        ) from None
                    continue
                return done.result
        raise AssertionError("unreachable")

    def toggle(self, item: Item, context: CorpusContext) -> bool:
        """Bookmark the item, or remove its bookmark. True when it now is bookmarked."""
        return self.apply(edits.toggle(item, context))

    def add(self, item: Item, context: CorpusContext, note: str = "", tags: Iterable[str] = ()) -> Bookmark:
        """Bookmark the item, last in the order.

        One that is there already keeps its place, and its note and tags unless new ones are given.
        """
        return self.apply(edits.add(item, context, note, tags))

    def remove(self, corpus: str, id: str) -> Bookmark | None:
        """Remove a bookmark and give it back; None if there was none."""
        gone = self.apply(edits.remove([(corpus, id)]))
        return gone[0] if gone else None

    def edit(
        self,
        corpus: str,
        id: str,
        *,
        note: str | None = None,
        tags: Iterable[str] | None = None,
        base: Bookmark | None = None,
    ) -> Bookmark:
        """Set the note, the tags or both; None leaves them. Raises :class:`NoSuchBookmark`.

        With ``base``, the bookmark as whoever writes has seen it, what somebody else has written since is kept too.
        """
        return self.apply(edits.write((corpus, id), note, tags, base))

    def move(self, corpus: str, id: str, to: int) -> Bookmark:
        """Put a bookmark at a place in the order, from 0 (clamped). Raises :class:`NoSuchBookmark`."""
        return self.apply(edits.move((corpus, id), to))

    def restore(self, bookmark: Bookmark, at: int) -> Bookmark:
        """Put a removed bookmark back at its place (clamped). One that is there already stays as it is."""
        return self.apply(edits.put_back(bookmark, at))

    def complete(self, lookup: Callable[[str], Item | None], context: CorpusContext) -> int:
        """Give bookmarks of this corpus that were written by hand their snapshot; how many were given one.

        Those of an older version are given the signs of their stances. ``lookup`` gives the item of an id, None if the
        corpus has none. Writes only if there is something to add; it is no change to be undone.
        """
        with self._guard:
            if not any(_lacks(bookmark, context) for bookmark in self.load()):
                return 0
            with uncollected(), disk.writing(self.path) as target:
                old = disk.read(target)
                document = self._document(old)
                now, given, completed = self._clock(), 0, []
                for one in document.bookmarks:
                    new = one
                    if _lacks(one, context) and (item := one.snapshot.item if one.snapshot else lookup(one.id)):
                        new = edits.complete(one, item, context, now)
                        given += one.snapshot is None
                    completed.append(new)
                if document.bookmarks != tuple(completed):
                    try:
                        self._write(target, old, replace(document, bookmarks=tuple(completed)))
                    except disk.Overtaken:
                        return 0  # whoever wrote it is read next, and completed then
                return given

    # --- back ----------------------------------------------------------------------------------------------------

    def undo(self) -> str | None:
        """Take back this process's last change; says what it was ("removed the bookmark on …"). None: there is none."""
        return self._turn(undone=False)

    def redo(self) -> str | None:
        """Make the change again that was last undone; says what it was. None: there is none."""
        return self._turn(undone=True)

    def backups(self) -> list[Backup]:
        """The versions of before, the newest first."""
        return backups.listed(files.real(self.path))

    def put_backup(self, backup: Backup) -> Document:
        """Put a version of before in the place of the file, which is kept as a backup in turn; gives what it holds.

        Raises :class:`BookmarkError` where the backup cannot be read; the file itself may be in any state. Where it can
        be read this can be undone.
        """
        from zeroline.bookmarks import codec

        with self._guard, uncollected(), disk.writing(self.path) as target:
            data, _ = disk.read(backup.path)
            written = codec.read(data, backup.path, self._read[1].known() if self._read else None)
            old, before = disk.read(target), None
            with contextlib.suppress(BookmarkError):
                before = self._document(old)
            try:
                self._stamp = disk.write(target, old, [data])
            except disk.Overtaken:
                raise BookmarkError("another program has just written the file; try again", path=self.path) from None
            self._read = (_mark([data]), written)
            if before is None:  # there is nothing to go back to but the version that is kept of it
                self._history = History()
            elif before != written.document:
                words = f"brought back the version replaced on {backup.words()}"
                self._history.record(history.between(words, before, written.document))
            return written.document

    def version(self, backup: Backup) -> Document:
        """What a version of before holds. Raises :class:`BookmarkError` where it cannot be read."""
        from zeroline.bookmarks import codec

        with self._guard:
            known = self._read[1].known() if self._read else None
        return codec.parse(disk.read(backup.path)[0], backup.path, known)

    def _turn(self, *, undone: bool) -> str | None:
        with self._guard:
            if (change := self._history.last(undone=undone)) is None:
                return None
            with uncollected(), disk.writing(self.path) as target:
                old = disk.read(target)
                document = self._document(old)
                result, back = history.reverse(document, change)
                if result != document:
                    try:
                        self._write(target, old, result)
                    except disk.Overtaken:
                        raise BookmarkError(
                            "another program has just written the file; try again", path=self.path
                        ) from None
            self._history.turn(back, undone=undone)
            return change.words

    # --- the file ------------------------------------------------------------------------------------------------

    def _document(self, read: tuple[bytes, Stamp | None]) -> Document:
        """The file parsed: unchanged bytes once, and of changed ones only the bookmarks that are others now."""
        from zeroline.bookmarks import codec

        data, self._stamp = read
        mark = _mark([data])
        if self._read is None or self._read[0] != mark:
            if read[1] is not None and len(data) < 4096 and not data.strip():
                self._refuse_empty(data)
            self._read = (mark, codec.read(data, self.path, self._read[1].known() if self._read else None))
        return self._read[1].document

    def _refuse_empty(self, data: bytes) -> None:
        """A file of no bytes was never written by Zeroline; one of blanks beside a version that held bookmarks has most
        likely lost them."""
        versions = self.backups()
        before = next((backup.count() for backup in versions), 0)
        if not before and data:
            return
        held = f", though the version before held {before:,} bookmark{'s' * (before != 1)}" if before else ""
        size = "empty" if data else "empty (0 bytes), and so damaged"
        mend = "“zeroline bookmarks restore” brings a version of before back; to begin anew, delete the file"
        raise BookmarkError(
            f"the file is {size}{held}",
            path=self.path,
            mend=mend if versions else "delete the empty file to begin anew",
        )

    def _write(self, target: Path, old: tuple[bytes, Stamp | None], document: Document) -> None:
        from zeroline.bookmarks.rewriting import rewrite

        assert self._read is not None
        new, written = rewrite(document, old[0], self._read[1])
        self._stamp = disk.write(target, old, new)
        self._read = (_mark(new), written)


def _mark(parts: Iterable[bytes | memoryview]) -> bytes:
    """What tells the bytes of a file from others."""
    mark = sha256()
    for part in parts:
        mark.update(part)
    return mark.digest()


def _lacks(bookmark: Bookmark, context: CorpusContext) -> bool:
    if bookmark.corpus != context.id:
        return False
    snapshot = bookmark.snapshot
    if snapshot is None:
        return True
    known = any(stance in context.stance_shapes for stance in stances_of(snapshot.item))
    return known and not snapshot.stance_shapes and not snapshot.stance_colours
