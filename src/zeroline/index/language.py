"""The query language: tantivy's own, with the last word taken as a beginning and a typo tolerated.

tantivy parses; here its tree is turned into a query. What is ours: a word without a field is looked for in ``text``; a
word ending in ``*``, and while typing the last word, stands for every word it begins (looked up in the term
dictionary, never a regular expression); ``date:2024-08`` is the whole month; when nothing matches, words may have one
letter wrong.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

import tantivy

from zeroline.index.schema import CODES, FIELDS

PREFIX_TERMS = 256
"""The most words a beginning stands for, the most frequent first; beyond it, rarer words are left out."""

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "’": "'", "‘": "'", "‚": "'"})
_NONE = tantivy.Query.empty_query()


class Understood(NamedTuple):
    """A query as it was understood.

    ``words`` are the words to highlight, in lower case; a word in ``beginnings`` is highlighted where it begins a
    longer one. ``problems`` says what could not be understood; ``loosened`` whether typos were allowed for.
    """

    query: tantivy.Query
    words: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()
    loosened: bool = False


def days_of(value: str) -> tuple[int, int] | None:
    """First and last day, as ordinals, of a year, month or day such as 2024, 2024-08 or 2024-08-06."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", value)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        if day:
            return first.toordinal(), first.toordinal()
        last_month = month or 12
        return first.toordinal(), date(first.year, last_month, monthrange(first.year, last_month)[1]).toordinal()
    except ValueError:
        return None


def normalise(text: str) -> str:
    """A query as the parser takes it: typographic quotation marks made plain, Unicode composed (NFC)."""
    return unicodedata.normalize("NFC", text).translate(_QUOTES)


class Translator:
    """Turns what a reader typed into queries on one searcher."""

    def __init__(self, index: tantivy.Index, searcher: tantivy.Searcher, analyzer: tantivy.TextAnalyzer) -> None:
        self._index = index
        self._schema = index.schema
        self._searcher = searcher
        self._analyzer = analyzer

    def understand(self, text: str, *, typing: bool = True, loosely: bool = False) -> Understood:
        """The query a reader's words stand for; ``typing`` takes the last word as a beginning."""
        text = normalise(text).strip()
        tree, faults = tantivy.parse_query_lenient(text)
        walk = _Walk(self, loosely)
        if typing and text and not text[-1].isspace():
            walk.last = _last_word(tree)
        query = walk.node(tree)
        if typing and any("missing delimiter" in f["message"] for f in faults):
            faults = []  # a phrase that is still being typed is not a mistake
        problems = [*dict.fromkeys([_fault(f, text) for f in faults] + walk.problems)]
        return Understood(query, frozenset(walk.words), frozenset(walk.beginnings), tuple(problems), loosely)

    def tokens(self, word: str) -> list[str]:
        """A word as the index cuts it."""
        return self._analyzer.analyze(word)

    def native(self, text: str) -> tuple[tantivy.Query, list[str]]:
        """What tantivy itself makes of a leaf of the tree."""
        query, errors = self._index.parse_query_lenient(text, ["text"], conjunction_by_default=True)
        return query, [_plain(str(e)) for e in errors]

    def term(self, field: str, token: str) -> tantivy.Query:
        """Documents holding one word."""
        return tantivy.Query.term_query(self._schema, field, token)

    def beginning(self, field: str, token: str) -> tantivy.Query:
        """Documents holding any word that begins so."""
        terms = self._searcher.terms_with_prefix(field, token, limit=PREFIX_TERMS)
        if not terms:
            return _NONE
        if len(terms) == 1:
            return self.term(field, terms[0][0])
        return tantivy.Query.term_set_query(self._schema, field, [t for t, _ in terms])

    def within(self, first: int | None, last: int | None) -> tantivy.Query:
        """Items that may belong to the days from ``first`` to ``last``, both inclusive, None for no bound."""
        parts: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for field, lower, upper in (("to_day", first, None), ("from_day", None, last)):
            if (lower, upper) != (None, None):
                kind = tantivy.FieldType.Integer
                query = tantivy.Query.range_query(self._schema, field, kind, lower, upper)
                parts.append((tantivy.Occur.Must, query))
        return tantivy.Query.boolean_query(parts) if parts else tantivy.Query.all_query()

    def near(self, field: str, token: str, beginning: bool) -> tantivy.Query:
        """Documents holding a word with a letter wrong; short words must be right."""
        if len(token) < 4:
            return self.beginning(field, token) if beginning else self.term(field, token)
        distance = 2 if len(token) > 8 else 1
        return tantivy.Query.fuzzy_term_query(self._schema, field, token, distance, True, beginning)


