"""A DOCX file as its text: paragraphs and tables in their order. Read with python-docx, after a look at the archive."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from zeroline.sources.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 64 << 20
"""The most bytes that the XML parts of a document may come to when unpacked."""

_MAIN = "word/document.xml"


def text_of_docx(data: bytes, about: str | Path) -> str:
    """The text of a document. Raises SourceError for one that is damaged, hostile or something else."""
    from zeroline.sources.reading import missing

    try:
        _look(data, about)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise SourceError(about, f"is a damaged DOCX file ({error})", "save it anew") from None
    try:
        import docx
    except ImportError:
        raise missing(about, "DOCX", "docx") from None
    try:
        return "\n\n".join(_paragraphs(docx.Document(BytesIO(data))))
    except Exception as error:  # noqa: BLE001 - a file may be broken in any way; the library does not say in which
        problem = f"is a damaged DOCX file, or one too large to read ({type(error).__name__})"
        raise SourceError(about, problem, "save it anew, or attach its text") from None


def _look(data: bytes, about: str | Path) -> None:
    """Refuse an archive that is no document, or is made to fill the memory, before anything is unpacked."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if _MAIN not in names:
            what = "an OpenDocument or e-book file" if "mimetype" in names else "an archive"
            raise SourceError(about, f"is {what}, not DOCX", "save it as DOCX, PDF or text")
        # The sizes are what the archive says, and Python's zipfile unpacks no byte more than it says.
        size = sum(part.file_size for part in parts)
        if len(parts) > 10_000 or size > LARGEST:
            raise SourceError(
                about, f"would be {size:,} bytes in {len(parts):,} parts when unpacked; {LARGEST:,} are read",
                "if it is a document, save it without its pictures, or as text",
            )  # fmt: skip
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part):
                raise SourceError(
                    about, f"declares entities in {part.filename}, which no DOCX file does", "do not trust it"
                )


def _paragraphs(document: object) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(block, Table):
            for row in block.rows:
                cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
                yield "\n".join(cell for cell in cells if cell)
        elif block.text.strip():
            yield block.text.strip()
