"""Three-way: what two have made of the same thing, put together so that nothing either wrote is lost."""

from __future__ import annotations

from collections.abc import Iterable

SEPARATOR = "\n\n---\n\n"
"""Between two notes on one bookmark that are both kept: a rule, in Markdown."""


def three_notes(base: str, mine: str, theirs: str) -> str:
    """A note that two have changed from ``base``; where they differ both are kept, mine first."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base or theirs.startswith(f"{mine.rstrip()}\n"):
        return theirs
    parts = [part.strip() for part in mine.split(SEPARATOR)]
    new = [part.strip() for part in theirs.split(SEPARATOR) if part.strip() not in parts]
    return SEPARATOR.join([mine.rstrip(), *new] if new else [mine]).lstrip("\n")


def three_sets(base: Iterable[str], mine: Iterable[str], theirs: Iterable[str]) -> tuple[str, ...]:
    """Tags or collections that two have changed from ``base``: what either added is in, what either dropped is out."""
    base, mine, theirs = tuple(base), tuple(mine), tuple(theirs)
    if mine == base:
        return theirs
    gone = {one for one in base if one not in mine or one not in theirs}
    return tuple(one for one in dict.fromkeys((*mine, *theirs)) if one not in gone)
