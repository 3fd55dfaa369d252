"""Keys of JSON Lines that the first rows did not have: noticed as the rows stream, and never left out unsaid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zeroline.importing.errors import ImportFault
from zeroline.importing.fields import listed
from zeroline.importing.firmness import likely_field, says_how_firm, would_be_left_out
from zeroline.importing.guess import VOCABULARIES
from zeroline.importing.json_keys import Keys
from zeroline.importing.rows import Table, as_cell, getter

LEFT_MOST = 1_000
"""The most late keys that are remembered to be told of."""


class LateKeys:
    """Watches the objects of one import.

    ``guessed``: nobody gave the ``mapping``, so a key that speaks of force or condition ends the import. ``left`` are
    the late keys that are in no column and not mapped, in the order met, at most :data:`LEFT_MOST`.
    """

    def __init__(self, table: Table, mapping: Mapping[str, str], guessed: bool) -> None:
        self._table = table
        self._mapping = mapping
        self._guessed = guessed
        self._keys = Keys()
        self._columns = frozenset((*table.columns, *mapping.values()))
        self._missing = set(mapping.values())
        self.left: dict[str, None] = {}

    def __call__(self, line: int, found: dict[str, Any]) -> None:
        """Look at the object in a line. Raises ImportFault for a key that must not be left out unasked."""
        if fresh := self._keys.new(found):
            if self._missing:
                self._missing = {column for column in self._missing if getter(column)(found) is None}
            for key in fresh:
                self._add(line, key.name, key.column, found)

    def _add(self, line: int, name: str, column: bool, found: dict[str, Any]) -> None:
        if name in self._columns:
            self._missing.discard(name)
            return
        firm = says_how_firm(name)
        if firm and self._guessed:
            cell = as_cell(getter(name)(found))
            likely = likely_field(name, [cell] if isinstance(cell, str) else cell, VOCABULARIES["force"])
            where = f"{self._table.path.name}:{line}: "
            raise would_be_left_out([name], self._mapping, likely, self._table.columns, where)
        if (column or firm) and len(self.left) < LEFT_MOST:
            self.left[name] = None

    def check_met(self) -> None:
        """That every mapped column stood in some row. Raises ImportFault."""
        for field, column in self._mapping.items():
            if column in self._missing:
                raise ImportFault(
                    f"--map {field}={column}: the file has no column “{column}”; "
                    f"the columns are {listed(tuple(c for c in self._table.columns if c not in self._missing))}",
                    asks=True,
                )
