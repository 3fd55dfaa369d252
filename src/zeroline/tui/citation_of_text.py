"""What is copied of a text that is being read: the words selected, with a citation, and which copy they are from."""

from __future__ import annotations

from datetime import date

from zeroline.index.reader import Index
from zeroline.sources.copy_citation import copy_words
from zeroline.text.cite import published_words, title_words
from zeroline.tui.citation import citation, in_quotes
from zeroline.tui.reader_document import Document


def cite_selection(document: Document, start: int, end: int, index: Index, style: str, today: date) -> str:
    """Selected words with the citation of the statement they are from, or of the source where they go beyond one.

    Raises :class:`zeroline.text.styles.StyleError`.
    """
    words = in_quotes(" ".join(document.text[start:end].split()))
    provenance = f"Wording: {copy_words(document.copy)}." if document.copy else ""
    around = [m for m in document.marks if m.start <= start and end <= m.end and m.state in ("verbatim", "normalised")]
    row = index.get(min(around, key=lambda m: m.end - m.start).id) if around else None
    if row is not None:
        cited = citation(row.item, index.summary, style, today)
    else:
        cited = _source_words(document, index, document.number_of(start), document.number_of(max(end - 1, start)))
    return f"{words} {cited} {provenance}".strip()


def _source_words(document: Document, index: Index, first: int | None, last: int | None) -> str:
    source = index.source(document.source)
    where = "" if first is None else f", ¶{first}" if first == last else f", ¶{first} to ¶{last}"
    if source is None:
        return f"In “{document.title}”{where}."
    parts = [title_words(source), source["author"] or "", source["outlet"] or "", published_words(source)]
    if source["url"]:
        parts.append(source["url"])
    return f"In {', '.join(part for part in parts if part)}{where}."
