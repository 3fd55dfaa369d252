"""Bookmarks to take away: what each format is and holds is in :mod:`zeroline.export.formats`.

Every format is a pure function of the bookmarks and the options, in a module of its own that is imported when it is
used; :mod:`zeroline.export.write` puts what it gives in a file, :mod:`zeroline.export.read` reads some of them back.
"""

from __future__ import annotations

from datetime import date

from zeroline.export.formats import FORMATS, Format, NotInstalled, Options, format_of, with_passages
from zeroline.export.write import ExportError, Stopped, export_to, write_export

__all__ = [
    "FORMATS",
    "ExportError",
    "Format",
    "NotInstalled",
    "Options",
    "Stopped",
    "export_to",
    "format_of",
    "suggested_name",
    "with_passages",
    "write_export",
]


def suggested_name(format: str, accessed: date) -> str:
    """A file name for an export made that day."""
    return f"zeroline-bookmarks-{accessed.isoformat()}.{FORMATS[format].ending if format in FORMATS else format}"
