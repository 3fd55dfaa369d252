"""Asking an index: how many, which page, which facets. Nothing here ever builds a list of all hits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

import tantivy

from zeroline.index import schema, summary
from zeroline.index.filter import NONE, Filter, Order
from zeroline.index.language import Translator, Understood, days_of
from zeroline.index.tables import Tables, record_of, short_name
from zeroline.records import Item, SourceRecord, SpeakerRecord
from zeroline.text.dates import span

__all__ = ["Facets", "Index", "Page", "Row", "short_name"]

_Must, _Should = tantivy.Occur.Must, tantivy.Occur.Should
_Clauses = list[tuple[tantivy.Occur, tantivy.Query]]


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
        self._tables = Tables(folder / "tables")
        self._translator = Translator(self._items, self._searcher, schema.words_analyzer())
        self._last: tuple[str, bool, Understood] | None = None
        self._schema = self._items.schema

    # --- what a filter means -------------------------------------------------------------------------------------

    def understand(self, query: str, *, typing: bool = False) -> Understood:
        """The query a reader typed; words may have a letter wrong only where nothing matches them exactly."""
        last = self._last  # rows, headings and facets ask for the same query one after another
        if last and last[:2] == (query, typing):
            return last[2]
        understood = self._translator.understand(query, typing=typing)
        if understood.words and not understood.problems and not self._count(understood.query):
            loose = self._translator.understand(query, typing=typing, loosely=True)
            understood = loose if self._count(loose.query) else understood
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
            pairs = [f"{s}.{f}" for s in wanted.stances if s != NONE for f in wanted.forces]
            yield self._any("stance", (*pairs, *([NONE] if NONE in wanted.stances else [])))
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
        if not values:
            return tantivy.Query.empty_query()
        if len(values) == 1:
            return tantivy.Query.term_query(self._schema, field, values[0].lower(), "basic")
        return tantivy.Query.term_set_query(self._schema, field, [v.lower() for v in values])

    def _either(self, queries: list[tantivy.Query]) -> tantivy.Query:
        if not queries:
            return tantivy.Query.empty_query()
        return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(_Should, q) for q in queries])

    def _between(self, first: int | None, last: int | None) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, "seq", tantivy.FieldType.Unsigned, first, last)

    # --- items ---------------------------------------------------------------------------------------------------

    def count(self, wanted: Filter) -> int:
        """How many statements and events match."""
        return self._count(self._query(wanted)[0])

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
        if order == "time":
            found = self._searcher.search(query, limit, offset=offset, order_by_field="seq", order=tantivy.Order.Asc)
        else:
            found = self._searcher.search(query, limit, offset=offset)
        rows = self._rows([address for _, address in found.hits])
        return Page(offset, _total(found), tuple(rows), understood)

    def _rows(self, addresses: list[tantivy.DocAddress]) -> Iterator[Row]:
        fields = ("seq", "group", "month", "from_day", "to_day")
        columns = (self._searcher.fast_field_values(field, addresses) for field in fields)
        for address, *numbers in zip(addresses, *columns, strict=True):
            seq, group, month, first, last = (int(n or 0) for n in numbers)
            yield Row(seq, group, month, first, last, self._item(address))

    def _item(self, address: tantivy.DocAddress) -> Item:
        record = record_of(self._searcher.doc(address))
        record["source"] = self._tables.known_source(record["source"])
        return cast(Item, record)

    def each(self, wanted: Filter, *, order: Order = "time") -> Iterator[Item]:
        """Every matching item, a page at a time; for output, not for the screen."""
        if order == "relevance":
            yield from (row.item for row in self.page(wanted, limit=1_000, order=order).rows)
            return
        query, _ = self._query(wanted)
        after = 0
        while True:
            part = self._and(query, self._between(after, None))
            found = self._searcher.search(part, 1_000, count=False, order_by_field="seq", order=tantivy.Order.Asc)
            rows = list(self._rows([address for _, address in found.hits]))
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
        return self._terms(self._query(wanted, typing=typing)[0], "group")["group"]

    def get(self, id: str) -> Row | None:
        """A statement or event by its id."""
        found = self._searcher.search(tantivy.Query.term_query(self._schema, "id", id.lower(), "basic"), 1)
        return next(self._rows([address for _, address in found.hits]), None) if found.hits else None

    # --- facets --------------------------------------------------------------------------------------------------

    def facets(self, wanted: Filter, *, typing: bool = False) -> Facets:
        """All counts a screen shows beside the rows."""
        query, _ = self._query(wanted, typing=typing)
        events = self._count(self._and(query, self._any("kind", ("event",))))
        plain = wanted.without("stances").without("forces")
        stance_query = self._query(plain, typing=typing)[0]
        names = [*(s.id for s in self.summary.stances), NONE]
        if plain or wanted.query:
            stances = {s: self._count(self._and(stance_query, self._any("stance", (s,)))) for s in names}
        else:
            stances = {s: self.summary.stance_counts.get(s, 0) for s in names}
        by_speaker = self._query(wanted.without("speakers"), typing=typing)[0]
        total = self._count(query)
        return Facets(
            statements=total - events,
            events=events,
            stances=stances,
            speakers=self._terms(by_speaker, "speaker_no")["speaker_no"],
            months=self._terms(query, "month")["month"],
        )

    def _and(self, *queries: tantivy.Query) -> tantivy.Query:
        return tantivy.Query.boolean_query([(_Must, q) for q in queries])

    def _terms(self, query: tantivy.Query, *fields: str) -> dict[str, dict[int, int]]:
        wanted = {f: {"terms": {"field": f, "size": 65_000}} for f in fields}
        answer = self._searcher.aggregate(query, wanted)
        return {f: {int(b["key"]): int(b["doc_count"]) for b in answer[f]["buckets"]} for f in fields}

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
