"""An entry as a page or a document lays it out: the same blocks, in the same order, for both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zeroline.export.entries import Entry, locator_words
from zeroline.text.cite import speaker_words
from zeroline.text.glyphs import glyph, is_filled

_SOURCE = "Source"
SIGNS = "A filled sign (▲) means without a condition, a hollow one (△) only under a condition or as a hypothesis."
"""What the signs mean, for the head of a page."""


@dataclass(frozen=True, slots=True)
class Position:
    """A position in words with its sign, its stance's label, and the coders' reason for it."""

    sign: str
    stance: str
    words: str
    reason: str


def quotation(entry: Entry) -> str:
    """The passage where it is proven, else the excerpt; quotation marks stand only around the speaker's own words.

    A passage that has quotation marks itself gets no others: there may be words of its author beside them.
    """
    if entry.passage and any(sign in entry.passage for sign in '“”"„«»'):
        return entry.passage
    excerpt = entry.passage or entry.excerpt.strip()
    return f"“{excerpt}”" if excerpt and entry.attribution == "direct" else excerpt


def who(entry: Entry) -> tuple[str, str]:
    """Who said it or what happened, and what is to be known of it: how it comes to us, when."""
    if entry.item is None:
        return entry.id.strip() or "unnamed", f"corpus {entry.corpus}; its record was not saved with the bookmark"
    if entry.speaker is None:
        return entry.title.strip() or "unnamed", f"{entry.date_words}; asserted by {entry.asserted_by}"
    name = speaker_words({**entry.speaker, "unit": None}).strip() or "unnamed"
    return name, ", ".join(part for part in (entry.speaker["unit"], entry.said, entry.date_words) if part)


def positions(entry: Entry) -> Iterator[Position]:
    """The positions; a hollow sign for one that hangs on something."""
    for words, record in zip(entry.positions, entry.position_records, strict=True):
        # A bookmark of before shapes were saved with it gets squares.
        sign = glyph(entry.shapes.get(record["stance"], "square"), is_filled(record))
        yield Position(sign, entry.labels.get(record["stance"], record["stance"]), words, record["rationale"].strip())


def figures(entry: Entry) -> Iterator[tuple[str, str]]:
    """Figures in words, each with the coders' note on it, "" for none."""
    if entry.item is not None and entry.item["kind"] == "event":
        for words, figure in zip(entry.figures, entry.item["figures"], strict=True):
            yield words, figure["note"].strip()


def fields(entry: Entry) -> Iterator[tuple[str, str]]:
    """Everything else, each with what it is; what there is not is left out."""
    named = {
        "Paraphrase" if entry.kind == "statement" else "Description": entry.paraphrase,
        "Passage": entry.passage_copy,
        "Coders’ note": entry.coders_note,
        "Topics": ", ".join(entry.topics.values()),
        "Places": ", ".join(entry.places.values()),
        "Note": entry.note,
        "Tags": ", ".join(entry.tags),
        "Collections": ", ".join(entry.collections),
        _SOURCE: entry.citation,
        "Locator": locator_words(entry),
        "Bookmarked": f"{entry.added} ({entry.corpus}/{entry.id})" if entry.added else f"{entry.corpus}/{entry.id}",
    }
    yield from ((label, text.strip()) for label, text in named.items() if text.strip())


def is_citation(label: str) -> bool:
    """Whether a field is the citation, of which :func:`zeroline.export.entries.citation_runs` knows the italics."""
    return label == _SOURCE


def takes_no_position(entry: Entry) -> bool:
    """Whether it is a statement without a position: that is said, so that nobody takes it for a gap."""
    return entry.kind == "statement" and entry.item is not None and not entry.positions
