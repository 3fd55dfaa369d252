"""Signs of stances."""

from __future__ import annotations

from zeroline.text.glyphs import most_telling


    assert most_telling("▲◇▼■", "▲◇▼■", 3) == ["▲", "◇"]
    assert most_telling("▲▼■◆", "▲▼■◆", 3) == ["▲", "▼"]
    assert most_telling("▲▼◇", "▲▼◇", 3) == "▲▼◇"
