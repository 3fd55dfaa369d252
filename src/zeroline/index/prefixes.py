"""How words begin: their first two letters are a term of their own.

What is typed first is a letter or two, which much of a large corpus has a word with. Gathered from all such words those
searches would take longest of all; as a term a beginning of two letters is the quickest, and how often it stands is
known. That of one letter is all that begin so. From the third letter on the words themselves are few enough.
"""

from __future__ import annotations

from zeroline.index.schema import words_analyzer

LETTERS = 2
"""Beginnings of so many letters are terms; so is a word of one."""

FEW = 64
"""So many terms are looked up one by one; more are gathered first."""

_analyze = words_analyzer().analyze
_BLANKED = bytes(code if code < 128 and chr(code).isalnum() else ord(" ") for code in range(256))
"""What stands between words of plain text made blank: bytes are cut in a fifth of the time that text takes."""

_MARK, _BETWEEN, _GONE = 0x20, 0x10, 0
"""A bit that all digits and small letters have; what stands between words, which has not; a letter that is cut off."""

_MARKED = bytes(c if chr(c) == "\n" or (c < 128 and chr(c).isalnum()) else _BETWEEN for c in range(256))
_UNMARKED = bytes(ord(" ") if c == _BETWEEN else c for c in range(256))


def begins(text: str) -> str:
    """How the words of a folded text begin, with a space before each: some may stand twice."""
    if text.isascii():
        return " " + b" ".join([word[:2] for word in text.encode().translate(_BLANKED).split()]).decode()
    return " " + " ".join([word[:2] for word in _analyze(text)])


def begins_of_lines(text: str) -> list[str]:
    """As :func:`begins`, of each line of a folded text that is all ASCII.

    Most of a large corpus is such, and to cut its millions of words one by one took a tenth of all compiling. So the
    text is taken as one number, and what all its words have from their third letter on is struck out in a few sums: a
    letter is, where the two before it are letters as well.
    """
    raw = text.encode().translate(_MARKED)
    number = int.from_bytes(raw, "little")
    letters = number & int.from_bytes(bytes([_MARK]) * len(raw), "little")
    third = letters & letters << 8 & letters << 16
    third = (third << 2) - (third >> 5)  # of each byte with the mark all bits but the highest, which ASCII has not
    cut = (number & ~third).to_bytes(len(raw), "little").translate(_UNMARKED, bytes([_GONE]))
    return [f" {line}" for line in cut.decode().split("\n")]
