r"""The sources as BibTeX, for LaTeX: in UTF-8, every letter of a title kept, and no text ever a command.

``date`` (EDTF, which biblatex reads) and ``year`` (for BibTeX proper) both stand there; ``urldate`` is
the day of access, ``note`` the credit and the corpus with its version, ``annote`` is what is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zeroline.bookmarks.model import Bookmark
from zeroline.export.formats import Options
from zeroline.export.signs import holdable
from zeroline.export.sources import Cited, cited_sources
from zeroline.text.csl import csl_date, names_of, title_of

# BibTeX counts braces even after a backslash: one of text must not be written as a brace.
_COMMANDS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
_EDTF = re.compile(r"[0-9XYES?~./-]+")  # a “%” would begin a comment


def write(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[str]:
    """Each source once, as an article where its outlet is known."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    library = Library()
    for cited in cited_sources(bookmarks, options):
        kind = "article" if (cited.source["outlet"] or "").strip() else "misc"
        library.add(Entry(kind, cited.key, [Field(key, value) for key, value in _fields(cited).items()]))
    yield write_string(library)


def escape(text: str) -> str:
    """Text as LaTeX shows it, on one line."""
    return " ".join(holdable(text).split()).translate(_COMMANDS)


def _fields(cited: Cited) -> dict[str, str]:
    source = cited.source
    date = csl_date(source["date"]) or {}
    names = [
        f"{escape(name['family'])}, {escape(name['given'])}" if "family" in name else f"{{{escape(name['literal'])}}}"
        for name in names_of(source["author"])
    ]
    found = {
        "author": " and ".join(names),
        "title": f"{{{escape(title_of(source))}}}",
        "journal": escape(source["outlet"] or ""),
        "year": str(date["date-parts"][0][0]) if "date-parts" in date else "",
        "date": when if _EDTF.fullmatch(when := (source["date"] or "").strip()) else "",
        "url": re.sub(r"[\s{}\\]", lambda sign: f"%{ord(sign.group()):02X}", (source["url"] or "").strip()),
        "urldate": cited.accessed.isoformat(),
        "note": " ".join(filter(None, (escape(source["credit"]), *map(escape, cited.coded)))),
        "annote": r" \par ".join(map(escape, cited.quoted)),
    }
    return {key: value for key, value in found.items() if value}
