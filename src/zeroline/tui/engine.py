"""The thread that asks the index. The screen hands it requests and gets answers back as messages.

It knows nothing of Textual: ``deliver`` is called from this thread with each answer. Of each kind of request only the
newest waits; rows come before details, details before facets. An answer carries the generation of its request, so that
one that comes late is dropped by whoever asked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from zeroline.index.cache import CacheError, Found, build, find, still_fits
from zeroline.index.filter import Filter, Order
from zeroline.index.reader import Facets, Index, Page, Row
from zeroline.records import Item, SpeakerRecord

if TYPE_CHECKING:
    from zeroline.tui.passages import Passage

CHUNK = 64
"""Rows fetched at once: what a tall terminal shows; the next are fetched when they are about to."""

FIRST_SPEAKERS = 48
"""Speakers fetched for the first frame."""

OTHERS_MOST = 12
"""The most statements shown as “others on the same topic”."""

SPEAKERS_AT_ONCE = 500
"""In a corpus with more speakers than this the list is ordered by statements, and so many come first."""

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
    most: int = SPEAKERS_AT_ONCE


class FacetsAnswer(NamedTuple):
    """The counts, and the list of speakers: ordinals in its order, whether by count, and whether it was cut short."""

    request: FacetsRequest
    facets: Facets
    ordinals: list[int]
    by_count: bool
    cut: bool


class SpeakersRequest(NamedTuple):
    """Ask for speakers by their ordinals."""

    ordinals: tuple[int, ...]


class SpeakersAnswer(NamedTuple):
    """Speakers in list order."""

    request: SpeakersRequest
    speakers: list[SpeakerRecord]


class DetailRequest(NamedTuple):
    """Ask for what the detail pane shows: an item by id, or a speaker by id."""

    generation: int
    item: str | None = None
    speaker: str | None = None


class ItemDetail(NamedTuple):
    """A statement or event, who said it, and others on its topics; ``passage`` where its source has a copy."""

    row: Row
    speaker: SpeakerRecord | None
    others: tuple[Item, ...]
    others_total: int
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


Request = RowsRequest | FacetsRequest | SpeakersRequest | DetailRequest | CompareRequest
Answer = (
    RowsAnswer | FacetsAnswer | SpeakersAnswer | DetailAnswer | CompareAnswer | Opened | Beginning | Progress | Failed
)

_ORDER: tuple[type, ...] = (RowsRequest, DetailRequest, SpeakersRequest, CompareRequest, FacetsRequest)


class Engine:
    """Answers requests on one index, off the screen's thread; opens it, and makes it anew when it is stale."""

    def __init__(self, corpus: Path) -> None:
        self.corpus = corpus
        self.index: Index | None = None
        self.passage_of: Callable[[str], Passage | None] | None = None
        """Set once the reader's copies are open: asked for what the detail pane shows, in this thread."""
        self._waiting: dict[type, Request] = {}
        self._changed = threading.Condition()
        self._stopped = False
        self._early: list[Answer] = []
        self._deliver: Callable[[Answer], object] | None = None
        self._thread = threading.Thread(target=self._run, name="zeroline-engine", daemon=True)

    def start(self) -> None:
        """Open the corpus and begin to answer."""
        self._thread.start()

    def listen(self, deliver: Callable[[Answer], object]) -> list[Answer]:
        """Name who gets the answers from now on; those that came before are returned, in order."""
        with self._changed:
            early, self._early, self._deliver = self._early, [], deliver
        return early

    def ask(self, request: Request) -> None:
        """Put a request; a waiting one of the same kind is dropped."""
        with self._changed:
            self._waiting[type(request)] = request
            self._changed.notify()

    def stop(self) -> None:
        """End the thread after the answer it is at."""
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def reload(self) -> None:
        """Compile the corpus anew, in a thread of its own, and swap it in."""
        threading.Thread(target=self._rebuild, args=(False,), name="zeroline-compile", daemon=True).start()

    def _tell(self, answer: Answer) -> None:
        with self._changed:
            deliver = self._deliver
            if deliver is None:
                self._early.append(answer)
                return
        deliver(answer)

    def _run(self) -> None:
        found = find(self.corpus)
        if found is None:
            self._rebuild(fatal=True)
        else:
            self.index = found.index
            self._tell(_beginning(found.index, stale=not found.looks_fresh))
            if not found.looks_fresh:
                threading.Thread(target=self._refresh, args=(found,), name="zeroline-compile", daemon=True).start()
        while (request := self._next()) is not None:
            index = self.index
            if index is not None:
                self._tell(_answer_or_why_not(index, request, self.passage_of))

    def _next(self) -> Request | None:
        with self._changed:
            while not self._stopped:
                for kind in _ORDER:
                    if (self.index is not None) and kind in self._waiting:
                        return self._waiting.pop(kind)
                self._changed.wait()
        return None

    def _refresh(self, found: Found) -> None:
        if still_fits(self.corpus, found):
            self._tell(Opened(found.index, stale=False))
        else:
            self._rebuild(fatal=False)

    def _rebuild(self, fatal: bool) -> None:
        from zeroline.corpus.problems import CorpusError
        from zeroline.text.pace import Pace

        pace = Pace("statements", "writing the last")
        self._tell(Progress(0, 0))
        try:
            index = build(self.corpus, lambda done, total: self._tell(Progress(done, total, pace.words(done, total))))
        except (CorpusError, CacheError) as error:
            self._tell(Failed(tuple(str(error).splitlines()), fatal))
            return
        first = self.index is None
        with self._changed:
            self.index = index
            self._changed.notify()
        self._tell(_beginning(index, stale=False) if first else Opened(index, stale=False))


