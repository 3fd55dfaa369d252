"""Printing what a filter finds, in any format: the same for statements and events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from zeroline.cli import output
from zeroline.cli.diagnostics import note
from zeroline.cli.phrases import counted
from zeroline.cli.table import Cell, Column, print_table

if TYPE_CHECKING:
    from zeroline.index.filter import Filter, Order
    from zeroline.index.reader import Index
    from zeroline.records import Item

RANKED_MOST = 1_000
"""The most that are given in the order of relevance: :meth:`Index.each` ranks no more."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of record is shown: its columns and row in a table, its fields and row in CSV."""

    columns: Sequence[Column]
    row: Callable[[Any], Sequence[Cell]]
    fields: Sequence[str]
    flat: Callable[[Any], Sequence[object]]


def print_records(records: Iterable[Any], shape: Shape, form: str) -> None:
    """Print records as they come, in the format ``form``."""
    match form:
        case "json":
            output.json_array(records)
        case "jsonl":
            output.json_lines(records)
        case "csv":
            output.csv_rows(shape.fields, map(shape.flat, records))
        case _:
            print_table(shape.columns, map(shape.row, records))


def print_items(
    index: Index, wanted: Filter, shape: Shape, *, noun: str, order: str, limit: int | None, form: str
) -> None:
    """Print the statements or events that match, which must be at least one; on a terminal, also how many they are."""
    by: Order = "relevance" if order == "relevance" and wanted.query else "time"
    total = index.count(wanted)
    most = min(limit or total, RANKED_MOST if by == "relevance" else total)
    print_records(_first(index.each(wanted, order=by), most), shape, form)
    if by == "relevance" and most < min(limit or total, total):
        note(f"the {most:,} most relevant of {counted(total, noun)}; --order time gives all of them")
    elif form == "table" and output.on_terminal():
        which = f"{most:,} of " if most < total else ""
        said = wanted.without("kinds").in_words(index)
        note(f"{which}{counted(total, noun)}{f' · {said}' if said else ''}")


def _first(items: Iterator[Item], most: int) -> Iterator[Item]:
    return cast("Iterator[Item]", islice(items, most))
