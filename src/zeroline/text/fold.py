"""Words as they are compared: in lower case, without diacritics and ligatures. One rule for index, query and screen."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """The text folded; its words stay words, so that cutting it gives what cutting the text gives, folded."""
    if text.isascii():
        return text.lower()
    plain = _stripped(text.casefold())
    while (folded := plain.casefold()) != plain:  # what was a letter in another guise may be a capital once it is plain
        plain = _stripped(folded)
    return plain


def _stripped(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
