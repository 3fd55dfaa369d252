"""Names of columns that speak of force or condition, and what to say where one would be left out.

Without such a column a view held under a condition would be shown as a plain one, so it is never left out unasked.
"""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from zeroline.importing.errors import ImportFault
from zeroline.importing.fields import POSITION, listed, map_text
from zeroline.importing.json_keys import in_list

SAYS_HOW_FIRM = ("force", "condition", "otherwise", "certainty", "basis")
"""The fields that a column whose name speaks of force or condition may be guessed to be."""

_WORDS = frozenset({
    "force", "forces", "strength", "firmness", "modality",
    "proviso", "provisos", "cond", "uncond", "hypo", "if", "unless", "provided", "depends", "depending",
    "requires", "required", "requirement", "requirements",
    "otherwise", "fallback", "hedge", "hedges", "hedged", "hedging", "tentative", "tentatively",
    "caveat", "caveats", "qualifier", "qualifiers", "qualified",
    "unbedingt",
})  # fmt: skip
_PAIRS = frozenset({("fall", "back"), ("only", "if"), ("subject", "to")})
_NO_PAIRS = frozenset({("provided", "by")})
# The beginnings that no other word has; “conditioning” and “conditioner” are of air and hair.
_BEGINNINGS = re.compile(
    r"(?:un|pre)?condition(?!ing|er)|vorbedingung|voraussetz|(?:in|un)?condicion|hypothe|contingen|prerequisit|otherwise|bedingung|bedingt|умов"
)
_JOINED = re.compile(r"conditional|hypothetical")
_OF_CONDITION = re.compile(r"condition|condicion|beding|voraussetz|умов|contingen|prerequisit|proviso|^cond$")
_ALSO_OF_CONDITION = frozenset({
    "if", "unless", "provided", "depends", "depending", "requires", "required", "requirement", "requirements",
})  # fmt: skip
_YES_OR_NO = frozenset({"yes", "no", "y", "n", "true", "false", "t", "f", "1", "0", "1.0", "0.0", "na", "nan", "n/a"})


def words_of(name: str) -> list[str]:
    """The words of a name: “isForceOf”, “is force-of” and “is_force_of2” are is, force, of. Accents are taken away."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if unicodedata.category(c) not in ("Mn", "Cf"))
    parted = re.sub(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", bare)
    return [word.casefold() for word in re.findall(r"[^\W\d_]+", parted)]


def says_how_firm(name: str) -> bool:
    """Whether a column's name speaks of force or condition: left out, a guarded view would be shown as a plain one."""
    words = words_of(name)
    last = words_of(name.rpartition(".")[2])
    if last in (["certainty"], ["basis"]) or not _PAIRS.isdisjoint(pairwise(words)):
        return True
    not_meant = {pair[0] for pair in pairwise(words) if pair in _NO_PAIRS}
    return any(w not in not_meant and (w in _WORDS or _BEGINNINGS.match(w) or _JOINED.search(w)) for w in words)


def likely_field(name: str, values: Iterable[str], forces: Iterable[str]) -> str:
    """The field that a column which :func:`says_how_firm` likely is; ``forces`` are the words of force."""
    words = words_of(name)
    told = {" ".join(value.casefold().split()) for value in values}
    if not told.isdisjoint(forces) or any(w.startswith("un") and _OF_CONDITION.search(w) for w in words):
        return "force"  # what says that there is no condition is none
    for field in ("otherwise", "certainty", "basis"):
        if field in words:
            return field
    if "fallback" in words or ("fall", "back") in pairwise(words):
        return "otherwise"
    if told and told <= _YES_OR_NO:
        return "condition"  # which may only say whether there is one
    conditional = any(w in _ALSO_OF_CONDITION or _OF_CONDITION.search(w) for w in words)
    return "condition" if conditional or ("subject", "to") in pairwise(words) else "force"


def would_be_left_out(
    columns: Sequence[str], mapping: Mapping[str, str], likely: str, of_table: Sequence[str], where: str = ""
) -> ImportFault:
    """The fault of an import whose ``mapping`` leaves out ``columns`` that speak of force or condition.

    ``of_table`` are the columns of the table: what lies in a list is none. ``likely`` is the field that the first which
    can be mapped likely is; ``where`` says where they were met. What to do about it stands in ``mends``.
    """
    needed = {field: "COLUMN" for field in ("text", "stance") if field not in mapping}
    buried = [column for column in columns if in_list(column) and column not in of_table]
    usable = [column for column in columns if column not in buried]
    mends = []
    if usable:
        free = [f for f in (likely, *POSITION[:3], *POSITION) if f not in mapping]
        example = shlex.quote(map_text({**mapping, **needed, (free or [likely])[0]: usable[0]}))
        mends.append(
            f"To use it: zeroline import … --map {example}   "
            "(force is unconditional, conditional or hypothetical; there are also condition and otherwise)"
        )
    if buried:
        mends.append(f"What lies in a list cannot be mapped ({listed(tuple(buried))}): write it as columns of its own")
    mends.append(f"To leave it out: zeroline import … --map {shlex.quote(map_text({**needed, **mapping}))}")
    return ImportFault(
        f"{where}{listed(tuple(columns))} would be left out, and by name says how firm a view is, or under which "
        "condition: without it a guarded view would be shown as a plain one. Nothing is imported.",
        asks=True,
        mends=tuple(mends),
    )
