"""Two bookmark files made one: three-way where a version that both have come from is known, else by ids and times.

Nothing that either reader wrote is dropped: notes that differ are both kept, and what one removed while the other wrote
on it stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from zeroline.bookmarks import backups
from zeroline.bookmarks import collections as shelves
from zeroline.bookmarks.collection_names import respelt
from zeroline.bookmarks.differences import named
from zeroline.bookmarks.edits import Edit, Edited
from zeroline.bookmarks.model import Bookmark, Collection, Document, Key
from zeroline.bookmarks.record_merge import choose
from zeroline.bookmarks.three_way import three_notes, three_sets

Named = TypeVar("Named", Bookmark, Collection)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass
class Report:
    """What a merge did, by what happened to whom: ids of bookmarks, names of collections.

    ``records`` and ``differing`` name each bookmark with what of its record is another there, in words.
    """

    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    both: list[str] = field(default_factory=list)
    rescued: list[str] = field(default_factory=list)
    stayed: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    spelt: list[str] = field(default_factory=list)
    file_keys: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The report in words, a line for each kind of thing that happened."""
        told = (
            (self.added, "new here"),
            (self.taken, "changed there: taken over"),
            (self.both, "with two notes: both are kept, with a rule between them"),
            (self.removed, "removed there and not changed here: removed"),
            (self.rescued, "removed by one and changed by the other: kept"),
            (self.stayed, "only here: kept; whether the other removed them, only a common version (--base) could tell"),
            (self.keys, "with keys of your own that differ: those changed last are taken"),
        )
        lines = [f"{named(ids)}: {words}" for ids, words in told if ids]
        # Each by its name, however many: a record says what somebody said, and on what condition.
        lines += [f"{one}: the record there is taken over" for one in self.records]
        lines += [
            f"{one}: the record there is another, and not of a newer version: yours is kept" for one in self.differing
        ]
        if self.spelt:
            lines.append(f"collections that differ in upper and lower case alone are one: {', '.join(self.spelt)}")
        if self.file_keys:
            lines.append(f"keys of your own at the top of the file put together: {', '.join(self.file_keys)}")
        if self.collections:
            lines.append(f"collections put together: {', '.join(f'“{name}”' for name in self.collections)}")
        return lines or ["nothing is different: nothing to merge"]


def merge(theirs: Document, base: Document | None) -> Edit[Report]:
    """Put another file's bookmarks and collections together with these. Gives what it did.

    ``base`` is the version that both have come from; None where none is known, and then nothing is ever removed.
    """

    def edit(document: Document, now: datetime) -> Edited[Report]:
        report = Report()
        known = shelves.names(document.bookmarks, document.collections)
        other, report.spelt = respelt(theirs, known)
        # The common version as the others spell it, so that a name is the same thing in all three.
        both = (*known, *shelves.names(other.bookmarks, other.collections))
        was = respelt(base, both)[0] if base else None
        bookmarks = _bookmarks(document, other, was, report)
        tables = _collections(document, other, was, report)
        extra, _ = _three_keys(was.extra if was else {}, document.extra, other.extra, newest_is_theirs=False)
        nothing = object()
        report.file_keys = [
            key for key in {**document.extra, **extra} if document.extra.get(key, nothing) != extra.get(key, nothing)
        ]
        merged = Document(bookmarks, tables, extra)
        return Edited(merged, f"merged another file: {len(report.added):,} new", report)

    return edit


def common_version(mine: Path, theirs: Path) -> Path | None:
    """A version that both files have come from, the newest: among what is kept beside them, or one of them itself."""
    here = [mine, *(one.path for one in backups.listed(mine))]
    there = [theirs, *(one.path for one in backups.listed(theirs))]
    sizes: dict[int, list[Path]] = {}
    for path in there:
        if path.exists():
            sizes.setdefault(path.stat().st_size, []).append(path)
    for path in here:
        if path.exists():
            alike = sizes.get(path.stat().st_size, [])
            if alike and (data := path.read_bytes()) and any(other.read_bytes() == data for other in alike):
                return path
    return None


def _bookmarks(mine: Document, theirs: Document, base: Document | None, report: Report) -> tuple[Bookmark, ...]:
    here, there = _by_key(mine), _by_key(theirs)
    before = _by_key(base) if base else {}
    kept: dict[Key, Bookmark] = {}
    for key, one in here.items():
        other, was = there.get(key), before.get(key)
        if other is not None:
            kept[key] = _together(one, other, was, report)
        elif was is None:
            kept[key] = one
            if base is None:
                report.stayed.append(key[1])
        elif _own(one) == _own(was):
            report.removed.append(key[1])
        else:
            kept[key] = one
            report.rescued.append(key[1])
    for key, one in there.items():
        if key not in here:
            was = before.get(key)
            if was is None or _own(one) != _own(was):
                kept[key] = one
                (report.added if was is None else report.rescued).append(key[1])
    old = list(before)
    return tuple(_ordered(old, list(here), list(there), kept))


