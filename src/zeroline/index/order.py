"""Statements and events in the order of the timeline, and the headings they stand under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zeroline.index.summary import Group
from zeroline.text.dates import in_words, span

if TYPE_CHECKING:
    from zeroline.corpus.models import Event, Statement, Study

GROUPS_MOST, GROUPED_MOST = 2_000, 50_000
"""Beyond so many headings, or so many items, a timeline is shown without headings."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement or event with its place in time: sorts into the order of the timeline.

    What is not dated stands first.
    """

    moment: date
    first: date
    last: date
    source: int
    offset: int
    item: Statement | Event
    path: tuple[str, ...]
    dated: bool = True

    def key(self) -> tuple[date, date, int, int, str]:
        """By time, then events before statements, then as the sources have it."""
        return self.moment, self.last, self.source, self.offset, self.item.id


def entries(study: Study) -> Iterator[Entry]:
    """Every event and statement of a study with its place in time, in no order."""
    sources = {s.id: (n, s) for n, s in enumerate(study.source)}
    spans: dict[str | None, tuple[date, date]] = {None: (date.min, date.min)}

    def dated(edtf: str | None) -> tuple[date, date]:
        if edtf not in spans:
            spans[edtf] = span(edtf or "")
        return spans[edtf]

    for event in study.event:
        first, last = dated(event.date)
        moment = moment_of(event.date, first, last)
        yield Entry(moment, first, last, -1, event.paragraph or 0, event, (_year(moment),))
    for it in study.statement:
        number, source = sources[it.source]
        edtf = it.date or source.date
        first, last = dated(edtf)
        offset = it.locator.start if it.locator else 0
        paragraph = it.locator.paragraph if it.locator else 0
        heading = ""
        for section in source.section:
            if section.paragraph <= paragraph:
                heading = section.heading
        said = f"{'said' if it.date else 'published'} {in_words(edtf)}" if edtf else ""
        moment = moment_of(edtf, first, last) if edtf else first
        path = (_year(moment) if edtf else "Undated", said, heading)
        yield Entry(moment, first, last, number, offset, it, tuple(p for p in path if p), edtf is not None)


def moment_of(edtf: str, first: date, last: date) -> date:
    """Where on the timeline something stands.

    An interval stands at its beginning, one without a beginning at its end, a month or year in its middle: so what
    happened “in August” does not come before the 6th.
    """
    text = edtf.strip("[]{} ")
    if text.startswith(("/", "..")):
        return last
    if "/" in text or ".." in text or "," in text:
        return first
    return date.fromordinal((first.toordinal() + last.toordinal()) // 2)


def _year(day: date) -> str:
    return str(day.year)


def group_numbers(entries: list[Entry]) -> Iterator[int]:
    """The number of the heading that each entry stands under, from 0."""
    number, before = -1, None
    for entry in entries:
        if entry.path != before:
            number, before = number + 1, entry.path
        yield number


def groups(entries: list[Entry]) -> tuple[Group, ...]:
    """The headings in order; none where there are too many to be shown."""
    if len(entries) > GROUPED_MOST:
        return ()
    paths: list[tuple[str, ...]] = []
    for entry in entries:
        if not paths or paths[-1] != entry.path:
            paths.append(entry.path)
            if len(paths) > GROUPS_MOST:
                return ()
    return tuple(Group(p) for p in paths)
