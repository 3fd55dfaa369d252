"""The shape of an index on disk: its fields, how text is cut into words, and the version that names both.

Fields a reader may name in a query are listed in :data:`FIELDS`; the README's table of the query language is made from
it. Numbers that only Zeroline uses (``seq``, ``month`` …) are fast fields.
"""

from __future__ import annotations

import re

import tantivy

FORMAT = 112
"""Raised whenever the schema or what is stored changes: an older index is then compiled anew."""

FIELDS: dict[str, str] = {
    "excerpt": "words of the excerpt, or of an event's title",
    "paraphrase": "words of the paraphrase, or of an event's description",
    "speaker": "name, spelling variants, callsign or id of the speaker (of an event: who asserts it)",
    "callsign": "callsign of the speaker",
    "unit": "unit of the speaker, as printed",
    "topic": "id or label of a topic",
    "place": "id, name or variant of a place",
    "note": "words of a coders’ note",
    "condition": "words of a condition a position hangs on",
    "stance": "a stance: trade; with its force: trade.conditional; none for statements without one",
    "force": "unconditional, conditional or hypothetical",
    "certainty": "high, medium or low",
    "basis": "stated or inferred",
    "attribution": "direct, reported or caption",
    "kind": "statement or event",
    "source": "id of the source",
    "date": "a day, month or year: 2025, 2024-08, 2024-08-06; ranges: [2024-08 TO 2025]",
    "id": "id of a statement or event",
}
"""Fields of the query language and what each holds."""

WORDS = ("excerpt", "paraphrase", "speaker", "callsign", "unit", "topic", "place", "note", "condition")
"""Fields cut into words. A word without a field is looked for in all of them."""

TABLED = ("speaker", "callsign", "unit", "topic", "place")
"""Of WORDS those that say who and what a line names: few in number, so that lines leave them to the tables.

A line that names several topics or places has their words itself, since a phrase may go from one to the next; and so
have the statements and events of the TOML tables, of which there are few.
"""

CODES = ("stance", "force", "certainty", "basis", "attribution", "kind", "source", "date", "id")
"""Fields kept whole, in lower case: all are terms such as ``stance:trade`` of the one field ``codes``."""

BEGINS = "begins"
"""The first two letters of all words of an item (:mod:`zeroline.index.prefixes`)."""

BLOCK = 1_024
"""Items of one block: each has its block's code, so that ranks from one to another are found without reading all."""

USUAL = frozenset({"excerpt", "speaker", "topic", "date"})
"""Fields that nearly every item has: an item is marked where it lacks one, and where it has another of WORDS."""

IDS = ("topic_id", "place_id", "exactly", "has", "lacks", "block")
"""Kept whole: topics and places, and ids, for exact filters; which fields an item has or lacks (``condition:*``).

``exactly`` is there only for an id that its code ``id`` does not tell from others: one with capitals. Such an item also
``has:exactly``.
"""

EXACT = frozenset({"topic_id", "place_id", "exactly"})
"""Codes of which no two values are alike, whatever their capitals and white space."""

NUMBERS = ("seq", "group", "month", "speaker_no", "stance_no")
"""Unsigned: rank in time order, heading group, months since year 0, the speaker's ordinal, places of stances.

``stance_no`` holds the place in the codebook of every stance taken; one more for no stance, two more for an event.
"""

DAYS = ("from_day", "to_day")
"""Signed: first and last day an item may belong to, as proleptic Gregorian ordinals; 0 for undated.

What belongs to a single day, as most does, has no ``to_day``.
"""


_WHITE = re.compile(r"\s")


def build_schema() -> tantivy.Schema:
    """The schema of the items index: statements and events.

    Fewer, fuller fields compile faster: codes share one field, and numbers that are only sorted, counted or compared
    are fast fields without an index of their own. Records are beside it (:mod:`zeroline.index.records`).
    """
    builder = tantivy.SchemaBuilder()
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name="words")
    for name in ("codes", BEGINS):
        builder.add_text_field(name, tokenizer_name="codes", index_option="basic")
    for name in NUMBERS:
        builder.add_unsigned_field(name, indexed=name == "speaker_no", fast=True)
    for name in DAYS:
        builder.add_integer_field(name, fast=True)
    return builder.build()


def code(field: str, value: str) -> str:
    """The term of a code. White space would end it, so a value that has any holds unit separators instead."""
    if field in EXACT:
        return f"{field}:{value}" if value.isalnum() else f"{field}:{_WHITE.sub(_named, value)}"
    value = value.lower()
    return f"{field}:{value}" if value.isalnum() else f"{field}:" + "\x1f".join(value.split())


def _named(white: re.Match[str]) -> str:
    return f"\x1f{ord(white[0]):x}\x1f"


def build_table_schema() -> tantivy.Schema:
    """The schema of the tables index: speakers and sources, fetched by id or by ordinal.

    Of what lines name it has the words that they leave out (:mod:`zeroline.index.table_words`), topics and places
    included.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("kind", tokenizer_name="codes", index_option="basic")
    builder.add_text_field("id", tokenizer_name="codes", index_option="basic")
    for name in TABLED:
        builder.add_text_field(name, tokenizer_name="words")
    builder.add_unsigned_field("ordinal", indexed=True, fast=True)
    builder.add_bytes_field("record", stored=True)
    return builder.build()


def words_analyzer() -> tantivy.TextAnalyzer:
    """Cuts at whatever is no letter or digit. What it is given is folded already (:mod:`zeroline.text.fold`)."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).build()


def register(index: tantivy.Index) -> tantivy.Index:
    """Give an index the tokenizers its schema names; tantivy keeps only their names on disk."""
    index.register_tokenizer("words", words_analyzer())
    index.register_tokenizer("codes", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index
