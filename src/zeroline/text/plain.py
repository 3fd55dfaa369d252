"""Text for a stream that cannot take every character: plain stand-ins for typographic marks, escapes for the rest."""

from __future__ import annotations

_STAND_INS = {
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‘": "'",
    "’": "'",
    "‚": "'",
    "–": "-",
    "—": "-",
    "−": "-",
    "…": "...",
    "·": "|",
    "•": "*",
    "¶": "par. ",
    "\u00a0": " ",
    "\u202f": " ",
}


def takes(text: str, encoding: str) -> bool:
    """Whether an encoding has all the characters of a text."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def writable(text: str, encoding: str) -> str:
    """The text as an encoding can take it: quotation marks, dashes and the like plain, what else it lacks escaped."""
    if takes(text, encoding):
        return text
    return "".join(c if takes(c, encoding) else _STAND_INS.get(c) or _escaped(c) for c in text)


def _escaped(character: str) -> str:
    return character.encode("ascii", "backslashreplace").decode("ascii")
