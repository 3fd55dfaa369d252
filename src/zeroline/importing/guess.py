"""Guessing which column is which: by its name first, then by what stands in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from zeroline.importing.dates import Dates, Style, order_of
from zeroline.importing.errors import NoDate
from zeroline.importing.fields import FIELDS, MANY, POSITION, plain
from zeroline.importing.firmness import SAYS_HOW_FIRM, likely_field, says_how_firm
from zeroline.importing.first_look import Look
from zeroline.importing.json_keys import in_list
from zeroline.importing.labels import NOTHING
from zeroline.importing.rows import Cell

LABELS_MOST = 50
"""The most different labels that a column in the sample may have to be guessed to hold stances."""

VOCABULARIES = {
    "force": ("unconditional", "conditional", "hypothetical"),
    "certainty": ("high", "medium", "low"),
    "basis": ("stated", "inferred"),
    "attribution": ("direct", "reported", "caption"),
}
"""Fields with a vocabulary of their own."""

_STANCE_WORDS = frozenset(
    [
        "favor",
        "favour",
        "against",
        "none",
        "neutral",
        "pro",
        "con",
        "contra",
        "anti",
        "for",
        "support",
        "supports",
        "oppose",
        "opposes",
        "agree",
        "disagree",
        "positive",
        "negative",
        "comment",
        "deny",
        "query",
        "yes",
        "no",
        "hold",
        "trade",
        "withdraw",
        "approve",
        "disapprove",
        "undecided",
        "mixed",
    ]
)
_TRIED = 500


@dataclass
class Guess:
    """Field to column. ``unsure``: those that only the values, or a part of the name, speak for.

    ``must_ask``: columns left out whose name speaks of force or condition; only ``--map`` may leave them out, since
    without them a view held under a condition would be a plain one; ``likely``: the field that the first of them which
    can be mapped likely is. ``repeating``: a column that by name holds ids, left out because the same ones stand in
    several of the first rows.
    """

    mapping: dict[str, str] = field(default_factory=dict)
    unsure: list[str] = field(default_factory=list)
    must_ask: list[str] = field(default_factory=list)
    likely: str = "force"
    repeating: str = ""

    @property
    def sure(self) -> bool:
        """Whether nobody need be asked."""
        return "text" in self.mapping and not self.unsure and not self.must_ask


def values_of(seen: Look, column: str, most: int | None = None) -> list[str]:
    """What stands in a column of the sample, without what is empty; several values of one cell are several."""
    at = tuple(dict.fromkeys(seen.table.columns)).index(column)
    found: list[str] = []
    for row in seen.sample[:most]:
        cell: Cell = row.cells[at]
        found += [text for item in ([cell] if isinstance(cell, str) else cell) if (text := item.strip())]
    return found


def guess(seen: Look) -> Guess:
    """The likeliest mapping of a file's columns."""
    columns = tuple(dict.fromkeys(seen.table.columns))
    values = {column: values_of(seen, column, _TRIED) for column in columns}
    rows = len(seen.sample[:_TRIED])
    names = {column: plain(column) for column in columns}
    made = Guess()
    free = list(columns)
    firm = {c for c in columns if says_how_firm(c)}

    def take(wanted: str, column: str, *, sure: bool) -> None:
        made.mapping[wanted] = column
        free.remove(column)
        if not sure:
            made.unsure.append(wanted)

    for wanted, synonyms in FIELDS.items():
        named = [
            c for name in synonyms for c in free if names[c] == name and (wanted in SAYS_HOW_FIRM or c not in firm)
        ]
        fitting = [c for c in named if _fits(wanted, values[c], rows)]
        if wanted == "stance" and not fitting:  # one that is called so is one, however few rows there are
            fitting = [c for c in named if names[c] == "stance" and 0 < len(set(values[c])) <= LABELS_MOST]
        if fitting:
            take(wanted, fitting[0], sure=True)
    for wanted in ("text", "speaker", "date", "stance", "topic"):
        if wanted not in made.mapping:
            ends = [c for name in FIELDS[wanted][:6] for c in free if c not in firm and _part_of(name, names[c])]
            fitting = [c for c in ends if _fits(wanted, values[c], rows) and (wanted != "text" or _is_prose(values[c]))]
            if fitting:
                take(wanted, fitting[0], sure=False)
    for wanted, find in _BY_VALUE.items():
        if wanted not in made.mapping and (found := find({c: values[c] for c in free if c not in firm})):
            take(wanted, found, sure=False)
    if "stance" not in made.mapping:
        for wanted in POSITION:
            made.mapping.pop(wanted, None)
    if "id" not in made.mapping:
        called = (c for c in free if names[c] in FIELDS["id"])
        made.repeating = next((c for c in called if len({v.casefold() for v in values[c]}) < len(values[c])), "")
    taken = set(made.mapping.values())
    made.must_ask = [c for c in columns if c in firm - taken] + list(seen.buried)
    if usable := [c for c in made.must_ask if c in columns or not in_list(c)]:
        made.likely = likely_field(usable[0], values.get(usable[0], ()), VOCABULARIES["force"])
    return made


