"""Text for files that cannot hold every character: signs for control characters, everything else as it is."""

from __future__ import annotations

import re

# What neither HTML nor XML 1.0 can hold: C0 but tab and line ends, DEL and C1 (HTML), two non-characters (XML).
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def _sign(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"⟨U+{code:04X}⟩"


def holdable(text: str) -> str:
    """The text with a sign for every control character; line ends are line feeds."""
    return _UNHOLDABLE.sub(_sign, text.replace("\r\n", "\n").replace("\r", "\n"))
