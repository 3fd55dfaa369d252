"""From the cells of a row to a statement as ``statements.jsonl`` has it (see :mod:`zeroline.corpus.lines`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from zeroline.corpus.lines import LONGEST
from zeroline.importing.codebook import NAME_LONGEST, Codebook, Name, Names, folded
from zeroline.importing.dates import Dates
from zeroline.importing.errors import BadRow, NoDate
from zeroline.importing.fields import FIELDS, MANY, POSITION
from zeroline.importing.guess import VOCABULARIES, word
from zeroline.importing.rows import Cell, Cells
from zeroline.importing.seen_ids import Seen
from zeroline.text.positions import NOT_RECORDED

UNKNOWN = "Unknown"
"""The speaker of a row that names none."""

RATIONALE = "as labelled in the imported data"
"""The rationale of a position that has none of its own."""

ID_LONGEST = 120
_ROOM = LONGEST // 8
_KEPT = 20_000
_PARTED = re.compile(r"[;|]")


_Known = dict[str, tuple[list[str], list[Name], list[str]]]


class Made(NamedTuple):
    """A statement, and what of the codebook it names."""

    statement: dict[str, Any]
    names: list[Name]
    stance: bool


class Builder:
    """Makes the statements of one import.

    ``mapping`` is field to column; rows come with their cells in its order. ``none`` are the labels that mean no
    position, ``unnamed`` is the source of a row that names none.
    """

    def __init__(
        self,
        mapping: Mapping[str, str],
        dates: Dates,
        none: Iterable[str],
        codebook: Codebook,
        seen: Seen,
        unnamed: Name,
    ) -> None:
        # The place of each field among the cells; behind them stands one that is empty, for what is not mapped.
        self._at = dict.fromkeys(FIELDS, -1) | {field: n for n, field in enumerate(mapping)}
        self._many = [field in MANY for field in mapping]
        self._dates = dates
        self._none = {folded(label) for label in none} | {""}
        self._codebook = codebook
        self._seen = seen
        self._unnamed = unnamed
        self._has_id = "id" in mapping
        self._has_source = "source" in mapping
        self._about = [(f, self._at[f]) for f in ("callsign", "unit", "role") if f in mapping]
        self._only_labels = not any(field in mapping for field in POSITION)
        self._lists: list[tuple[str, int, Names, _Known]] = [
            (f"{field}s", self._at[field], names, {})
            for field, names in (("topic", codebook.topics), ("place", codebook.places))
            if field in mapping
        ]
        # What comes again and again is made once.
        self._positions: dict[str, tuple[dict[str, str], tuple[Name, ...]] | None] = {}
        self._speakers: dict[str, dict[str, str]] = {}

    def build(self, line: int, cells: Cells) -> Made:
        """The statement of a row that begins in ``line``. Raises BadRow where there can be none."""
        try:
            row: list[Any] = list(map(str.strip, cells))  # type: ignore[arg-type]
        except TypeError:  # some cell is a list, as JSON may have it
            row = [
                cell.strip() if isinstance(cell, str) else cell if many else ", ".join(cell).strip()
                for cell, many in zip(cells, self._many, strict=True)
            ]
        if sum(map(len, row)) > _ROOM // 2 and sum(len(str(cell)) for cell in row) > _ROOM:
            raise BadRow(f"its cells have more than {_ROOM:,} characters; break the statement up")
        row.append("")
        at = self._at
        text, paraphrase, date = row[at["text"]], row[at["paraphrase"]], row[at["date"]]
        if not text and not paraphrase:
            raise BadRow("it has no text")
        # Ids come last: a row that is bad for another reason takes none. The order of the keys is that of the file.
        made: dict[str, Any] = {"id": "", "speaker": None}
        if text:
            made["excerpt"] = text
        if paraphrase:
            made["paraphrase"] = paraphrase
        if date:
            try:
                made["date"] = self._dates.read(date)
            except NoDate as error:
                raise BadRow(str(error)) from None
        if attribution := row[at["attribution"]]:
            made["attribution"] = _word("attribution", attribution)
        used: list[Name] = []
        position = self._position(row)
        if position:
            made["positions"] = [position[0]]
            used += position[1]
        notes = [row[at["note"]]]
        for key, place, names, known in self._lists:
            if cell := row[place]:
                ids, named, beyond = _several(cell, names, known)
                if ids:
                    made[key] = ids
                    used += named
                notes += beyond
        if len(row[at["speaker"]]) > NAME_LONGEST:
            raise BadRow(f"the speaker's name is longer than {NAME_LONGEST} characters")
        made["id"] = self._id(row[at["id"]], line)
        made["speaker"] = self._speaker(row)
        if self._has_source:
            made["source"] = self._source(row[at["source"]], used, notes)
        if any(notes):
            made["note"] = "\n".join(filter(None, notes))
        return Made(made, used, position is not None)

    def _position(self, row: list[Any]) -> tuple[dict[str, str], tuple[Name, ...]] | None:
        """The position taken, and the stances it names."""
        label = row[self._at["stance"]]
        if not self._only_labels:
            return self._new_position(label, row)
        if label in self._positions:
            return self._positions[label]
        if len(self._positions) > _KEPT:
            self._positions.clear()
        made = self._positions[label] = self._new_position(label, row)
        return made

    def _new_position(self, label: str, row: list[Any]) -> tuple[dict[str, str], tuple[Name, ...]] | None:
        if folded(label) in self._none:
            return None
        stance = self._codebook.stance(label)
        condition, otherwise = row[self._at["condition"]], row[self._at["otherwise"]]
        force = _word("force", row[self._at["force"]] or ("conditional" if condition else "unconditional"))
        falls_back = folded(otherwise) not in self._none
        if force == "conditional" and not condition:
            condition = NOT_RECORDED  # that there is one is known, and never lost
        if force == "unconditional" and (condition or falls_back):
            raise BadRow("an unconditional position has no condition and no fallback")
        made = {
            "stance": stance.id,
            "force": force,
            # A label does not say how firm somebody is: so it is never taken for certain, nor for said outright.
            "certainty": _word("certainty", row[self._at["certainty"]] or "medium"),
            "basis": _word("basis", row[self._at["basis"]] or "inferred"),
            "rationale": row[self._at["rationale"]] or RATIONALE,
        }
        if condition:
            made["condition"] = condition
        if not falls_back:
            return made, (stance,)
        fallback = self._codebook.stance(otherwise)
        if fallback is stance:
            raise BadRow(f"the fallback is the stance itself (“{otherwise[:60]}”)")
        made["otherwise"] = fallback.id
        return made, (stance, fallback)

    def _speaker(self, row: list[Any]) -> dict[str, str]:
        text = row[self._at["speaker"]]
        made = self._speakers.get(text)
        if made is None:
            name = " ".join(text.split()) or UNKNOWN
            if len(self._speakers) > _KEPT:
                self._speakers.clear()
            made = self._speakers[text] = {"id": self._codebook.speakers.id_of(name), "name": name}
        if self._about:
            made = made | {field: " ".join(row[at].split()) for field, at in self._about if row[at]}
        return made

    def _id(self, text: str, line: int) -> str:
        if not self._has_id:
            return f"line-{line}"
        id = ("-".join(text.split()) if " " in text or not text.isprintable() else text) or f"line-{line}"
        if len(id) > ID_LONGEST or not id.isprintable():
            raise BadRow(f"the id “{id[:60]}” is longer than {ID_LONGEST} characters or cannot be printed")
        if not self._seen.add(id.casefold()):
            raise BadRow(f"the id “{id}” is taken by an earlier row (capitals do not count)")
        return id

    def _source(self, label: str, used: list[Name], notes: list[str]) -> str:
        names = self._codebook.sources
        found = names.get(label) if label else None
        if label and found is None:
            names.beyond += 1
            notes.append(f"source: {label}")
        found = found or self._unnamed
        used.append(found)
        return found.id


def _several(cell: Cell, names: Names, known: _Known) -> tuple[list[str], list[Name], list[str]]:
    """The ids of the values in a cell, each once; their names; and the values that there is no room for."""
    if isinstance(cell, str) and cell in known:
        return known[cell]
    found: dict[str, Name] = {}
    beyond: list[str] = []
    for part in _PARTED.split(cell) if isinstance(cell, str) else cell:
        if label := " ".join(part.split()):
            name = names.get(label)
            if name is None:
                beyond.append(label)
            else:
                found[name.id] = name
    names.beyond += len(beyond)
    made = list(found), list(found.values()), beyond
    if isinstance(cell, str) and not beyond:
        if len(known) > _KEPT:
            known.clear()
        known[cell] = made
    return made


def _word(field: str, text: str) -> str:
    """A word of a vocabulary, in any case and spacing. Raises BadRow for another."""
    found = word(text)
    if found not in VOCABULARIES[field]:
        *others, last = VOCABULARIES[field]
        raise BadRow(f"{field} is “{text[:60]}” and must be {', '.join(others)} or {last}")
    return found
