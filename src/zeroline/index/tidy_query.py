"""What a reader types or pastes, made into what tantivy's parser takes without a complaint.

Readers paste quotations: “he said: no [sic]” must look for its words. So signs are only kept where they mean something
in the query language, and everything else between words is left out. It also guards the parser, which is recursive and
written for programmers: a query has a greatest length and depth, and what cannot be understood is said in plain words.
Only imported once somebody searches.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from zeroline.index.clauses import Atom, Frame, joined
from zeroline.index.schema import FIELDS

LONGEST = 2_000
"""The most characters a query may have."""

DEEPEST = 20
"""How deep brackets may be nested."""

_QUOTES = str.maketrans("“”„«»‟″’‘‚‛\\", '"""""""' + "''''" + " ")
_SIGNS = str.maketrans(dict.fromkeys("^`:{}\"'[]()<>!~*", "."))
# Patterns are compiled where they are first needed: all of them at once would hold up the first key by milliseconds.
_HELD = r'[\w"(*]|[\[{]\s*[^\s\[\]{}]+\s+TO\s'
_BOOST = r"\^([0-9]{1,4}(?:\.[0-9]{1,4})?)(?=[\s)]|$)"
_FIELD = r"([^\W\d][\w.-]*):(?=[^\s:])(?!//)"
_PHRASE = r'"([^"]*)("?)'
_QUOTED = r"'((?:[^']|(?<=\w)'(?=\w))+)'(?!\w)"
_AFTER_PHRASE = r"(?:~[0-9]{1,3}(?=[\s)^*]|$))?\*?"
_RANGE = r"([\[{])\s*([^\s\[\]{}]+)\s+(?:TO|to)\s+([^\s\[\]{}]+)\s*([\]}])"
_OPEN_RANGE = r"[\[{]\s*([^\s\[\]{}]*)(?:\s+(?:T|TO|t|to)(?:\s+([^\s\[\]{}]*))?)?\s*$"
_SET = r"IN\s*\[([^\[\]]*)\]"
_COMPARED = r"([<>]=?)\s*([^\s()<>=]+)"
_STAR = r"\*(?=[\s)]|$)"
_WORD = r'[^\s()"]+(?:\([^\s()"]*\)[^\s()"]*)*'
_SLASH = r"(?<!\w)/"  # there it would begin a regular expression
_FUZZY = r"~\d*$"
_ELEMENT = r'"[^"]*"|[^\s"]+'
_DATE_BEGUN = r"(\d{4}(?:-\d\d(?:-\d\d)?)?)?(?:\d{0,3}|-\d?)"
_WHOLE = ("id:", "source:")  # what holds ids, which may have any signs
_NOT_OF_A_BOUND = r"[^\w.,/-]"


class Tidied(NamedTuple):
    """A query for the parser, "" when no word is left of it.

    ``open`` says that its last word, or the last of its last phrase, is still being typed; ``refused`` that there is
    nothing to parse because of the problems.
    """

    text: str
    open: bool = False
    problems: tuple[str, ...] = ()
    refused: bool = False


def normalise(text: str) -> str:
    """Unicode composed (NFC), quotation marks made plain, backslashes made spaces: none of them ever counts."""
    return unicodedata.normalize("NFC", text).translate(_QUOTES)


def tidy(text: str, *, typing: bool) -> Tidied:
    """A reader's words as the parser takes them; while ``typing``, what is not finished yet is no mistake."""
    if len(text) > LONGEST:
        return _refused(f"a query may be {LONGEST:,} characters long, this one has {len(text):,}")
    scan = _Scan(normalise(text), typing)
    try:
        scan.run()
    except _TooDeepError:
        return _refused(f"brackets may be nested {DEEPEST} deep at most")
    return Tidied(scan.close_all(), scan.open, tuple(dict.fromkeys(scan.problems)))


def _refused(why: str) -> Tidied:
    return Tidied("", problems=(why,), refused=True)


class _TooDeepError(Exception):
    """Brackets in brackets in brackets …"""


