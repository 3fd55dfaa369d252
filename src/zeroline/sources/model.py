"""What comes out of anchoring: for each statement where its passage stands in a copy, and how sure that is.

Plain msgspec structs: they are kept as JSON between runs and read back without pydantic. Offsets are 0-based code
points of the copy's text, end exclusive.
"""

from __future__ import annotations

from typing import Literal

import msgspec

State = Literal["verbatim", "normalised", "proposed", "orphan", "no source"]
STATES: tuple[State, ...] = ("verbatim", "normalised", "proposed", "orphan", "no source")
SIGNS: dict[str, str] = {"verbatim": "✓", "normalised": "≈", "proposed": "?", "orphan": "✗", "no source": "·"}
"""The sign of each state."""

Verdict = Literal["accepted", "refused"]

Kind = Literal["same", "changed", "added", "missing", "unsure", "signs"]


class Part(msgspec.Struct, frozen=True, gc=False):
    """A piece of the difference between a passage and the place proposed for it.

    ``start`` to ``end`` is the copy's wording; ``theirs`` is what the corpus's text has there, None where the corpus
    does not carry it. ``same``: nothing differs. ``changed``: these words stand for others. ``added``: the corpus's
    text does not have them. ``missing``: something is left out here (``start`` is ``end``). ``unsure``: at least one
    of these words is not the corpus's, and which cannot be told. ``signs``: all the words are the same; capitals or
    signs (commas, brackets …) among them differ.
    """

    kind: Kind
    start: int
    end: int
    theirs: str | None = None


class Decision(msgspec.Struct, frozen=True):
    """What a reader decided on a proposal. ``at`` is an ISO 8601 moment in UTC.

    ``passage`` is the SHA-256 of the passage looked for, ``found`` that of the wording proposed, with the words beside
    it where they are not those of the text coded: a decision holds for these two, whatever copy they stand in.
    """

    corpus: str
    statement: str
    passage: str
    found: str
    verdict: Verdict
    by: str
    at: str


Sure = Literal["verbatim", "normalised"]


class Proposal(msgspec.Struct):
    """A place that is nearly the passage. ``similarity`` and ``margin`` (over the next best place) are from 0 to 1.

    ``only`` says that there is no next best place. ``before`` and ``after`` are the parts of the difference beside it,
    on a side where other words stand than around the passage. ``words`` is set where nothing else keeps it from being
    sure: what the statement is once that is accepted.
    """

    similarity: float
    margin: float
    parts: list[Part]
    found: str
    decision: Decision | None = None
    only: bool = False
    before: list[Part] = []
    after: list[Part] = []
    words: Sure | None = None

    @property
    def ahead(self) -> str:
        """How much better it is than the next best place, in words."""
        if self.only:
            return "no other place is near"
        return f"{100 * self.margin:.0f} points ahead of the next best place"


class Anchored(msgspec.Struct):
    """One statement in a copy. ``start`` and ``end`` are -1, and ``paragraph`` None, where there is no place for it.

    ``why`` says in words how it was found, or why not. A proposal that was refused is an orphan, and keeps its
    ``proposal``.
    """

    id: str
    state: State
    start: int = -1
    end: int = -1
    paragraph: int | None = None
    why: str = ""
    proposal: Proposal | None = None


class Copy(msgspec.Struct, frozen=True):
    """A text in which passages are found. ``kind``: text, markdown, html, docx, pdf; "carried" is the corpus's own.

    ``file`` is the name it was attached from (or its address, ``url``), ``attached`` an ISO 8601 moment in UTC;
    ``sha256`` and ``characters`` are of the text as it is kept.
    """

    corpus: str
    source: str
    sha256: str
    characters: int
    paragraphs: int
    kind: str
    file: str = ""
    url: str = ""
    attached: str = ""
