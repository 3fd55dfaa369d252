"""Whether what a corpus says of its sources is so: hashes, lengths, paragraphs, passages, excerpts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zeroline.corpus.files import SOURCES
from zeroline.corpus.models import EXCERPT_WORDS
from zeroline.corpus.passages import SourceText, digest, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zeroline.corpus.lines import Line
    from zeroline.corpus.locate import KeyPath
    from zeroline.corpus.models import Source, Statement, Study

Complaint = tuple["KeyPath", str, str]
"""A path into the study, what is wrong there, and how to mend it ("" when that is plain)."""


def check_sources(study: Study, folder: Path) -> Iterator[Complaint]:
    """Complaints about each source's text, and about what statements, events, people and sections say is in it."""
    texts: dict[str, SourceText] = {}
    for index, source in enumerate(study.source):
        if source.text is not None:
            text, complaints = _attached(("source", index), source, source.text, folder)
            yield from complaints
            if text:
                texts[source.id] = text
    sources = {source.id: source for source in study.source}
    paragraphs = {name: _paragraphs(source, texts.get(name)) for name, source in sources.items()}
    for index, source in enumerate(study.source):
        yield from _sections(("source", index), source, texts.get(source.id), paragraphs[source.id])
    for index, statement in enumerate(study.statement):
        if statement.source in sources:
            source, text = sources[statement.source], texts.get(statement.source)
            path = ("statement", index)
            if source.text is None:
                yield from _detached(path, statement, source, paragraphs[source.id])
            elif text:
                yield from check_passage(path, statement, text)
    for index, event in enumerate(study.event):
        yield from _paragraph(("event", index, "paragraph"), event.paragraph, paragraphs.get(event.source))
    for index, person in enumerate(study.person):
        yield from _paragraph(("person", index, "paragraph"), person.paragraph, paragraphs.get(person.source))


def _attached(path: KeyPath, source: Source, name: str, folder: Path) -> tuple[SourceText | None, list[Complaint]]:
    """A source's text, when it can be read, and what does not agree with it."""
    at = (*path, "text")
    try:
        text = read_source(folder, name)
    except FileNotFoundError:
        return None, [(at, f"there is no file {SOURCES}/{name}", f"put it there, or take {at[-1]} out")]
    except OSError as error:
        return None, [(at, f"{SOURCES}/{name} cannot be read: {error.strerror or error}", "")]
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, [(at, f"{SOURCES}/{name} is not UTF-8 in line {line}", "save it as UTF-8")]
    except ValueError as error:
        return None, [(at, str(error), "")]
    said_and_is = (
        ("sha256", source.sha256, text.sha256),
        ("characters", source.characters, len(text.text)),
        ("paragraphs", source.paragraphs, len(text.paragraphs)),
    )
    return text, [
        ((*path, key), f"is {said}, but {SOURCES}/{name} has {found}", "has the text changed?")
        for key, said, found in said_and_is
        if said is not None and said != found
    ]


def _paragraphs(source: Source, text: SourceText | None) -> int | None:
    """How many paragraphs a source has, as far as is known."""
    return len(text.paragraphs) if text else source.paragraphs


def _paragraph(path: KeyPath, paragraph: int | None, limit: int | None) -> Iterator[Complaint]:
    if paragraph is not None and limit is not None and paragraph > limit:
        yield path, f"is {paragraph}, but the source has {limit} paragraphs", ""


def _sections(path: KeyPath, source: Source, text: SourceText | None, limit: int | None) -> Iterator[Complaint]:
    for number, section in enumerate(source.section):
        at = (*path, "section", number)
        yield from _paragraph((*at, "paragraph"), section.paragraph, limit)
        if text and section.paragraph <= len(text.paragraphs):
            start, end = text.paragraphs[section.paragraph - 1]
            if section.heading not in text.text[start:end]:
                yield (
                    (*at, "heading"),
                    f"does not stand in paragraph {section.paragraph}",
                    _found(section.heading, text),
                )


def _detached(path: KeyPath, statement: Statement, source: Source, limit: int | None) -> Iterator[Complaint]:
    """A statement whose source the corpus does not carry: the excerpt is short, the locator within the source."""
    words = len(statement.excerpt.split())
    if words > EXCERPT_WORDS:
        message = f"has {words} words; from a text the corpus does not carry it may have {EXCERPT_WORDS}"
        yield (*path, "excerpt"), message, "shorten it"
    locator = statement.locator
    if locator:
        yield from _paragraph((*path, "locator", "paragraph"), locator.paragraph, limit)
        if source.characters is not None and locator.end > source.characters:
            yield (*path, "locator", "end"), f"is {locator.end}, but the source has {source.characters} characters", ""


def check_passage(path: KeyPath, statement: Statement | Line, text: SourceText) -> Iterator[Complaint]:
    """A statement whose source's text is there: the locator finds the passage, and the excerpt is in it."""
    locator, excerpt = statement.locator, " ".join(statement.excerpt.split())
    if locator is None:
        if excerpt not in text.flat:
            yield (*path, "excerpt"), "does not stand in the source", ""
        return
    at = (*path, "locator")
    if locator.end > len(text.text):
        message = f"is {locator.end}, but the source has {len(text.text)} characters"
        yield (*at, "end"), message, _found(statement.excerpt, text)
        return
    passage = text.text[locator.start : locator.end]
    if digest(passage) != locator.sha256:
        message = f"does not fit the passage at {locator.start} to {locator.end}, whose SHA-256 is {digest(passage)}"
        yield (*at, "sha256"), message, _found(statement.excerpt, text)
    elif text.paragraph(locator.start) != locator.paragraph:
        message = f"is {locator.paragraph}, but the passage is in paragraph {text.paragraph(locator.start)}"
        yield (*at, "paragraph"), message, ""
    if excerpt not in " ".join(passage.split()):
        yield (*path, "excerpt"), "does not stand in the passage", _found(statement.excerpt, text)


def _found(phrase: str, text: SourceText) -> str:
    """Where a phrase does stand, when it stands in one place."""
    if not phrase or text.text.count(phrase) != 1:
        return ""
    start = text.text.index(phrase)
    return f"“{phrase}” stands at {start} to {start + len(phrase)}, in paragraph {text.paragraph(start)}"
