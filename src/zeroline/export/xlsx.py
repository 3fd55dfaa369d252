"""Bookmarks as an Excel workbook: the columns of the CSV, every cell text. No cell is ever a formula or a link."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from pathlib import Path

from zeroline.bookmarks.model import Bookmark
from zeroline.export.csv_ import BETWEEN, COLUMNS, cells
from zeroline.export.entries import Entry, entry_in
from zeroline.export.formats import XLSX_ROWS, Options
from zeroline.export.signs import holdable

LONGEST = 32_767
"""The most characters (of UTF-16) that Excel holds in a cell."""
CUT = f" … (cut here: a cell of Excel holds {LONGEST:,} characters)"
_POSITIONS = COLUMNS.index("positions")
_WIDE = {"excerpt", "paraphrase", "positions", "figures", "coders_note", "note", "citation"}


def write(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[bytes]:
    """The workbook, row by row by way of a temporary file."""
    import xlsxwriter

    with tempfile.TemporaryDirectory(prefix="zeroline-") as folder:
        path = Path(folder) / "bookmarks.xlsx"
        book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": folder})
        book.set_properties({"title": "Zeroline bookmarks", "created": datetime.combine(options.accessed, time())})
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@", "valign": "top"})
        wrapped = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        formats = [wrapped if column in _WIDE else text for column in COLUMNS]
        sheet = book.add_worksheet("Bookmarks")
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(COLUMNS):
            sheet.set_column(number, number, 50 if column in _WIDE else 16)
            sheet.write_string(0, number, column, bold)
        for row, bookmark in enumerate(bookmarks, 1):
            if row > XLSX_ROWS:  # whoever exports says so
                break
            entry = entry_in(bookmark, options)
            for number, cell in enumerate(cells(entry)):
                fitting = _positions(entry) if number == _POSITIONS else _cut(holdable(cell))
                # write_string, never write: that would take "=1" for a formula and an address for a link.
                sheet.write_string(row, number, fitting, formats[number])
        book.close()
        with path.open("rb") as file:
            while piece := file.read(1 << 16):
                yield piece


def _cut(text: str) -> str:
    """As much as a cell holds, with a mark where it is cut."""
    if _fits(text):
        return text
    room = LONGEST - len(CUT)
    return text.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore") + CUT


def _positions(entry: Entry) -> str:
    """The positions of a statement. Only whole ones: one that is cut would stand there without its condition."""
    every = [holdable(words) for words in entry.positions]
    if _fits(whole := BETWEEN.join(every)):
        return whole
    for count in range(len(every) - 1, -1, -1):
        left = len(every) - count
        more = f"… {left:,}{' more' if count else ''} position{'s' * (left != 1)}, too long for a cell of Excel"
        if _fits(text := BETWEEN.join([*every[:count], more])):
            return text
    raise AssertionError("unreachable")


def _fits(text: str) -> bool:
    return len(text) * 2 <= LONGEST or len(text.encode("utf-16-le")) <= LONGEST * 2
