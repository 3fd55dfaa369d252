"""One source of a corpus as it is shown: its statements, how they stand, its shape where its text is not at hand."""

from __future__ import annotations

import msgspec

from zeroline.sources.model import Anchored, Copy


class Said(msgspec.Struct, frozen=True, gc=False):
    """A statement as the skeleton of its source has it; ``start`` and ``end`` are of the text that was coded."""

    id: str
    speaker: str
    attribution: str
    paragraph: int | None
    start: int
    end: int
    excerpt: str
    sha256: str = ""


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of a source that is not attached: its number, its heading if it is one, who speaks in it."""

    number: int
    heading: str
    statements: list[Said]


class View(msgspec.Struct):
    """One source. ``copy`` is None where none is attached; ``trouble`` says why one that is cannot be used.

    ``paragraphs`` is how many the text coded has, None where that is not known; ``sections`` are its headings, each
    with its paragraph. ``said`` and ``anchored`` have the same statements in the same order;
    ``more`` is how many statements are in neither, all of them without a source for want of a copy or of room.
    """

    id: str
    title: str
    paragraphs: int | None
    sections: list[tuple[int, str]]
    said: list[Said]
    anchored: list[Anchored]
    copy: Copy | None = None
    carried: str | None = None
    trouble: str = ""
    more: int = 0

    def skeleton(self) -> list[Paragraph]:
        """The source's shape without its text: every paragraph that is known to exist, in order."""
        headings = dict(self.sections)
        by_number: dict[int, list[Said]] = {}
        for said in self.said:
            by_number.setdefault(said.paragraph or 0, []).append(said)
        last = max([self.paragraphs or 0, *by_number, *headings])
        numbers = range(0 if 0 in by_number else 1, last + 1) if last <= 100_000 else sorted({*by_number, *headings})
        return [Paragraph(n, headings.get(n, ""), sorted(by_number.get(n, []), key=lambda s: s.start)) for n in numbers]