def _together(mine: Bookmark, theirs: Bookmark, base: Bookmark | None, report: Report) -> Bookmark:
    """One bookmark that both have."""
    newer_is_theirs = _touched(theirs) > _touched(mine)
    was = base or Bookmark(mine.corpus, mine.id)
    note = three_notes(was.note, mine.note, theirs.note)
    extra, differ = _three_keys(was.extra, mine.extra, theirs.extra, newer_is_theirs)
    record = choose(mine.snapshot, theirs.snapshot, base.snapshot if base else None)
    made = replace(
        mine,
        kind=(record.snapshot.item["kind"] if record.snapshot else None) or mine.kind or theirs.kind,
        added=min((one.added for one in (mine, theirs) if one.added), default=None),
        changed=max((one.changed for one in (mine, theirs) if one.changed), default=None),
        note=note,
        tags=_sets(base, was.tags, mine.tags, theirs.tags),
        collections=_sets(base, was.collections, mine.collections, theirs.collections),
        snapshot=record.snapshot,
        extra=extra,
    )
    if note not in (mine.note, theirs.note):
        report.both.append(mine.id)
    elif _own(made) != _own(mine):
        report.taken.append(mine.id)
    if differ:
        report.keys.append(mine.id)
    if record.taken:
        report.records.append(f"{mine.id} ({record.taken})")
    if record.kept:
        report.differing.append(f"{mine.id} ({record.kept})")
    return mine if _own(made) == _own(mine) and made.snapshot is mine.snapshot is not None else made


def _sets(base: object, was: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    return three_sets(was, mine, theirs) if base is not None else tuple(dict.fromkeys((*mine, *theirs)))


def _collections(mine: Document, theirs: Document, base: Document | None, report: Report) -> tuple[Collection, ...]:
    here, there = _by_name(mine), _by_name(theirs)
    before = _by_name(base) if base else {}
    kept: dict[str, Collection] = {}
    for name, one in here.items():
        other, was = there.get(name), before.get(name)
        if other is not None:
            old = was or Collection(name)
            order = _order_of_keys(old.order, one.order, other.order)
            extra, _ = _three_keys(old.extra, one.extra, other.extra, newest_is_theirs=False)
            kept[name] = replace(one, note=three_notes(old.note, one.note, other.note), order=order, extra=extra)
        elif was is None or one != was:
            kept[name] = one
    for name, one in there.items():
        if name not in here and one != before.get(name):
            kept[name] = one
    result = tuple(_ordered(list(before), list(here), list(there), kept))
    report.collections += [one.name for one in result if one != here.get(one.name)]
    return result


def _order_of_keys(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    every = {key: key for key in (*mine, *theirs)}
    return tuple(_ordered(base, mine, theirs, every))


Id = TypeVar("Id")
Value = TypeVar("Value")


def _ordered(base: Sequence[Id], mine: Sequence[Id], theirs: Sequence[Id], kept: Mapping[Id, Value]) -> list[Value]:
    """What is kept, in my order, or in theirs where only they have changed it; the others' own behind its neighbour."""
    shared = set(mine) & set(base) & set(theirs)

    def of(order: Sequence[Id]) -> list[Id]:
        return [one for one in order if one in shared]

    theirs_leads = bool(base) and of(mine) == of(base) != of(theirs)
    first, second = (theirs, mine) if theirs_leads else (mine, theirs)
    order = list(dict.fromkeys(one for one in first if one in kept))
    leading = set(order)
    behind: dict[Id | None, list[Id]] = {}
    last: Id | None = None
    for one in second:
        if one in leading:
            last = one
        elif one in kept:
            behind.setdefault(last, []).append(one)
    lonely = behind.pop(None, [])  # before anything that both have: mine first of all, theirs last
    placed = [other for one in order for other in (one, *behind.get(one, []))]
    return [kept[one] for one in ([*lonely, *placed] if theirs_leads else [*placed, *lonely])]


def _three_keys(
    base: Mapping[str, object], mine: Mapping[str, object], theirs: Mapping[str, object], newest_is_theirs: bool
) -> tuple[dict[str, object], bool]:
    """Keys of the readers' own, and whether both have changed one differently."""
    nothing, differ, merged = object(), False, {}
    for key in {**mine, **theirs}:
        was, here, there = (table.get(key, nothing) for table in (base, mine, theirs))
        if here == there or there == was:
            value = here
        elif here == was:
            value = there
        else:
            differ = differ or (here is not nothing and there is not nothing)
            value = there if here is nothing or (newest_is_theirs and there is not nothing) else here
        if value is not nothing:
            merged[key] = value
    return merged, differ


def _own(one: Bookmark) -> tuple[object, ...]:
    """What the reader has made of a bookmark."""
    return one.note, one.tags, one.collections, one.extra


def _touched(one: Bookmark) -> datetime:
    return one.changed or one.added or _NEVER


def _by_key(document: Document) -> dict[Key, Bookmark]:
    return {one.key: one for one in document.bookmarks}


def _by_name(document: Document) -> dict[str, Collection]:
    return {one.name: one for one in document.collections}
