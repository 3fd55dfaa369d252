"""What a filter means to an index: one query, and whether a single term says it all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import tantivy

from zeroline.index import schema
from zeroline.index.filter import NONE, Filter
from zeroline.index.language import Term, Translator, Understood, days_of
from zeroline.index.summary import Summary
from zeroline.index.tables import Tables
from zeroline.text.dates import span

_Must, _Should = tantivy.Occur.Must, tantivy.Occur.Should


class Asked(NamedTuple):
    """A filter as a query. ``term`` is the one term that it asks for, if it is one: how often that stands is known."""

    query: tantivy.Query
    understood: Understood
    term: Term | None


class Queries:
    """Makes queries on one searcher, for the codebook of a summary."""

    def __init__(self, items: tantivy.Index, searcher: tantivy.Searcher, tables: Tables, summary: Summary) -> None:
        ids = {"topic": [t.id for t in summary.topics], "place": [p.id for p in summary.places]}
        stances = [s.id for s in summary.stances]
        self._translator = Translator(items, searcher, schema.words_analyzer(), tables.words(ids), stances)
        self._schema = items.schema
        self._tables = tables
        self._searcher = searcher
        self._last: tuple[str, bool, Understood] | None = None

    def understand(self, query: str, *, typing: bool = False) -> Understood:
        """The query a reader typed; where it finds nothing, a word that stands nowhere may have a letter wrong."""
        last = self._last  # rows, headings and facets ask for the same query one after another
        if last and last[:2] == (query, typing):
            return last[2]
        understood = self._translator.understand(query, typing=typing)
        self._last = query, typing, understood
        return understood

    def asked(self, wanted: Filter, *, typing: bool = False) -> Asked:
        """The query of a filter."""
        parts: list[tuple[tantivy.Query, Term | None]] = []
        understood = Understood(tantivy.Query.all_query())
        if wanted.query.strip():
            understood = self.understand(wanted.query, typing=typing)
            parts.append((understood.query, understood.term))
        parts += self._facets(wanted)
        if len(parts) == 1:
            return Asked(parts[0][0], understood, parts[0][1])
        return Asked(both(*[query for query, _ in parts]) if parts else understood.query, understood, None)

    def _facets(self, wanted: Filter) -> Iterator[tuple[tantivy.Query, Term | None]]:
        if wanted.stances and wanted.forces:
            # “No stance” has no force: it and a force have nothing in common.
            yield self._any("stance", tuple(f"{s}.{f}" for s in wanted.stances if s != NONE for f in wanted.forces))
        elif wanted.stances:
            yield self._any("stance", wanted.stances)
        elif wanted.forces:
            yield self._any("force", wanted.forces)
        if wanted.speakers:
            numbers = [record["ordinal"] for s in wanted.speakers if (record := self._tables.speaker(s))]
            yield _either([tantivy.Query.term_query(self._schema, "speaker_no", n) for n in numbers]), None
        if wanted.topics:
            yield self._any("topic_id", wanted.topics)
        if wanted.places:
            yield self._any("place_id", wanted.places)
        if wanted.kinds:
            yield self._any("kind", wanted.kinds)
        if wanted.since or wanted.until:
            first = _days(wanted.since)[0] if wanted.since else None
            yield self._translator.within(first, _days(wanted.until)[1] if wanted.until else None), None
        if wanted.bookmarked is not None:
            yield self.exactly(wanted.bookmarked)

    def _any(self, field: str, values: tuple[str, ...]) -> tuple[tantivy.Query, Term | None]:
        terms = [schema.code(field, value) for value in values]
        if len(terms) == 1:
            return self._translator.term("codes", terms[0]), ("codes", terms[0])
        if not terms:
            return tantivy.Query.empty_query(), None
        return tantivy.Query.term_set_query(self._schema, "codes", terms), None

    def exactly(self, ids: tuple[str, ...]) -> tuple[tantivy.Query, Term | None]:
        """What has one of these very ids."""
        if not self._searcher.doc_freq("codes", schema.code("has", "exactly")):  # the codes tell all ids apart
            return self._any("id", tuple(id for id in ids if id == id.lower()))
        plain, _ = self._any("id", tuple(id for id in ids if id == id.lower()))
        others = self._translator.code("has", "exactly")
        plain = tantivy.Query.boolean_query([(_Must, plain), (tantivy.Occur.MustNot, others)])
        return _either([plain, self._any("exactly", tuple(id for id in ids if id != id.lower()))[0]]), None

    def id(self, id: str) -> tantivy.Query:
        """What has an id, in whatever case: codes are in lower case."""
        return self._translator.code("id", id)

    def from_rank(self, first: int) -> tantivy.Query:
        """Items from rank ``first`` on. It costs as much as all items, since each is looked at."""
        return tantivy.Query.range_query(self._schema, "seq", tantivy.FieldType.Unsigned, first, None)

    def blocks(self, first: int, last: int) -> tantivy.Query:
        """Items of the blocks from that of rank ``first`` to that of rank ``last``."""
        numbers = range(first // schema.BLOCK, last // schema.BLOCK + 1)
        terms = [schema.code("block", str(number)) for number in numbers]
        if len(terms) == 1:
            return self._translator.term("codes", terms[0])
        return tantivy.Query.term_set_query(self._schema, "codes", terms)


def both(*queries: tantivy.Query) -> tantivy.Query:
    """What all of some queries find."""
    return tantivy.Query.boolean_query([(_Must, q) for q in queries])


def _either(queries: list[tantivy.Query]) -> tantivy.Query:
    if not queries:
        return tantivy.Query.empty_query()
    return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(_Should, q) for q in queries])


def _days(edtf: str) -> tuple[int, int]:
    """First and last day of a date as ordinals. Raises ValueError for what is no EDTF."""
    days = days_of(edtf)  # plain dates do without the EDTF library, which takes long to import
    if days is None:
        first, last = span(edtf)
        days = first.toordinal(), last.toordinal()
    return days