class _Walk:
    """One walk down a parsed tree, gathering the words to highlight and what went wrong."""

    def __init__(self, by: Translator, loosely: bool) -> None:
        self.by = by
        self.loosely = loosely
        self.last: Mapping[str, Any] | None = None
        self.words: set[str] = set()
        self.beginnings: set[str] = set()
        self.problems: list[str] = []

    def node(self, node: Mapping[str, Any]) -> tantivy.Query:
        match node["type"]:
            case "bool":
                return self.clauses(node["clauses"])
            case "boost":
                return tantivy.Query.boost_query(self.node(node["underlying"]), float(node["boost"]))
            case "literal":
                return self.literal(node)
            case "range":
                return self.range(node)
            case "set":
                field = self.known(node["field"] or "text")
                kept = [t.lower() for t in node["elements"]]
                return tantivy.Query.term_set_query(self.by._schema, field, kept) if field else _NONE
            case "all":
                return tantivy.Query.all_query()
            case "exists":
                field = self.known(node["field"] or "text")
                return self.by.term("has", field) if field else _NONE
            case other:
                self.problems.append(f"“{other}” searches are not supported")
                return _NONE

    def clauses(self, clauses: list[tuple[str | None, Mapping[str, Any]]]) -> tantivy.Query:
        if not clauses:
            return tantivy.Query.all_query()
        occurs = {"must": tantivy.Occur.Must, "should": tantivy.Occur.Should, "must_not": tantivy.Occur.MustNot}
        parts: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for occur, child in clauses:
            if child is clauses[-1][1] and len(clauses) > 1 and child.get("phrase") in ("AND", "OR", "NOT"):
                continue  # an operator whose second word is still to be typed
            silent = occur == "must_not"
            kept = set(self.words), set(self.beginnings)
            parts.append((occurs.get(occur or "must", tantivy.Occur.Must), self.node(child)))
            if silent:
                self.words, self.beginnings = kept
        if all(occur == tantivy.Occur.MustNot for occur, _ in parts):
            parts.append((tantivy.Occur.Must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(parts)

    def known(self, field: str) -> str | None:
        if field == "text" or field in FIELDS:
            return field
        near = get_close_matches(field, FIELDS, 1)
        hint = f"did you mean “{near[0]}:”?" if near else f"fields are {', '.join(FIELDS)}"
        self.problems.append(f"there is no field “{field}”; {hint}")
        return None

    def literal(self, node: Mapping[str, Any]) -> tantivy.Query:
        field = self.known(node["field_name"] or "text")
        phrase: str = node["phrase"]
        if field is None:
            return _NONE
        if phrase == "*" and node["delimiter"] == "none":
            return tantivy.Query.all_query()
        if field in CODES:
            return self.code(field, phrase)
        tokens = self.by.tokens(phrase)
        if node["delimiter"] == "none" and len(tokens) == 1:
            return self.word(field, tokens[0], phrase.endswith("*") or node is self.last)
        if not tokens:
            return tantivy.Query.all_query()
        self.words.update(tokens)
        if len(tokens) == 1:
            return self.word(field, tokens[0], bool(node["prefix"]))
        if node["prefix"] or node is self.last:
            self.beginnings.add(tokens[-1])
            return tantivy.Query.phrase_prefix_query(self.by._schema, field, list(tokens))
        return tantivy.Query.phrase_query(self.by._schema, field, list(tokens), slop=int(node["slop"]))

    def word(self, field: str, token: str, beginning: bool) -> tantivy.Query:
        self.words.add(token)
        if beginning:
            self.beginnings.add(token)
        if self.loosely:
            return self.by.near(field, token, beginning)
        return self.by.beginning(field, token) if beginning else self.by.term(field, token)

    def code(self, field: str, phrase: str) -> tantivy.Query:
        value = phrase.lower()
        if field == "date":
            first, last = self.day(value, 0), self.day(value, 1)
            return self.by.within(first, last) if first and last else _NONE
        if value.endswith("*"):
            return self.by.beginning(field, value[:-1])
        return self.by.term(field, value)

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


def _bound(bound: Mapping[str, Any]) -> tuple[str | None, bool]:
    """A bound of a range and whether it is itself in the range."""
    if bound["type"] == "unbounded":
        return None, True
    return str(bound["value"]).lower(), bound["type"] == "inclusive"


def _leaves(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if node["type"] == "bool":
        for _, child in node["clauses"]:
            yield from _leaves(child)
    elif node["type"] == "literal":
        yield node


def _last_word(tree: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The last leaf, where it may still be being typed: a bare word, or a phrase that is not closed yet."""
    leaves = list(_leaves(tree))
    return leaves[-1] if leaves and not leaves[-1]["slop"] else None


def _fault(fault: Mapping[str, Any], text: str) -> str:
    message, at = _plain(str(fault["message"])), int(fault["pos"])
    return f"{message} after “{text[:at][-12:].strip()}”" if text[:at].strip() else message


def _plain(message: str) -> str:
    words = {
        'missing delimiter \\"': "a quotation mark is not closed",
        'missing delimiter "': "a quotation mark is not closed",
        "expected word": "a word is missing",
        "expected ')'": "a bracket is not closed",
    }
    return words.get(message, message.removeprefix("Syntax Error: "))
