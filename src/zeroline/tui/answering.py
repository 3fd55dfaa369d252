"""Answering what the screen asks of an index: plain functions, run in the engine's threads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from zeroline.index.facets import Facets
from zeroline.index.filter import Filter
from zeroline.index.reader import NEAR, Index
from zeroline.records import Item
from zeroline.tui.requests import (
    CHUNK,
    EVERYBODY,
    FIRST_SPEAKERS,
    OTHERS_MOST,
    SAID_MOST,
    SPEAKERS_AT_ONCE,
    Answer,
    Beginning,
    CompareAnswer,
    CompareRequest,
    DetailAnswer,
    DetailRequest,
    FacetsAnswer,
    FacetsRequest,
    Failed,
    ItemDetail,
    Opened,
    Request,
    RestAnswer,
    RestRequest,
    RowsAnswer,
    RowsRequest,
    SpeakerDetail,
    SpeakersAnswer,
    SpeakersRequest,
)

if TYPE_CHECKING:
    from zeroline.tui.passages import Passage

PassageOf = Callable[[str], "Passage | None"]
"""Says how a statement, by its id, stands in the copy of its source."""


def beginning(index: Index, stale: bool) -> Beginning:
    """All that the first frame shows."""
    rows = _rows(index, RowsRequest(0, Filter(), begin=True))
    here = rows.cursor - rows.page.offset
    detail = None
    if here < len(rows.page.rows):
        request = DetailRequest(0, rows.page.rows[here].item["id"])
        detail = DetailAnswer(request, _detail(index, request, None))
    facets = count_facets(index, FacetsRequest(0, Filter()))
    people = SpeakersRequest(tuple(facets.ordinals[:FIRST_SPEAKERS]))
    speakers = SpeakersAnswer(people, index.speakers_of(people.ordinals), index)
    return Beginning(Opened(index, stale), rows, detail, speakers, facets)


def answer(index: Index, request: Request, passage_of: PassageOf | None = None) -> Answer:
    """What was asked for; or, where the index cannot answer, why not."""
    try:
        return _answer(index, request, passage_of)
    except Exception as error:  # noqa: BLE001 - a thread that dies would leave the screen waiting without a word
        return Failed((f"the index could not answer ({error}); ctrl+r compiles it anew",), fatal=False)


def _answer(index: Index, request: Request, passage_of: PassageOf | None) -> Answer:
    match request:
        case RowsRequest():
            return _rows(index, request)
        case RestRequest():
            return _rest(index, request)
        case FacetsRequest():
            return count_facets(index, request)
        case SpeakersRequest():
            return SpeakersAnswer(request, index.speakers_of(request.ordinals), index)
        case DetailRequest():
            return DetailAnswer(request, _detail(index, request, passage_of))
        case CompareRequest():
            return CompareAnswer(request, _profile(index, request.left), _profile(index, request.right))


def prepare(index: Index, rest: RestAnswer) -> None:
    """Work out what End and the scroll bar will need, before anybody presses the key."""
    facets = rest.facets.facets
    if facets.statements + facets.events > NEAR:
        index.prepare(rest.request.facets.wanted, typing=rest.request.facets.typing)


def _rest(index: Index, request: RestRequest) -> RestAnswer:
    facets = count_facets(index, request.facets)
    people = SpeakersRequest(tuple(facets.ordinals[: request.speakers]))
    return RestAnswer(request, facets, SpeakersAnswer(people, index.speakers_of(people.ordinals), index))


def count_facets(index: Index, request: FacetsRequest) -> FacetsAnswer:
    """All counts of a filter."""
    wanted, everybody = request.wanted, index.summary.speakers
    by_count = everybody > SPEAKERS_AT_ONCE
    facets = index.facets(wanted, typing=request.typing, most=request.most if by_count else EVERYBODY)
    if by_count:
        ordinals = list(facets.speakers)  # the most heard first
    else:
        ordinals = sorted(facets.speakers) if wanted.without("speakers") else list(range(everybody))
    cut = by_count and request.most <= len(ordinals) < min(everybody, EVERYBODY)
    if cut and (chosen := _chosen(index, request, facets)):
        facets = facets._replace(speakers=facets.speakers | chosen)
        ordinals += chosen
    return FacetsAnswer(request, facets, ordinals, by_count, cut)


def _chosen(index: Index, request: FacetsRequest, facets: Facets) -> dict[int, int]:
    """Speakers filtered by who are not among the most heard, and how much each says: a list must not lack them."""
    chosen = {}
    for id in request.wanted.speakers:
        speaker = index.speaker(id)
        if speaker is not None and speaker["ordinal"] not in facets.speakers:
            only = replace(request.wanted, speakers=(id,))
            chosen[speaker["ordinal"]] = index.count(only, typing=request.typing)
    return chosen


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


def _detail(index: Index, request: DetailRequest, passage_of: PassageOf | None) -> ItemDetail | SpeakerDetail | None:
    if request.speaker is not None:
        return _profile(index, request.speaker)
    row = index.get(request.item or "")
    if row is None:
        return None
    item = row.item
    speaker = index.speaker(item["speaker"]["id"]) if item["kind"] == "statement" else None
    others, total = _others(index, item)
    passage = passage_of(item["id"]) if passage_of is not None and item["kind"] == "statement" else None
    return ItemDetail(row, speaker, tuple(others[:OTHERS_MOST]), total, passage)


def _profile(index: Index, id: str) -> SpeakerDetail | None:
    speaker = index.speaker(id)
    if speaker is None:
        return None
    said = index.page(Filter(speakers=(speaker["id"],)), limit=SAID_MOST)
    return SpeakerDetail(speaker, tuple(row.item for row in said.rows), said.total)


def _others(index: Index, item: Item) -> tuple[list[Item], int | None]:
    """Statements of other speakers on the same topics: the more topics shared, the earlier; and how many there are.

    Of very many only some are looked through, and nobody knows how many are of others.
    """
    if not item["topics"]:
        return [], 0
    # Where there are no events, kinds need not be asked for: how often a topic stands is known, and rows soon found.
    wanted = Filter(topics=tuple(item["topics"]), kinds=("statement",) if index.summary.events else ())
    large = not index.summary.groups
    page = index.page(wanted, limit=2 * OTHERS_MOST if large else CHUNK)
    found = _nearest(item, (row.item for row in page.rows))
    return found, None if page.total > len(page.rows) else len(found)


def _nearest(item: Item, rows: Iterable[Item]) -> list[Item]:
    topics = set(item["topics"])
    speaker = item["speaker"]["id"] if item["kind"] == "statement" else None
    others = [r for r in rows if r["kind"] == "statement" and r["id"] != item["id"] and r["speaker"]["id"] != speaker]
    return sorted(others, key=lambda r: -len(topics & set(r["topics"])))