def word(text: str) -> str:
    """A word of a vocabulary as it is compared: capitals and white space do not matter."""
    return " ".join(text.casefold().split())


def _part_of(name: str, column: str) -> bool:
    return column.endswith(f"_{name}") or column.startswith(f"{name}_")


def _fits(wanted: str, values: Sequence[str], rows: int) -> bool:
    """Whether what stands in a column can be what its name says."""
    if not values:
        return wanted not in ("text", "id", "date", "stance")
    if wanted == "text":
        return not all(_is_number(v) for v in values)
    if wanted == "date":
        return _are_dates(values, 0.5)
    if wanted == "stance":
        return _are_labels(values)
    if wanted == "id":
        return len(values) == rows and len({v.casefold() for v in values}) == rows and max(map(len, values)) <= 120
    if wanted in VOCABULARIES:
        # The name says what it is: what else stands in it is a bad row, said so, and no reason to drop it.
        return any(word(v) in VOCABULARIES[wanted] for v in values)
    if wanted in ("source", *MANY, "otherwise"):
        short = sum(map(len, values)) / len(values) <= 80
        return short and (len(values) <= 20 or len(set(values)) <= len(values) * 0.6)
    return wanted in ("paraphrase", "note", "condition", "rationale") or max(map(len, values)) <= 500


def _are_labels(values: Sequence[str]) -> bool:
    different = {v.casefold() for v in values}
    few = len(different) <= max(3, min(LABELS_MOST, len(values) // 3))
    return few and sum(map(len, different)) / len(different) <= 40


def _are_dates(values: Sequence[str], share: float) -> bool:
    values = [value for value in values if value not in NOTHING]
    order = order_of(values)
    dates = Dates(Style("dmy" if order == "?" else order))
    return bool(values) and sum(_reads(dates, value) for value in values) >= len(values) * share


def _reads(dates: Dates, value: str) -> bool:
    try:
        return bool(dates.read(value))
    except NoDate:
        return False


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).lstrip("-").isdigit()


def _is_prose(values: Sequence[str]) -> bool:
    return bool(values) and sum(len(v.split()) for v in values) / len(values) >= 3


def _longest(columns: dict[str, list[str]]) -> str | None:
    """The column of prose, when it is clearly the longest."""
    lengths = {c: sum(map(len, v)) / len(v) for c, v in columns.items() if _is_prose(v)}
    ordered = sorted(lengths, key=lambda c: -lengths[c])
    if len(ordered) > 1 and lengths[ordered[0]] < 1.5 * lengths[ordered[1]]:
        return None
    return ordered[0] if ordered else None


def _only_dates(columns: dict[str, list[str]]) -> str | None:
    """The one column of dates; numbers alone are none."""
    found = [c for c, v in columns.items() if v and not _is_number(v[0]) and _are_dates(v, 0.95)]
    return found[0] if len(found) == 1 else None


def _stance_words(columns: dict[str, list[str]]) -> str | None:
    """The one column whose labels are mostly words that people label stances with."""
    found = []
    for column, values in columns.items():
        labels = Counter(v.casefold() for v in values)
        if len(labels) > 1 and len(labels.keys() & _STANCE_WORDS) * 2 > len(labels):
            found.append(column)
    return found[0] if len(found) == 1 else None


_BY_VALUE: dict[str, Callable[[dict[str, list[str]]], str | None]] = {
    "text": _longest,
    "date": _only_dates,
    "stance": _stance_words,
}
