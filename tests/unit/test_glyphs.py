"""Signs of stances."""

from __future__ import annotations

from zeroline.text.glyphs import most_telling


def test_where_not_all_signs_show_a_hollow_one_does():
    assert most_telling("▲▼◇■", "▲▼◇■", 3) == ["▲", "◇"]
    assert most_telling("▲◇▼■", "▲◇▼■", 3) == ["▲", "◇"]
    assert most_telling("▲▼■◆", "▲▼■◆", 3) == ["▲", "▼"]
    assert most_telling("▲▼◇", "▲▼◇", 3) == "▲▼◇"
