"""From the cells of a row to a statement as ``statements.jsonl`` has it (see :mod:`zeroline.corpus.lines`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from zeroline.corpus.lines import LONGEST
from zeroline.importing.codebook import NAME_LONGEST, Codebook, Name, Names
from zeroline.importing.dates import Dates
from zeroline.importing.errors import BadRow, NoDate
from zeroline.importing.fields import FIELDS, MANY, POSITION
from zeroline.importing.guess import VOCABULARIES, word
from zeroline.importing.labels import NOTHING, bare, condition_in, force_of
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
_MAY_LACK = frozenset({"date", "speaker", "topic", "place", "source"})


_Known = dict[str, tuple[list[str], list[Name], list[str]]]


class Made(NamedTuple):
    """A statement, what of the codebook it names, and its positions: the stance of each and its force."""

    statement: dict[str, Any]
    names: list[Name]
    held: tuple[tuple[Name, str], ...]


class Taken(NamedTuple):
    """The positions of a row as a statement has them, the stances they name, and which each takes with which force."""

    positions: list[dict[str, str]]
    names: tuple[Name, ...]
    held: tuple[tuple[Name, str], ...]


_NONE_TAKEN = Taken([], (), ())


class Builder:
    """Makes the statements of one import.

    ``mapping`` is field to column; rows come with their cells in its order. ``none`` are the labels that mean no
    position, ``unnamed`` is the source of a row that names none. ``guarded`` has the stances, by their ids, whose label
    itself says a condition or hypothesis, with that force; some may be of bad rows alone.
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
        self._many = [field in MANY or field == "stance" for field in mapping]
        self._may_lack = [n for n, field in enumerate(mapping) if field in _MAY_LACK]
        self._dates = dates
        self._none = {bare(label) for label in none} | {""}
        self.guarded: dict[str, tuple[Name, str]] = {}
        self._codebook = codebook
        self._seen = seen
        self._unnamed = unnamed
        self._has_id = "id" in mapping
        self._has_source = "source" in mapping
        self._about = [(f, self._at[f]) for f in ("callsign", "unit", "role") if f in mapping]
        self._firm = [(field, self._at[field]) for field in POSITION if field in mapping]
        self._only_labels = not self._firm
        self._lists: list[tuple[str, int, Names, _Known]] = [
            (f"{field}s", self._at[field], names, {})
            for field, names in (("topic", codebook.topics), ("place", codebook.places))
            if field in mapping
        ]
        # What comes again and again is made once.
        self._positions: dict[str, Taken] = {}
        self._speakers: dict[str, dict[str, str]] = {}

    def build(self, line: int, cells: Cells) -> Made:
        """The statement of a row that begins in ``line``. Raises BadRow where there can be none."""
        row = self._row(cells)
        if sum(map(len, row)) > _ROOM // 2 and sum(len(str(cell)) for cell in row) > _ROOM:
            raise BadRow(f"its cells have more than {_ROOM:,} characters; break the statement up")
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
        taken = self._taken(row)
        if taken.positions:
            made["positions"] = taken.positions
            used += taken.names
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
        return Made(made, used, taken.held)

    def positions(self, cells: Cells) -> tuple[tuple[Name, str], ...]:
        """The stances that a row takes, each with its force. Raises BadRow where its cells contradict each other."""
        return self._taken(self._row(cells)).held

    def _row(self, cells: Cells) -> list[Any]:
        """The cells without white space around them, and behind them an empty one."""
        try:
            row: list[Any] = list(map(str.strip, cells))  # type: ignore[arg-type]
        except TypeError:  # some cell is a list, as JSON may have it
            row = [
                cell.strip() if isinstance(cell, str) else cell if many else ", ".join(cell).strip()
                for cell, many in zip(cells, self._many, strict=True)
            ]
            stances = row[self._at["stance"]] if self._firm else ""
            if isinstance(stances, list) and len(stances) > 1:
                for field, n in self._firm:
                    if cells[n] and not isinstance(cells[n], str):
                        raise BadRow(f"{field} is a list beside several stances; write a row for each") from None
        for n in self._may_lack:
            cell = row[n]
            if cell.__class__ is list:
                row[n] = [item for item in cell if item not in NOTHING]
            elif cell in NOTHING:
                row[n] = ""
        row.append("")
        return row

    def _taken(self, row: list[Any]) -> Taken:
        """The positions taken: one for each stance that the cell holds."""
        label = row[self._at["stance"]]
        if not isinstance(label, str):
            return self._several_taken(label, row)
        if not self._only_labels:
            return self._new_taken(label, row)
        made = self._positions.get(label)
        if made is None:
            if len(self._positions) > _KEPT:
                self._positions.clear()
            made = self._positions[label] = self._new_taken(label, row)
        return made

    def _several_taken(self, labels: list[str], row: list[Any]) -> Taken:
        """The positions of a list of labels, each stance once."""
        each: dict[str, Taken] = {}
        for label in labels:
            taken = self._new_taken(label.strip(), row)
            each |= {stance.id: taken for stance, _ in taken.held}
        return Taken(
            [position for taken in each.values() for position in taken.positions],
            tuple({name.id: name for taken in each.values() for name in taken.names}.values()),
            tuple(held for taken in each.values() for held in taken.held),
        )

    def _new_taken(self, label: str, row: list[Any]) -> Taken:
        if bare(label) in self._none:
            return _NONE_TAKEN
        if _is_object(label):
            raise BadRow(f"the stance is an object ({label[:60]}) and no label; map or write the label by itself")
        stance = self._codebook.stance(label)
        own = force_of(label)
        told, otherwise = condition_in(row[self._at["condition"]]), row[self._at["otherwise"]]
        # What a label says of itself holds, unless a column of force tells otherwise.
        supposed = own if own == "hypothetical" or told is None else "conditional"
        force = _word("force", row[self._at["force"]] or supposed or "unconditional")
        falls_back = bare(otherwise) not in self._none
        # That there is a condition is known, and never lost.
        condition = (told or NOT_RECORDED) if told is not None or force == "conditional" else ""
        if force == "unconditional" and (condition or falls_back):
            raise BadRow("an unconditional position has no condition and no fallback")
        if own == force and not row[self._at["force"]]:
            self.guarded[stance.id] = stance, own
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
        held = ((stance, force),)
        if not falls_back:
            return Taken([made], (stance,), held)
        fallback = self._codebook.stance(otherwise)
        if fallback is stance:
            raise BadRow(f"the fallback is the stance itself (“{otherwise[:60]}”)")
        made["otherwise"] = fallback.id
        return Taken([made], (stance, fallback), held)

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


def _is_object(label: str) -> bool:
    """Whether a label is the JSON of an object, as the cell of one is."""
    if not label.startswith("{"):
        return False
    try:
        return isinstance(msgspec.json.decode(label), dict)
    except msgspec.DecodeError:
        return False


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
