"""A text as the words and signs it is compared by, each with its place in the text.

Two texts whose tokens are equal say the same in the same words: what differs at most is white space and line ends,
hyphenation and soft hyphens, the kind of quotation mark, dash or ellipsis, ligatures and Unicode form. Nothing else is
forgiven: case, accents, commas and every letter count.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
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
    ( [\s{_UNSEEN}]* )
    (
      {_WORD}+
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

PIECE = 1 << 18
"""So many characters are cut into words at a time."""


class Words:
    """The tokens of a text. ``keys`` are what is compared; ``starts`` and ``ends`` their 0-based code points.

    ``places`` says of each word which token it is.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: list[str] = []
        self.starts, self.ends, self.places = array("l"), array("l"), array("l")
        # In passes that run in C, piece by piece, every word kept once: a source may have millions of characters.
        seen: dict[str, str] = {}
        offset = 0
        for piece in _pieces(text):
            found: list[tuple[str, str]] = _TOKEN.findall(piece)
            seen |= {token: _key(token) for token in {token for _, token in found}.difference(seen)}
            before = len(self.keys)
            self.keys += [seen[token] for _, token in found]
            self.places.extend([at for at, (_, token) in enumerate(found, before) if token[0].isalnum()])
            ends = [offset + end for end in accumulate(len(gap) + len(token) for gap, token in found)]
            self.ends.extend(ends)
            self.starts.extend([end - len(token) for end, (_, token) in zip(ends, found, strict=True)])
            offset += len(piece)

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def folded(self) -> list[str]:
        """The words alone, without case."""
        folded, keys = {key: key.casefold() for key in set(self.keys)}, self.keys
        return [folded[keys[at]] for at in self.places]

    @cached_property
    def marks(self) -> str:
        """The marks of every pair of words: see :func:`mark`."""
        return self.marks_between(0, len(self.folded))

    def marks_between(self, first: int, last: int) -> str:
        """The marks of the pairs among words ``first`` up to ``last``."""
        words = self.folded[first:last]
        return "".join(map(mark, words, words[1:]))

    @cached_property
    def where(self) -> dict[str, list[int]]:
        """At which places among the words each word stands."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.folded):
            found[word].append(at)
        return dict(found)

    @cached_property
    def run_length(self) -> int:
        """How many marks in a row are looked up: so many that chance seldom has them in this text."""
        length = 3
        while 8**length < len(self.places) / 8:
            length += 1
        return length

    @cached_property
    def runs(self) -> dict[str, list[int]]:
        """At which pair of words each run of :attr:`run_length` marks begins."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        marks, length = self.marks, self.run_length
        for at in range(len(marks) - length + 1):
            found[marks[at : at + length]].append(at)
        return dict(found)

    def find(self, keys: list[str], most: int = 1_000) -> list[int]:
        """At which tokens a run of tokens with a word in it begins, wherever it stands."""
        words = [(len(self.where.get(key.casefold(), ())), at) for at, key in enumerate(keys) if key[0].isalnum()]
        found: list[int] = []
        if not words:
            return found
        rarest = min(words)[1]
        for word in self.where.get(keys[rarest].casefold(), ()):
            start = self.places[word] - rarest
            if start >= 0 and self.keys[start : start + len(keys)] == keys:
                found.append(start)
                if len(found) == most:
                    break
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
    return "01234567"[(crc32(f"{word} {following}".encode()) * 0x9E3779B1 >> 29) & 7]


def digest(keys: list[str], length: int = 32) -> str:
    """The SHA-256 of tokens, in hexadecimal, cut to ``length`` digits."""
    return sha256(joined(keys).encode()).hexdigest()[:length]
