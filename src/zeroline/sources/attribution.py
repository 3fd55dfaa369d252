"""Whose words a passage is, where the words beside it do not say: its quotation marks, and the nearest name before it.

“He says” is the same whoever was named before. So of a passage whose speaker the text coded names near it is kept where
that name stands, with hashes of it and of three words beside it; and of a direct quotation, that it stands in quotation
marks. Where a copy has another word in that place, names the speaker nowhere, or has no quotation marks, the passage is
only proposed. Paragraphs may be moved: that the name stands elsewhere is only said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zeroline.sources.words import Words
from zeroline.sources.words import digest as digest_of

if TYPE_CHECKING:
    from zeroline.sources.context import Beside
    from zeroline.sources.passages_sought import Need

FARTHEST = 600
"""No name is looked for farther from a passage than so many words."""

_NEAR = 60  # words beyond its place in the text coded where a name is still near
_BESIDE = 3
_FAR_BACK = 5_000  # code points before a passage in which a quotation mark opens
_MARK = re.compile("''|``|,,|[\"“”„‟«»「」『』＂]")
_OPENING = "“„«「『`,"
_DIALOGUE = re.compile(r"\s*[—–―-]{1,2}\s*\w")
_SHORTEST = 3  # letters of a name


class Doubt(NamedTuple):
    """Why a passage may be another's. ``grave``: it is then only proposed; else it is only said."""

    why: str
    grave: bool


def name_near(names: tuple[str, ...], text: Beside, begin: int, end: int) -> str:
    """Where a speaker's nearest name stands beside words ``begin`` up to ``end``, and hashes; "" where none is near.

    In the passage's own paragraph first, on either side, else before it.
    """
    words = text.words
    wanted = _words_of(names)

    def is_name(at: int) -> bool:
        return words.folded[at] in wanted and not words.keys[words.places[at]][0].islower()

    behind = end
    while wanted and behind < min(end + FARTHEST, len(words.places)) and (behind == end or not text.is_edge(behind)):
        if behind == end and text.is_edge(end):
            behind = len(words.places)
        elif is_name(behind):
            break
        else:
            behind += 1
    if behind >= len(words.places) or not is_name(behind):
        behind = -1
    own = True
    for at in range(begin - 1, max(begin - FARTHEST, 0) - 1, -1) if wanted else ():
        own = own and not text.is_edge(at + 1)
        if behind >= 0 and (not own or begin - at > behind - end):
            break
        if is_name(at):
            return f"{at - begin} {_hash([words.folded[at]])} {_beside(text, at, 1)}"
    return f"+{behind - end} {_hash([words.folded[behind]])} {_beside(text, behind, -1)}" if behind >= 0 else ""


def _beside(text: Beside, at: int, step: int) -> str:
    """The hash of three words beside a name, on the side of the passage; "-" where its paragraph has fewer there."""
    first = at + 1 if step > 0 else at - _BESIDE
    places = range(first, first + _BESIDE) if step > 0 else range(first + 1, at + 1)
    if first < 0 or first + _BESIDE > len(text.words.places) or any(map(text.is_edge, places)):
        return "-"
    return digest_of(text.words.folded[first : first + _BESIDE], 4)


def is_quoted(text: Beside, begin: int) -> bool:
    """Whether a quotation is open where a word begins: the last mark before it opens one, or its line is of a dialogue.

    Single quotation marks are not told from apostrophes.
    """
    shown, start = text.words.shown, text.words.starts[text.words.places[begin]]
    before = [*_MARK.finditer(shown, max(start - _FAR_BACK, 0), start)]
    if before and _opens(shown, before[-1]):
        return True
    if not before and (behind := _MARK.search(shown, start, start + _FAR_BACK)):  # a copy may begin in a quotation
        return not _opens(shown, behind)
    return bool(_DIALOGUE.match(shown, text.paragraph_at(start)))


def _opens(text: str, mark: re.Match[str]) -> bool:
    """Whether a quotation mark opens: words stand behind it and none before, or it is one that only opens."""
    before, behind = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    free = not before or before.isspace() or before in "([{—–-―/‘'"
    close = bool(behind) and not behind.isspace()
    return free if free == close else mark[0][0] in _OPENING


def doubt(need: Need, text: Beside, first: int, last: int) -> Doubt | None:
    """What speaks against a place, tokens ``first`` up to ``last``, where the words beside it agree."""
    if need.print is None:
        return None
    begin, end = text.words.word_at(first), text.words.word_at(last)
    shown, start = text.words.shown, text.words.starts[first]
    if shown.count("~~", text.paragraph_at(start), start) % 2:
        return Doubt("it is struck out: it stands between “~~”", True)
    if need.print.quoted and not is_quoted(text, begin):
        return Doubt("it stands in no quotation marks, as it does in the text coded", True)
    return _other_name(need, need.print.named, text, begin, end) if need.print.named else None


def _other_name(need: Need, named: str, text: Beside, begin: int, end: int) -> Doubt | None:
    words = text.words.folded
    offset, name, beside = named.split(" ")
    at = end + int(offset) if offset[0] == "+" else begin + int(offset)
    there = text.of_hash(name) | _words_of(need.names)
    if text.vocabulary.isdisjoint(there):
        return Doubt("its speaker is named nowhere in the copy", True)
    if 0 <= at < len(words):
        if words[at] in there:
            return None
        if beside != "-" and _beside(text, at, -1 if offset[0] == "+" else 1) == beside:
            return Doubt("another word stands where the text coded names its speaker", True)
    low, high = min(begin, at) - _NEAR, max(end, at) + _NEAR
    if there.isdisjoint(words[max(low, 0) : high]):
        return Doubt("its speaker is not named near it, as in the text coded", False)
    return None


def _words_of(names: tuple[str, ...]) -> set[str]:
    return {word for name in names for word in Words(name).folded if len(word) >= _SHORTEST}


def _hash(words: list[str]) -> str:
    return digest_of(words, 8)


def hashed(words: set[str]) -> dict[str, set[str]]:
    """Words by the hash by which a name is known."""
    found: dict[str, set[str]] = {}
    for word in words:
        if len(word) >= _SHORTEST:
            found.setdefault(_hash([word]), set()).add(word)
    return found
