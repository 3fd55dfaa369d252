"""Undo and redo within one process, as changes to the bookmarks of the moment.

Another process may have changed the file since. So a change is undone by name and field, never by putting an old file
back; what somebody else has changed in the same field since stays; and what is displaced is remembered, so that redoing
brings it back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from zeroline.bookmarks.model import Bookmark, Collection, Document, Key

KEPT = 200
"""How many changes can be undone."""

_FIELDS = ("note", "tags", "collections", "changed", "snapshot", "kind", "added", "extra")
_COLLECTION_FIELDS = ("note", "order", "extra")
Placed = tuple[int, Collection]
Record = TypeVar("Record", Bookmark, Collection)


@dataclass(frozen=True)
class State:
    """A bookmark and its place in the order, from 0."""

    bookmark: Bookmark
    at: int


@dataclass(frozen=True)
class Step:
    """What happened to one bookmark; None stands for "not there"."""

    before: State | None
    after: State | None

    @property
    def key(self) -> Key:
        """Which bookmark it is."""
        state = self.before or self.after
        assert state is not None
        return state.bookmark.key


@dataclass(frozen=True)
class Change:
    """What one command did to any number of bookmarks and collections. ``words`` say it: "bookmarked melnyk-01".

    ``collections`` maps a name to what the collection was before and after, with its place; None is "not there".
    ``order`` are the keys before and after where others than one moved bookmark stand in another order.
    """

    words: str
    steps: tuple[Step, ...]
    collections: Mapping[str, tuple[Placed | None, Placed | None]]
    order: tuple[Sequence[Key], Sequence[Key]] | None = None


def find(bookmarks: Sequence[Bookmark], key: Key) -> State | None:
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


def without(bookmarks: Sequence[Bookmark], key: Key) -> tuple[Bookmark, ...]:
    """The bookmarks but the one of that key."""
    return tuple(one for one in bookmarks if one.key != key)


def between(words: str, before: Document, after: Document, moved: Key | None = None) -> Change:
    """The change from one document to another; ``moved`` is the bookmark whose place was changed, if one's was."""
    first, last = _alike(before.bookmarks, after.bookmarks)
    old = {one.key: State(one, at) for at, one in enumerate(before.bookmarks[first : -last or None], first)}
    new = {one.key: State(one, at) for at, one in enumerate(after.bookmarks[first : -last or None], first)}
    touched = [key for key in {**old, **new} if key == moved or _other(old.get(key), new.get(key))]
    was = {one.name: (at, one) for at, one in enumerate(before.collections)}
    now = {one.name: (at, one) for at, one in enumerate(after.collections)}
    named = [name for name in {**was, **now} if _value(was.get(name)) != _value(now.get(name))]
    return Change(
        words,
        tuple(Step(old.get(key), new.get(key)) for key in touched),
        {name: (was.get(name), now.get(name)) for name in named},
        None
        if moved or [key for key in old if key in new] == [key for key in new if key in old]
        else _keys(before, after),
    )


def _in(keys: Iterable[Key], others: Container[Key]) -> list[Key]:
    return [key for key in keys if key in others]


def _keys(before: Document, after: Document) -> tuple[Sequence[Key], Sequence[Key]]:
    return [one.key for one in before.bookmarks], [one.key for one in after.bookmarks]


def _alike(before: Sequence[Bookmark], after: Sequence[Bookmark]) -> tuple[int, int]:
    """How many bookmarks are the same at the beginning, and at the end: of many hardly any is touched."""
    most = min(len(before), len(after))
    first = next((at for at in range(most) if before[at] is not after[at]), most)
    last = next((at for at in range(most - first) if before[-1 - at] is not after[-1 - at]), most - first)
    return first, last


def _other(old: State | None, new: State | None) -> bool:
    if old is None or new is None:
        return True
    return old.bookmark is not new.bookmark and old.bookmark != new.bookmark


def _value(state: Placed | None) -> Collection | None:
    return state[1] if state else None


def reverse(document: Document, change: Change) -> tuple[Document, Change]:
    """The document with the change taken back, and the change as it must be to take that back in turn.

    Only fields that the change touched go back, and of these only those that nobody has changed again since.
    """
    now = {one.key: State(one, at) for at, one in enumerate(document.bookmarks)}
    gone = {step.key for step in change.steps if step.before is None}
    result = {key: state.bookmark for key, state in now.items() if key not in gone}
    moved, back = [], []
    for step in change.steps:
        here = now.get(step.key)
        if step.before is None or (step.after is None and here is not None):
            continue  # taken away above; or made anew by somebody else since, and theirs stays
        if here is None or step.after is None:
            back.append(step.before)
        else:
            result[step.key] = _mended(here.bookmark, step.before.bookmark, step.after.bookmark, _FIELDS)
            if step.before.at != step.after.at and len(change.steps) == 1 and not change.order:
                moved.append(step.before.at)
    order = list(result.values())
    if moved:
        (only,) = change.steps
        order = list(place(order, result[only.key], moved[0]))
    for state in sorted(back, key=lambda state: state.at):
        order.insert(state.at, state.bookmark)
    if change.order:
        order = _as_before(order, document, *change.order)
    reversed = replace(document, bookmarks=tuple(order), collections=_collections(document.collections, change))
    return reversed, _back(document, reversed, change)


def _as_before(
    bookmarks: list[Bookmark], document: Document, before: Sequence[Key], after: Sequence[Key]
) -> list[Bookmark]:
    """The bookmarks in the order of before, unless somebody has put them in another since; what is new stays last."""
    there, known = {one.key for one in document.bookmarks}, set(after)
    if [one.key for one in document.bookmarks if one.key in known] != [key for key in after if key in there]:
        return bookmarks
    place = {key: at for at, key in enumerate(before)}
    return sorted(bookmarks, key=lambda one: place.get(one.key, len(place)))


def _back(before: Document, after: Document, change: Change) -> Change:
    """What takes back the taking back."""
    was = {one.key: State(one, at) for at, one in enumerate(before.bookmarks)}
    now = {one.key: State(one, at) for at, one in enumerate(after.bookmarks)}
    steps = []
    for step in change.steps:
        here, there = was.get(step.key) or step.after, now.get(step.key)
        steps.append(Step(None if step.after is None else here, None if step.before is None else there))
    collections = {}
    for name, (old, new) in change.collections.items():
        mine, theirs = _at(before.collections, name) or new, _at(after.collections, name)
        collections[name] = (None if new is None else mine, None if old is None else theirs)
    return Change(change.words, tuple(steps), collections, _keys(before, after) if change.order else None)


def _at(collections: Sequence[Collection], name: str) -> Placed | None:
    return next(((at, one) for at, one in enumerate(collections) if one.name == name), None)


def _collections(collections: tuple[Collection, ...], change: Change) -> tuple[Collection, ...]:
    result = list(collections)
    for name, (before, after) in change.collections.items():
        at = next((at for at, one in enumerate(result) if one.name == name), None)
        if before is None:
            if at is not None and after is not None and result[at] == after[1]:
                del result[at]
        elif at is None:
            result.insert(before[0], before[1])
        elif after is not None:
            result[at] = _mended(result[at], before[1], after[1], _COLLECTION_FIELDS)
    return tuple(result)


def _mended(here: Record, old: Record, new: Record, fields: Sequence[str]) -> Record:
    back = {
        name: getattr(old, name)
        for name in fields
        if getattr(old, name) != getattr(new, name) and getattr(here, name) == getattr(new, name)
    }
    return replace(here, **back) if back else here


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