class _Scan:
    """One walk along a query, from left to right."""

    def __init__(self, text: str, typing: bool) -> None:
        self.text = text
        self.typing = typing
        self.at = 0
        self.open = False
        self.problems: list[str] = []
        self.frames = [Frame("", "", [])]

    def run(self) -> None:
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign.isspace():
                self.at += 1
            elif sign == ")":
                self.at += 1
                if len(self.frames) > 1:
                    self.close()
            else:
                self.clause()

    def take(self, pattern: str, begins: str = "") -> re.Match[str] | None:
        """Step over what a pattern matches here; ``begins`` are the characters it can begin with, "" for any."""
        if begins and self.text[self.at] not in begins:
            return None
        found = re.compile(pattern).match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def clause(self) -> None:
        """A sign, a field, and what they stand before."""
        sign = ""
        if signs := self.take(r"[+-]+", "+-"):
            sign = signs[0] if len(signs[0]) == 1 else ""  # two are a dash
            if self.at == len(self.text) or self.text[self.at].isspace():
                return
        before = self.at
        name = ""
        if ":" in self.text and (found := self.take(_FIELD)):
            name = found[1].lower() if found[1].lower() in FIELDS else found[1]
            if name not in FIELDS and not re.compile(_HELD).match(self.text, self.at):
                name = ""
            elif self.value(sign, f"{name}:"):
                return
            else:
                name = ""
            self.at = before
        if not self.value(sign, "") and self.at == before:
            self.at += 1  # a sign that means nothing here

    def value(self, sign: str, name: str) -> bool:
        """What a field holds, or a word or phrase of its own; False where there is nothing that could be looked for."""
        if self.take(r"\(", "("):
            if len(self.frames) > DEEPEST:
                raise _TooDeepError
            self.frames.append(Frame(sign, name, []))
            return True
        if found := self.take(_PHRASE, '"'):
            return self.phrase(found[1], bool(found[2]), sign, name)
        if found := self.take(_QUOTED, "'"):
            return self.phrase(found[1], True, sign, name)
        if found := self.take(_STAR, "*"):
            return self.add(f"{name}*", sign)
        if found := self.take(_RANGE, "[{"):
            first, last = (_bound(found[n]) for n in (2, 3))
            return self.add(f"{name}{found[1]}{first} TO {last}{found[4]}", sign)
        if name and (found := self.take(_OPEN_RANGE, "[{")):
            if not self.typing:
                self.problems.append("a range is written with both its ends: [2024-08 TO 2025]")
            first, last = (_so_far(found[n] or "") for n in (1, 2))
            return (first, last) == ("*", "*") or self.add(f"{name}[{first} TO {last}]", sign)
        if name and (found := self.take(_SET, "I")):
            return self.any_of(found[1], sign, name)
        within = name or self.frames[-1].field
        if within and (found := self.take(_COMPARED, "<>")):
            value = self.date(found[2]) if within == "date:" else found[2]
            return not _core(value) or self.add(f"{name}{found[1]}{_bound(value)}", sign)
        if found := self.take(_WORD):
            return self.word(found[0], sign, name)
        return False

    def add(self, text: str, sign: str) -> bool:
        boost = self.take(_BOOST, "^") if self.at < len(self.text) else None
        self.frames[-1].atoms.append(Atom(text + (boost[0] if boost else ""), sign))
        return True

    def phrase(self, words: str, closed: bool, sign: str, name: str) -> bool:
        if not _core(words):
            return True
        if not closed and not self.typing:
            self.problems.append("a quotation mark is not closed")
        self.open = self.typing and not closed and not words[-1].isspace()
        after = self.take(_AFTER_PHRASE) if closed else None
        words = " ".join(words.replace('"', " ").split())
        meant = after[0] if after else ""
        if len(meant) > 1 and meant.endswith("*"):  # the parser knows only one of them
            meant = meant[:-1]
            self.problems.append(f"a phrase has {meant} or * after it, not both; the * is left out")
        return self.add(f'{name}"{words}"{meant}', sign)

    def any_of(self, elements: str, sign: str, name: str) -> bool:
        words = [" ".join(e.replace('"', " ").split()) for e in re.findall(_ELEMENT, elements) if _core(e)]
        alternatives = " OR ".join(f'"{w}"' for w in words)
        return not words or self.add(f"{name}({alternatives})", sign)

    def word(self, text: str, sign: str, name: str) -> bool:
        boost = re.search(_BOOST, text) if "^" in text else None
        if boost and boost.end() == len(text):
            text = text[: boost.start()]
        else:
            boost = None
        star = text.endswith("*") and text.count("*") == 1
        core = _core(re.sub(_FUZZY, "", text) if "~" in text else text)
        last = self.at == len(self.text)
        if not core:
            return False
        # An operator that begins a query says nothing; while it is all that is typed, it may become a longer word.
        begun = self.typing and last and not any(frame.atoms for frame in self.frames)
        if not name and core == text and text in ("AND", "OR", "NOT") and not begun:
            self.frames[-1].atoms.append(Atom(text, operator=True))
            return True
        field = name or self.frames[-1].field
        if field in _WHOLE and (whole := re.sub(_FUZZY, "", text).removesuffix("*" * star)) != core:
            begun = star or (self.typing and last and not boost)
            return self.add(f"{name}({_around(whole, core, begun, star)}){boost[0] if boost else ''}", sign)
        if field == "date:" and last:
            core = self.date(core)
            if not core:
                return True
        self.open = self.typing and last and core == text and not boost
        if core in ("AND", "OR", "NOT", "IN", "TO"):
            core = core.lower()  # the operators had their say above, the others only have one in brackets
        plain = re.sub(_SLASH, ".", core).translate(_SIGNS)
        if plain != core and field in _WHOLE:
            plain = f'"{core}"'  # what parts words elsewhere may belong to an id
        word = plain + ("*" if star else "") + (boost[0] if boost else "")
        self.frames[-1].atoms.append(Atom(name + word, sign))
        return True

    def date(self, value: str) -> str:
        """A date that is still being typed, as far as it is one; "" for not yet."""
        if not self.typing or self.at < len(self.text):
            return value
        so_far = _so_far(value)
        return so_far if so_far != "*" else ""

    def close(self) -> None:
        """The end of the innermost bracket."""
        frame = self.frames.pop()
        if inner := joined(frame.atoms):
            self.open = False
            self.add(f"{frame.field}({inner})", frame.sign)

    def close_all(self) -> str:
        if len(self.frames) > 1 and not self.typing:
            self.problems.append("a bracket is not closed")
        still = self.open
        while len(self.frames) > 1:
            self.close()
        self.open = still
        return joined(self.frames[0].atoms)


def _core(word: str) -> str:
    """A word without the punctuation around it; marks stay, they are part of letters."""
    first, last = 0, len(word)
    while first < last and unicodedata.category(word[first])[0] in "PSZC":
        first += 1
    while first < last and unicodedata.category(word[last - 1])[0] in "PSZC":
        last -= 1
    return word[first:last]


def _around(whole: str, core: str, begun: bool, star: bool) -> str:
    """An id with signs around it, which may be its own, or a reader's comma behind it: it, or what of it may be meant.

    ``begun``: it may go on; with a ``star`` that is all that is meant.
    """
    first = f'"{whole}"{"*" * begun}'
    without_end = whole[: whole.index(core) + len(core)]
    others = dict.fromkeys(one for one in (whole[:-1], without_end, core) if core in one and one != whole)
    return first if star else " OR ".join([first, *(f'"{one}"' for one in others)])


def _bound(value: str) -> str:
    return re.sub(_NOT_OF_A_BOUND, "", value) or "*"


def _so_far(value: str) -> str:
    """What is complete of a date that is still being typed, “*” for nothing yet; what cannot become one stays."""
    begun = re.fullmatch(_DATE_BEGUN, value)
    return (begun[1] or "*") if begun else _bound(value)
