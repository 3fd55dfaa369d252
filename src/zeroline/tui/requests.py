"""What the screen asks the engine, and what it answers. The engine is in engine.py, the answering in answering.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from zeroline.index.filter import Filter, Order
from zeroline.index.reader import Facets, Index, Page, Row
from zeroline.records import Item, SpeakerRecord

if TYPE_CHECKING:
    from zeroline.tui.passages import Passage

CHUNK = 64
"""Rows fetched at once: what a tall terminal shows; the next are fetched when they are about to."""

FIRST_SPEAKERS = 100
"""Speakers fetched with their counts: wherever the list stands by then, as far as it is known."""

OTHERS_MOST = 12
"""The most statements shown as “others on the same topic”."""

SPEAKERS_AT_ONCE = 500
"""In a corpus with more speakers than this the list is ordered by statements."""

HEARD_MOST = 100
"""So many of them come first, the others once the end of those is near: counting all takes twice as long."""

EVERYBODY = 65_000
"""The most speakers a list holds."""

SAID_MOST = 500
"""The most statements listed in a speaker's profile."""


class RowsRequest(NamedTuple):
    """Rows ``offset`` … ``offset + limit`` of a filter; ``keep`` is the seq of the row to keep the cursor on.

    ``begin`` puts the cursor on the first statement instead, past the events that lead up to it.
    """

    generation: int
    wanted: Filter
    order: Order = "time"
    offset: int = 0
    limit: int = CHUNK
    typing: bool = False
    keep: int | None = None
    begin: bool = False


class RowsAnswer(NamedTuple):
    """``groups`` counts matching items by heading number; ``cursor`` is the new rank of the row to keep."""

    request: RowsRequest
    page: Page
    groups: dict[int, int]
    cursor: int


class FacetsRequest(NamedTuple):
    """Ask for all counts of a filter; of a corpus with very many speakers, ``most`` of them at most."""

    generation: int
    wanted: Filter
    typing: bool = False
    most: int = HEARD_MOST


class FacetsAnswer(NamedTuple):
    """The counts, and the list of speakers: ordinals in its order, whether by count, and whether it was cut short."""

    request: FacetsRequest
    facets: Facets
    ordinals: list[int]
    by_count: bool
    cut: bool


class RestRequest(NamedTuple):
    """Ask for what is counted with rows, and the first speakers of the list: ``speakers`` is how many.

    ``detail`` asks for the statement under the cursor. It is put by itself, to be answered meanwhile by the other
    thread; what answers both is painted at once.
    """

    facets: FacetsRequest
    detail: DetailRequest | None
    speakers: int = FIRST_SPEAKERS


class RestAnswer(NamedTuple):
    """The counts and the speakers."""

    request: RestRequest
    facets: FacetsAnswer
    speakers: SpeakersAnswer


class SpeakersRequest(NamedTuple):
    """Ask for speakers by their ordinals."""

    ordinals: tuple[int, ...]


class SpeakersAnswer(NamedTuple):
    """Speakers in list order, of an index: in another the same ordinals may be others."""

    request: SpeakersRequest
    speakers: list[SpeakerRecord]
    of: Index


class DetailRequest(NamedTuple):
    """Ask for what the detail pane shows: an item by id, or a speaker by id."""

    generation: int
    item: str | None = None
    speaker: str | None = None


class ItemDetail(NamedTuple):
    """A statement or event, who said it, and others on its topics; ``passage`` where its source has a copy.

    ``others_total`` is None where there are very many.
    """

    row: Row
    speaker: SpeakerRecord | None
    others: tuple[Item, ...]
    others_total: int | None
    passage: Passage | None = None


class SpeakerDetail(NamedTuple):
    """A speaker and what they said, in order."""

    speaker: SpeakerRecord
    said: tuple[Item, ...]
    total: int


class DetailAnswer(NamedTuple):
    """None where there is no such item or speaker."""

    request: DetailRequest
    detail: ItemDetail | SpeakerDetail | None


class CompareRequest(NamedTuple):
    """Ask for two speakers, side by side."""

    left: str
    right: str


class CompareAnswer(NamedTuple):
    """The two, in the order asked for; None for one that is not there."""

    request: CompareRequest
    left: SpeakerDetail | None
    right: SpeakerDetail | None


@dataclass(frozen=True)
class Opened:
    """An index is open; ``stale`` while a newer one is being made."""

    index: Index
    stale: bool


class Beginning(NamedTuple):
    """All that the first frame shows, in one answer: it is drawn once."""

    opened: Opened
    rows: RowsAnswer
    detail: DetailAnswer | None
    speakers: SpeakersAnswer
    facets: FacetsAnswer


class Progress(NamedTuple):
    """How far a compile is, in items; ``total`` is 0 while the corpus is still being read. ``words`` say it."""

    done: int
    total: int
    words: str = ""


class Failed(NamedTuple):
    """The corpus cannot be opened, or not anew: one line a problem."""

    lines: tuple[str, ...]
    fatal: bool


Request = RowsRequest | RestRequest | FacetsRequest | SpeakersRequest | DetailRequest | CompareRequest
Answer = (
    RowsAnswer
    | RestAnswer
    | FacetsAnswer
    | SpeakersAnswer
    | DetailAnswer
    | CompareAnswer
    | Opened
    | Beginning
    | Progress
    | Failed
)
