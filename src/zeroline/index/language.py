"""The query language: tantivy's own, with the last word taken as a beginning and a typo tolerated.

What was typed is tidied (:mod:`zeroline.index.tidy`), tantivy parses it, and here its tree is turned into a query.
What is ours: a word without a field is looked for in every field of words; a word ending in ``*``, and while typing the
last word, stands for every word it begins (looked up in the term dictionary, however many);
``date:2024-08`` is the whole month; where nothing is spelt so, a word that stands nowhere may have a letter wrong.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import tantivy

from zeroline.index.begins import FEW, LETTERS
from zeroline.index.filter import NONE
from zeroline.index.schema import BEGINS, CODES, FIELDS, USUAL, WORDS, code
from zeroline.index.values import Values
from zeroline.text.fold import fold

LAST_LETTER = "\U000323af"
"""A letter that no other comes after: a beginning followed by it ends the range of the words it begins."""

LOOSE_FROM = 4
"""A word this long may have a letter wrong, where it stands nowhere; shorter ones must be right."""

PHRASE_TERMS = 50
"""The most words tantivy's own search for phrases with a beginning tries, the first of the alphabet."""

PHRASE_WORDS = 15_000
"""The most words of a beginning in a phrase: beyond 16,384, the phrase's other words included, tantivy refuses."""

PATTERN = 500
"""The longest pattern in bytes; tantivy takes up to 1,000 states, about a byte each."""

_MEANT = re.compile(r"[\\.+*?()|\[\]{}^$#&~-]")

_NONE = tantivy.Query.empty_query()
_OCCURS = {"must": tantivy.Occur.Must, "should": tantivy.Occur.Should, "must_not": tantivy.Occur.MustNot}


Term = tuple[str, str]
"""A field of the index, and what stands in it."""


class Understood(NamedTuple):
    """A query as it was understood.

    ``words`` are the words to highlight, in lower case; a word in ``beginnings`` is highlighted where it begins a
    longer one. ``problems`` says what could not be understood; ``loosened`` whether typos were allowed for. ``term`` is
    the one term that the query stands for, if it is one.
    """

    query: tantivy.Query
    words: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()
    loosened: bool = False
    term: Term | None = None


