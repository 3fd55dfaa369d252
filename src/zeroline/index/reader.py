"""Asking an index: how many, which page, which item. Nothing here ever builds a list of all hits."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import tantivy

from zeroline.index import schema, summary
from zeroline.index.facets import FacetCounter, Facets
from zeroline.index.filter import Filter, Order
from zeroline.index.json_reading import read_json
from zeroline.index.language import Understood
from zeroline.index.letter_counts import often
from zeroline.index.line_records import NO_SOURCE, statement_of
from zeroline.index.memory import give_back
from zeroline.index.query import Asked, Queries, both
from zeroline.index.ranks import Ranks
from zeroline.index.records import Damaged, Records
from zeroline.index.tables import Tables, short_name
from zeroline.records import Item, SourceRecord, SpeakerRecord

__all__ = ["Facets", "Index", "Page", "Row", "short_name"]

NEAR = 1_000
"""Rows from this rank on are found by :class:`~zeroline.index.ranks.Ranks`, nearer ones by going through all."""

ITEMS_KEPT = 512
"""About so many items are kept at hand, not to be changed."""

RANKS_KEPT = 4
"""Of so many filters the ranks are kept at hand."""


class Row(NamedTuple):
    """One statement or event.

    ``seq`` is its rank in time over the whole corpus, ``group`` its heading's number, ``month`` months since year 0;
    ``first_day`` and ``last_day`` are ordinals of the days it may belong to. All three are 0 where it is undated.
    """

    seq: int
    group: int
    month: int
    first_day: int
    last_day: int
    item: Item


class Page(NamedTuple):
    """Rows ``offset`` … of ``total`` matching ones."""

    offset: int
    total: int
    rows: tuple[Row, ...]
    understood: Understood


def _total(result: Any) -> int:
    # tantivy's type stub leaves out the count that a result carries.
    return int(result.count or 0)


class Index:
    """A compiled corpus, open for reading. Safe to use from several threads at once.

    ``notice`` is "" or what a reader should be told about where the index is kept.
    """

    def __init__(self, folder: Path) -> None:
        """Open the index in ``folder``. Raises OSError or ValueError where it is not whole."""
        self.folder = folder
        self.notice = ""
        self.summary = summary.read(folder)
        self._items = schema.register(tantivy.Index.open(str(folder / "items")))
        self._searcher = self._items.searcher()
        self._records = Records(folder)
        self._tables = Tables(folder / "tables")
        self._queries = Queries(self._items, self._searcher, self._tables, self.summary)
        self._counter = FacetCounter(self._searcher, self._queries, self.summary)
        self._ranks: dict[tuple[Filter, bool], Ranks] = {}
        self._keeping = threading.Lock()
        self._kept: dict[int, Item] = {}

    def understand(self, query: str, *, typing: bool = False) -> Understood:
        """The query a reader typed; where it finds nothing, a word that stands nowhere may have a letter wrong."""
        return self._queries.understand(query, typing=typing)

    # --- items ---------------------------------------------------------------------------------------------------

    def count(self, wanted: Filter, *, typing: bool = False) -> int:
        """How many statements and events match."""
        asked = self._queries.asked(wanted, typing=typing)
        known = self._known(asked, wanted, typing)
        return self._count(asked.query) if known is None else known

    def _count(self, query: tantivy.Query) -> int:
        return _total(self._searcher.search(query, 1, count=True))

    def _known(self, asked: Asked, wanted: Filter, typing: bool) -> int | None:
        """How many items match, where that need not be counted."""
        return self._counter.known(wanted, typing) if asked.term is None else self._searcher.doc_freq(*asked.term)

    def page(
        self, wanted: Filter, *, offset: int = 0, limit: int = 200, order: Order = "time", typing: bool = False
    ) -> Page:
        """Rows ``offset`` to ``offset + limit``; ``typing`` takes the last word of the query as a beginning."""
        page = self._page(wanted, offset, limit, order, typing)
        self._counter.expect(wanted, typing, page.total)
        return page

    def _page(self, wanted: Filter, offset: int, limit: int, order: Order, typing: bool) -> Page:
        asked = self._queries.asked(wanted, typing=typing)
        query, understood, _ = asked
        # tantivy makes room for offset + limit rows before it looks for any.
        items = self._searcher.num_docs
        offset = max(offset, 0)
        limit = min(max(limit, 1), items)
        if offset >= items:
            return Page(offset, self.count(wanted, typing=typing), (), understood)
        if order == "relevance":
            found = self._searcher.search(query, limit, offset=offset)
            return Page(offset, _total(found), self._rows(found), understood)
        if not wanted:
            first = offset // schema.BLOCK * schema.BLOCK
            rows = self._in_time(self._queries.blocks(first, offset + limit - 1), limit, offset - first)
            return Page(offset, items, rows, understood)
        if offset < NEAR:
            known = self._known(asked, wanted, typing)
            first_rows = self._soon(asked.query, known or 0, offset, limit)
            if first_rows is not None:
                return Page(offset, known or 0, first_rows, understood)
            found = self._searcher.search(query, limit, offset=offset, order_by_field="seq", order=tantivy.Order.Asc)
            if not _total(found):
                understood = understood._replace(loosened=False)  # nothing was found by a letter wrong either
            return Page(offset, _total(found), self._rows(found), understood)
        ranks = self._ranks_of(wanted, typing)
        first, before = ranks.begin(offset)
        part = both(query, self._queries.blocks(first, ranks.end(offset + limit)))
        return Page(offset, ranks.total, self._in_time(part, limit, offset - before), understood)

    def prepare(self, wanted: Filter, *, typing: bool = False) -> None:
        """Work out what deep pages of a filter need, so that the first of them is as quick as the next."""
        if wanted:
            self._ranks_of(wanted, typing)

    def _ranks_of(self, wanted: Filter, typing: bool) -> Ranks:
        key = wanted, typing
        ranks = self._ranks.get(key)
        if ranks is None:
            query = self._queries.asked(wanted, typing=typing).query
            ranks = Ranks(self._searcher, query, self._searcher.num_docs)
            with self._keeping:
                self._ranks[key] = ranks
                while len(self._ranks) > RANKS_KEPT:
                    del self._ranks[next(iter(self._ranks))]
        return ranks

    def _soon(self, query: tantivy.Query, known: int, offset: int, limit: int) -> tuple[Row, ...] | None:
        """Rows of what so much matches that they stand among the first items; None where they may not."""
        items = self._searcher.num_docs
        if known <= offset:
            return None
        wanted = min(limit, known - offset)
        width = 2 * (offset + limit) * items // known
        while width < items // 8:
            rows = self._in_time(both(query, self._queries.blocks(0, width - 1)), limit, offset)
            if len(rows) == wanted:
                return rows
            width *= 8
        return None

    def _in_time(self, query: tantivy.Query, limit: int, offset: int = 0) -> tuple[Row, ...]:
        return self._rows(
            self._searcher.search(
                query, limit, count=False, offset=offset, order_by_field="seq", order=tantivy.Order.Asc
            )
        )

    def _rows(self, found: tantivy.SearchResult) -> tuple[Row, ...]:
        addresses = [address for _, address in found.hits]
        fields = ("seq", "group", "month", "from_day", "to_day")
        columns = (self._searcher.fast_field_values(field, addresses) for field in fields)
        rows = []
        for numbers in zip(*columns, strict=True):
            seq, group, month, first, last = (int(n or 0) for n in numbers)
            rows.append((seq, group, month, first, last or first))
        kept = self._kept  # what one types finds much the same rows again and again
        missing = [seq for seq, *_ in rows if seq not in kept]
        try:
            new = dict(zip(missing, map(self._item, self._records.read(missing)), strict=True)) if missing else {}
            if new:
                self._kept = {**(kept if len(kept) < ITEMS_KEPT else {}), **new}
            return tuple(Row(*row, new[row[0]] if row[0] in new else kept[row[0]]) for row in rows)
        except (ValueError, KeyError, TypeError, OverflowError, MemoryError) as error:
            raise Damaged(f"the index in {self.folder} is damaged; delete that folder and it is made anew") from error

    def _item(self, raw: bytes) -> Item:
        record = read_json(raw)
        if "kind" not in record:
            return statement_of(record, self._tables.reference, self._source_of)
        record["source"] = self._tables.known_source(record["source"])
        return cast(Item, record)

    def _source_of(self, id: str | None) -> SourceRecord:
        if id is None:
            only = self._tables.only_source
            return only if only is not None else NO_SOURCE
        return self._tables.known_source(id)

    def each(self, wanted: Filter, *, order: Order = "time") -> Iterator[Item]:
        """Every matching item, a page at a time; for output, not for the screen."""
        if order == "relevance":
            yield from (row.item for row in self.page(wanted, limit=1_000, order=order).rows)
            return
        query = self._queries.asked(wanted).query
        after = 0
        while True:
            rows = self._in_time(both(query, self._queries.from_rank(after)), 1_000)
            yield from (row.item for row in rows)
            if len(rows) < 1_000:
                return
            after = rows[-1].seq + 1

    def rank(self, wanted: Filter, seq: int, *, typing: bool = False) -> int:
        """How many matching items come before ``seq`` in time."""
        seq = min(seq, self._searcher.num_docs)
        if seq <= 0:
            return 0
        if not wanted:
            return seq
        ranks = self._ranks_of(wanted, typing)
        first, before = ranks.bucket(seq)
        if first == seq:
            return before
        near = both(self._queries.asked(wanted, typing=typing).query, self._queries.blocks(first, seq - 1))
        found = self._searcher.search(near, ranks.width, count=False)
        seqs = self._searcher.fast_field_values("seq", [address for _, address in found.hits])
        return before + sum(number < seq for number in seqs if number is not None)

    def get(self, id: str) -> Row | None:
        """A statement or event by its id; where none has this very id, one that differs only in capitals."""
        for query in self._queries.exactly((id,))[0], self._queries.id(id):
            if rows := self._rows(self._searcher.search(query, 1)):
                return rows[0]
        return None

    # --- counts --------------------------------------------------------------------------------------------------

    def facets(self, wanted: Filter, *, typing: bool = False, most: int = 65_000) -> Facets:
        """All counts a screen shows beside the rows; of speakers the ``most`` heard."""
        return self._counter.facets(wanted, typing=typing, most=most)

    def groups(self, wanted: Filter, *, typing: bool = False) -> dict[int, int]:
        """Matching items by the number of their heading, for a corpus shown under headings."""
        return self._counter.groups(wanted, typing=typing)

    def frequent_beginnings(self) -> list[str]:
        """Beginnings of one and two letters that so many items have that counting takes long; the most first."""
        letters, pairs = (often(self._searcher, part) for part in (lambda one: one[0], lambda one: one))
        found = {**letters, **pairs}
        return sorted(found, key=lambda one: (-found[one], one))

    # --- ahead -------------------------------------------------------------------------------------------------

    def know_speakers(self, offset: int, limit: int) -> bool:
        """Keep at hand how rows name the speakers from ordinal ``offset`` on; whether there are more worth keeping."""
        return self._tables.know(offset, limit)

    # --- memory --------------------------------------------------------------------------------------------------

    def give_back(self) -> None:
        """Hold no more of the index's files in memory than is needed; some milliseconds, now and then."""
        give_back(self.folder)

    # --- tables --------------------------------------------------------------------------------------------------

    def speaker(self, id: str) -> SpeakerRecord | None:
        """A speaker by id."""
        return self._tables.speaker(id)

    def source(self, id: str) -> SourceRecord | None:
        """A source by id."""
        return self._tables.source(id)

    def speakers(self, offset: int = 0, limit: int = 200) -> list[SpeakerRecord]:
        """Speakers in the order of the list, from ordinal ``offset`` on."""
        return self._tables.speakers(offset, limit)

    def speakers_of(self, ordinals: Sequence[int]) -> list[SpeakerRecord]:
        """Speakers by their ordinals, in no order."""
        return self._tables.speakers_of(ordinals)

    def sources(self, offset: int = 0, limit: int = 200) -> list[SourceRecord]:
        """Sources in the corpus's order."""
        return self._tables.sources(offset, limit)

    def speaker_name(self, id: str) -> str:
        """The short name of a speaker: what a filter says in words."""
        return self._tables.speaker_name(id)

    # --- words ---------------------------------------------------------------------------------------------------

    def stance_label(self, id: str) -> str:
        """The label of a stance."""
        return self.summary.stance_label(id)

    def topic_label(self, id: str) -> str:
        """The label of a topic."""
        return self.summary.topic_label(id)

    def place_name(self, id: str) -> str:
        """The name of a place."""
        return self.summary.place_name(id)
