"""Citations: who said it and how we know, on one line of plain text.

What is not known about a source is said to be unknown, so that nobody takes a gap for an oversight. Text is kept as
it is but for white space; a way out to a terminal passes the line through :mod:`zeroline.text.safe`.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from zeroline.records import EventRecord, Item, SourceRecord, SpeakerRef, StatementRecord
from zeroline.text.dates import in_words

ATTRIBUTIONS = {"direct": "direct quotation", "reported": "reported speech", "caption": "caption"}
"""What each attribution of a statement is called."""


def speaker_words(speaker: SpeakerRef) -> str:
    """Name, “callsign” and unit: "Andrii “Melnyk”, 109th Brigade". A callsign that is the name stands once."""
    return _speaker_words(speaker["name"], speaker["callsign"], speaker["unit"])


@lru_cache(maxsize=4096)
def _speaker_words(name: str, callsign: str | None, unit: str | None) -> str:
    words = {word.strip("“”„\"'‘’()«»") for word in name.casefold().split()}
    if callsign and callsign.casefold() not in (*words, name.casefold()):
        name = f"{name} “{callsign}”"
    return f"{name}, {unit}" if unit else name


def title_words(source: SourceRecord) -> str:
    """The title “in quotation marks”; one supplied by the coders stands in [brackets], without any."""
    return _title(source["title"], source["title_supplied"])


def _title(title: str, supplied: bool) -> str:
    title = title.strip()
    if not supplied:
        return f"“{title}”"
    return title if title.startswith("[") and title.endswith("]") else f"[{title}]"


def published_words(source: SourceRecord) -> str:
    """When a source came out: "published 3 November 1902", or "undated"."""
    return f"published {in_words(source['date'])}" if source["date"] else "undated"


def date_of(item: StatementRecord) -> Literal["statement", "source"] | None:
    """Whose date a statement's is; also of one that was saved before records said so."""
    if not item["date"]:
        return "source" if item["source"]["date"] else None
    return item["date_of"] or ("source" if item["date"] == item["source"]["date"] else "statement")


def date_words(item: StatementRecord) -> str:
    """When it was said: "October 1902"; where only its source has a date, "published 3 November 1902"; "undated"."""
    if item["date"] and date_of(item) == "statement":
        return in_words(item["date"])
    return published_words(item["source"])


def _known(author: str | None, outlet: str | None) -> str:
    if not author and not outlet:
        return "author and outlet unknown"
    return f"{author or 'author unknown'}, {outlet or 'outlet unknown'}"


@lru_cache(maxsize=4096)
def _source(
    title: str, supplied: bool, author: str | None, outlet: str | None, date: str | None, credit: str, url: str | None
) -> str:
    """The source on one line. Many passages have the same."""
    when = f"published {in_words(date)}" if date else "undated"
    if named := credit.strip().rstrip("."):
        when += f" (credit: {named})"
    parts = [_title(title, supplied), _known(author, outlet), when, *([url] if url else [])]
    return " ".join(", ".join(parts).split())


def _statement(item: StatementRecord) -> str:
    said = ATTRIBUTIONS[item["attribution"]]
    if item["date"] and date_of(item) == "statement":
        said = f"{said}, {in_words(item['date'])}"
    return f"{speaker_words(item['speaker'])} ({said})"


def _event(item: EventRecord) -> str:
    by = "by the source itself" if item["asserted_by"] == item["source"]["id"] else f"by {item['asserted_by_name']}"
    return f"{item['title'].strip().rstrip('.')} ({in_words(item['date'])}; event, asserted {by})"


def citation(
    item: Item, *, corpus_title: str, corpus_version: str, corpus_id: str = "", accessed: date | None = None
) -> str:
    """The citation of a statement or an event, on one line.

    Who (or what, and who asserts it), how it comes to us, source, author and outlet, date, credit, address, paragraph;
    then the corpus with its id, its version and, when given, the day it was read.
    """
    it, paragraph = item["source"], paragraph_of(item)
    source = _source(
        it["title"], it["title_supplied"], it["author"], it["outlet"], it["date"], it["credit"], it["url"]
    )  # fmt: skip
    where = f", ¶{paragraph}" if paragraph is not None else ""
    who = " ".join(who_words(item).split())
    return f"{who}, in {source}{where}. {_coded(corpus_title, corpus_version, corpus_id, accessed)}"


@lru_cache(maxsize=1024)
def _coded(title: str, version: str, id: str, accessed: date | None) -> str:
    """The corpus and the day, on one line."""
    day = f", accessed {in_words(accessed.isoformat())}" if accessed else ""
    return " ".join(f"{corpus_words(title, version, id)}{day}.".split())


def who_words(item: Item) -> str:
    """Who said it and how it comes to us, or what happened and who asserts it: what a citation begins with."""
    return _statement(item) if item["kind"] == "statement" else _event(item)


def paragraph_of(item: Item) -> int | None:
    """The paragraph of the source, from 1; None where it is not recorded."""
    if item["kind"] == "event":
        return item["paragraph"]
    return item["locator"]["paragraph"] if item["locator"] else None


def corpus_words(title: str, version: str, id: str) -> str:
    """The corpus that the coding is of: "Coded in “Kursk: …” (kursk-2025), version 1.0.0"."""
    named = f" ({id})" if id else ""
    return f"Coded in “{title}”{named}, version {version}"
