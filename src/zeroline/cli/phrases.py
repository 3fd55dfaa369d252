"""Small turns of phrase that several commands need."""

from __future__ import annotations

from collections.abc import Sequence

STYLES = ("plain", "chicago", "apa", "mla")
"""The styles of citations that options offer, here so that no help page loads what sets them."""


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 speaker", "1,200 speakers"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def either(words: Sequence[str]) -> str:
    """The words as a choice: "a, b or c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def shortened(word: str, most: int = 80) -> str:
    """A word as a message repeats it: one of absurd length is cut."""
    return word if len(word) <= most else f"{word[:most]}…"
