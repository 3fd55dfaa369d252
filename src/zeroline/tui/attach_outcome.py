"""What came of attaching a copy, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from zeroline.sources.model import SIGNS, STATES
from zeroline.text.safe import one_line
from zeroline.tui.copies_worker import Told
from zeroline.tui.detail_parts import Part, blank
from zeroline.tui.drawing import safe_text
from zeroline.tui.passages import standing_words
from zeroline.tui.theme import Look

if TYPE_CHECKING:
    from zeroline.sources.attaching import Outcome

LISTED = 200
"""The most statements named that a reader should look at."""

_MEANS = {
    "verbatim": "its passage is there, character for character",
    "normalised": "its words are; spaces, hyphens or kinds of signs differ",
    "proposed": "something near it is, or its words among others: d on it shows the difference, to accept or refuse",
    "orphan": "nothing near it is, or several places alike are",
    "no source": "nothing is attached",
}


def outcome_words(outcome: Outcome, name: str) -> str:
    """On one line: “notes.txt attached: 48 verbatim, 3 normalised, 1 proposed”."""
    counts = standing_words(outcome.anchored) or "no statement is of this source"
    return f"{one_line(name)} attached: {counts}"


def outcome_parts(told: Told, name: str, look: Look) -> Iterator[Part]:
    """The same at length, with what deserves a look."""
    outcome = told.outcome
    if outcome is None:
        return
    yield Part(safe_text(outcome_words(outcome, name), look.strong))
    if outcome.replaced is not None:
        before = outcome.replaced.url or outcome.replaced.file or "the copy before"
        yield Part(safe_text(f"in the place of {one_line(before)}", look.dim))
    for note in told.notes:  # what the command line has an option against stands behind the semicolon
        yield Part(safe_text(note.partition(";")[0], look.warning))
    yield blank()
    counts = Counter(it.state for it in outcome.anchored)
    styles = {"verbatim": look.ok, "normalised": look.ok, "proposed": look.warning, "orphan": look.error}
    for state in STATES:
        if counts[state]:
            text = Text(f"{counts[state]:,} {state}", look.text).append(f": {_MEANS[state]}", look.dim)
            yield Part(text, lead=Text(f"{SIGNS[state]} ", styles.get(state, look.dim)))
    unsure = [it for it in outcome.anchored if it.state in ("proposed", "orphan")]
    if unsure:
        yield blank()
        yield Part(Text("To look at", look.heading))
    for it in unsure[:LISTED]:
        said = told.attached.said(it.id) if told.attached is not None else None
        words = f"{said.speaker}: {said.excerpt}" if said else it.id
        yield Part(safe_text(words, look.text), lead=Text(f"{SIGNS[it.state]} ", styles[it.state]))
        if it.why:
            yield Part(safe_text(it.why, look.dim), indent=2)
    if len(unsure) > LISTED:
        yield Part(Text(f"… and {len(unsure) - LISTED:,} more: zeroline verify names all", look.dim))
