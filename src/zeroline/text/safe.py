"""What may reach a terminal: control, bidi and tag characters are shown visibly, never sent.

Stored text is kept as it is; every way out to a terminal passes it through :func:`visible`. Files are never passed
through here.
"""

from __future__ import annotations

import re

# C0 but tab and newline; DEL and C1; bidi marks, embeddings, overrides and isolates; line and paragraph separators;
# other invisible format characters and letters (fillers); interlinear annotation; shorthand and musical
# format controls; tag characters and the variation selectors beside them, which can smuggle whole texts; lone
# surrogates, which no encoder takes. The zero-width joiner and non-joiner stay: Persian and emoji are spelt with them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ud800-\udfff]"
)


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"⟨U+{code:04X}⟩"


def visible(text: str) -> str:
    """The text with every character a terminal might act on replaced by a sign for it; newline and tab stay."""
    return _UNSAFE.sub(_shown, text)


def one_line(text: str) -> str:
    """The text made visible on one line: runs of white space become one space."""
    if text.isascii() and text.isprintable() and "  " not in text:  # as most is: nothing to replace, nothing to join
        return text.strip()
    # Made visible first: Python takes some control characters for white space, and would drop them unseen.
    return " ".join(visible(text.replace("\r\n", "\n")).split())
