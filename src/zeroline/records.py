"""The shapes that flow out of an index: plain dictionaries, the same for the screen, the CLI and every export.

They are what JSON Lines output holds. Made by :mod:`zeroline.index.compile` from the models of a corpus; read back
without pydantic, so that the warm path stays fast.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class SpeakerRef(TypedDict):
    """Who said it, as much as a statement needs."""

    id: str
    name: str
    callsign: str | None
    unit: str | None


class LocatorRecord(TypedDict):
    """Paragraph (from 1), start and end (0-based code points, end exclusive), SHA-256 of the passage."""

    paragraph: int
    start: int
    end: int
    sha256: str


class PositionRecord(TypedDict):
    """One stance taken: ``condition`` and ``otherwise`` are None where there is none."""

    stance: str
    force: Literal["unconditional", "conditional", "hypothetical"]
    condition: str | None
    otherwise: str | None
    certainty: Literal["high", "medium", "low"]
    basis: Literal["stated", "inferred"]
    rationale: str


class SourceRecord(TypedDict):
    """The published text; ``title`` stands in [brackets] when ``title_supplied``. ``date`` is EDTF."""

    id: str
    title: str
    title_supplied: bool
    outlet: str | None
    author: str | None
    date: str | None
    credit: str
    url: str | None


class StatementRecord(TypedDict):
    """One thing said. ``topics`` and ``places`` are ids of the codebook and the places.

    ``date`` is EDTF. ``date_of`` says whose it is: the "statement" has a date of its own, or only its "source" has one
    and it is the day of publication; None where there is no date.
    """

    kind: Literal["statement"]
    id: str
    speaker: SpeakerRef
    attribution: Literal["direct", "reported", "caption"]
    date: str | None
    date_of: Literal["statement", "source"] | None
    excerpt: str
    paraphrase: str
    locator: LocatorRecord | None
    positions: list[PositionRecord]
    topics: list[str]
    places: list[str]
    source: SourceRecord
    note: str


class FigureRecord(TypedDict):
    """A number somebody claims."""

    value: float
    unit: str
    what: str
    qualifier: str
    claimant: str
    note: str


class EventRecord(TypedDict):
    """Something dated. ``asserted_by`` is a speaker's or source's id, ``asserted_by_name`` what to show for it."""

    kind: Literal["event"]
    id: str
    date: str
    title: str
    asserted_by: str
    asserted_by_name: str
    source: SourceRecord
    paragraph: int | None
    description: str
    figures: list[FigureRecord]
    topics: list[str]
    places: list[str]
    note: str


class PlacementRecord(TypedDict):
    """Where the source places a speaker; ``place`` is None when it does not say."""

    place: str | None
    name: str | None
    note: str


class ServiceRecord(TypedDict):
    """One stage of a speaker's service."""

    unit: str
    role: str
    date: str | None
    note: str


class StanceCount(TypedDict):
    """A derived stance of a speaker: how many of their statements take it, by force."""

    stance: str
    unconditional: int
    conditional: int
    hypothetical: int


class PrimaryRecord(TypedDict):
    """The coder's explicit judgement of a main stance.

    What is given to others also says with which ``forces`` the speaker's statements take it.
    """

    stance: str
    rationale: str
    forces: NotRequired[list[str]]


class SpeakerRecord(TypedDict):
    """Somebody who is quoted or reported. ``stances`` is derived from their statements."""

    id: str
    name: str
    variants: list[str]
    callsign: str | None
    unit: str | None
    role: str | None
    kind: str
    placed: PlacementRecord | None
    service: list[ServiceRecord]
    stances: list[StanceCount]
    statements: int
    primary: PrimaryRecord | None
    no_primary: str
    note: str
    ordinal: NotRequired[int]


Item = StatementRecord | EventRecord
"""What the timeline holds and a bookmark can point at."""
