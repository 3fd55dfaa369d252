"""What is copied of a statement or an event: the speaker's own words, where they are, and the citation."""

from __future__ import annotations

import os
from datetime import date

from zeroline.index.summary import Summary
from zeroline.records import Item

VARIABLE = "ZEROLINE_STYLE"
"""The environment variable that names the style of citations to begin with."""


def first_style() -> str:
    """The style that the environment names; plain where it names none that is known."""
    from zeroline.text.styles import PLAIN, STYLES

    named = os.environ.get(VARIABLE, "").strip().lower()
    return named if named in STYLES else PLAIN


def next_style(style: str) -> str:
    """The style after this one, round and round."""
    from zeroline.text.styles import STYLES

    names = list(STYLES)
    return names[(names.index(style) + 1) % len(names)]


def cited(item: Item, about: Summary, style: str, today: date) -> str:
    """The words to copy: cited as accessed today, since the reader has the record before them.

    Raises :class:`zeroline.text.styles.StyleError`. The first citation in a style of the guides takes a while.
    """
    from zeroline.text.styles import cite

    words = cite(
        item, style, corpus_title=about.title, corpus_version=about.version, corpus_id=about.id, accessed=today
    )
    if item["kind"] == "statement" and item["excerpt"] and item["attribution"] == "direct":
        return f"“{item['excerpt']}” {words}"
    return words
