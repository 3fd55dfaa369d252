"""Words as they are compared: in lower case, without diacritics and ligatures. One rule for index, query and screen."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """The text folded; its words stay words, so that cutting it gives what cutting the text gives, folded."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
