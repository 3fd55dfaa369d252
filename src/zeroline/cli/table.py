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
from zeroline.cli.diagnostics import note
from zeroline.text.safe import one_line

if TYPE_CHECKING:
    from rich.text import Text

ROWS = 500
"""Rows laid out together."""

WIDEST = 26
"""The most columns that text which need not be read at length takes on a terminal."""

NARROWEST = 28
"""The fewest columns a text to read should have on a terminal; optional columns are left out to give it them."""

WRAPPED = 14
"""The fewest columns that other text is wrapped to while an optional column could be left out instead."""

FOLDED = 6
"""The fewest columns of anything, where even words must be broken."""

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
    """Write a table, its rows as they come. Writes nothing at all without rows.

    Columns that a narrow terminal has no room for are named on stderr.
    """
    rows = iter(rows)
    widths: list[int] = []
    while chunk := list(islice(rows, ROWS)):
        cells = [[_text(cell) for cell in row] for row in chunk]
        first = not widths
        widths = _widths(columns, cells, widths)
        output.write("".join(f"{line.rstrip()}\n" for line in _lines(columns, cells, widths, first)))
    if left_out := [column.heading for column, width in zip(columns, widths, strict=False) if not width]:
        note(f"left out for want of room: {', '.join(left_out)}; a wider window or | cat shows them", wrap=True)


def _text(cell: Cell) -> Text:
    from rich.text import Text

    if isinstance(cell, str):
        return Text(output.shown(one_line(cell)))
    between = Text("\n" if output.on_terminal() else ", ")
    return between.join(Text(output.shown(one_line(part.text)), style=part.style) for part in cell)


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
    return _fitted(columns, natural, [_longest_word(column.heading, at, cells) for at, column in enumerate(columns)])


def _longest_word(heading: str, at: int, cells: list[list[Text]]) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, [heading, *(word for row in cells for word in row[at].plain.split())]))


def _fitted(columns: Sequence[Column], natural: list[int], longest_words: list[int]) -> list[int]:
    """Widths that fit the terminal. What is no reading is wrapped first; then optional columns go, the last first;
    and only when nothing else is left are words broken.
    """
    room = output.width() - 1
    cap = max(WIDEST, room // 4)
    reading = [column.reading for column in columns]
    widest = [width if text else min(width, cap) for text, width in zip(reading, natural, strict=True)]
    wrapped = [
        min(width, NARROWEST if text else max(word, WRAPPED))
        for text, width, word in zip(reading, widest, longest_words, strict=True)
    ]
    shown = list(range(len(columns)))

    def over(widths: list[int]) -> int:
        return sum(widths[at] for at in shown) + _GAP * (len(shown) - 1) - room

    for at in reversed(range(len(columns))):
        if columns[at].optional and over(wrapped) > 0:
            shown.remove(at)
    widths = [widest[at] if at in shown else 0 for at in range(len(columns))]
    # Texts to read give way first, then what can be wrapped; where that is not enough, whatever is widest.
    for floor, of in (
        (wrapped, [at for at in shown if reading[at]]),
        (wrapped, shown),
        ([min(width, FOLDED) for width in widest], shown),
    ):
        while over(widths) > 0 and (can := [at for at in of if widths[at] > floor[at]]):
            widths[max(can, key=widths.__getitem__)] -= 1
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
        width=sum(widths) + _GAP * len(shown),
        force_terminal=output.on_terminal(),
        color_system=cast(Any, stdout.color_system),
        no_color=stdout.no_color,
        legacy_windows=False,
    ).print(table)
    return made.getvalue().removesuffix("\n").split("\n")
