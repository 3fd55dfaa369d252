"""Folding: everything a reader takes for the same word becomes the same, and stays so."""

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zeroline.text.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("𝐁𝐨𝐥𝐝", "bold"),
        ("Brand™", "brandtm"),
        ("Ⅷ ℡ ㎯", "viii tel rad∕s2"),
        ("Ａｄａ", "ada"),
        ("Écrin Żagiel Ёлка", "ecrin zagiel елка"),
        ("Straße ﬁrm", "strasse firm"),
        ("ΑΣ ας", "ασ ασ"),
        ("", ""),
    ],
)
def test_what_looks_the_same_is_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


def _plain(letter: str) -> bool:
    """A letter without case or other guise, as all but few of the signs and syllables of East Asia are."""
    return letter.casefold() == letter and not unicodedata.decomposition(letter)


def test_no_letter_is_folded_further() -> None:
    """Every character there is: once folded nothing is left to fold, and its capital comes out as it does."""
    for number in range(sys.maxunicode + 1):
        letter = chr(number)
        if unicodedata.category(letter) in ("Cn", "Co", "Cs") or (
            number > 0x3400 and letter.isalpha() and _plain(letter)
        ):
            continue
        once = fold(letter)
        assert once == once.casefold()
        assert fold(once) == once


@given(st.text())
@example("İ\u0345ᾳ̈ΐ ﬀ᪽")
@example("𝐀\u0301")
@example("\u1100\u1161\u11a8 각 \u212b")
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert fold(text.casefold()) == once
