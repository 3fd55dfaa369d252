"""What is different between two versions of the bookmarks, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from zeroline.bookmarks import history
from zeroline.bookmarks.model import Bookmark, Document

_FIELDS = ("note", "tags", "collections")
NAMED = 3
"""So many ids are named; of more the number is told."""


def difference(before: Document, after: Document) -> str:
    """What somebody finds who had ``before`` and now has ``after``: "brum-1 is back · 2 changed"; "" for nothing."""
    change = history.between("", before, after)
    back = [step.key[1] for step in change.steps if step.before is None]
    gone = [step.key[1] for step in change.steps if step.after is None]
    other = [step.key[1] for step in change.steps if step.before and step.after]
    parts = [f"{named(back)} back" if back else "", f"{named(gone)} gone" if gone else ""]
    parts.append(f"{named(other)} changed" if other else "")
    if change.collections:
        lists = list(change.collections)
        parts.append(f"collection{'s' * (len(lists) > 1)} changed: {', '.join(lists)}")
    kept = {step.key for step in change.steps}
    orders = [[one.key for one in document.bookmarks if one.key not in kept] for document in (before, after)]
    parts.append("in another order" if orders[0] != orders[1] else "")
    return " · ".join(part for part in parts if part)


class Difference(NamedTuple):
    """One bookmark that is another: "back", "gone" or "changed", as it would be ("gone": as it is), and what of it."""

    what: str
    bookmark: Bookmark
    fields: tuple[str, ...] = ()
    before: Bookmark | None = None


def differences(before: Document, after: Document) -> list[Difference]:
    """What somebody finds who had ``before`` and now has ``after``, a bookmark each: first what is back, then gone."""
    found = []
    for step in history.between("", before, after).steps:
        if step.before is None and step.after is not None:
            found.append(Difference("back", step.after.bookmark))
        elif step.after is None and step.before is not None:
            found.append(Difference("gone", step.before.bookmark))
        elif step.before is not None and step.after is not None:
            was, will = step.before.bookmark, step.after.bookmark
            fields = tuple(
                name for name in ("note", "tags", "collections") if getattr(was, name) != getattr(will, name)
            )
            found.append(Difference("changed", will, fields, was))
    return sorted(found, key=lambda one: ("back", "gone", "changed").index(one.what))


def named(ids: Sequence[str]) -> str:
    """The ids, or how many there are: "brum-1 and brum-2", "12 bookmarks"."""
    if len(ids) > NAMED:
        return f"{len(ids):,} bookmarks"
    return ids[0] if len(ids) == 1 else f"{', '.join(ids[:-1])} and {ids[-1]}"
