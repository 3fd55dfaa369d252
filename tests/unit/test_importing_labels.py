"""What labels and cells say by themselves."""

from __future__ import annotations

import pytest

from zeroline.importing.labels import bare, condition_in, folded


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("(None.)", "none"), ("#N/A", "n/a"), ("\u200b NONE \ufeff", "none"), ("- none -", "none"),
        ("“No stance”", "no stance"),
        ("-", "-"), ("–", "–"), ("!!", "!!"), ("", ""), ("\u200b", ""), ("-1", "-1"), ("pro-", "pro-"),
        ("pro+", "pro+"),        ("+", "+"), ("…none…", "none"), ("за!", "за"), ("n.a.", "n.a"),
    ],
)  # fmt: skip
def test_labels_without_the_punctuation_around_them(label: str, found: str) -> None:
    assert bare(label) == found


def test_zero_width_characters_within_a_word_stay() -> None:
    assert folded("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("NA", None),
        ("No.", None),
        ("", None),
        ("0", None),
        ("Yes!", ""),
        ("1", ""),
        ("-1", "-1"),
        ("they pay", "they pay"),
        ("no rain", "no rain"),
    ],
)
def test_what_a_cell_says_of_a_condition(cell: str, told: str | None) -> None:
    assert condition_in(cell) == told
