"""The words of a corpus as pydantic models: one class for each table of the TOML files.

What all tables are made of is in :mod:`zeroline.corpus.base`, the table that finds passages in a copy in
:mod:`zeroline.corpus.anchor`. Cross-references between tables are checked in :mod:`zeroline.corpus.check`; dates are
EDTF and checked in :mod:`zeroline.text.dates`. The corpus format is described in the README.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from zeroline.corpus.anchor import Anchor
from zeroline.corpus.base import Count, Id, Line, Record, Sha256

EXCERPT_WORDS = 10
"""The most words an excerpt may have: a phrase, never a sentence of the source."""

Shape = Literal["up", "diamond", "down", "square", "right", "left", "hexagon", "pentagon", "circle"]
Colour = Literal["sky", "orange", "purple", "green", "yellow", "blue", "vermillion", "grey"]
Attribution = Literal["direct", "reported", "caption"]
Force = Literal["unconditional", "conditional", "hypothetical"]
Certainty = Literal["high", "medium", "low"]
Basis = Literal["stated", "inferred"]


class Corpus(Record):
    """The study as a whole: the ``[corpus]`` table of ``corpus.toml``."""

    format: Literal[1] = 1
    id: Id
    title: Line
    question: str = ""
    version: Line
    language: str = "en"
    description: str = ""
    licence: str = ""
    coded_by: str = ""


class Stance(Record):
    """A stance of the codebook: ``[[stance]]``. ``key`` is the number key that filters by it."""

    id: Id
    label: Line
    key: int | None = Field(default=None, ge=1, le=9)
    shape: Shape | None = None
    colour: Colour | None = None
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Topic(Record):
    """A topic of the codebook: ``[[topic]]``."""

    id: Id
    label: Line
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Kind(Record):
    """A kind of speaker: ``[[kind]]``. ``label`` is the plural that heads the group in the speaker list."""

    id: Id
    label: Line
    definition: str = ""


class Section(Record):
    """A heading that structures a source; ``heading`` is as printed, without quotation marks."""

    id: Id
    heading: Line
    paragraph: Count
    note: str = ""


class Source(Record):
    """A published text: ``[[source]]``.

    ``title`` stands in [brackets] when ``title_supplied`` (by the coders, the text having none). ``text`` names a file
    in the corpus's ``sources`` folder; a *detached* source has none and is known by ``sha256``, ``characters`` (code
    points) and ``normalisation`` alone.
    """

    id: Id
    title: Line
    title_supplied: bool = False
    outlet: str | None = None
    author: str | None = None
    date: str | None = None
    credit: str = ""
    language: str = "en"
    url: str | None = None
    text: str | None = None
    sha256: Sha256 | None = None
    characters: Count | None = None
    paragraphs: Count | None = None
    normalisation: str = ""
    section: tuple[Section, ...] = ()
    note: str = ""


class Place(Record):
    """Somewhere named: ``[[place]]``. Coordinates are WGS 84 degrees; ``precision`` says how near they are."""

    id: Id
    name: Line
    variants: tuple[str, ...] = ()
    kind: str = ""
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    precision: str = ""
    within: Id | None = None
    note: str = ""


class Placement(Record):
    """Where a source places a speaker. ``place`` is absent when it does not say; then ``note`` says so."""

    place: Id | None = None
    note: Line


class Service(Record):
    """One stage of a speaker's service, as far as the source tells it."""

    unit: str = ""
    role: str = ""
    date: str | None = None
    note: str = ""


class Primary(Record):
    """The coder's explicit judgement of a speaker's main stance."""

    stance: Id
    rationale: Line


class Speaker(Record):
    """Somebody who is quoted or reported: ``[[speaker]]``.

    Stances are derived from the statements, never written here. ``primary`` is left out where a fair coder would not
    name one; ``no_primary`` may say why.
    """

    id: Id
    name: Line
    variants: tuple[str, ...] = ()
    callsign: str | None = None
    unit: str | None = None
    role: str | None = None
    kind: Id = "speaker"
    placed: Placement | None = None
    service: tuple[Service, ...] = ()
    primary: Primary | None = None
    no_primary: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _one_judgement(self) -> Self:
        if self.primary and self.no_primary:
            raise ValueError("a speaker has either `primary` or `no_primary`, not both")
        return self


