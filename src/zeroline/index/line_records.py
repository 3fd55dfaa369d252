"""A stored line made whole: what a line leaves out is filled in when it is read, not when it is compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zeroline.records import SourceRecord, SpeakerRef, StatementRecord

NO_SOURCE: SourceRecord = {
    "id": "",
    "title": "[no source recorded]",
    "title_supplied": True,
    "outlet": None,
    "author": None,
    "date": None,
    "credit": "",
    "url": None,
}
"""The source of lines in a corpus that names none."""


def statement_of(
    line: dict[str, Any], speaker: Callable[[str], SpeakerRef], source: Callable[[str | None], SourceRecord]
) -> StatementRecord:
    """The record of a line. ``speaker`` gives an id its reference, ``source`` an id, or none, its record."""
    who = line["speaker"]
    of = source(line.get("source"))
    own = line.get("date")
    return {
        "kind": "statement",
        "id": line["id"],
        "speaker": speaker(who if isinstance(who, str) else who["id"]),
        "attribution": line.get("attribution", "direct"),
        "date": own if own is not None else of["date"],
        "date_of": "statement" if own is not None else "source" if of["date"] is not None else None,
        "excerpt": line.get("excerpt", ""),
        "paraphrase": line.get("paraphrase", ""),
        "locator": line.get("locator"),
        "positions": [
            {
                "stance": p["stance"],
                "force": p["force"],
                "condition": p.get("condition"),
                "otherwise": p.get("otherwise"),
                "certainty": p["certainty"],
                "basis": p["basis"],
                "rationale": p["rationale"],
            }
            for p in line.get("positions", ())
        ],
        "topics": line.get("topics", []),
        "places": line.get("places", []),
        "source": of,
        "note": line.get("note", ""),
    }
