"""Queries on one searcher: words, beginnings, phrases, codes, days. What a reader typed is read in language.py."""

from __future__ import annotations

import re
from collections.abc import Callable

import tantivy

from zeroline.index.filter import NONE
from zeroline.index.prefixes import FEW
from zeroline.index.schema import BEGINS, USUAL, WORDS, code
from zeroline.text.fold import fold

LAST_LETTER = "\U000323af"
"""A letter that no other comes after: a beginning followed by it ends the range of the words it begins."""

PHRASE_TERMS = 50
"""The most words tantivy's own search for phrases with a beginning tries, the first of the alphabet."""

PHRASE_WORDS = 15_000
"""The most words of a beginning in a phrase: beyond 16,384, the phrase's other words included, tantivy refuses."""

PATTERN = 500
"""The longest pattern in bytes; tantivy takes up to 1,000 states, about a byte each."""

_MEANT = re.compile(r"[\\.+*?()|\[\]{}^$#&~-]")

NOTHING = tantivy.Query.empty_query()

Look = Callable[["Lookup", str], tantivy.Query]
"""Looks for something in a field of the index that it is given."""


class Lookup:
    """Makes queries on one searcher."""

    def __init__(self, index: tantivy.Index, searcher: tantivy.Searcher, analyzer: tantivy.TextAnalyzer) -> None:
        self._index = index
        self._schema = index.schema
        self._searcher = searcher
        self._analyzer = analyzer
        self._worded: tuple[str, ...] | None = None

    def tokens(self, word: str) -> list[str]:
        """A word as the index cuts it."""
        return self._analyzer.analyze(fold(word))

    def fields(self, field: str) -> tuple[str, ...]:
        """The fields a query's field stands for: ``text`` is every field that has words at all."""
        if field != "text":
            return (field,)
        if self._worded is None:
            self._worded = tuple(f for f in WORDS if self._anywhere_in(f))
        return self._worded

    def _anywhere_in(self, field: str) -> bool:
        """Whether any item has words in a field."""
        if field in USUAL:
            return self._searcher.doc_freq("codes", code("lacks", field)) < self._searcher.num_docs
        return self._searcher.doc_freq("codes", code("has", field)) > 0

    def has(self, field: str) -> tantivy.Query:
        """Items that have something in a field."""
        match field:
            case "text" | "id" | "kind":
                return tantivy.Query.all_query()
            case "attribution":
                return self.code("kind", "statement")
            case "stance" | "force" | "certainty" | "basis":
                return _without(tantivy.Query.all_query(), self.code("kind", "event"), self.code("stance", NONE))
        if field in USUAL or field == "source":
            return _without(tantivy.Query.all_query(), self.code("lacks", field))
        return self.code("has", field)

    def anywhere(self, field: str, look: Look, *, ranked: bool = False) -> tantivy.Query:
        """What is found in any of the fields; ``ranked`` where rare words count for more."""
        return either([query for one in self.fields(field) for query in self._places(one, look, ranked)])

    def _places(self, field: str, look: Look, ranked: bool) -> list[tantivy.Query]:
        """What is found in one field, wherever its words stand."""
        return [look(self, field)]

    def code(self, field: str, value: str, beginning: bool = False) -> tantivy.Query:
        """Documents with a code, or with any that begins so."""
        return self.beginning("codes", code(field, value)) if beginning else self.term("codes", code(field, value))

    def term(self, field: str, token: str) -> tantivy.Query:
        """Documents holding one word."""
        return tantivy.Query.term_query(self._schema, field, token, "position" if field in WORDS else "basic")

    def letter(self, letter: str) -> tantivy.Query:
        """Documents holding any word that begins with a letter: with it and another, or all of it."""
        terms = [term for term, _ in self._searcher.terms_with_prefix(BEGINS, letter)]
        if len(terms) > FEW:
            return tantivy.Query.term_set_query(self._schema, BEGINS, terms)
        return either([self.term(BEGINS, term) for term in terms])

    def beginning(self, field: str, token: str) -> tantivy.Query:
        """Documents holding any word that begins so."""
        if field in WORDS:  # a range of the dictionary: all of them, however many, and none of them fetched
            return self._index.parse_query(f"{field}:[{token} TO {token}{LAST_LETTER}]", [field])
        if len(token.encode()) <= PATTERN:  # codes may hold what a range cannot be written with
            return tantivy.Query.regex_query(self._schema, field, f"{_pattern(token)}.*")
        codes = self._searcher.terms_with_prefix(field, token)
        return tantivy.Query.term_set_query(self._schema, field, [c for c, _ in codes]) if codes else NOTHING

    def stands(self, field: str, token: str, beginning: bool) -> bool:
        """Whether a word, or one that it begins, stands anywhere at all."""
        if beginning:
            return any(self._searcher.terms_with_prefix(one, token, limit=1) for one in self.fields(field))
        return any(self._searcher.doc_freq(one, token) for one in self.fields(field))

    def phrase(self, field: str, tokens: list[str], slop: int, beginning: bool) -> tantivy.Query:
        """Documents holding the words in a row; with ``beginning`` the last may begin a longer one."""
        if not beginning:
            return tantivy.Query.phrase_query(self._schema, field, list(tokens), slop=slop)
        *before, last = tokens
        words = self._searcher.terms_with_prefix(field, last, limit=PHRASE_WORDS + 1)
        if not words:
            return NOTHING
        if len(words) <= PHRASE_TERMS and not slop:
            return tantivy.Query.phrase_prefix_query(self._schema, field, list(tokens))
        if max(len(token.encode()) for token in tokens) > PATTERN:  # of words as long there are few
            return either([self.phrase(field, [*before, word], slop, False) for word, _ in words])
        if len(words) > PHRASE_WORDS:
            longer = {word[: len(last) + 1] for word, _ in self._searcher.terms_with_prefix(field, last)} - {last}
            return either(
                [
                    self.phrase(field, tokens, slop, False),
                    *(self.phrase(field, [*before, one], slop, True) for one in sorted(longer)),
                ]
            )
        patterns = [*map(_pattern, before), f"{_pattern(last)}.*"]
        return tantivy.Query.regex_phrase_query(self._schema, field, list(patterns), slop=slop)

    def within(self, first: int | None, last: int | None) -> tantivy.Query:
        """Items that may belong to the days from ``first`` to ``last``, both inclusive, None for no bound."""
        if first is None and last is None:
            return tantivy.Query.all_query()
        # What is undated stands on day 0: it belongs to no days at all. Only what ends on another day than it begins on
        # has a `to_day`: it may begin before the first day wanted and still belong to it.
        since = 1 if first is None else max(first, 1)
        begun = self._days("from_day", since, last)
        lasting = [(tantivy.Occur.Must, self._days("to_day", since, None))]
        if last is not None:
            lasting.append((tantivy.Occur.Must, self._days("from_day", 1, last)))
        either = [(tantivy.Occur.Should, begun), (tantivy.Occur.Should, tantivy.Query.boolean_query(lasting))]
        return tantivy.Query.boolean_query(either)

    def _days(self, field: str, first: int, last: int | None) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, field, tantivy.FieldType.Integer, first, last)

    def near(self, field: str, token: str, beginning: bool) -> tantivy.Query:
        """Documents holding a word with a letter wrong, in a long word two."""
        distance = 2 if len(token) > 8 else 1
        return tantivy.Query.fuzzy_term_query(self._schema, field, token, distance, True, beginning)


def either(queries: list[tantivy.Query]) -> tantivy.Query:
    """What any of some queries finds."""
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, q) for q in queries]) if queries else NOTHING


def _without(query: tantivy.Query, *others: tantivy.Query) -> tantivy.Query:
    """What one query finds, and none of the others."""
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, query), *((tantivy.Occur.MustNot, other) for other in others)]
    )


def _pattern(word: str) -> str:
    """A regular expression that a word alone matches."""
    return _MEANT.sub(r"\\\g<0>", word)
