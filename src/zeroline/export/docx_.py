"""Bookmarks as a Word document: a heading an entry, in styles that every Word has, so that it can be restyled."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

from zeroline.bookmarks.model import Bookmark
from zeroline.export import layout
from zeroline.export.entries import Entry, citation_runs, entry_in
from zeroline.export.formats import Options
from zeroline.export.signs import holdable
from zeroline.text.dates import in_words
from zeroline.text.italics import Run

if TYPE_CHECKING:
    from docx.document import Document as DocumentObject

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the oldest day that a zip file knows: the same bookmarks give the same bytes


def write(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[bytes]:
    """The document, whole: its parts can only be put together at the end."""
    from docx import Document

    document = Document()
    about = document.core_properties
    about.title, about.author, about.comments = "Zeroline bookmarks", "", ""
    about.created = about.modified = datetime.combine(options.accessed, time())
    document.add_heading("Bookmarks", 1)
    document.add_paragraph(f"Exported by Zeroline on {in_words(options.accessed.isoformat())}. {layout.SIGNS}")
    for bookmark in bookmarks:
        _add(document, entry_in(bookmark, options))
    file = io.BytesIO()
    document.save(file)
    yield _undated(file)


def _add(document: DocumentObject, entry: Entry) -> None:
    name, about = layout.who(entry)
    document.add_heading(_line(name), 2)
    document.add_paragraph(_line(about))
    if words := layout.quotation(entry):
        document.add_paragraph(holdable(words), style="Quote")
        if entry.passage_caveat:
            document.add_paragraph(_line(entry.passage_caveat))
    for position in layout.positions(entry):
        line = document.add_paragraph(f"{position.sign} {_line(position.words)}", style="List Bullet")
        if position.reason:
            line.add_run(f" Reason: {_line(position.reason)}").italic = True
    if layout.takes_no_position(entry):
        document.add_paragraph("No position coded.")
    for words, note in layout.figures(entry):
        line = document.add_paragraph(_line(words), style="List Bullet")
        if note:
            line.add_run(f" Coders’ note: {_line(note)}").italic = True
    for label, text in layout.fields(entry):
        line = document.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        for run in citation_runs(entry) if layout.is_citation(label) else [Run(text, False)]:
            line.add_run(holdable(run.text)).italic = run.italic or None


def _line(text: str) -> str:
    return " ".join(holdable(text).split())


def _undated(file: io.BytesIO) -> bytes:
    """The same archive without the time at which it was packed."""
    packed = io.BytesIO()
    with ZipFile(file) as old, ZipFile(packed, "w") as new:
        for part in old.infolist():
            again = ZipInfo(part.filename, _LONG_AGO)
            again.compress_type, again.external_attr = part.compress_type, part.external_attr
            new.writestr(again, old.read(part))
    return packed.getvalue()
