"""A DOCX file as its text: paragraphs and tables in their order. python-docx opens it, after a look at the archive."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from zeroline.sources.errors import SourceError
from zeroline.sources.reading.docx_styles import Styles, is_on
from zeroline.sources.reading.page import PICTURE, is_apart, raised

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 64 << 20
"""The most bytes that the XML parts of a document may come to when unpacked."""

_MAIN = "word/document.xml"


def text_of_docx(data: bytes, about: str | Path) -> tuple[str, tuple[str, ...]]:
    """The text of a document, and what is worth saying of it.

    Raises SourceError for one that is damaged, hostile or something else.
    """
    from zeroline.sources.reading import STRUCK, missing

    try:
        _look(data, about)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise SourceError(about, f"is a damaged DOCX file ({error})", "save it anew") from None
    try:
        import docx
    except ImportError:
        raise missing(about, "DOCX", "docx") from None
    try:
        document = docx.Document(BytesIO(data))
        body, styles = document.element.body, Styles(document.styles.element)
        struck = {run for run in body.iter("{*}r") if styles.is_struck(run)}
        struck |= {row for row in body.iter("{*}tr") if _is_gone(row)}
        return "\n\n".join(_blocks(body, struck)), (STRUCK,) if struck else ()
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
            # In UTF-16 and UTF-32 zeros stand between the letters.
            if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part).replace(b"\0", b""):
                raise SourceError(
                    about, f"declares entities in {part.filename}, which no DOCX file does", "do not trust it"
                )


# python-docx's own paragraphs leave out what was inserted while changes were tracked, and what stands in content
# controls: so its elements are read. What was deleted or moved away, and what stands for older programs, is left out.
_GONE = frozenset({"del", "moveFrom", "Fallback", "rt", "pPr", "rPr", "tblPr", "sectPr"})
# So runs are marked that stand above or below the line: with code points that are no characters.
_MARKS = {"superscript": "\ufdd0", "subscript": "\ufdd1"}
_RAISED = re.compile("([\ufdd0\ufdd1])([^\ufdd0-\ufdd2]*)\ufdd2")
_PICTURES = frozenset({"sym", "drawing", "object"})  # a sign of a font of signs, or a picture, may say a word
_BLANK = f" \t\n{PICTURE}"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}


def _blocks(element: Any, struck: set[Any]) -> Iterator[str]:
    """Paragraphs, those in the cells of tables too, in their order, those with words in them."""
    for child in element:
        kind = _kind(child)
        if kind == "p":
            if text := _RAISED.sub(_beside_digits, "".join(_said(child, struck))).strip(_BLANK):
                yield text
            for box in child.iter("{*}txbxContent"):
                if not any(_kind(above) == "Fallback" for above in box.iterancestors()):
                    yield from _blocks(box, struck)
        elif kind not in _GONE and child not in struck:
            yield from _blocks(child, struck)


def _said(element: Any, struck: set[Any]) -> Iterator[str]:
    for child in element:
        kind = _kind(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _PICTURES and (kind != "drawing" or _is_picture(child)):
            yield PICTURE
        elif kind in _SIGNS:
            yield _SIGNS[kind]
        elif kind == "r" and child in struck:
            continue
        elif kind == "r" and (mark := _MARKS.get(_property(child, "vertAlign") or "")):
            yield f"{mark}{''.join(_said(child, struck))}\ufdd2"
        elif kind not in _GONE and kind != "txbxContent":
            yield from _said(child, struck)


def _is_picture(drawing: Any) -> bool:
    """Whether a drawing stands among the words as one of them would; not one beside which they run, nor a text box."""
    return any(_kind(it) == "inline" for it in drawing) and next(drawing.iter("{*}txbxContent"), None) is None


def _is_gone(row: Any) -> bool:
    """Whether a row of a table was deleted while changes were tracked, or is hidden."""
    return any(
        _kind(said) == "del" or (_kind(said) == "hidden" and is_on(said))
        for properties in row.iterchildren("{*}trPr")
        for said in properties
    )


def _property(run: Any, name: str) -> str | None:
    """The value of a run's own property; None where it has none."""
    for properties in run.iterchildren("{*}rPr"):
        for found in properties.iterchildren(f"{{*}}{name}"):
            return next((str(value) for key, value in found.attrib.items() if key.endswith("}val")), "true")
    return None


def _beside_digits(match: re.Match[str]) -> str:
    """A raised or lowered number beside a digit is not part of the number."""
    before, said, behind = (
        match.string[max(match.start() - 1, 0) : match.start()],
        match[2],
        match.string[match.end() : match.end() + 1],
    )
    return raised(said, lowered=match[1] == "\ufdd1") if is_apart(before, said, behind) else said


def _kind(element: Any) -> str:
    """The name of an element without its namespace; "" of a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
