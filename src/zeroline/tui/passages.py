"""A statement's passage as the statement pane shows it: its standing, its paragraph, which copy it is in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from zeroline.sources.attached import Attached
from zeroline.sources.errors import SourceError
from zeroline.sources.model import STATES, Anchored, Copy

AROUND = 1_200
"""The most characters shown on each side of a passage; a paragraph that is longer is cut there."""

LONGEST = 20_000
"""The most characters of a passage shown beside the lists; the reader shows all."""


class Passage(NamedTuple):
    """``before``, ``words`` and ``after`` are its paragraph; all "" where it has no place in a copy.

    ``trouble`` says why a copy that is attached cannot be used.
    """

    anchored: Anchored
    copy: Copy | None
    before: str = ""
    words: str = ""
    after: str = ""
    trouble: str = ""

    @property
    def proven(self) -> bool:
        """Whether it is what was said: verbatim, normalised, or accepted by the reader."""
        return self.anchored.state in ("verbatim", "normalised") or verdict(self.anchored) == "accepted"


def passage_of(attached: Attached, statement: str) -> Passage | None:
    """How a statement stands; None where its source has no copy, or is not known."""
    view = attached.view_of(statement)
    if view is None or view.copy is None:
        return None
    anchored = attached.of(statement)
    if view.trouble:
        return Passage(anchored, view.copy, trouble=view.trouble)
    try:
        found = attached.in_paragraph(statement)
    except SourceError as error:
        return Passage(anchored, view.copy, trouble=str(error))
    if found is None or anchored.state == "orphan":  # a proposal that was refused still has its place
        return Passage(anchored, view.copy)
    text, start, end = found
    before, words, after = (flowing(part) for part in (text[:start], text[start:end], text[end:]))
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    if len(words) > LONGEST:
        words = words[:LONGEST].rpartition(" ")[0] + " … (o shows all)"
    return Passage(anchored, view.copy, before, words, after)


def verdict(anchored: Anchored) -> str:
    """What the reader decided: accepted, refused or ""."""
    decision = anchored.proposal.decision if anchored.proposal else None
    return decision.verdict if decision else ""


def flowing(text: str) -> str:
    """A text to be wrapped anew: line ends inside a paragraph are spaces, between paragraphs a blank line."""
    return re.sub(r"[^\S\n]*\n\s*", lambda m: "\n\n" if m[0].count("\n") > 1 else " ", text).replace("\t", " ")


def copy_name(copy: Copy) -> str:
    """What to call a copy on the screen: “your copy (notes.txt)”, or the corpus's own text."""
    if copy.kind == "carried":
        return f"the corpus’s own text ({copy.file})"
    name = copy.url or copy.file
    return f"your copy ({name})" if name else "your copy"


def standing_words(anchored: Iterable[Anchored]) -> str:
    """How statements stand, counted: “48 verbatim, 3 normalised, 1 proposed”; "" of none."""
    counts = Counter(it.state for it in anchored)
    return ", ".join(f"{counts[state]:,} {_PLURAL.get(state, state)}" for state in STATES if counts[state])


_PLURAL = {"orphan": "not found", "no source": "with nothing attached"}
