"""A text as the words and signs it is compared by, each with its place in the text.

Two texts whose tokens are equal say the same in the same words: what differs at most is white space and line ends,
hyphenation and soft hyphens, the kind of quotation mark, dash or ellipsis, ligatures and Unicode form. Nothing else is
forgiven: case, accents, commas and every letter count. So do raised and lowered digits, the marks of feet and inches,
and spaces within a number.

A hyphen at the end of a line may be the word's own or the line's: such a word has two readings. Any other hyphen counts
(:meth:`Words.readings`), though it is not in the keys by which words are looked for.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import cached_property
from hashlib import sha256
from itertools import accumulate, compress, count, islice, product, repeat
from operator import mul, not_
from sys import byteorder
from typing import TYPE_CHECKING
from unicodedata import decomposition, normalize
from zlib import crc32

from zeroline.sources.quoted import blanked

if TYPE_CHECKING:
    from collections.abc import Iterator

_WITHIN = "\u00ad\u200b-\u200d\u2060-\u2064\ufeff\ufe0e\ufe0f"  # in the midst of a word; not between two digits
# What orders letters otherwise than they stand counts as a sign (U+202D, U+202E); what only frames a word does not.
_UNSEEN = f"{_WITHIN}\u200e\u200f\u061c\u202a-\u202c\u2066-\u2069"
_HYPHENS = "\\-\u2010\u2011"
_DASHES = f"{_HYPHENS}\u2012-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_QUOTES = "\"'`´‘’‚‛“”„‟‹›«»′″ʼ「」『』＂＇"
# A line's end within a word; a page's or an empty line only where a capital does not begin anew behind it.
_BREAK = r"(?:[ \t\xa0]{0,99}[\n\u2028][ \t\xa0]{0,99}(?!\s)|[ \t\xa0]{0,9}[\n\f\u2028\u2029]\s{0,9}(?![A-Z\s]))"
# Chinese, Japanese, Thai, Lao, Burmese and Khmer part no words with spaces: each sign of them is a word here.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = rf"[^\W_ʼ{_UNSPACED}]"  # ʼ is a letter to Unicode, and an apostrophe to who types it
_TOKEN = re.compile(
    rf"""
    (
      [A-Za-z0-9]++ (?=[ .,;:!?\n])
    | {_WORD}+
      (?: (?: (?<!\d) (?: \u00ad+ (?:{_BREAK})? | [{_WITHIN}]+ )
            | (?: \u00ad+ (?:{_BREAK})? | [{_WITHIN}]+ ) (?!\d)
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
_HYPHEN = re.compile(rf"[{_HYPHENS}][{_UNSEEN}]*(\s*)")
_SET_APART = re.compile("<(?:super|sub|circle|square|fraction)>")
_IN_NUMBER = re.compile(r"(?<=\d)(?:['’‘‛´`′ʼ‹›＇](?!['`])|[.,:．，：](?=\d))")
_NUMBERED = r"[^\S\n]*(?:\[\d{1,4}\]|\(?\d{1,4}[.)]|[¶§][ \xa0]?\d{1,4})(?=[^\S\n])"
# Marks of footnotes with what must stand directly before them; each begins with few signs, so that it is found fast.
_NOTES = (
    (re.compile(r"\[\^?\d{1,3}\]"), re.compile(r"\S")),
    (re.compile("[⁰¹²³⁴-⁹]{1,3}"), re.compile("[.,;:!?…\"'”’»)]")),
    (re.compile(r"[\"”»]\d{1,3}(?=[\s.,;]|\Z)"), re.compile(r"[.,;:!?…\w]")),
)
_NUMBERS = re.compile(rf"\n[^\S\n]*\n{_NUMBERED}"), re.compile(_NUMBERED)
_BETWEEN = "\x1f"
_UPPER_BITS = bytes(ord("0") + (byte >> 5) for byte in range(256))

PIECE = 1 << 18
"""So many characters are cut into words at a time."""

READINGS = 256
"""The most readings a passage is given."""

AT_ONCE = 1 << 16
"""So many words are coded at a time."""


class Words:
    """The tokens of a text. ``keys`` are what is compared; ``starts`` and ``ends`` their 0-based code points.

    ``places`` says of each word which token it is. ``shown`` is the text without the marks of quoted mail, each
    character in its place.
    """

    def __init__(self, text: str) -> None:
        self.text, self.shown = text, blanked(text)
        self.keys: list[str] = []
        self.starts, self.ends, self.places = array("i"), array("i"), array("i")
        # In passes that run in C, piece by piece, every word kept once: a source may have millions of characters.
        seen: dict[str, str] = {}
        signs: set[str] = set()
        offset = 0
        for piece in _pieces(self.shown):
            parts: list[str] = _TOKEN.split(piece)  # white space, token, white space, token … and what is behind all
            tokens = parts[1::2]
            for token in set(tokens).difference(seen):
                seen[token] = _key(token)
                if not token[0].isalnum() or token[0] == "ʼ":
                    signs.add(token)
            before = len(self.keys)
            self.keys += map(seen.__getitem__, tokens)
            self.places.extend(compress(count(before), map(not_, map(signs.__contains__, tokens))))
            edges = array("i", accumulate(map(len, parts), initial=offset))
            self.starts += edges[1:-1:2]
            self.ends += edges[2::2]
            for match in _IN_NUMBER.finditer(piece):  # feet are not inches, and 1.5 is not 1. 5
                at = bisect_left(self.starts, offset + match.start())
                if at < len(self.starts) and self.starts[at] == offset + match.start():
                    sign = normalize("NFKC", match[0])
                    self.keys[at] = f"{sign}·" if sign in ".,:" else "'"
            offset += len(piece)
        self._without_notes()

    def _without_notes(self) -> None:
        """Take marks of footnotes and the numbers of paragraphs from the words: they stay signs."""
        shown = self.shown
        found = [
            it
            for mark, before in _NOTES
            for it in mark.finditer(shown)
            if it.start() and before.match(shown, it.start() - 1)
        ]
        found += filter(None, [_NUMBERS[1].match(shown), *_NUMBERS[0].finditer(shown)])
        noted = {at for it in found for at in range(*self.touching(*it.span()))}
        if noted:
            self.places = array("i", [at for at in self.places if at not in noted])

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

    def readings(self, first: int, last: int) -> Iterator[list[str]]:
        """Tokens ``first`` up to ``last`` with the hyphens in them, in each way that hyphens at lines' ends allow.

        The first has none of those.
        """
        keys = self.keys[first:last]
        if first >= last or not _HYPHEN.search(self.shown, self.starts[first], self.ends[last - 1]):
            yield keys
            return
        doubtful: list[tuple[int, list[str]]] = []
        for at in range(first, last):
            token = self.shown[self.starts[at] : self.ends[at]]
            if token[0].isalnum() and _HYPHEN.search(token):
                ways = [_key(_HYPHEN.sub(lambda m: "" if m[1] else "\x00", token)).replace("\x00", "-")]
                if any(m[1] for m in _HYPHEN.finditer(token)):
                    ways.append(_key(_HYPHEN.sub("\x00", token)).replace("\x00", "-"))
                keys[at - first] = ways[0]
                if len(ways) > 1:
                    doubtful.append((at - first, ways))
        for chosen in islice(product(*(ways for _, ways in doubtful)), READINGS):
            for (at, _), way in zip(doubtful, chosen, strict=True):
                keys[at] = way
            yield [*keys]

    def read_as(self, first: int, last: int, wanted: set[str]) -> list[str]:
        """One reading: of a word that has several, one that is wanted, else the first."""
        found: list[str] = []
        for at in range(first, last):
            ways = [way[0] for way in self.readings(at, at + 1)]
            found.append(next((way for way in ways if way in wanted), ways[0]))
        return found

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
    if token[0].isalnum() and token[0] != "ʼ":
        return _plain(_DROPPED.sub("", token))
    if _DASH.match(token):
        return "—"
    if token == "…" or len(token) > 2:
        return "…"
    return '"' if _QUOTE.match(token) else _plain(token)


def _plain(text: str) -> str:
    """Ligatures, widths and the like made plain; not what is raised, lowered, circled or a fraction: 10⁶ is not 106."""
    if (plain := normalize("NFKC", text)) == (composed := normalize("NFC", text)):
        return plain
    kept = (sign if _SET_APART.match(decomposition(sign)) else normalize("NFKC", sign) for sign in composed)
    return normalize("NFC", "".join(kept))


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


def without_notes(text: str) -> str:
    """What stands between two words, without marks of footnotes and numbers of paragraphs."""
    return re.sub(r"\[\^?\d*\]|[\d⁰¹²³⁴-⁹]+[.)]?", "", text)
