"""The query language: tantivy's own, with the last word taken as a beginning and a typo tolerated.

What was typed is tidied (:mod:`zeroline.index.tidy_query`), tantivy parses it, and here its tree is turned into a
query. What is ours: a word without a field is looked for in every field of words; a word ending in ``*``, and while
typing the last word, stands for every word it begins (looked up in the term dictionary, however many);
``date:2024-08`` is the whole month; where nothing is spelt so, a word that stands nowhere may have a letter wrong.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import tantivy

from zeroline.index.code_values import Values
from zeroline.index.lookup import NOTHING
from zeroline.index.parsed_query import read
from zeroline.index.prefixes import LETTERS
from zeroline.index.schema import BEGINS, CODES, FIELDS
from zeroline.index.table_words import Tabled, WithTables

LOOSE_FROM = 4
"""A word this long may have a letter wrong, where it stands nowhere; shorter ones must be right."""

_OCCURS = {"must": tantivy.Occur.Must, "should": tantivy.Occur.Should, "must_not": tantivy.Occur.MustNot}


Term = tuple[str, str]
"""A field of the index, and what stands in it."""


class Understood(NamedTuple):
    """A query as it was understood.

    ``words`` are the words to highlight, in lower case; a word in ``beginnings`` is highlighted where it begins a
    longer one. ``problems`` says what could not be understood; ``loosened`` whether typos were allowed for. ``term`` is
    the one term that the query stands for, if it is one. ``says_nothing``: there is no word in it, and all is found.
    """

    query: tantivy.Query
    words: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()
    loosened: bool = False
    term: Term | None = None
    says_nothing: bool = False


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


class Translator(WithTables):
    """Turns what a reader typed into queries on one searcher. ``stances`` are the ids of the codebook.

    ``tabled`` has the words that items leave to the tables.
    """

    def __init__(
        self,
        index: tantivy.Index,
        searcher: tantivy.Searcher,
        analyzer: tantivy.TextAnalyzer,
        tabled: Tabled,
        stances: Sequence[str] = (),
    ) -> None:
        super().__init__(index, searcher, analyzer, tabled)
        self.values = Values(stances)

    def understand(self, text: str, *, typing: bool = True) -> Understood:
        """The query a reader's words stand for, whatever they typed; ``typing`` takes the last word as a beginning."""
        tree, last, said, refused = read(text, typing=typing)
        problems = list(said)
        if refused:
            return Understood(NOTHING, problems=said)
        query = None
        walk = _Walk(self)
        if tree is not None:
            walk.last = last
            query = walk.node(tree)
            if walk.nowhere and query is not None and not self._finds(query):
                # Only where the words as they are spelt find nothing at all may a letter be wrong.
                loose = _Walk(self, loosely=True)
                loose.last = walk.last
                found = loose.node(tree)
                if found is not None and self._finds(found):
                    query, walk = found, loose
            problems += walk.problems
        says_nothing = query is None
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
            says_nothing and bool(text.strip()),
        )

    def _finds(self, query: tantivy.Query) -> bool:
        return bool(self._searcher.search(query, 1, count=False).hits)


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
                return self.by.has(field) if field else NOTHING
            case other:
                self.problems.append(f"“{other}” searches are not supported")
                return NOTHING

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
            return NOTHING
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
            return self.by.anywhere(
                field, lambda at, one: at.phrase(one, tokens, slop, beginning), ranked=not beginning
            )
        token = tokens[0]
        if beginning and field == "text" and len(token) <= LETTERS:
            self.term = (BEGINS, token) if len(token) == LETTERS else None
            return self.by.term(*self.term) if self.term else self.by.letter(token)
        if len(token) >= LOOSE_FROM and self._wanted and not self.by.stands(field, token, beginning):
            self.nowhere = True
            if self.loosely:
                return self.by.anywhere(field, lambda at, one: at.near(one, token, beginning))
        if beginning:
            return self.by.anywhere(field, lambda at, one: at.beginning(one, token))
        return self.by.anywhere(field, lambda at, one: at.term(one, token), ranked=True)

    def code(self, field: str, phrase: str, beginning: bool, bare: bool) -> tantivy.Query:
        value = phrase.lower()
        if field == "date":
            first, last_day = self.day(value, 0), self.day(value, 1)
            return self.by.within(first, last_day) if first and last_day else NOTHING
        if bare and value.endswith("*"):
            value, beginning = value.removesuffix("*"), True
        if wrong := self.by.values.wrong(field, value, beginning):
            self.problems.append(wrong)
            return NOTHING
        return self.by.code(field, value, beginning)

    def range(self, node: Mapping[str, Any]) -> tantivy.Query:
        field = self.known(node["field"] or "text")
        if field is None:
            return NOTHING
        if field != "date":
            self.problems.append("only dates have ranges: date:[2024-08 TO 2025]")
            return NOTHING
        (lower, from_it), (upper, to_it) = _bound(node["lower"]), _bound(node["upper"])
        first = self.day(lower, 0 if from_it else 1)
        last = self.day(upper, 1 if to_it else 0)
        if (lower and not first) or (upper and not last):
            return NOTHING
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


def _bound(bound: Mapping[str, Any]) -> tuple[str | None, bool]:
    """A bound of a range and whether it is itself in the range."""
    if bound["type"] == "unbounded":
        return None, True
    return str(bound["value"]).lower(), bound["type"] == "inclusive"
