"""Undo and redo within one process, as changes to the bookmarks of the moment.

Another process may have changed the file since. So a change is undone by name and field, never by putting an old file
back; and what it displaces is remembered, so that redoing brings it back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zeroline.bookmarks.model import Bookmark

KEPT = 200
"""How many changes can be undone."""

_FIELDS = ("note", "tags", "snapshot", "kind", "added", "extra")


@dataclass(frozen=True)
class State:
    """A bookmark and its place in the order, from 0."""

    bookmark: Bookmark
    at: int


@dataclass(frozen=True)
class Change:
    """What one step did to one bookmark; None stands for "not there". ``words`` say it: "bookmarked melnyk-01"."""

    words: str
    before: State | None
    after: State | None


def find(bookmarks: Sequence[Bookmark], key: tuple[str, str]) -> State | None:
    """The bookmark of that key, with its place."""
    for at, bookmark in enumerate(bookmarks):
        if bookmark.key == key:
            return State(bookmark, at)
    return None


def place(bookmarks: Sequence[Bookmark], bookmark: Bookmark, at: int) -> tuple[Bookmark, ...]:
    """The bookmarks with this one at that place (clamped), instead of any of the same key."""
    others = [one for one in bookmarks if one.key != bookmark.key]
    others.insert(max(at, 0), bookmark)
    return tuple(others)


def without(bookmarks: Sequence[Bookmark], key: tuple[str, str]) -> tuple[Bookmark, ...]:
    """The bookmarks but the one of that key."""
    return tuple(one for one in bookmarks if one.key != key)


def reverse(bookmarks: Sequence[Bookmark], change: Change) -> tuple[tuple[Bookmark, ...], Change]:
    """The bookmarks with the change taken back, and the change as it must be to take that back in turn.

    Only fields that the change touched go back; what another process did to the others since stays.
    """
    known = change.before or change.after
    assert known is not None
    now = find(bookmarks, known.bookmark.key)
    if change.before is None:
        result = without(bookmarks, known.bookmark.key)
    elif change.after is None or now is None:
        # Where somebody else has made the bookmark anew, theirs stays.
        result = tuple(bookmarks) if now else place(bookmarks, change.before.bookmark, change.before.at)
    else:
        old, new = change.before.bookmark, change.after.bookmark
        touched = {name: getattr(old, name) for name in _FIELDS if getattr(old, name) != getattr(new, name)}
        moved = change.before.at != change.after.at
        result = place(bookmarks, replace(now.bookmark, **touched), change.before.at if moved else now.at)
    back = None if change.after is None else now or change.after
    return result, Change(change.words, before=back, after=find(result, known.bookmark.key))


class History:
    """The changes made, newest last, and those undone."""

    def __init__(self) -> None:
        self._done: deque[Change] = deque(maxlen=KEPT)
        self._undone: deque[Change] = deque(maxlen=KEPT)

    def record(self, change: Change) -> None:
        """A new change: what was undone can no longer be redone."""
        self._done.append(change)
        self._undone.clear()

    def last(self, *, undone: bool) -> Change | None:
        """The change that undo (or, ``undone``, redo) would take back."""
        stack = self._undone if undone else self._done
        return stack[-1] if stack else None

    def turn(self, back: Change, *, undone: bool) -> None:
        """The last change was taken back; ``back`` takes that back in turn."""
        source, target = (self._undone, self._done) if undone else (self._done, self._undone)
        source.pop()
        target.append(back)