def _beginning(index: Index, stale: bool) -> Beginning:
    rows = _rows(index, RowsRequest(0, Filter(), begin=True))
    here = rows.cursor - rows.page.offset
    detail = None
    if here < len(rows.page.rows):
        request = DetailRequest(0, rows.page.rows[here].item["id"])
        detail = DetailAnswer(request, _detail(index, request))
    facets = _facets(index, FacetsRequest(0, Filter()))
    people = SpeakersRequest(tuple(facets.ordinals[:FIRST_SPEAKERS]))
    speakers = SpeakersAnswer(people, index.speakers_of(people.ordinals))
    return Beginning(Opened(index, stale), rows, detail, speakers, facets)


def _answer_or_why_not(index: Index, request: Request, passage_of: Callable[[str], Passage | None] | None) -> Answer:
    try:
        answer = _answer(index, request)
        if isinstance(answer, DetailAnswer) and isinstance(answer.detail, ItemDetail) and passage_of is not None:
            item = answer.detail.row.item
            if item["kind"] == "statement":
                return answer._replace(detail=answer.detail._replace(passage=passage_of(item["id"])))
        return answer
    except Exception as error:  # noqa: BLE001 - a thread that dies would leave the screen waiting without a word
        return Failed((f"the index could not answer ({error}); ctrl+r compiles it anew",), fatal=False)


def _answer(index: Index, request: Request) -> Answer:
    match request:
        case RowsRequest():
            return _rows(index, request)
        case FacetsRequest():
            return _facets(index, request)
        case SpeakersRequest():
            return SpeakersAnswer(request, index.speakers_of(request.ordinals))
        case DetailRequest():
            return DetailAnswer(request, _detail(index, request))
        case CompareRequest():
            return CompareAnswer(request, _profile(index, request.left), _profile(index, request.right))


def _facets(index: Index, request: FacetsRequest) -> FacetsAnswer:
    wanted, everybody = request.wanted, index.summary.speakers
    by_count = everybody > SPEAKERS_AT_ONCE
    facets = index.facets(wanted, typing=request.typing, most=request.most if by_count else EVERYBODY)
    if by_count:
        ordinals = list(facets.speakers)  # tantivy gives the most heard first
    else:
        ordinals = sorted(facets.speakers) if wanted.without("speakers") else list(range(everybody))
    return FacetsAnswer(request, facets, ordinals, by_count, by_count and len(ordinals) >= request.most)


def _rows(index: Index, request: RowsRequest) -> RowsAnswer:
    cursor, offset = 0, request.offset
    keep = request.keep
    if request.begin:
        first = index.page(Filter(kinds=("statement",)), limit=1).rows
        keep = first[0].seq if first else None
    if keep is not None and request.order == "time":
        cursor = index.rank(request.wanted, keep, typing=request.typing)
        offset = max(0, cursor - request.limit // 2)
    page = index.page(request.wanted, offset=offset, limit=request.limit, order=request.order, typing=request.typing)
    groups: dict[int, int] = {}
    if index.summary.groups and request.order == "time":
        groups = index.groups(request.wanted, typing=request.typing)
    return RowsAnswer(request, page, groups, min(cursor, max(page.total - 1, 0)))


def _detail(index: Index, request: DetailRequest) -> ItemDetail | SpeakerDetail | None:
    if request.speaker is not None:
        return _profile(index, request.speaker)
    row = index.get(request.item or "")
    if row is None:
        return None
    item = row.item
    speaker = index.speaker(item["speaker"]["id"]) if item["kind"] == "statement" else None
    others = _others(index, item)
    return ItemDetail(row, speaker, tuple(others[:OTHERS_MOST]), len(others))


def _profile(index: Index, id: str) -> SpeakerDetail | None:
    speaker = index.speaker(id)
    if speaker is None:
        return None
    said = index.page(Filter(speakers=(speaker["id"],)), limit=SAID_MOST)
    return SpeakerDetail(speaker, tuple(row.item for row in said.rows), said.total)


def _others(index: Index, item: Item) -> list[Item]:
    """Statements of other speakers on the same topics, one page of them: the more topics shared, the earlier."""
    if not item["topics"]:
        return []
    wanted = Filter(topics=tuple(item["topics"]), kinds=("statement",))
    rows = index.page(wanted, limit=CHUNK).rows
    return _nearest(item, (row.item for row in rows))


def _nearest(item: Item, rows: Iterable[Item]) -> list[Item]:
    topics = set(item["topics"])
    speaker = item["speaker"]["id"] if item["kind"] == "statement" else None
    others = [r for r in rows if r["kind"] == "statement" and r["id"] != item["id"] and r["speaker"]["id"] != speaker]
    return sorted(others, key=lambda r: -len(topics & set(r["topics"])))