class Person(Record):
    """Somebody pictured or only named, who says nothing: ``[[person]]``."""

    id: Id
    name: Line
    variants: tuple[str, ...] = ()
    role: str = ""
    source: Id
    paragraph: Count
    how: Literal["pictured", "named"]
    note: str = ""


class Locator(Record):
    """Where a passage stands in its source.

    ``paragraph`` counts from 1, paragraphs being parted by blank lines; ``start`` and ``end`` are 0-based code points
    of the normalised text, end exclusive; ``sha256`` is of ``text[start:end]`` in UTF-8.
    """

    paragraph: Count
    start: int = Field(ge=0, le=1_000_000_000)
    end: Count
    sha256: Sha256

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"`end` ({self.end}) must be greater than `start` ({self.start})")
        return self


class Position(Record):
    """One stance taken in a statement, and how firmly.

    ``condition`` is the proviso the stance hangs on, in the coder's words; ``otherwise`` the stance taken should it
    fail. Both belong only to a position that is not unconditional.
    """

    stance: Id
    force: Force
    condition: str | None = None
    otherwise: Id | None = None
    certainty: Certainty
    basis: Basis
    rationale: Line

    @model_validator(mode="after")
    def _condition_fits_force(self) -> Self:
        if self.force == "conditional" and not self.condition:
            raise ValueError("a conditional position needs its `condition`")
        if self.force == "unconditional" and (self.condition or self.otherwise):
            raise ValueError("an unconditional position has no `condition` and no `otherwise`")
        return self


class Statement(Record):
    """One thing said: ``[[statement]]``. Without a ``date`` it has its source's."""

    id: Id
    speaker: Id
    source: Id
    attribution: Attribution
    date: str | None = None
    locator: Locator | None = None
    excerpt: str = ""
    paraphrase: Line
    positions: tuple[Position, ...] = ()
    topics: tuple[Id, ...] = ()
    places: tuple[Id, ...] = ()
    note: str = ""

    @field_validator("positions")
    @classmethod
    def _one_position_a_stance_and_force(cls, positions: tuple[Position, ...]) -> tuple[Position, ...]:
        seen = [(p.stance, p.force, p.condition) for p in positions]
        for place, key in enumerate(seen):
            if key in seen[:place]:
                raise ValueError(f"the position {key[0]!r} ({key[1]}) stands twice")
        return positions


class Figure(Record):
    """A number somebody claims. ``qualifier`` is how exact it is: "nearly", "at least", "" for a plain number."""

    value: float
    unit: Line
    what: str = ""
    qualifier: str = ""
    claimant: Line
    note: str = ""


class Event(Record):
    """Something dated: ``[[event]]``. ``asserted_by`` is the id of a speaker or a source."""

    id: Id
    date: Line
    title: Line
    asserted_by: Id
    source: Id
    paragraph: Count | None = None
    description: str = ""
    figures: tuple[Figure, ...] = ()
    topics: tuple[Id, ...] = ()
    places: tuple[Id, ...] = ()
    note: str = ""


class Study(Record):
    """A whole corpus, loaded: every table of every file of its folder, in the order written."""

    corpus: Corpus
    stance: tuple[Stance, ...] = ()
    topic: tuple[Topic, ...] = ()
    kind: tuple[Kind, ...] = ()
    source: tuple[Source, ...] = ()
    place: tuple[Place, ...] = ()
    speaker: tuple[Speaker, ...] = ()
    person: tuple[Person, ...] = ()
    statement: tuple[Statement, ...] = ()
    anchor: tuple[Anchor, ...] = ()
    event: tuple[Event, ...] = ()
