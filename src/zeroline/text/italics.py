"""Italics within a line of text: two signs that stand for no character say where they begin and end.

A style of citations sets titles in italics. What can hold them (Markdown, a web page, a document) shows them, and
everything else leaves the signs out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

BEGIN, END = "\ufdd0", "\ufdd1"
_SIGNS = str.maketrans(dict.fromkeys((BEGIN, END), ""))
_ITALIC = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}")


class Run(NamedTuple):
    """A stretch of text, in italics or not."""

    text: str
    italic: bool


def italic(text: str) -> str:
    """The text in italics; white space around it stays upright."""
    inner = text.strip()
    if not inner:
        return text
    before, _, after = text.partition(inner)
    return f"{before}{BEGIN}{without(inner)}{END}{after}"


def without(text: str) -> str:
    """The text alone."""
    return text.translate(_SIGNS)


def runs(text: str) -> list[Run]:
    """The text in stretches, none of them empty."""
    parts = _ITALIC.split(text)
    found = (Run(without(part), number % 2 == 1) for number, part in enumerate(parts))
    return [run for run in found if run.text]
