"""Bookmarks as text to take away: Markdown, JSON, CSV and TOML.

Every format is a pure function of the bookmarks and the day; :mod:`zeroline.export.write` puts the text in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from zeroline.bookmarks.model import Bookmark
from zeroline.export.write import ExportError, write_export

__all__ = ["FORMATS", "ExportError", "Exporter", "suggested_name", "write_export"]

Exporter = Callable[[Sequence[Bookmark], date], str]
"""The text of an export: the bookmarks in their order, and the day that citations say they were accessed."""


def _markdown(bookmarks: Sequence[Bookmark], accessed: date) -> str:
    from zeroline.export.markdown import to_markdown

    return to_markdown(bookmarks, accessed)


def _json(bookmarks: Sequence[Bookmark], accessed: date) -> str:
    from zeroline.export.json_ import to_json

    return to_json(bookmarks, accessed)


def _csv(bookmarks: Sequence[Bookmark], accessed: date) -> str:
    from zeroline.export.csv_ import to_csv

    return to_csv(bookmarks, accessed)


def _toml(bookmarks: Sequence[Bookmark], accessed: date) -> str:
    from zeroline.export.toml_ import to_toml

    return to_toml(bookmarks, accessed)


FORMATS: Mapping[str, Exporter] = MappingProxyType({"md": _markdown, "json": _json, "csv": _csv, "toml": _toml})
"""The formats by name, which is also the ending of their files. Line ends are part of the text: write it as it is."""


def suggested_name(format: str, accessed: date) -> str:
    """A file name for an export made that day."""
    return f"zeroline-bookmarks-{accessed.isoformat()}.{format}"
