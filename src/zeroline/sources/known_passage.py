"""What is known of one passage that is looked for, cut into words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from zeroline.sources.words import Words

if TYPE_CHECKING:
    from zeroline.sources.passages_sought import Need


_KEPT = 2_048
"""So many passages and excerpts are kept cut into words: each is asked for several times, and by copy after copy."""


class Known(NamedTuple):
    """What is known of a passage's words: each folded word, or None; a mark for each pair; the hash of all.

    ``text`` is the passage itself where it is known in full: marks then say nothing more. ``keys`` are the tokens that
    are looked for to the letter: the passage's, else the excerpt's.
    """

    words: list[str | None]
    marks: str
    plain: str
    text: Words | None
    keys: list[str]


def known_of(need: Need) -> Known | None:
    """What a corpus knows of a passage; None where that is not enough to look for one that is nearly it."""
    if need.passage is not None:
        own = _cut(need.passage)
        return Known([*own.folded], own.marks, "", own, own.keys) if own.places else None
    if need.print is None:
        return None
    print, excerpt = need.print, _cut(need.excerpt)
    words: list[str | None] = [None] * print.words
    if print.at is not None:
        said = excerpt.folded[: max(print.words - print.at, 0)]
        words[print.at : print.at + len(said)] = said
    return Known(words, print.marks, print.plain, None, excerpt.keys if print.at is not None else [])


@lru_cache(_KEPT)
def _cut(text: str) -> Words:
    """A passage or an excerpt cut into words; nobody changes them."""
    return Words(text)
