"""Counts under a filter: stances, speakers, months, headings. Each in one pass over the hits, whatever is counted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, NamedTuple

import tantivy

from zeroline.index.counts_cache import Kept
from zeroline.index.filter import NONE, Filter
from zeroline.index.query import Queries
from zeroline.index.summary import Summary
from zeroline.text.fold import fold

ALL = 65_000
"""The most values tantivy counts."""

MANY = 20_000
"""Hits from which on speakers are counted in a thread of their own, beside all else: they take as long as that."""


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


class FacetCounter:
    """Counts what one searcher finds."""

    def __init__(self, searcher: tantivy.Searcher, queries: Queries, summary: Summary) -> None:
        self._searcher, self._queries, self._summary = searcher, queries, summary
        self._kept = Kept()
        self._expected: tuple[Filter, bool, int] | None = None
        self._beside = ThreadPoolExecutor(1, "zeroline-speakers")  # its thread starts when it is first needed

    def facets(self, wanted: Filter, *, typing: bool = False, most: int = ALL) -> Facets:
        """All counts a screen shows beside the rows; of speakers the ``most`` heard, those first."""
        found = self._kept.get(wanted, typing, most)
        if found is None:
            found = self._facets(wanted, typing, most)
            self._kept.put(wanted, typing, most, found)
        return found

    def known(self, wanted: Filter, typing: bool) -> int | None:
        """How many items match, where that has been counted."""
        kept = self._kept.total(wanted, typing)
        if kept is not None:
            return kept
        alone = typing and wanted == Filter(query=wanted.query)
        return self._summary.letters.get(fold(wanted.query)) if alone else None

    def expect(self, wanted: Filter, typing: bool, hits: int) -> None:
        """Be told how many items match the filter whose counts will be asked for next."""
        self._expected = wanted, typing, hits

    def _many(self, wanted: Filter, typing: bool) -> bool:
        """Whether so much matches that it is counted in two threads."""
        expected = self._expected
        return expected is not None and expected[:2] == (wanted, typing) and expected[2] > MANY

    def _facets(self, wanted: Filter, typing: bool, most: int) -> Facets:
        it = self._summary
        names = [*(s.id for s in it.stances), NONE]
        if not wanted:  # counted when the corpus was compiled
            stances = {s: it.stance_counts.get(s, 0) for s in names}
            heard = dict(it.heard[:most])
            if len(heard) < min(most, it.speakers):
                heard = self._counts(tantivy.Query.all_query(), {"speakers": ("speaker_no", most)})[0]["speakers"]
            return Facets(it.statements, it.events, stances, heard, it.months)
        query = self._queries.asked(wanted, typing=typing).query
        # All that is counted under the same query is counted in one pass over its hits, or in two side by side.
        counted: dict[str, tuple[str, int]] = {"months": ("month", ALL)}
        counted |= {"stances": ("stance_no", 200)} if not wanted.stances else {"kinds": ("stance_no", 200)}
        speakers = {} if wanted.speakers else {"speakers": ("speaker_no", most)}
        if speakers and self._many(wanted, typing):
            beside = self._beside.submit(self._counts, query, speakers)
            found, total = self._counts(query, counted)
            found |= beside.result()[0]
        else:
            found, total = self._counts(query, counted | speakers)
        if wanted.stances:
            others = self._queries.asked(wanted.without("stances"), typing=typing).query
            found |= self._counts(others, {"stances": ("stance_no", 200)})[0]
        if wanted.speakers:
            others = self._queries.asked(wanted.without("speakers"), typing=typing).query
            found |= self._counts(others, {"speakers": ("speaker_no", most)})[0]
        stances = {name: found["stances"].get(number, 0) for number, name in enumerate(names)}
        if wanted.forces:  # a statement counts for the stances it takes with such a force
            every = wanted.without("stances")
            stances = {s: self._total(replace(every, stances=(s,)), typing) for s in names}
        events = found.get("kinds", found["stances"]).get(len(names), 0)
        return Facets(total - events, events, stances, _most_first(found["speakers"]), found["months"])

    def groups(self, wanted: Filter, *, typing: bool = False) -> dict[int, int]:
        """Matching items by the number of their heading."""
        query = self._queries.asked(wanted, typing=typing).query
        return self._counts(query, {"group": ("group", ALL)})[0]["group"]

    def _total(self, wanted: Filter, typing: bool) -> int:
        return self._counts(self._queries.asked(wanted, typing=typing).query, {})[1]

    def _counts(
        self, query: tantivy.Query, fields: dict[str, tuple[str, int]]
    ) -> tuple[dict[str, dict[int, int]], int]:
        """Hits by the values of fields, each with the most values wanted; and how many hits there are."""
        # Every segment counts all: asked only for its own most, it would leave out what others most heard say in it.
        wanted: dict[str, Any] = {
            n: {"terms": {"field": f, "size": most, "segment_size": ALL}} for n, (f, most) in fields.items()
        }
        answer = self._searcher.aggregate(query, wanted | {"total": {"value_count": {"field": "seq"}}})
        counts = {n: {int(b["key"]): int(b["doc_count"]) for b in answer[n]["buckets"]} for n in fields}
        return counts, int(answer["total"]["value"])


def _most_first(counts: dict[int, int]) -> dict[int, int]:
    """By count; equal ones by number, so that the same filter gives the same order always."""
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
