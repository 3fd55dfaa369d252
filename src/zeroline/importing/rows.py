"""Rows of a table, one at a time: the cells of the columns wanted, or why there are none.

A quotation mark that is never closed would swallow the rest of a CSV. So CSV is read strictly: what follows a closing
mark must be a delimiter. Where it is not, or a row grows beyond all sense, only the line it began in is given up, and
reading goes on with the next.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from zeroline.corpus.once import dropped_key
from zeroline.importing.errors import ImportFault
from zeroline.importing.reading import LONGEST_LINE, Lines

LONGEST_FIELD = 1 << 20
"""The most characters of a cell."""

SUSPICIOUS = 50
"""A row of so many lines that has the wrong number of columns is one whose quotation mark was never closed."""

Cell = str | list[str]
Cells = Sequence[Cell]


class Table(NamedTuple):
    """A file and how it is read. ``delimiter`` is "" for JSON Lines; ``quoted``: cells may stand in quotation marks."""

    path: Path
    encoding: str
    delimiter: str
    quoted: bool
    columns: tuple[str, ...]

    @property
    def is_json(self) -> bool:
        """Whether it is JSON Lines."""
        return not self.delimiter


class Row(NamedTuple):
    """A row that begins in ``line`` and ends in ``last``: ``cells``, or where ``fault`` is not "" none.

    ``text`` is all of the row as it stands in the file.
    """

    line: int
    last: int
    cells: Cells
    fault: str = ""
    text: str = ""


Watch = Callable[[int, dict[str, Any]], None]
"""Told the line and the object of every row of JSON Lines, before what is wanted of it."""


def rows(table: Table, lines: Lines, wanted: Sequence[str], watch: Watch | None = None) -> Iterator[Row]:
    """Every row, with the cells of the columns ``wanted`` in that order. ``lines`` must be at their beginning."""
    return _json_rows(lines, wanted, watch) if table.is_json else _csv_rows(table, lines, wanted)


def header(table: Table, lines: Lines) -> tuple[str, ...]:
    """The names of the columns of a CSV, unnamed ones as “column 3”. Raises ImportFault."""
    for line, _, cells, fault, _ in _records(table, lines):
        if fault:
            raise ImportFault(f"{table.path.name}: the header (line {line}) cannot be read: {fault}")
        return tuple(name.strip() or f"column {n}" for n, name in enumerate(cells, 1))
    raise ImportFault(f"{table.path.name} is empty")


# --- CSV -------------------------------------------------------------------------------------------------------------


def _csv_rows(table: Table, lines: Lines, wanted: Sequence[str]) -> Iterator[Row]:
    at = [table.columns.index(column) for column in wanted]
    width = len(table.columns)
    records = _records(table, lines)
    next(records, None)  # the header
    for line, last, cells, fault, text in records:
        if fault:
            yield Row(line, last, (), fault, text)
        elif len(cells) != width and (len(cells) < width or any(cells[width:])):
            spans = f"; it reaches to line {last}: is a quotation mark not closed?" if last > line else ""
            yield Row(line, last, (), f"{len(cells)} columns instead of {width}{spans}", text)
        else:
            yield Row(line, last, [cells[n] for n in at], text=text)


def _records(table: Table, lines: Lines) -> Iterator[tuple[int, int, list[str], str, str]]:
    """Every row that is not empty, the header among them, as a :class:`Row` has it but with all its cells."""
    kept: list[str] = []

    def keeping() -> Iterator[str]:
        grown = 0
        for line in lines:
            grown = grown + len(line) if kept else len(line)
            kept.append(line)
            if grown > LONGEST_LINE and len(kept) > 1:
                raise csv.Error("a quotation mark is not closed")
            yield line

    def reader() -> Any:
        return csv.reader(
            keeping(),
            delimiter=table.delimiter,
            quoting=csv.QUOTE_MINIMAL if table.quoted else csv.QUOTE_NONE,
            strict=True,
        )

    source = reader()
    while True:
        kept.clear()
        lines.damage = ""
        first = lines.number + 1
        try:
            cells = next(source)
        except StopIteration:
            return
        except csv.Error as error:
            fault = lines.damage if len(kept) == 1 and lines.damage else _explained(error, len(kept))
            yield first, first, [], fault, kept[0]
            lines.push_back(kept[1:])
            source = reader()
            continue
        if len(kept) > SUSPICIOUS and len(cells) != len(table.columns) and table.columns:
            yield first, first, [], f"a quotation mark is not closed before line {lines.number}", kept[0]
            lines.push_back(kept[1:])
            source = reader()
        elif lines.damage:
            yield first, lines.number, [], lines.damage, "".join(kept)
        elif cells:
            yield first, lines.number, cells, "", "".join(kept)


@contextmanager
def field_limit() -> Iterator[None]:
    """Let cells be as long as :data:`LONGEST_FIELD` while in here; the csv module has one limit for a whole process."""
    before = csv.field_size_limit(LONGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _explained(error: csv.Error, lines: int) -> str:
    said = str(error)
    if "field larger" in said:
        return f"a cell is longer than {LONGEST_FIELD:,} characters" + (
            "; is a quotation mark not closed?" if lines > 1 else ""
        )
    if "expected after" in said:
        return "more text follows a closing quotation mark (inside a cell a mark is written twice)"
    return "a quotation mark is not closed"


# --- JSON Lines ------------------------------------------------------------------------------------------------------


def _json_rows(lines: Lines, wanted: Sequence[str], watch: Watch | None) -> Iterator[Row]:
    getters = [getter(column) for column in wanted]
    for item in objects(lines):
        if isinstance(item, Row):
            yield item
        else:
            found, line = item
            if watch:
                watch(lines.number, found)
            yield Row(lines.number, lines.number, [as_cell(get(found)) for get in getters], text=line)


def objects(lines: Lines) -> Iterator[tuple[dict[str, Any], str] | Row]:
    """The object of every line that is not empty, and that line, or a Row that says why there is none."""
    decode = msgspec.json.Decoder().decode
    for line in lines:
        number = lines.number
        if line.isspace():
            continue
        fault = lines.damage
        lines.damage = ""
        if not fault:
            try:
                found = decode(line)
            except (msgspec.DecodeError, RecursionError) as error:
                fault = f"it is no JSON ({error})"
            else:
                if isinstance(found, dict) and not (twice := dropped_key(line, found)):
                    yield found, line
                    continue
                fault = "it is no JSON object: one {…} a line"
                if isinstance(found, dict):
                    fault = f"its key “{twice}” stands twice: which of the two is meant?"
        yield Row(number, number, (), fault, line)


def as_cell(value: Any) -> Cell:
    """A JSON value as a cell: a list stays one, nothing is "", an object is its JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        return [item if isinstance(item, str) else str(as_cell(item)) for item in value]
    if isinstance(value, float):
        return repr(value)
    return msgspec.json.encode(value).decode()


def getter(column: str) -> Callable[[dict[str, Any]], Any]:
    """What finds a column in an object: by its name, or by the names on the way into nested objects (“user.name”)."""
    path = column.split(".")

    def get(found: dict[str, Any]) -> Any:
        value = found.get(column)
        if value is not None or len(path) == 1:
            return value
        inner: Any = found
        for name in path:
            if not isinstance(inner, dict):
                return None
            inner = inner.get(name)
        return inner

    return get
