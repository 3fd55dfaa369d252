"""Asking an index: how many, which page, which facets. Nothing here ever builds a list of all hits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, cast

import tantivy

from zeroline.index import schema, summary
from zeroline.index.filter import NONE, Filter, Order
from zeroline.index.from_line import NO_SOURCE, statement_of
from zeroline.index.language import Translator, Understood, days_of
from zeroline.index.ranks import Ranks
from zeroline.index.records import Records
from zeroline.index.tables import Tables, short_name
from zeroline.records import Item, SourceRecord, SpeakerRecord
from zeroline.text.dates import span

__all__ = ["Facets", "Index", "Page", "Row", "short_name"]

_Must, _Should = tantivy.Occur.Must, tantivy.Occur.Should
_Clauses = list[tuple[tantivy.Occur, tantivy.Query]]


NEAR = 1_000
"""Rows from this rank on are found by :class:`~zeroline.index.ranks.Ranks`, nearer ones by going through all."""

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


class Facets(NamedTuple):
    """Counts under a filter; each facet is counted as if it were not itself filtered, so that one sees what it offers.

    ``stances``: statements by stance. ``speakers``: items by speaker's ordinal. ``months``: items by months since year
    0. ``statements`` and ``events`` are under the whole filter.
    """

    statements: int
    events: int
    stances: dict[str, int]
    speakers: dict[int, int]
    months: dict[int, int]


def _days(edtf: str) -> tuple[int, int]:
    """First and last day of a date as ordinals. Raises ValueError for what is no EDTF."""
    days = days_of(edtf)  # plain dates do without the EDTF library, which takes long to import
    if days is None:
        first, last = span(edtf)
        days = first.toordinal(), last.toordinal()
    return days


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
        stances = [s.id for s in self.summary.stances]
        self._translator = Translator(self._items, self._searcher, schema.words_analyzer(), stances)
        self._ranks: dict[tuple[Filter, bool], Ranks] = {}
        self._last: tuple[str, bool, Understood] | None = None
        self._schema = self._items.schema

    # --- what a filter means -------------------------------------------------------------------------------------

    def understand(self, query: str, *, typing: bool = False) -> Understood:
        """The query a reader typed; where it finds nothing, a word that stands nowhere may have a letter wrong."""
        last = self._last  # rows, headings and facets ask for the same query one after another
        if last and last[:2] == (query, typing):
            return last[2]
        understood = self._translator.understand(query, typing=typing)
        self._last = query, typing, understood
        return understood

    def _query(self, wanted: Filter, *, typing: bool = False) -> tuple[tantivy.Query, Understood]:
        clauses: _Clauses = []
        understood = Understood(tantivy.Query.all_query())
        if wanted.query.strip():
            understood = self.understand(wanted.query, typing=typing)
            clauses.append((_Must, understood.query))
        clauses += [(_Must, query) for query in self._facet_queries(wanted)]
        if not clauses:
            return understood.query, understood
        return (clauses[0][1] if len(clauses) == 1 else tantivy.Query.boolean_query(clauses)), understood

    def _facet_queries(self, wanted: Filter) -> Iterator[tantivy.Query]:
        if wanted.stances and wanted.forces:
            # “No stance” has no force: it and a force have nothing in common.
            yield self._any("stance", tuple(f"{s}.{f}" for s in wanted.stances if s != NONE for f in wanted.forces))
        elif wanted.stances:
            yield self._any("stance", wanted.stances)
        elif wanted.forces:
            yield self._any("force", wanted.forces)
        if wanted.speakers:
            numbers = [record["ordinal"] for s in wanted.speakers if (record := self._tables.speaker(s))]
            yield self._either([tantivy.Query.term_query(self._schema, "speaker_no", n) for n in numbers])
        if wanted.topics:
            yield self._any("topic_id", wanted.topics)
        if wanted.places:
            yield self._any("place_id", wanted.places)
        if wanted.kinds:
            yield self._any("kind", wanted.kinds)
        if wanted.since or wanted.until:
            first = _days(wanted.since)[0] if wanted.since else None
            yield self._translator.within(first, _days(wanted.until)[1] if wanted.until else None)
        if wanted.bookmarked is not None:
            yield self._any("id", wanted.bookmarked)

    def _any(self, field: str, values: tuple[str, ...]) -> tantivy.Query:
        terms = [schema.code(field, value) for value in values]
        if len(terms) == 1:
            return self._translator.term("codes", terms[0])
        return tantivy.Query.term_set_query(self._schema, "codes", terms) if terms else tantivy.Query.empty_query()

    def _either(self, queries: list[tantivy.Query]) -> tantivy.Query:
        if not queries:
            return tantivy.Query.empty_query()
        return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(_Should, q) for q in queries])

    def _between(self, first: int | None, last: int | None) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, "seq", tantivy.FieldType.Unsigned, first, last)

    # --- items ---------------------------------------------------------------------------------------------------

    def count(self, wanted: Filter, *, typing: bool = False) -> int:
        """How many statements and events match."""
        return self._count(self._query(wanted, typing=typing)[0])

    def _count(self, query: tantivy.Query) -> int:
        return _total(self._searcher.search(query, 1, count=True))

    def page(
        self, wanted: Filter, *, offset: int = 0, limit: int = 200, order: Order = "time", typing: bool = False
    ) -> Page:
        """Rows ``offset`` to ``offset + limit``; ``typing`` takes the last word of the query as a beginning."""
        query, understood = self._query(wanted, typing=typing)
        # tantivy makes room for offset + limit rows before it looks for any.
        items = self._searcher.num_docs
        offset = max(offset, 0)
        limit = min(max(limit, 1), items)
        if offset >= items:
            return Page(offset, self._count(query), (), understood)
        if order == "relevance":
            found = self._searcher.search(query, limit, offset=offset)
            return Page(offset, _total(found), self._rows(found), understood)
        if not wanted:
            rows = self._in_time(self._between(offset, offset + limit - 1), limit)
            return Page(offset, items, rows, understood)
        key = wanted, typing
        if offset < NEAR:
            found = self._searcher.search(query, limit, offset=offset, order_by_field="seq", order=tantivy.Order.Asc)
            if not _total(found):
                understood = understood._replace(loosened=False)  # nothing was found by a letter wrong either
            return Page(offset, _total(found), self._rows(found), understood)
        ranks = self._ranks.get(key)
        if ranks is None:
            ranks = self._ranks.setdefault(key, Ranks(self._searcher, query, items))
            if len(self._ranks) > RANKS_KEPT:
                self._ranks.pop(next(iter(self._ranks)))
        first, before = ranks.begin(offset)
        part = self._and(query, self._between(first, ranks.end(offset + limit)))
        return Page(offset, ranks.total, self._in_time(part, limit, offset - before), understood)

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
        records = self._records.read([seq for seq, *_ in rows])
        return tuple(Row(*row, self._item(raw)) for row, raw in zip(rows, records, strict=True))

    def _item(self, raw: bytes) -> Item:
        record = json.loads(raw)
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
        query, _ = self._query(wanted)
        after = 0
        while True:
            rows = self._in_time(self._and(query, self._between(after, None)), 1_000)
            yield from (row.item for row in rows)
            if len(rows) < 1_000:
                return
            after = rows[-1].seq + 1

    def rank(self, wanted: Filter, seq: int, *, typing: bool = False) -> int:
        """How many matching items come before ``seq`` in time."""
        seq = min(seq, self._searcher.num_docs)
        if seq <= 0:
            return 0
        query, _ = self._query(wanted, typing=typing)
        return self._count(self._and(query, self._between(None, seq - 1)))

    def groups(self, wanted: Filter, *, typing: bool = False) -> dict[int, int]:
        """Matching items by the number of their heading, for a corpus shown under headings."""
        return self._counts(self._query(wanted, typing=typing)[0], {"group": ("group", 65_000)})[0]["group"]

    def get(self, id: str) -> Row | None:
        """A statement or event by its id."""
        found = self._searcher.search(self._translator.code("id", id), 8)
        rows = self._rows(found)  # codes are in lower case: two ids may differ in nothing else
        return next((row for row in rows if row.item["id"] == id), rows[0] if rows else None)

    # --- facets --------------------------------------------------------------------------------------------------

    def facets(self, wanted: Filter, *, typing: bool = False, most: int = 65_000) -> Facets:
        """All counts a screen shows beside the rows; of speakers the ``most`` heard."""
        it = self.summary
        names = [*(s.id for s in it.stances), NONE]
        if not wanted:
            stances = {s: it.stance_counts.get(s, 0) for s in names}
            speakers = self._by_speaker(tantivy.Query.all_query(), most)
            return Facets(it.statements, it.events, stances, speakers, it.months)
        query, _ = self._query(wanted, typing=typing)
        # All that is counted under the same query is counted in one pass over its hits.
        counted: dict[str, tuple[str, int]] = {"months": ("month", 65_000)}
        counted |= {"stances": ("stance_no", 200)} if not wanted.stances else {"kinds": ("stance_no", 200)}
        counted |= {} if wanted.speakers else {"speakers": ("speaker_no", most)}
        found, total = self._counts(query, counted)
        if wanted.stances:
            found |= self._counts(
                self._query(wanted.without("stances"), typing=typing)[0], {"stances": ("stance_no", 200)}
            )[0]
        if wanted.speakers:
            found |= self._counts(
                self._query(wanted.without("speakers"), typing=typing)[0], {"speakers": ("speaker_no", most)}
            )[0]
        stances = {name: found["stances"].get(number, 0) for number, name in enumerate(names)}
        if wanted.forces:  # a statement counts for the stances it takes with such a force
            every = wanted.without("stances")
            stances = {s: self.count(replace(every, stances=(s,)), typing=typing) for s in names}
        events = found.get("kinds", found["stances"]).get(len(names), 0)
        return Facets(total - events, events, stances, found["speakers"], found["months"])

    def _by_speaker(self, query: tantivy.Query, most: int) -> dict[int, int]:
        return self._counts(query, {"speakers": ("speaker_no", most)})[0]["speakers"]

    def _counts(
        self, query: tantivy.Query, fields: dict[str, tuple[str, int]]
    ) -> tuple[dict[str, dict[int, int]], int]:
        """Hits by the values of fields, each with the most values wanted; and how many hits there are."""
        wanted: dict[str, Any] = {n: {"terms": {"field": f, "size": most}} for n, (f, most) in fields.items()}
        answer = self._searcher.aggregate(query, wanted | {"total": {"value_count": {"field": "seq"}}})
        counts = {n: {int(b["key"]): int(b["doc_count"]) for b in answer[n]["buckets"]} for n in fields}
        return counts, int(answer["total"]["value"])

    def _and(self, *queries: tantivy.Query) -> tantivy.Query:
        return tantivy.Query.boolean_query([(_Must, q) for q in queries])

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
