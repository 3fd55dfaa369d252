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
from itertools import accumulate, compress, count, islice, repeat
from operator import mul, not_
from sys import byteorder
from typing import TYPE_CHECKING
from unicodedata import normalize
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u061c\u202a-\u202e\u2066-\u2069\ufe0e\ufe0f"
_HYPHENS = "\\-\u2010\u2011"
_DASHES = f"{_HYPHENS}\u2012-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_QUOTES = "\"'`´‘’‚‛“”„‟‹›«»′″ʼ「」『』＂＇"
_BREAK = r"[ \t]*\n[ \t]*"
# Chinese, Japanese, Thai, Lao, Burmese and Khmer part no words with spaces: each sign of them is a word here.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = rf"[^\W_{_UNSPACED}]"
_TOKEN = re.compile(
    rf"""
    (
      [A-Za-z0-9]++ (?=[ .,;:!?\n])
    | {_WORD}+
      (?: (?: \u00ad+ (?:{_BREAK})? | [{_UNSEEN}]+
            | (?<!\d) [{_HYPHENS}] [{_UNSEEN}]* (?:{_BREAK})?
            | [{_HYPHENS}] [{_UNSEEN}]* (?:{_BREAK})? (?!\d) )
          {_WORD}+ )*
    | [{_UNSPACED}]
    | [{_DASHES}]+
    | '' | `` | ,, | [{_QUOTES}]
    | … | \.[ \xa0]?\.[ \xa0]?\.
    | [^\w\s{_UNSEEN}] | _
    )
    """,
    re.VERBOSE,
)
_BETWEEN_WORDS = re.compile(r"(?<=[^\W_]) (?=[^\W_])")
_DROPPED = re.compile(rf"[{_UNSEEN}{_HYPHENS}\s]+")
_DASH, _QUOTE = re.compile(f"[{_DASHES}]"), re.compile(f"''|``|,,|[{_QUOTES}]")
_BETWEEN = "\x1f"
_UPPER_BITS = bytes(ord("0") + (byte >> 5) for byte in range(256))

PIECE = 1 << 18
"""So many characters are cut into words at a time."""

AT_ONCE = 1 << 16
"""So many words are coded at a time."""


class Words:
    """The tokens of a text. ``keys`` are what is compared; ``starts`` and ``ends`` their 0-based code points.

    ``places`` says of each word which token it is.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: list[str] = []
        self.starts, self.ends, self.places = array("i"), array("i"), array("i")
        # In passes that run in C, piece by piece, every word kept once: a source may have millions of characters.
        seen: dict[str, str] = {}
        signs: set[str] = set()
        offset = 0
        for piece in _pieces(text):
            parts: list[str] = _TOKEN.split(piece)  # white space, token, white space, token … and what is behind all
            tokens = parts[1::2]
            for token in set(tokens).difference(seen):
                seen[token] = _key(token)
                if not token[0].isalnum():
                    signs.add(token)
            before = len(self.keys)
            self.keys += map(seen.__getitem__, tokens)
            self.places.extend(compress(count(before), map(not_, map(signs.__contains__, tokens))))
            edges = array("i", accumulate(map(len, parts), initial=offset))
            self.starts += edges[1:-1:2]
            self.ends += edges[2::2]
            offset += len(piece)

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def folded(self) -> list[str]:
        """The words alone, without case."""
        others = {key: low for key in set(self.keys) if (low := key.casefold()) != key}
        words = [self.keys[at] for at in self.places]
        return [*map(others.get, words, words)]  # one that is the same without case is the same object

    @cached_property
    def marks(self) -> str:
        """The marks of every pair of words: see :func:`mark`."""
        words = self.folded
        pieces = range(0, max(len(words) - 1, 0), AT_ONCE)
        return "".join([_marks(words[at : at + AT_ONCE + 1]) for at in pieces])

    def marks_between(self, first: int, last: int) -> str:
        """The marks of the pairs among words ``first`` up to ``last``."""
        if "marks" in self.__dict__:
            return self.marks[first : max(last - 1, first)]
        return _marks(self.folded[first:last])

    def find(self, keys: list[str]) -> int:
        """At which token a run of tokens begins first; -1 where it is not."""
        at = -1
        try:
            while keys:
                at = self.keys.index(keys[0], at + 1)
                if self.keys[at : at + len(keys)] == keys:
                    return at
        except ValueError:
            pass
        return -1

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


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces, cut between two words on one line, where no token is cut; anywhere in what is no language."""
    start = 0
    while len(text) - start > PIECE:
        cut = _BETWEEN_WORDS.search(text, start + PIECE, start + 2 * PIECE)
        end = cut.start() if cut else start + PIECE
        yield text[start:end]
        start = end
    yield text[start:]


def _key(token: str) -> str:
    """What a token is compared by."""
    if token.isascii() and token.isalnum():
        return token
    if token[0].isalnum():
        return normalize("NFKC", _DROPPED.sub("", token))
    if _DASH.match(token):
        return "—"
    if token == "…" or len(token) > 2:
        return "…"
    return '"' if _QUOTE.match(token) else normalize("NFKC", token)


def joined(keys: list[str]) -> str:
    """Tokens as one text, in which they are looked for."""
    return f"{_BETWEEN}{_BETWEEN.join(keys)}{_BETWEEN}"


def mark(word: str, following: str) -> str:
    """Three bits of two neighbouring words, as a digit from 0 to 7."""
    return _marks([word, following])


def _marks(words: list[str]) -> str:
    """The marks of each word with the next: of the CRC-32 of both with a space between."""
    coded = {word: word.encode() for word in set(words)}
    begun = {word: crc32(code + b" ") for word, code in coded.items()}
    sums = map(crc32, map(coded.__getitem__, islice(words, 1, None)), map(begun.__getitem__, words))
    # Spread by Fibonacci hashing: of the product's lower 32 bits the upper three, out of the byte that they stand in.
    products = array("Q", map(mul, sums, repeat(0x9E3779B1)))
    if byteorder == "big":
        products.byteswap()
    return products.tobytes()[3::8].translate(_UPPER_BITS).decode("ascii")


def digest(keys: list[str], length: int = 32) -> str:
    """The SHA-256 of tokens, in hexadecimal, cut to ``length`` digits."""
    return sha256(joined(keys).encode()).hexdigest()[:length]
