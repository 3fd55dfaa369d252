"""Bookmarks as an Excel workbook: the columns of the CSV, every cell text. No cell is ever a formula or a link."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from pathlib import Path

from zeroline.bookmarks.model import Bookmark
from zeroline.export.csv_ import COLUMNS, cells
from zeroline.export.entries import entry_in
from zeroline.export.formats import Options
from zeroline.export.signs import holdable

LONGEST = 32_767
"""The most characters (of UTF-16) that Excel holds in a cell."""
ROWS = 1_048_575
"""The most rows under the header."""
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
            if row > ROWS:
                break
            for number, cell in enumerate(cells(entry_in(bookmark, options))):
                # write_string, never write: that would take "=1" for a formula and an address for a link.
                sheet.write_string(row, number, _cut(holdable(cell)), formats[number])
        book.close()
        with path.open("rb") as file:
            while piece := file.read(1 << 16):
                yield piece


def _cut(text: str) -> str:
    """As much as a cell holds."""
    if len(text) * 2 <= LONGEST:  # however it is encoded
        return text
    return text.encode("utf-16-le")[: LONGEST * 2].decode("utf-16-le", errors="ignore")
