"""What is copied with a citation: the speaker's own words, or the coders', said to be theirs."""

from __future__ import annotations

import pytest

from zeroline.tui import citation


@pytest.mark.parametrize(
    ("excerpt", "paraphrase", "attribution", "before"),
    [
        ("keep it", "He would keep it.", "direct", "“keep it” "),
        ("", "He would\nkeep it.", "direct", "[Paraphrase by the coders:] He would keep it. "),
        ("kept", "He would keep it.", "reported", "[Paraphrase by the coders:] He would keep it. "),
        ("kept", "", "reported", "… kept … "),
        ("", "", "reported", ""),
    ],
)
def test_words_stand_before_a_citation_as_what_they_are(
    excerpt: str, paraphrase: str, attribution: str, before: str
) -> None:
    assert citation._said(excerpt, paraphrase, attribution) == before
