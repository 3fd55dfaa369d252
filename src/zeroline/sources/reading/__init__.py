"""From a file, or bytes, to the text in it: plain text, Markdown, HTML, DOCX, PDF.

Whatever is given, it is refused in words when it is too large, no text, damaged, or made to exhaust the machine:
whatever is not plain text is read by a process that may only take so much memory and time. The libraries that read
HTML, DOCX and PDF are optional extras of the package.
"""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from zeroline.sources.errors import SourceError

if TYPE_CHECKING:
    from typing import BinaryIO

LARGEST = 32 << 20
"""The most bytes a file may have."""

LONGEST = 8_000_000
"""The most characters the text in it may have: more than the longest novels."""

STRUCK = "text that is struck out or hidden is left out"
"""What is said of a copy with such text: it is not what its author says any more."""

Format = Literal["text", "markdown", "html", "docx", "pdf"]
FORMATS: tuple[Format, ...] = ("text", "markdown", "html", "docx", "pdf")

_SUFFIXES: dict[str, Format] = {
    ".md": "markdown", ".markdown": "markdown", ".mkd": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mhtml": "html",
    ".docx": "docx", ".pdf": "pdf",
}  # fmt: skip
_NO_TEXT = (
    (b"\xd0\xcf\x11\xe0", "an old Word or other Office file", "save it as DOCX, PDF or text"),
    (b"{\\rtf", "Rich Text (RTF)", "save it as DOCX, PDF or text"),
    (b"\x89PNG", "a picture (PNG)", "attach the text"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "attach the text"),
    (b"GIF8", "a picture (GIF)", "attach the text"),
    (b"\x1f\x8b", "compressed (gzip)", "unpack it first"),
    (b"\xfd7zXZ", "compressed (xz)", "unpack it first"),
    (b"BZh", "compressed (bzip2)", "unpack it first"),
    (b"7z\xbc\xaf", "an archive (7z)", "unpack it first"),
    (b"\x7fELF", "a program", "attach the text"),
    (b"MZ\x90", "a program", "attach the text"),
    (b"SQLite format 3", "a database (SQLite)", "attach the text"),
)


class Read(NamedTuple):
    """The text of a file, paragraphs parted by blank lines. ``name`` is the file's; ``notes`` are worth saying."""

    text: str
    kind: Format
    name: str
    url: str = ""
    notes: tuple[str, ...] = ()


def read_file(path: Path, form: Format | None = None, encoding: str | None = None) -> Read:
    """The text in a file; ``-`` is standard input. Raises SourceError."""
    if str(path) == "-":
        if sys.stdin is None or sys.stdin.closed:
            raise SourceError("stdin", "there is nothing to read: it is closed")
        return read_bytes(_all(sys.stdin.buffer, "stdin"), "stdin", form, encoding, apart=True)
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise SourceError(path, "is a folder", "name the file")
        if not stat.S_ISREG(about.st_mode):  # a named pipe would have us wait for ever, a device never end
            raise SourceError(path, "is not a regular file", "pipe it in: zeroline attach -", here="name a file")
        if about.st_size > LARGEST:
            raise too_large(path, about.st_size)
        with path.open("rb") as file:
            data = _all(file, path)
    except FileNotFoundError:
        raise SourceError(path, "there is no such file") from None
    except OSError as error:
        raise SourceError(path, f"cannot be read ({error.strerror or error})") from None
    return read_bytes(data, path.name, form, encoding, about=path, apart=True)


def read_bytes(
    data: bytes,
    name: str,
    form: Format | None = None,
    encoding: str | None = None,
    *,
    about: str | Path = "",
    url: str = "",
    apart: bool = False,
) -> Read:
    """The text in bytes that were a file called ``name``; errors call it ``about``. Raises SourceError.

    ``apart`` has other formats than plain text read in a process of its own, within limits of memory and time: so it
    must be for whatever may be hostile.
    """
    about = about or name
    if len(data) > LARGEST:
        raise too_large(about, len(data))
    form = form or _format(data, name, about)
    if apart and form != "text" and sys.executable:
        from zeroline.sources.reading.apart import read_apart

        answer = read_apart(data, name, form, encoding, about, url)
        return Read(answer.text, form, name, url, answer.notes)
    text, notes = converted(data, form, encoding, about, url)
    return Read(text, form, name, url, notes)


def converted(
    data: bytes, form: str, encoding: str | None, about: str | Path, url: str = ""
) -> tuple[str, tuple[str, ...]]:
    """The text in bytes of a format, and what is worth saying of it. Raises SourceError."""
    notes: tuple[str, ...] = ()
    if form == "docx":
        from zeroline.sources.reading.docx import text_of_docx

        text, notes = text_of_docx(data, about)
    elif form == "pdf":
        from zeroline.sources.reading.pdf import text_of_pdf

        text = text_of_pdf(data, about)
    else:
        from zeroline.sources.reading.encodings import decoded

        text, notes = decoded(data, encoding, about)
        if form == "markdown":
            from zeroline.sources.reading.markdown import text_of_markdown

            text, more = text_of_markdown(text)
            notes += more
        elif form == "html":
            from zeroline.sources.reading.html import text_of_html

            text, more = text_of_html(text, about, url)
            notes += more
    if len(text) > LONGEST:
        raise too_large(about, len(text), "characters of text", LONGEST)
    if not text.strip():
        raise SourceError(about, "holds no text", _EMPTY.get(form, ""))
    return text, notes


_EMPTY: dict[str, str] = {
    "pdf": "if its pages are pictures, run it through text recognition (OCR) first",
    "html": "save the page whole, as the browser shows it, or attach its text",
}


def too_large(about: str | Path, size: int, what: str = "bytes", most: int = LARGEST) -> SourceError:
    """What to say of too much."""
    return SourceError(about, f"has {size:,} {what}; {most:,} are read", "attach the part that is the source")


def missing(about: str | Path, what: str, extra: str) -> SourceError:
    """What to say where the library for a format is not installed."""
    return SourceError(about, f"to read {what} the extra “{extra}” is needed", f"pip install 'zeroline[{extra}]'")


def _all(file: BinaryIO, about: str | Path) -> bytes:
    """All of a stream, or an error once it is too much."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise SourceError(about, f"has more than {LARGEST:,} bytes", "attach the part that is the source")
    return data


def _format(data: bytes, name: str, about: str | Path) -> Format:
    """What a file is: by how it begins, else by its name."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return "docx"  # or another archive, which its reader says
    for magic, what, mend in _NO_TEXT:
        if data.startswith(magic):
            raise SourceError(about, f"is {what}, not text", mend)
    if start[:20].lower().startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<?xml")):
        return "html"
    suffix = Path(name).suffix.lower()
    if suffix in (".docx", ".pdf"):
        problem = f"is called {suffix} and is none: it begins otherwise"
        raise SourceError(about, problem, "name what it is with --as", here="choose what it is under Format")
    return _SUFFIXES.get(suffix, "text")
