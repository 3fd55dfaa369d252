"""What a file is that is no table, told by how it begins, with what to do about it."""

from __future__ import annotations

import re

_MAGIC = (
    (b"PK\x03\x04", "an Excel workbook or a ZIP archive; save it as CSV (UTF-8), or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save it as CSV (UTF-8)"),
    (b"PAR1", "Parquet compressed once more; unpack it"),
    (b"ARROW1", "an Arrow file; write it as CSV or JSON Lines"),
    (b"SQLite format 3", "an SQLite database; export a table of it as CSV"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document; save its table as CSV (UTF-8)"),
    (b"\x1f\x8b", "compressed with gzip twice; unpack it once"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; unpack it, or compress it with gzip"),
    (b"BZh", "compressed with bzip2; unpack it, or compress it with gzip"),
    (b"\xfd7zXZ", "compressed with xz; unpack it, or compress it with gzip"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it"),
    (b"Rar!", "a RAR archive; unpack it"),
    (b"version https://git-lfs", "a pointer to a file that Git LFS keeps; fetch that with “git lfs pull”"),
)
_TAR_AT = 257
_WEB_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S)
_XML = re.compile(rb"\s*<\?xml\b", re.I)
_BEGINNING = 40


def no_table(start: bytes) -> str:
    """What a file is that begins so, and what to do; "" for what may be a table. ``start`` is unpacked."""
    for magic, what in _MAGIC:
        if start.startswith(magic):
            return what
    if start[_TAR_AT : _TAR_AT + 5] == b"ustar":
        return "a tar archive; unpack it, and import the file in it"
    text = start.removeprefix(b"\xef\xbb\xbf")
    if _WEB_PAGE.match(text):
        return "a web page: what was downloaded is perhaps not the file, but a page about it"
    return "XML; write it as CSV or JSON Lines" if _XML.match(text) else ""


def misnamed(name: str, packed: bool) -> str:
    """What to add to a message about a file whose name says that it is compressed, and which is not; else ""."""
    return "; in spite of its name it is not compressed with gzip" if name.endswith(".gz") and not packed else ""


def beginning(text: str) -> str:
    """How a text begins, as a message quotes it."""
    said = " ".join(text.split())
    return f"“{said}”" if len(said) <= _BEGINNING else f"“{said[:_BEGINNING]}…”"
