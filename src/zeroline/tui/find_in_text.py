"""Finding words in a text, however it is wrapped."""

from __future__ import annotations

import re


def find_words(text: str, words: str, start: int) -> tuple[tuple[int, int] | None, bool]:
    """Where words stand from ``start`` on, else from the beginning on (then the second value is true).

    Case does not matter, nor does the white space between the words, line ends among it.

    >>> find_words("Mend the\nBridge", "the bridge", 0)
    ((5, 15), False)
    """
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    found = pattern.search(text, start)
    again = found is None and start > 0
    if again:
        found = pattern.search(text)
    return (found.span() if found else None), again and found is not None
