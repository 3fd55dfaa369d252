"""Of two records of the same statement or event, the one that stays: never by when the reader wrote a note.

A record says what somebody said, and on what condition. Which of two is right no time of a note or tag can tell, only
the version of the corpus: yours stays unless the other is of a newer one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from zeroline.bookmarks.model import Snapshot

_VERSION = re.compile(r"\s*v?(\d+(?:[.\-_]\d+)*)(.*?)\s*", re.IGNORECASE | re.DOTALL)
_BEFORE = re.compile(r"[.\-_ ]?(dev|draft|alpha|a|beta|b|pre|rc)[.\-_ ]?(\d*)", re.IGNORECASE)
_STAGES = {"dev": 0, "draft": 0, "alpha": 1, "a": 1, "beta": 2, "b": 2, "pre": 3, "rc": 3}
_LABELS = ("stance_labels", "topic_labels", "place_names")
_SIGNS = ("stance_shapes", "stance_colours")


class Chosen(NamedTuple):
    """The record that stays. ``taken`` or ``kept`` says in words what of it was another there; "" where nothing was."""

    snapshot: Snapshot | None
    taken: str = ""
    kept: str = ""


def choose(mine: Snapshot | None, theirs: Snapshot | None, base: Snapshot | None) -> Chosen:
    """The record of a bookmark that both have; ``base`` is that of the version both have come from."""
    if theirs is None:
        return Chosen(mine)
    if mine is None:
        return Chosen(theirs, taken="there was none here")
    differ = different(mine, theirs)
    if not differ:
        return Chosen(_filled(mine, theirs))
    versions = mine.corpus_version, theirs.corpus_version
    if versions[0] != versions[1]:
        differ = f"{differ}; version {versions[0] or 'not known'} here, {versions[1] or 'not known'} there"
    only_theirs = base is not None and not different(mine, base) and not is_newer(*versions)
    if only_theirs or is_newer(versions[1], versions[0]):
        return Chosen(theirs, taken=differ)
    return Chosen(mine, kept=differ)


def different(one: Snapshot, other: Snapshot) -> str:
    """Which parts of two records differ: "positions, excerpt". Their citations' day of access is none of them."""
    here, there = dict(one.item), dict(other.item)
    found = [key for key in {**here, **there} if here.get(key, there) != there.get(key, here)]
    found += [name.replace("_", " ") for name in _LABELS if getattr(one, name) != getattr(other, name)]
    found += ["corpus version"] if one.corpus_version != other.corpus_version and not found else []
    found += ["corpus title"] if one.corpus_title != other.corpus_title and not found else []
    return ", ".join(found)


def is_newer(version: str, than: str) -> bool:
    """Whether a corpus version is surely the newer of two: "1.10" than "1.9", "2.0" than "2.0-rc1"."""
    one, other = _VERSION.fullmatch(version), _VERSION.fullmatch(than)
    if not one or not other:
        return False
    numbers, before = _numbers(one[1]), _numbers(other[1])
    if numbers != before:
        return numbers > before
    stage, was = _stage(one[2]), _stage(other[2])
    return stage is not None and was is not None and stage > was


def _numbers(words: str) -> tuple[int, ...]:
    found = [int(part) for part in re.split(r"[.\-_]", words)]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _stage(words: str) -> tuple[int, int] | None:
    """How far a version is on the way to being out; None for words that nobody could compare."""
    if not words or words.startswith("+"):
        return 9, 0
    match = _BEFORE.fullmatch(words)
    return (_STAGES[match[1].lower()], int(match[2] or 0)) if match else None


def _filled(mine: Snapshot, theirs: Snapshot) -> Snapshot:
    """The same record, with signs and keys of the reader's own that only the other has."""
    signs = {name: getattr(theirs, name) for name in _SIGNS if getattr(theirs, name) and not getattr(mine, name)}
    extra = {**theirs.extra, **mine.extra}
    return replace(mine, extra=extra, **signs) if signs or extra != mine.extra else mine
