"""Asking an index: how many, which page, which facets. Nothing here ever builds a list of all hits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

import tantivy

from zeroline.index import schema, summary
from zeroline.index.filter import NONE, Filter, Order
from zeroline.index.language import Translator, Understood, days_of
from zeroline.records import Item, SourceRecord, SpeakerRecord, SpeakerRef
from zeroline.text.dates import span

_Must, _Should = tantivy.Occur.Must, tantivy.Occur.Should
_Clauses = list[tuple[tantivy.Occur, tantivy.Query]]


class Row(NamedTuple):
    """One statement or event.

    ``seq`` is its rank in time over the whole corpus, ``group`` its heading's number, ``month`` months since year 0;
    ``first_day`` and ``last_day`` are ordinals of the days it may belong to, 1 where it is undated.
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


def short_name(speaker: SpeakerRecord | SpeakerRef) -> str:
    """How a list calls somebody: by callsign, else by the whole name."""
    return speaker["callsign"] or speaker["name"]


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


def _stored(doc: Any) -> Any:
    return json.loads(bytes(doc.get_first("record")))


class Index:
    """A compiled corpus, open for reading. Safe to use from one thread at a time."""

    def __init__(self, folder: Path) -> None:
        """Open the index in ``folder``. Raises OSError or ValueError where it is not whole."""
        self.folder = folder
        self.summary = summary.read(folder)
        self._items = schema.register(tantivy.Index.open(str(folder / "items")))
        self._searcher = self._items.searcher()
        self._tables = schema.register(tantivy.Index.open(str(folder / "tables")))
        self._table_searcher = self._tables.searcher()
        self._translator = Translator(self._items, self._searcher, schema.words_analyzer())
        self._sources: dict[str, SourceRecord] = {}
        self._speaker_names: dict[str, str] = {}
        self._schema = self._items.schema

    # --- what a filter means -------------------------------------------------------------------------------------

    def understand(self, query: str, *, typing: bool = False) -> Understood:
        """The query a reader typed; words may have a letter wrong only where nothing matches them exactly."""
        exact = self._translator.understand(query, typing=typing)
        if not exact.words or self._count(exact.query):
            return exact
        loose = self._translator.understand(query, typing=typing, loosely=True)
        return loose if self._count(loose.query) else exact

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
            numbers = [record["ordinal"] for s in wanted.speakers if (record := self.speaker(s))]
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
        limit = max(limit, 1)
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
        record = _stored(self._searcher.doc(address))
        record["source"] = self._source(record["source"])
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
        return cast("SpeakerRecord | None", self._row("speaker", id))

    def source(self, id: str) -> SourceRecord | None:
        """A source by id."""
        return cast("SourceRecord | None", self._row("source", id))

    def speakers(self, offset: int = 0, limit: int = 200) -> list[SpeakerRecord]:
        """Speakers in the order of the list, from ordinal ``offset`` on."""
        return [cast(SpeakerRecord, r) for r in self._table("speaker", offset, limit)]

    def sources(self, offset: int = 0, limit: int = 200) -> list[SourceRecord]:
        """Sources in the corpus's order."""
        return [cast(SourceRecord, r) for r in self._table("source", offset, limit)]

    def speaker_name(self, id: str) -> str:
        """The short name of a speaker: what a filter says in words."""
        if id not in self._speaker_names:
            record = self.speaker(id)
            self._speaker_names[id] = short_name(record) if record else id
        return self._speaker_names[id]

    def _source(self, id: str) -> SourceRecord:
        if id not in self._sources:
            found = self.source(id)
            if found is None:
                raise ValueError(f"the index has no source {id!r}")
            self._sources[id] = found
        return self._sources[id]

    def _row(self, kind: str, id: str) -> object | None:
        clauses = [("kind", kind), ("id", id.lower())]
        query = self._and(*(tantivy.Query.term_query(self._tables.schema, f, v, "basic") for f, v in clauses))
        hits = self._table_searcher.search(query, 1).hits
        return self._record(hits[0][1]) if hits else None

    def _table(self, kind: str, offset: int, limit: int) -> list[object]:
        last = offset + limit - 1
        query = self._and(
            tantivy.Query.term_query(self._tables.schema, "kind", kind, "basic"),
            tantivy.Query.range_query(self._tables.schema, "ordinal", tantivy.FieldType.Unsigned, offset, last),
        )
        found = self._table_searcher.search(query, limit, order_by_field="ordinal", order=tantivy.Order.Asc)
        return [self._record(address) for _, address in found.hits]

    def _record(self, address: tantivy.DocAddress) -> Any:
        return _stored(self._table_searcher.doc(address))

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
