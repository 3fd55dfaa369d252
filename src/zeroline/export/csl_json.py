"""The sources as CSL-JSON: an array, as Zotero and pandoc read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from zeroline.bookmarks.model import Bookmark
from zeroline.export.formats import Options
from zeroline.export.sources import cited_sources
from zeroline.text.csl import csl_source


def write(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[str]:
    """Each source once, its credit and its corpus with version as ``note``, what is quoted from it as ``annote``."""
    entries = []
    for cited in cited_sources(bookmarks, options):
        entry = {**csl_source(cited.source), "id": cited.key}
        del entry["language"]
        if "container-title" not in entry:  # as in BibTeX (misc) and RIS (GEN): where it was published is not known
            entry["type"] = "document"
        day = cited.accessed
        entry["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
        credit = " ".join(cited.source["credit"].split())
        entry["note"] = " ".join(filter(None, (credit, *cited.coded)))
        entries.append({**entry, "annote": "\n".join(cited.quoted)})
    yield json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
