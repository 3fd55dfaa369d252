"""What is different between two versions of the bookmarks, in words."""

from __future__ import annotations

from collections.abc import Sequence

from zeroline.bookmarks import history
from zeroline.bookmarks.model import Document

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


def named(ids: Sequence[str]) -> str:
    """The ids, or how many there are: "brum-1 and brum-2", "12 bookmarks"."""
    if len(ids) > NAMED:
        return f"{len(ids):,} bookmarks"
    return ids[0] if len(ids) == 1 else f"{', '.join(ids[:-1])} and {ids[-1]}"
