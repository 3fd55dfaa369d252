"""A text as the words and signs it is compared by, each with its place in the text.

Two texts whose tokens are equal say the same in the same words: what differs at most is white space and line ends,
hyphenation and soft hyphens, the kind of quotation mark, dash or ellipsis, ligatures and Unicode form. Nothing else is
forgiven: case, accents, commas and every letter count.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from unicodedata import normalize
from zlib import crc32

_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u061c\u202a-\u202e\u2066-\u2069\ufe0e\ufe0f"
_HYPHENS = "\\-\u2010\u2011"
_DASHES = f"{_HYPHENS}\u2012-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_QUOTES = "\"'`´‘’‚‛“”„‟‹›«»′″ʼ「」『』＂＇"
_BREAK = r"[ \t]*\n[ \t]*"
_TOKEN = re.compile(
    rf"""
    (?P<word> [^\W_]+
      (?: (?: \u00ad+ (?:{_BREAK})? | [{_UNSEEN}]+
            | (?<!\d) [{_HYPHENS}] [{_UNSEEN}]* (?:{_BREAK})?
            | [{_HYPHENS}] [{_UNSEEN}]* (?:{_BREAK})? (?!\d) )
          [^\W_]+ )* )
    | (?P<dash> [{_DASHES}]+ )
    | (?P<quote> '' | `` | ,, | [{_QUOTES}] )
    | (?P<dots> … | \.[ \xa0]?\.[ \xa0]?\. )
    | (?P<sign> [^\w\s{_UNSEEN}] | _ )
    """,
    re.VERBOSE,
)
_DROPPED = re.compile(rf"[{_UNSEEN}{_HYPHENS}\s]+")
_KIND = {"dash": "—", "quote": '"', "dots": "…"}
_BETWEEN = "\x1f"


class Words:
    """The tokens of a text. ``keys`` are what is compared; ``starts`` and ``ends`` their 0-based code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: list[str] = []
        self.starts, self.ends = array("l"), array("l")
        self.places = array("l")  # of each word: which token it is
        keys, starts, ends, places = self.keys, self.starts, self.ends, self.places
        for match in _TOKEN.finditer(text):
            kind, key = match.lastgroup, match.group()
            if kind == "word":
                places.append(len(keys))
                if not (key.isascii() and key.isalnum()):
                    key = normalize("NFKC", _DROPPED.sub("", key))
            elif kind == "sign":
                key = key if key.isascii() else normalize("NFKC", key)
            else:
                key = _KIND[str(kind)]
            keys.append(key)
            starts.append(match.start())
            ends.append(match.end())

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def folded(self) -> list[str]:
        """The words alone, without case."""
        keys = self.keys
        return [keys[at].casefold() for at in self.places]

    @cached_property
    def marks(self) -> str:
        """The marks of every pair of words: see :func:`mark`."""
        words = self.folded
        return "".join(map(mark, words, words[1:]))

    @cached_property
    def where(self) -> dict[str, array[int]]:
        """At which places among the words each word stands."""
        found: dict[str, array[int]] = {}
        for at, word in enumerate(self.folded):
            if word in found:
                found[word].append(at)
            else:
                found[word] = array("l", (at,))
        return found

    @cached_property
    def _joined(self) -> str:
        return joined(self.keys)

    @cached_property
    def _offsets(self) -> list[int]:
        return list(accumulate((len(key) + 1 for key in self.keys), initial=0))

    def find(self, keys: list[str], most: int = 1_000) -> list[int]:
        """At which tokens a run of tokens begins, wherever it stands."""
        found: list[int] = []
        wanted, at = joined(keys), -1
        while keys and len(found) < most and (at := self._joined.find(wanted, at + 1)) >= 0:
            found.append(bisect_left(self._offsets, at))
        return found

    def word_at(self, token: int) -> int:
        """Which word a token is; of a sign, the word behind it."""
        return bisect_left(self.places, token)

    def tokens_of(self, first: int, last: int, head: int = 0, tail: int = 0) -> tuple[int, int] | None:
        """The tokens (end exclusive) of words ``first`` up to ``last`` with so many signs around; None off the text."""
        if not 0 <= first < last <= len(self.places):
            return None
        start, end = self.places[first] - head, self.places[last - 1] + 1 + tail
        return (start, end) if start >= 0 and end <= len(self.keys) else None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of tokens ``start`` up to ``end``."""
        return self.starts[start], self.ends[end - 1]

    def touching(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that stand between two code points."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def before(self, token: int, count: int) -> list[str]:
        """The last words before a token."""
        at = self.word_at(token)
        return self.folded[max(at - count, 0) : at]

    def after(self, token: int, count: int) -> list[str]:
        """The first words from a token on."""
        at = self.word_at(token)
        return self.folded[at : at + count]


def joined(keys: list[str]) -> str:
    """Tokens as one text, in which they are looked for."""
    return f"{_BETWEEN}{_BETWEEN.join(keys)}{_BETWEEN}"


def mark(word: str, following: str) -> str:
    """Three bits of two neighbouring words, as a digit from 0 to 7."""
    return "01234567"[(crc32(f"{word} {following}".encode()) * 0x9E3779B1 >> 29) & 7]


def digest(keys: list[str], length: int = 32) -> str:
    """The SHA-256 of tokens, in hexadecimal, cut to ``length`` digits."""
    return sha256(joined(keys).encode()).hexdigest()[:length]
