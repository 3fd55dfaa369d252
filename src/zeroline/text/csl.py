"""A source as CSL-JSON: what reference managers and citation styles read.

Nothing is guessed. A name is only taken apart where it is written "Family, Given" (several are parted by ";"); any
other is kept whole, since it may be an institution's or of a language that puts the family first.
"""

from __future__ import annotations

from typing import Any

from zeroline.records import SourceRecord
from zeroline.text.dates import in_words
from zeroline.text.edtf_words import Parts, parts


def csl_source(source: SourceRecord) -> dict[str, Any]:
    """The CSL-JSON of a source. A title that the coders supplied stands in [brackets]; its letters are kept.

    ``type`` is that of an article in a newspaper, the nearest that CSL has to a published text of unknown kind.
    """
    entry: dict[str, Any] = {
        "id": source["id"],
        "type": "article-newspaper",
        "title": title_of(source),
        "language": "und",  # titles stay as printed: only English has its own capitals in titles
    }
    if names := names_of(source["author"]):
        entry["author"] = names
    if outlet := _line(source["outlet"]):
        entry["container-title"] = outlet
    if issued := csl_date(source["date"]):
        entry["issued"] = issued
    if url := _line(source["url"]):
        entry["URL"] = url
    return entry


def title_of(source: SourceRecord) -> str:
    """The title on one line, in [brackets] where the coders supplied it."""
    title = _line(source["title"]) or "untitled"
    if source["title_supplied"] and not (title.startswith("[") and title.endswith("]")):
        return f"[{title}]"
    return title


def names_of(author: str | None) -> list[dict[str, str]]:
    """The names as CSL has them: ``family`` and ``given`` where they are written "Family, Given", else ``literal``."""
    names = []
    for name in (_line(author)).split(";"):
        family, _, given = (part.strip() for part in name.partition(","))
        if family and given and "," not in given:
            names.append({"family": family, "given": given})
        elif name.strip(" ,"):
            names.append({"literal": name.strip()})
    return names


def csl_date(edtf: str | None) -> dict[str, Any] | None:
    """An EDTF date as CSL has it; None where there is none.

    What CSL has no parts for (an unknown digit, a season, an open end, ends of unequal exactness) is given in words as
    ``literal``, with the year as ``date-parts`` where that is known.
    """
    if not edtf or not edtf.strip():
        return None
    found = [parts(end) for end in edtf.strip().split("/")]
    known = [one for one in found if one and _has_year(one)]
    ends = [[int(part) for part in (one.year, one.month, one.day) if part.isdigit()] for one in known]
    date: dict[str, Any] = {}
    whole = len(known) == len(found) <= 2 and all(map(_whole, known)) and len({len(end) for end in ends}) == 1
    if whole:
        date["date-parts"] = ends
    elif known and len(known) == len(found) <= 2:
        date["date-parts"] = [[end[0]] for end in ends]
    if not whole:
        date["literal"] = in_words(edtf)
    if any(one.hedge or one.doubts for one in known):
        date["circa"] = True
    return date


def _has_year(date: Parts) -> bool:
    return date.year.isdigit() and int(date.year) > 0


def _whole(date: Parts) -> bool:
    """Whether all of it is a day, a month or a year of the calendar."""
    fits = (not date.month or (date.month.isdigit() and 1 <= int(date.month) <= 12)) and date.day[:1] != "X"
    return fits and (not date.day or date.day.isdigit()) and not date.time


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
