"""Text made into what a terminal shows. Every word of a corpus goes through here: made visible, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from zeroline.text.fold import fold
from zeroline.text.safe import one_line, visible

Piece = tuple[str, Style | None, Any]
"""Text in a style, as a line is drawn: like Rich's segments, of which only what is painted need be made."""

_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_PLAIN_WORD = re.compile(r"[a-z0-9]+")


def fit(text: str, width: int) -> str:
    """The text on one line in at most ``width`` columns, an ellipsis where it was cut."""
    text = one_line(text)
    if text.isascii():  # a column each
        return text if len(text) <= width else text[: width - 1].rstrip() + "…" if width > 0 else ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def fit_around(text: str, width: int, sought: Sought) -> str:
    """As :func:`fit`; but where the first hit would be cut off, the text begins at a word a little before it."""
    text = one_line(text)
    hit = next(_hits(text, sought), None) if len(text) > width else None
    if hit is None or cell_len(text[: hit[1]]) < width:
        return fit(text, width)
    start, end = hit
    begin = text.rfind(" ", 0, max(start - width // 4, 0)) + 1
    if not begin or cell_len(text[begin:end]) + 2 > width:
        begin = start
    return "…" + fit(text[begin:], width - 1) if width > 0 else ""


def pad(text: str, width: int, right: bool = False) -> str:
    """The text cut or filled to exactly ``width`` columns, to the right where asked."""
    if text.isascii():
        text = fit(text, width)
        return text.rjust(width) if right else text.ljust(width)
    # A joiner at an edge would join the filling; without it what it joined may be wider.
    text = fit(fit(text, width).strip("\u200d"), width)
    space = " " * (width - cell_len(text))
    return space + text if right else text + space


def safe_text(text: str, style: Style | None = None) -> Text:
    """Rich text of a corpus's words: visible, newlines kept, nothing in it read as markup."""
    return Text(visible(text), style=style or "", end="")


def hits(text: str, words: Iterable[str], beginnings: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where in a text the words searched for stand, as (start, end); a beginning marks the whole word it begins."""
    return _hits(text, sought(frozenset(words), frozenset(beginnings)))


def _hits(text: str, sought: Sought) -> Iterator[tuple[int, int]]:
    if not sought.words:
        return
    lead = text.startswith("…")
    cut = text[lead:].removesuffix("…")
    if cut.isascii():
        lower = cut.lower()
        for word in sought.words:
            if word in lower:  # most lines hold no hit, which is soon seen
                for match in sought.plain.finditer(lower):
                    start, end = match.span()
                    if not start or not lower[start - 1].isalnum():
                        yield start + lead, end + lead
                return
        return
    for match in _WORD.finditer(text):
        word = fold(match.group())
        if word in sought.words or (sought.beginnings and word.startswith(sought.beginnings)):
            yield match.span()


class Sought(NamedTuple):
    """Words and beginnings as they are compared, beginnings among the words.

    ``plain`` finds them in ASCII, also in the middle of words: it is quicker to look than to look back.
    """

    words: frozenset[str]
    beginnings: tuple[str, ...]
    plain: re.Pattern[str]


@lru_cache(64)
def sought(words: frozenset[str], beginnings: frozenset[str]) -> Sought:
    """What is searched for, made ready once for many lines."""
    whole = frozenset(fold(w) for w in (*words, *beginnings))
    starts = tuple(fold(b) for b in beginnings)
    # What holds another sign than letters and digits is no word of a text that is cut at such signs.
    ways = [f"{re.escape(b)}[a-z0-9]*" for b in starts if _PLAIN_WORD.fullmatch(b)]
    ways += [re.escape(w) for w in whole if _PLAIN_WORD.fullmatch(w)]
    never = "(?!)"
    return Sought(whole, starts, re.compile(rf"(?:{'|'.join(ways) or never})(?![a-z0-9])"))


def pieces(text: str, style: Style, hit: Style, sought: Sought) -> list[Piece]:
    """One line in pieces, hits in their own style."""
    found: list[Piece] = []
    at = 0
    for start, end in _hits(text, sought):
        if start > at:
            found.append((text[at:start], style, None))
        found.append((text[start:end], style + hit, None))
        at = end
    if at < len(text):
        found.append((text[at:] if at else text, style, None))
    return found


def highlighted(text: str, style: Style, hit: Style, words: Iterable[str], beginnings: Iterable[str]) -> list[Segment]:
    """The same as segments."""
    return [Segment(*piece) for piece in pieces(text, style, hit, sought(frozenset(words), frozenset(beginnings)))]


def mark_hits(text: Text, hit: Style, words: Iterable[str], beginnings: Iterable[str]) -> Text:
    """The same on Rich text, in place."""
    for start, end in hits(text.plain, words, beginnings):
        text.stylize(hit, start, end)
    return text


def join(parts: Sequence[tuple[str, Style]]) -> list[Segment]:
    """Parts of a line as segments, empty ones left out."""
    return [Segment(text, style) for text, style in parts if text]
