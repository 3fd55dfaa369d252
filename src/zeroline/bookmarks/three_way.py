"""Three-way: what two have made of the same thing, put together so that nothing either wrote is lost."""

from __future__ import annotations

from collections.abc import Iterable

SEPARATOR = "\n\n---\n\n"
"""Between two notes on one bookmark that are both kept: a rule, in Markdown."""


def three_notes(base: str, mine: str, theirs: str) -> str:
    """A note that two have changed from ``base``; where they differ both are kept, mine first.

    What one has only written on with further lines stands once.
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    here, there = _parts(mine), _parts(theirs)
    if not (new := [part for part in there if not _held(part, here)]):
        return mine
    if all(_held(part, there) for part in here):
        return theirs
    kept = [part for part in here if not _held(part, new)]
    return SEPARATOR.join([*kept, *new])


def _parts(note: str) -> list[str]:
    return [part.strip() for part in note.split(SEPARATOR) if part.strip()]


def _held(part: str, parts: list[str]) -> bool:
    return any(other == part or other.startswith(f"{part}\n") for other in parts)


def three_sets(base: Iterable[str], mine: Iterable[str], theirs: Iterable[str]) -> tuple[str, ...]:
    """Tags or collections that two have changed from ``base``: what either added is in, what either dropped is out."""
    base, mine, theirs = tuple(base), tuple(mine), tuple(theirs)
    if mine == base:
        return theirs
    gone = {one for one in base if one not in mine or one not in theirs}
    return tuple(one for one in dict.fromkeys((*mine, *theirs)) if one not in gone)
