"""What a label says by itself: nothing, no position, that something is so, a condition, a hypothesis."""

from __future__ import annotations

import re
from functools import lru_cache

from zeroline.importing.firmness import words_of

NO_STANCE = (
    "none", "neutral", "n/a", "na", "nan", "null", "-", "–", "—", "unknown", "no stance", "no position", "not stated",
)  # fmt: skip
"""Labels that mean no position, whatever others are given besides. An empty cell always does."""

NOTHING = frozenset({"NA", "N/A", "#N/A", "NULL", "NaN"})
"""Cells that are empty ones, as R, Excel, SQL and pandas write them."""

_SAYS_NO = frozenset({
    "", "na", "n/a", "none", "nan", "null", "-", "–", "—", "no", "n", "false", "f", "0", "0.0", "not applicable",
})  # fmt: skip
_SAYS_YES = frozenset({"yes", "y", "true", "t", "1", "1.0"})

UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Zero-width characters: around a label nobody means them."""

_SHORT = 100
_DASH = r"\-\u2010-\u2015\u2212"
_OUTER = re.compile(rf"(?:[{_DASH}](?!\w)|[^\w+{_DASH}])*(.*?)(?:(?<!\w)[{_DASH}]|[^\w+{_DASH}])*")
# These are looked for in the words of a label, with a space between them.
_DENIED = re.compile(
    r"\b(?:non?|not|without|without a|without any)"
    r" (?:condition|hypothe|contingen|caveat|proviso|reservation|qualif)\w*"
    r"|\b(?:non|un)conditional\w*|\beven if\b"
)
_HYPOTHESIS = re.compile(r"\b(?:hypothe|hypo\b|would\b|might\b)")
_CONDITION = re.compile(
    r"\b(?:condition(?!ing|er)|condicion|contingen|prerequisit|bedingung|bedingt|умов)"
    r"|\b(?:cond|if|unless|provided|providing|depends|depending|proviso|requires|assuming|pending|wenn|sofern)\b"
    r"|\b(?:qualified|caveats?|reservations?)\b"
    r"|\b(?:subject to|only when|as long as|so long as|in case)\b"
)


def folded(label: str) -> str:
    """A label as it is compared: without regard to capitals, white space, and zero-width characters around it."""
    return " ".join(label.strip(f"{UNSEEN} \t\r\n").casefold().split())


def bare(label: str) -> str:
    """A label folded and without the punctuation around it; what is nothing else stays: “(None.)” is none, “-” is -.

    A dash that touches a letter or a digit stays too: “-1” is not 1, nor “pro-” pro. A long one is only folded.
    """
    return _bare(label) if len(label) <= _SHORT else folded(label)


@lru_cache(maxsize=4096)
def _bare(label: str) -> str:
    told = folded(label)
    found = _OUTER.fullmatch(told)
    return (found[1] if found else "") or told


def condition_in(cell: str) -> str | None:
    """What a cell says of a condition: None for there is none, "" for there is one that it does not tell, or its words.

    “yes”, “true”, “1” and “y” only say that there is one; “no”, “NA”, “unconditional” and the like that there is none.
    """
    told = bare(cell)
    if told in _SAYS_NO or _denies(told):
        return None
    return "" if told in _SAYS_YES else cell


def _denies(cell: str) -> bool:
    """Whether a cell says that there is no condition, and nothing else: “unconditional”, “no conditions”."""
    words = words_of(cell) if len(cell) <= _SHORT else []
    return bool(words) and not _DENIED.sub("", " ".join(words)).strip()


def force_of(label: str) -> str:
    """The force that a label itself tells: “conditional”, “hypothetical” or "" where it tells none.

    “hold, if paid” and “hold.conditional” are conditional; “unconditional”, “not conditional” and “even if” are not.
    """
    return _force_of(label) if len(label) <= _SHORT else _force_of.__wrapped__(label)


@lru_cache(maxsize=4096)
def _force_of(label: str) -> str:
    told = _DENIED.sub(" ", " ".join(words_of(label)))
    return "hypothetical" if _HYPOTHESIS.search(told) else "conditional" if _CONDITION.search(told) else ""
