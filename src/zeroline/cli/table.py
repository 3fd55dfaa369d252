"""Tables for people. On a terminal they fit its width, wrapping; in a pipe every row is one line and nothing is cut.

Rows are laid out some hundreds at a time, so that a long list begins to appear at once; columns are as wide as the
first of them need. Every text passes :mod:`zeroline.text.safe`; colours come from here alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from zeroline.cli import output
from zeroline.text.safe import one_line

if TYPE_CHECKING:
    from rich.text import Text

ROWS = 500
"""Rows laid out together."""

WIDEST = 26
"""The most columns that text which need not be read at length takes on a terminal."""

NARROWEST = 28
"""The fewest columns a text to read should have on a terminal; optional columns are left out to give it them."""

_GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``reading``: text to read, gets the width left over. ``optional``: left out of a narrow terminal."""

    heading: str
    reading: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a cell in a colour of its own (a name of :mod:`rich.color` or ``#rrggbb``)."""

    text: str
    style: str = ""


Cell = str | Sequence[Part]
"""A text, or parts that stand below each other on a terminal and behind each other, with commas, in a pipe."""


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table, its rows as they come. Writes nothing at all without rows."""
    rows = iter(rows)
    widths: list[int] = []
    while chunk := list(islice(rows, ROWS)):
        cells = [[_text(cell) for cell in row] for row in chunk]
        first = not widths
        widths = _widths(columns, cells, widths)
        output.write("".join(f"{line.rstrip()}\n" for line in _lines(columns, cells, widths, first)))


def _text(cell: Cell) -> Text:
    from rich.text import Text

    if isinstance(cell, str):
        return Text(one_line(cell))
    between = Text("\n" if output.on_terminal() else ", ")
    return between.join(Text(one_line(part.text), style=part.style) for part in cell)


def _widths(columns: Sequence[Column], cells: list[list[Text]], before: list[int]) -> list[int]:
    """Columns of the screen for each column; 0 leaves one out."""
    from rich.cells import cell_len

    natural = [
        max([cell_len(column.heading), *(cell_len(line) for row in cells for line in row[at].plain.split("\n"))])
        for at, column in enumerate(columns)
    ]
    if not output.on_terminal():
        return [max(pair) for pair in zip(natural, before or natural, strict=True)]
    if before:
        return before
    widths = [0 if column.reading else min(width, WIDEST) for column, width in zip(columns, natural, strict=True)]
    reading = [at for at, column in enumerate(columns) if column.reading]

    def left() -> int:
        taken = sum(width + _GAP for width in widths if width)
        return output.width() - taken - _GAP * (len(reading) - 1)

    for at in reversed(range(len(columns))):
        if columns[at].optional and left() < NARROWEST * len(reading):
            widths[at] = 0
    for place, at in enumerate(reading):
        share = max(left() // (len(reading) - place), 12)
        widths[at] = min(natural[at], share)
    return widths


def _lines(columns: Sequence[Column], cells: list[list[Text]], widths: list[int], head: bool) -> list[str]:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, show_header=head, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="bold")
    shown = [at for at, width in enumerate(widths) if width]
    for at in shown:
        table.add_column(columns[at].heading, width=widths[at], overflow="fold")
    for row in cells:
        table.add_row(*(row[at] for at in shown))
    # Laid out in memory: a console on stdout itself would write to it, and handle a closed pipe its own way.
    stdout, made = Console(file=output.stream(), force_terminal=output.on_terminal()), StringIO()
    Console(
        file=made,
        width=sum(widths) + _GAP * len(shown) + 1,
        force_terminal=output.on_terminal(),
        color_system=cast(Any, stdout.color_system),
        no_color=stdout.no_color,
        legacy_windows=False,
    ).print(table)
    return made.getvalue().removesuffix("\n").split("\n")
