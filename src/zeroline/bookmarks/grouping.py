"""Bookmarks under headings: by speaker, stance, topic, date or day of saving, as far as their snapshots tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from zeroline.bookmarks.model import Bookmark, Snapshot
from zeroline.records import StatementRecord
from zeroline.text.fold import fold

ORDERS = ("yours", "speaker", "stance", "topic", "date", "saved")
"""What bookmarks can be ordered by; the first is the reader's own order."""

EVENTS, UNKNOWN = "Events", "Not opened since it was written"
_LAST, _LATER = 9, 8


class Group(NamedTuple):
    """A heading, and the bookmarks under it."""

    heading: str
    bookmarks: tuple[Bookmark, ...]


_Heading = tuple[tuple[object, ...], str]
"""What a heading is sorted by, and its words."""


def grouped(bookmarks: Iterable[Bookmark], by: str) -> list[Group]:
    """The bookmarks under the headings of an order. One with two stances or topics stands under each of them.

    Within a heading they keep the order they came in, but for "date" and "saved", which sort within it too.
    """
    rank, headings = _ORDERS[by]
    found: dict[_Heading, list[Bookmark]] = {}
    for bookmark in bookmarks:
        for heading in dict.fromkeys(headings(bookmark)):
            found.setdefault(heading, []).append(bookmark)
    groups = []
    for heading in sorted(found, key=lambda heading: heading[0]):
        inside = found[heading]
        groups.append(Group(heading[1], tuple(sorted(inside, key=rank) if rank else inside)))
    return groups


def ordered(bookmarks: Sequence[Bookmark], by: str) -> tuple[Bookmark, ...]:
    """The bookmarks in an order, each once."""
    if by == "yours":
        return tuple(bookmarks)
    flat = {one.key: one for group in reversed(grouped(bookmarks, by)) for one in reversed(group.bookmarks)}
    return tuple(reversed(flat.values()))


def _speaker(bookmark: Bookmark) -> list[_Heading]:
    item = bookmark.snapshot.item if bookmark.snapshot else None
    if item is None:
        return [_unknown()]
    if item["kind"] == "event":
        return [((_LATER, ""), EVENTS)]
    from zeroline.text.cite import speaker_words

    name = speaker_words({**item["speaker"], "unit": None})
    return [((0, fold(name)), name)]


def _stance(bookmark: Bookmark) -> list[_Heading]:
    snapshot = bookmark.snapshot
    if snapshot is None:
        return [_unknown()]
    if snapshot.item["kind"] == "event":
        return [((_LATER, ""), EVENTS)]
    return _stances(snapshot.item, snapshot) or [((1, ""), "No stance")]


def _stances(item: StatementRecord, snapshot: Snapshot) -> list[_Heading]:
    found: list[_Heading] = []
    for position in item["positions"]:
        label = snapshot.stance_labels.get(position["stance"], position["stance"])
        outright = position["force"] == "unconditional"
        words = "without a condition" if outright else "on a condition, or as a hypothesis"
        found.append(((0, fold(label), not outright), f"{label}, {words}"))
    return found


def _topic(bookmark: Bookmark) -> list[_Heading]:
    snapshot = bookmark.snapshot
    if snapshot is None:
        return [_unknown()]
    labels = [snapshot.topic_labels.get(topic, topic) for topic in snapshot.item["topics"]]
    return [((0, fold(label)), label) for label in labels] or [((_LATER, ""), "No topic")]


def _date(bookmark: Bookmark) -> list[_Heading]:
    if bookmark.snapshot is None:
        return [_unknown()]
    day = _day(bookmark)
    if not day:
        return [((_LATER, 0), "No date")]
    year = date.fromordinal(day).year
    return [((0, year), str(year))]


def _day(bookmark: Bookmark) -> int:
    """The first day of the date, as an ordinal; 0 without one."""
    if bookmark.snapshot is None:
        return 0
    item = bookmark.snapshot.item
    written = item["date"] or item["source"]["date"]
    if not written:
        return 0
    from zeroline.text.dates import span

    try:
        return span(written)[0].toordinal()
    except ValueError:  # a snapshot of a date that nothing can read any more
        return 0


def _saved(bookmark: Bookmark) -> list[_Heading]:
    from zeroline.text.dates import in_words

    if bookmark.added is None:
        return [_unknown()]
    day = bookmark.added.date()
    return [((0, -day.toordinal()), f"Saved {in_words(day.isoformat())}")]


def _newest(bookmark: Bookmark) -> float:
    return -bookmark.added.timestamp() if bookmark.added else 0.0


def _unknown() -> _Heading:
    return (_LAST, ""), UNKNOWN


_ORDERS: dict[str, tuple[Callable[[Bookmark], float] | None, Callable[[Bookmark], list[_Heading]]]] = {
    "speaker": (None, _speaker),
    "stance": (None, _stance),
    "topic": (None, _topic),
    "date": (_day, _date),
    "saved": (_newest, _saved),
}
