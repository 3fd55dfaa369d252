"""Bookmarks as Markdown, ready to paste into an article or notes.

Nothing that comes from a corpus or a reader is ever markup: it reads in the rendered page as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from zeroline.bookmarks.model import Bookmark
from zeroline.export import layout
from zeroline.export.entries import Entry, entry_in, locator_words
from zeroline.export.formats import Options
from zeroline.text.cite import speaker_words
from zeroline.text.italics import BEGIN, END

# A backslash before a sign takes its meaning away. An underscore inside a word has none, and addresses are full of
# them; an ampersand only has one where an entity follows.
_SIGNS = re.compile(r"[\\`*\[\]<>~|$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_LINE_START = re.compile(r"\d+(?=[.)](?:\s|$))|(?=[#=]|[+\-:%](?:[+\-:\s]|$))")
_SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")  # not the no-break spaces: they are part of the text
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


def write(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[str]:
    """Each bookmark: its excerpt as a block quotation, then who, positions, paraphrase, note, tags and citation."""
    lead = ""
    for bookmark in bookmarks:
        yield lead + _entry(entry_in(bookmark, options))
        lead = "\n---\n\n"


def to_markdown(bookmarks: Iterable[Bookmark], accessed: date) -> str:
    """The whole text, with plain citations."""
    return "".join(write(bookmarks, Options(accessed)))


def escape(text: str) -> str:
    """The text on one line, so that it renders as it is wherever that line stands."""
    line = _SIGNS.sub(r"\\\g<0>", _SPACE.sub(" ", text).strip(" "))
    if start := _LINE_START.match(line):
        return f"{start.group()}\\{line[start.end() :]}"
    return line


def escape_lines(text: str) -> list[str]:
    """The lines of a text, each so that it renders as it is; every line but the last of a paragraph breaks hard."""
    lines = [escape(line) for line in _LINE_ENDS.split(text.strip())]
    return [f"{line}  " if line and after else line for line, after in zip(lines, [*lines[1:], ""], strict=True)]


def _entry(entry: Entry) -> str:
    blocks = [quotation(entry), who(entry), *body(entry)]
    blocks.append(f"Source: {citation(entry)}" if entry.citation.strip() else "")
    blocks.append(labelled("Locator", locator_words(entry)))
    return "\n\n".join(block for block in blocks if block) + "\n"


def body(entry: Entry) -> list[str]:
    """All of an entry between who said it and where it stands, in blocks, some of them empty."""
    blocks = []
    blocks.append("\n".join(f"- {escape(words)}" for words in (*_positions(entry), *_figures(entry))))
    if entry.kind == "statement" and entry.item is not None and not entry.positions:
        blocks.append("No position coded.")
    blocks.append(labelled("Paraphrase" if entry.kind == "statement" else "Description", entry.paraphrase))
    blocks.append(labelled("Passage", entry.passage_copy))
    blocks.append(labelled("Coders’ note", entry.coders_note))
    blocks.append(labelled("Topics", ", ".join(entry.topics.values())))
    blocks.append(labelled("Places", ", ".join(entry.places.values())))
    blocks.append(labelled("Note", entry.note))
    blocks.append(labelled("Tags", ", ".join(entry.tags)))
    blocks.append(labelled("Collections", ", ".join(entry.collections)))
    return blocks


def _positions(entry: Entry) -> Iterator[str]:
    """Each position in words, an inferred one with the coders' reason for it."""
    for words, record in zip(entry.positions, entry.position_records, strict=True):
        yield _followed(words, "Reason", record["rationale"] if record["basis"] == "inferred" else "")


def _figures(entry: Entry) -> Iterator[str]:
    """Each figure in words, with the coders' note on it."""
    item = entry.item
    if item is not None and item["kind"] == "event":
        for words, figure in zip(entry.figures, item["figures"], strict=True):
            yield _followed(words, "Coders’ note", figure["note"])


def _followed(words: str, label: str, text: str) -> str:
    return f"{words}. {label}: {text}" if text.strip() else words


def quotation(entry: Entry) -> str:
    """The passage where it is proven, else the excerpt, as a block; marks stand only around the speaker's own words.

    In the block stands too that a passage is not the one coded, where that is so.
    """
    if not (excerpt := layout.quotation(entry)):
        return ""
    lines = escape_lines(excerpt)
    if entry.passage_caveat:
        lines += ["", f"\\[{escape(entry.passage_caveat)}\\]"]
    return "\n".join(f"> {line}" if line else ">" for line in lines)


def who(entry: Entry) -> str:
    """Who said it, how it comes to us, and when; of an event what it was, and who says so."""
    if entry.item is None:
        return f"**{_named(entry.id)}** (corpus {escape(entry.corpus)}; its record was not saved with the bookmark)"
    if entry.speaker is None:
        return f"**{_named(entry.title)}** ({escape(entry.date_words)}; asserted by {escape(entry.asserted_by)})"
    name = _named(speaker_words({**entry.speaker, "unit": None}))
    unit = f", {escape(entry.speaker['unit'])}" if entry.speaker["unit"] else ""
    when = f", {escape(entry.date_words)}" if entry.date_words else ""
    return f"**{name}**{unit} ({entry.said}{when})"


def citation(entry: Entry) -> str:
    """The citation on one line, its italics between asterisks."""
    if not entry.marked_citation:
        return escape(entry.citation)
    return escape(entry.marked_citation).replace(BEGIN, "*").replace(END, "*")


def _named(text: str) -> str:
    """Text for between asterisks, which must not stand beside white space of any kind."""
    return escape(text.strip()) or "unnamed"


def labelled(label: str, text: str) -> str:
    """A text after what it is; "" where there is none."""
    return f"{label}: " + "\n".join(escape_lines(text)) if text.strip() else ""