def days_of(value: str) -> tuple[int, int] | None:
    """First and last day, as ordinals, of a year, month or day such as 2024, 2024-08 or 2024-08-06."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", value)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
        if day is not None:
            return first.toordinal(), first.toordinal()
        last_month = 12 if month is None else month
        return first.toordinal(), date(first.year, last_month, monthrange(first.year, last_month)[1]).toordinal()
    except ValueError:
        return None


class Translator:
    """Turns what a reader typed into queries on one searcher. ``stances`` are the ids of the codebook."""

    def __init__(
        self,
        index: tantivy.Index,
        searcher: tantivy.Searcher,
        analyzer: tantivy.TextAnalyzer,
        stances: Sequence[str] = (),
    ) -> None:
        self._index = index
        self._schema = index.schema
        self._searcher = searcher
        self._analyzer = analyzer
        self.values = Values(stances)
        self._worded: tuple[str, ...] | None = None

    def understand(self, text: str, *, typing: bool = True) -> Understood:
        """The query a reader's words stand for, whatever they typed; ``typing`` takes the last word as a beginning."""
        from zeroline.index.tidy import tidy  # most starts search for nothing

        tidied = tidy(text, typing=typing)
        problems = list(tidied.problems)
        if tidied.refused:
            return Understood(_NONE, problems=tidied.problems)
        query = None
        walk = _Walk(self)
        if tidied.text:
            tree, faults = tantivy.parse_query_lenient(tidied.text)
            if faults:  # what is tidied parses; should tantivy ever think otherwise, its words are not for readers
                problems.append("this cannot be understood; put the words in quotation marks")
            walk.last = _last_word(tree) if tidied.open else None
            query = walk.node(tree)
            if walk.nowhere and query is not None and not self._finds(query):
                # Only where the words as they are spelt find nothing at all may a letter be wrong.
                loose = _Walk(self, loosely=True)
                loose.last = walk.last
                found = loose.node(tree)
                if found is not None and self._finds(found):
                    query, walk = found, loose
            problems += walk.problems
        if query is None:
            query = tantivy.Query.all_query()
            if text.strip() and not typing and not problems:
                problems.append("there is no word in it to look for")
        return Understood(
            query,
            frozenset(walk.words),
            frozenset(walk.beginnings),
            tuple(dict.fromkeys(problems)),
            walk.loosely,
            walk.term,
        )

    def _finds(self, query: tantivy.Query) -> bool:
        return bool(self._searcher.search(query, 1, count=False).hits)

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

    def anywhere(self, field: str, query: Callable[[str], tantivy.Query]) -> tantivy.Query:
        """What any of the fields answers."""
        return _either([query(one) for one in self.fields(field)])

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
        return _either([self.term(BEGINS, term) for term in terms])

    def beginning(self, field: str, token: str) -> tantivy.Query:
        """Documents holding any word that begins so."""
        if field in WORDS:  # a range of the dictionary: all of them, however many, and none of them fetched
            return self._index.parse_query(f"{field}:[{token} TO {token}{LAST_LETTER}]", [field])
        if len(token.encode()) <= PATTERN:  # codes may hold what a range cannot be written with
            return tantivy.Query.regex_query(self._schema, field, f"{_pattern(token)}.*")
        codes = self._searcher.terms_with_prefix(field, token)
        return tantivy.Query.term_set_query(self._schema, field, [c for c, _ in codes]) if codes else _NONE

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
            return _NONE
        if len(words) <= PHRASE_TERMS and not slop:
            return tantivy.Query.phrase_prefix_query(self._schema, field, list(tokens))
        if max(len(token.encode()) for token in tokens) > PATTERN:  # of words as long there are few
            return _either([self.phrase(field, [*before, word], slop, False) for word, _ in words])
        if len(words) > PHRASE_WORDS:
            longer = {word[: len(last) + 1] for word, _ in self._searcher.terms_with_prefix(field, last)} - {last}
            return _either(
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


class _Walk:
    """One walk down a parsed tree, gathering the words to highlight and what went wrong.

    ``loosely`` lets a word that stands nowhere have a letter wrong; else ``nowhere`` says that there is such a word.
    """

    def __init__(self, by: Translator, *, loosely: bool = False) -> None:
        self.by = by
        self.loosely = loosely
        self.nowhere = False
        self._wanted = True
        self.last: Mapping[str, Any] | None = None
        self.words: set[str] = set()
        self.beginnings: set[str] = set()
        self.problems: list[str] = []
        self.term: Term | None = None

    def node(self, node: Mapping[str, Any]) -> tantivy.Query | None:
        """The query of a node; None for one that says nothing, such as a word of mere punctuation."""
        self.term = None  # until a single word is seen
        match node["type"]:
            case "bool":
                return self.clauses(node["clauses"])
            case "boost":
                inner = self.node(node["underlying"])
                self.term = None
                return inner and tantivy.Query.boost_query(inner, float(node["boost"]))
            case "literal":
                return self.literal(node)
            case "range":
                return self.range(node)
            case "all":
                return tantivy.Query.all_query()
            case "exists":
                field = self.known(node["field"] or "text")
                return self.by.has(field) if field else _NONE
            case other:
                self.problems.append(f"“{other}” searches are not supported")
                return _NONE

    def clauses(self, clauses: list[tuple[str | None, Mapping[str, Any]]]) -> tantivy.Query | None:
        parts: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for occur, child in clauses:
            query = self.unwanted(child) if occur == "must_not" else self.node(child)
            if query is not None:
                parts.append((_OCCURS[occur or "must"], query))
        if not parts:
            return None
        if len(parts) > 1 or len(clauses) > 1 or parts[0][0] == tantivy.Occur.MustNot:
            self.term = None
        if all(occur == tantivy.Occur.MustNot for occur, _ in parts):
            parts.append((tantivy.Occur.Must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(parts)

    def unwanted(self, child: Mapping[str, Any]) -> tantivy.Query | None:
        """What must not be there: never highlighted, never loosened."""
        wanted, self._wanted = self._wanted, False
        words, beginnings = set(self.words), set(self.beginnings)
        query = self.node(child)
        self._wanted, self.words, self.beginnings = wanted, words, beginnings
        return query

    def known(self, field: str) -> str | None:
        if field == "text" or field in FIELDS:
            return field
        from difflib import get_close_matches  # only a mistake needs it

        near = get_close_matches(field.lower(), FIELDS, 1)
        hint = f"did you mean “{near[0]}:”?" if near else f"fields are {', '.join(FIELDS)}"
        self.problems.append(f"there is no field “{field}”; {hint}")
        return None

    def literal(self, node: Mapping[str, Any]) -> tantivy.Query | None:
        field = self.known(node["field_name"] or "text")
        phrase: str = node["phrase"]
        last = node is self.last
        if field is None:
            return _NONE
        if phrase == "*" and node["delimiter"] == "none":
            return tantivy.Query.all_query()
        if field in CODES:
            return self.code(field, phrase, last or bool(node["prefix"]), node["delimiter"] == "none")
        tokens = self.by.tokens(phrase)
        if not tokens:
            return None
        beginning = last or bool(node["prefix"]) or (node["delimiter"] == "none" and phrase.endswith("*"))
        self.words.update(tokens)
        if beginning:
            self.beginnings.add(tokens[-1])
        if len(tokens) > 1:
            slop = int(node["slop"])
            return self.by.anywhere(field, lambda one: self.by.phrase(one, tokens, slop, beginning))
        token = tokens[0]
        if beginning and field == "text" and len(token) <= LETTERS:
            self.term = (BEGINS, token) if len(token) == LETTERS else None
            return self.by.term(*self.term) if self.term else self.by.letter(token)
        if len(token) >= LOOSE_FROM and self._wanted and not self.by.stands(field, token, beginning):
            self.nowhere = True
            if self.loosely:
                return self.by.anywhere(field, lambda one: self.by.near(one, token, beginning))
        if beginning:
            return self.by.anywhere(field, lambda one: self.by.beginning(one, token))
        return self.by.anywhere(field, lambda one: self.by.term(one, token))

    def code(self, field: str, phrase: str, beginning: bool, bare: bool) -> tantivy.Query:
        value = phrase.lower()
        if field == "date":
            first, last_day = self.day(value, 0), self.day(value, 1)
            return self.by.within(first, last_day) if first and last_day else _NONE
        if bare and value.endswith("*"):
            value, beginning = value.removesuffix("*"), True
        if wrong := self.by.values.wrong(field, value, beginning):
            self.problems.append(wrong)
            return _NONE
        return self.by.code(field, value, beginning)

    def range(self, node: Mapping[str, Any]) -> tantivy.Query:
        field = self.known(node["field"] or "text")
        if field is None:
            return _NONE
        if field != "date":
            self.problems.append("only dates have ranges: date:[2024-08 TO 2025]")
            return _NONE
        (lower, from_it), (upper, to_it) = _bound(node["lower"]), _bound(node["upper"])
        first = self.day(lower, 0 if from_it else 1)
        last = self.day(upper, 1 if to_it else 0)
        if (lower and not first) or (upper and not last):
            return _NONE
        return self.by.within(first and first + (not from_it), last and last - (not to_it))

    def day(self, value: str | None, end: int) -> int | None:
        """The first (``end`` 0) or last (1) day of a year, month or day, as an ordinal."""
        if value is None:
            return None
        days = days_of(value)
        if days is None:
            self.problems.append(f"“{value}” is no date; write 2025, 2024-08 or 2024-08-06")
            return None
        return days[end]


def _either(queries: list[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, q) for q in queries]) if queries else _NONE


def _without(query: tantivy.Query, *others: tantivy.Query) -> tantivy.Query:
    """What one query finds, and none of the others."""
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, query), *((tantivy.Occur.MustNot, other) for other in others)]
    )


def _pattern(word: str) -> str:
    """A regular expression that a word alone matches."""
    return _MEANT.sub(r"\\\g<0>", word)


def _bound(bound: Mapping[str, Any]) -> tuple[str | None, bool]:
    """A bound of a range and whether it is itself in the range."""
    if bound["type"] == "unbounded":
        return None, True
    return str(bound["value"]).lower(), bound["type"] == "inclusive"


def _last_word(tree: Mapping[str, Any]) -> Mapping[str, Any]:
    """The last leaf of a tree."""
    while tree["type"] == "bool" and tree["clauses"]:
        tree = tree["clauses"][-1][1]
    return tree
