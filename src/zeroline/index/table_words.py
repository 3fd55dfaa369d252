"""Words that stand in the tables and not in every line: of a line's speaker, its topic and its place.

A million lines name a few thousand speakers, topics and places. Their words, written into every line, were a tenth of
all words of a large index; so they stand once, with whom or what they name, and a search asks twice: whom or what the
words fit, then which items name these. What lines do not leave to the tables stands in the items as ever
(:data:`zeroline.index.schema.TABLED`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log

import tantivy

from zeroline.index import schema
from zeroline.index.lookup import Look, Lookup, either
from zeroline.index.prefixes import FEW

IDS = {"topic": "topic_id", "place": "place_id"}
"""The codes by which items name what is no speaker."""


class Tabled(Lookup):
    """The words of one index's tables. ``ids`` are those of all topics and places, by field, in their order."""

    def __init__(
        self,
        index: tantivy.Index,
        searcher: tantivy.Searcher,
        analyzer: tantivy.TextAnalyzer,
        ids: Mapping[str, Sequence[str]],
    ) -> None:
        super().__init__(index, searcher, analyzer)
        self._ids = ids
        self.filled = frozenset(f for f in schema.TABLED if searcher.doc_freq("kind", schema.code("has", f)))

    def fits(self, query: tantivy.Query) -> list[int]:
        """The ordinals of all rows that a query finds."""
        found = self._searcher.search(query, self._searcher.num_docs, count=False)
        numbers = self._searcher.fast_field_values("ordinal", [address for _, address in found.hits])
        return sorted(int(number) for number in numbers if number is not None)

    def id(self, field: str, ordinal: int) -> str:
        """The id of a topic or place."""
        return self._ids[field][ordinal]


class WithTables(Lookup):
    """Makes queries on a searcher of items, some of whose words stand in the tables."""

    def __init__(
        self, index: tantivy.Index, searcher: tantivy.Searcher, analyzer: tantivy.TextAnalyzer, tabled: Tabled
    ) -> None:
        super().__init__(index, searcher, analyzer)
        self._tabled = tabled
        self._own: dict[str, bool] = {}

    def stands(self, field: str, token: str, beginning: bool) -> bool:
        """Whether a word, or one that it begins, stands anywhere at all, be it in the tables."""
        if super().stands(field, token, beginning):
            return True
        fields = self._tabled.filled.intersection(self.fields(field))
        return any(self._tabled.stands(one, token, beginning) for one in fields)

    def _places(self, field: str, look: Look, ranked: bool) -> list[tantivy.Query]:
        if field not in self._tabled.filled:
            return super()._places(field, look, ranked)
        found = super()._places(field, look, ranked) if self._have(field) else []
        if fitting := self._tabled.fits(look(self._tabled, field)):
            found.append(self._naming(field, fitting, ranked))
        return found

    def _have(self, field: str) -> bool:
        """Whether any item has words of its own in a field that the tables have words of: few distinct ones."""
        if field not in self._own:
            self._own[field] = bool(self._searcher.terms_with_prefix(field, "", limit=1))
        return self._own[field]

    def _naming(self, field: str, fitting: list[int], ranked: bool) -> tantivy.Query:
        """Items that name any of these speakers, topics or places."""
        name, values = "speaker_no", list[str | int](fitting)
        if field in IDS:
            name, values = "codes", [schema.code(IDS[field], self._tabled.id(field, n)) for n in fitting]
        if len(values) <= FEW:
            query = either([tantivy.Query.term_query(self._schema, name, value, "basic") for value in values])
        elif name == "speaker_no" and len(runs := _runs(fitting)) <= FEW:
            query = either([self._numbered(first, last) for first, last in runs])
        else:
            query = tantivy.Query.term_set_query(self._schema, name, values)
        return tantivy.Query.const_score_query(query, self._weight(name, values) if ranked else 1.0)

    def _numbered(self, first: int, last: int) -> tantivy.Query:
        """What speakers say whose numbers are from one to another."""
        return tantivy.Query.range_query(self._schema, "speaker_no", tantivy.FieldType.Unsigned, first, last)

    def _weight(self, name: str, values: Sequence[str | int]) -> float:
        """What a word is worth that so many items have, by the rule that tantivy weighs words with."""
        items = self._searcher.num_docs
        some = values[:: len(values) // FEW + 1]  # of many those few are asked that stand for all
        have = sum(self._searcher.doc_freq(name, value) for value in some) * len(values) / len(some)
        return log(1 + (items - min(have, items) + 0.5) / (have + 0.5))


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Ascending numbers as runs without a gap: the first and last of each."""
    starts = [0, *(at for at, (one, next) in enumerate(pairwise(numbers), 1) if next != one + 1), len(numbers)]
    return [(numbers[first], numbers[after - 1]) for first, after in pairwise(starts)]
