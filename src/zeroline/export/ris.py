"""The sources as RIS, which most reference managers read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from zeroline.bookmarks.model import Bookmark
from zeroline.export.formats import Options
from zeroline.export.signs import holdable
from zeroline.export.sources import Cited, cited_sources
from zeroline.text.csl import csl_date, names_of, title_of


def write(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[str]:
    """Each source once, with a note (N1) for its credit, its corpus with the version, and each thing quoted from it."""
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
        """Without the number over each reference, which not every program skips."""

        def set_header(self, count: int) -> str:
            return ""

    references = [_reference(cited) for cited in cited_sources(bookmarks, options)]
    yield rispy.dumps(references, implementation=Writer) if references else ""


def _reference(cited: Cited) -> dict[str, Any]:
    source = cited.source
    date = csl_date(source["date"]) or {}
    outlet = _line(source["outlet"])
    found: dict[str, Any] = {
        "type_of_reference": "NEWS" if outlet else "GEN",
        "id": cited.key,
        "authors": [
            f"{_line(name['family'])}, {_line(name['given'])}" if "family" in name else _line(name["literal"])
            for name in names_of(source["author"])
        ],
        "title": _line(title_of(source)),
        "secondary_title": outlet,
    }
    if "date-parts" in date:
        first = date["date-parts"][0]
        found["year"] = f"{first[0]:04}"
        found["date"] = "/".join(f"{part:02}" for part in first) + "/" * (3 - len(first))
    found["urls"] = [_line(source["url"])] if source["url"] else []
    credit, when = _line(source["credit"]), _line(source["date"])
    exact = "date-parts" in date and "literal" not in date and "circa" not in date and len(date["date-parts"]) == 1
    found["access_date"] = f"{cited.accessed:%Y/%m/%d}"
    found["notes"] = [
        *([f"Credit: {credit}"] if credit else []),
        *([f"Date: {when}"] if when and not exact else []),
        *map(_line, cited.coded),
        *map(_line, cited.quoted),
    ]
    return {key: value for key, value in found.items() if value}


def _line(text: str | None) -> str:
    return " ".join(holdable(text or "").split())
