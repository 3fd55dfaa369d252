"""What the bookmarks screen says of a bookmark, out of its snapshot: the corpus itself need not be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rich.style import Style
from rich.text import Text

from zeroline.bookmarks.model import Bookmark, Snapshot
from zeroline.export.entries import Entry, entry_of
from zeroline.index.reader import short_name
from zeroline.index.summary import StanceInfo
from zeroline.records import Item, StatementRecord
from zeroline.text.dates import in_words
from zeroline.text.glyphs import EVENT_GLYPH, NONE_GLYPH, glyph, is_filled, position_glyphs
from zeroline.text.positions import position_words
from zeroline.tui.detail_parts import Part, blank
from zeroline.tui.drawing import fit, mark_hits, safe_text
from zeroline.tui.notes import note_parts
from zeroline.tui.theme import Look

Where = Literal["here", "gone", "elsewhere"]
"""Whether what is bookmarked stands in the open corpus, no longer does, or is of another one."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A bookmark as it is listed."""

    bookmark: Bookmark
    where: Where = "here"

    @property
    def item(self) -> Item | None:
        """The item as it was saved; None in a bookmark written by hand that has not seen its corpus yet."""
        return self.bookmark.snapshot.item if self.bookmark.snapshot else None

    @property
    def corpus_title(self) -> str:
        """What to call its corpus."""
        return self.bookmark.snapshot.corpus_title if self.bookmark.snapshot else self.bookmark.corpus

    def badge(self) -> str:
        """What is to be known before it is opened; "" where nothing is."""
        if self.where == "elsewhere":
            return self.corpus_title
        if self.where == "gone":
            return "no longer in this corpus" if self.item else "not in this corpus"
        return ""


def sign_of(saved: Saved, stance: str, stances: Mapping[str, StanceInfo]) -> tuple[str, str]:
    """Shape and colour of a stance: the open corpus's, else as they were saved; else a grey square."""
    if saved.where != "elsewhere" and stance in stances:
        return stances[stance].shape, stances[stance].colour
    snapshot = saved.bookmark.snapshot
    if snapshot is None:
        return "square", "grey"
    return snapshot.stance_shapes.get(stance, "square"), snapshot.stance_colours.get(stance, "grey")


def signs(saved: Saved, stances: Mapping[str, StanceInfo], look: Look) -> list[tuple[str, Style]]:
    """The signs of a bookmark: shape and filling, whether or not its corpus is open."""
    item = saved.item
    if item is None:
        return [("?", look.dim)]
    if item["kind"] == "event":
        return [(EVENT_GLYPH, look.event)]
    pairs = position_glyphs(item["positions"], lambda stance: sign_of(saved, stance, stances)[0])
    styled = [(sign, look.stance(sign_of(saved, stance, stances)[1])) for stance, sign in pairs]
    return styled or [(NONE_GLYPH, look.stance("grey"))]


def who(saved: Saved) -> str:
    """The speaker, or when an event was; the id of what is not known."""
    item = saved.item
    if item is None:
        return saved.bookmark.id
    return in_words(item["date"]) if item["kind"] == "event" else short_name(item["speaker"])


def unit_of(saved: Saved) -> str:
    """The speaker's unit, or who says that an event was."""
    item = saved.item
    if item is None:
        return ""
    return item["asserted_by_name"] if item["kind"] == "event" else item["speaker"]["unit"] or ""


def what(saved: Saved) -> str:
    """The words of a statement, or the title of an event."""
    item = saved.item
    if item is None:
        if saved.where == "gone":
            return "written by hand: this corpus has no such id"
        return "written by hand: open its corpus to see what it is"
    if item["kind"] == "event":
        return item["title"]
    return said(item)


def said(item: StatementRecord) -> str:
    """The excerpt, as a quotation only where it is one; else the paraphrase."""
    if not item["excerpt"]:
        return item["paraphrase"]
    return f"“{item['excerpt']}”" if item["attribution"] == "direct" else f"… {item['excerpt']} …"


def name_of(saved: Saved) -> str:
    """A few words to tell a bookmark by in a message."""
    return fit(what(saved) if saved.item else saved.bookmark.id, 40)


def tag_words(tags: tuple[str, ...]) -> str:
    """Tags on one line."""
    return "  ".join(f"#{tag}" for tag in tags)


@dataclass(frozen=True, slots=True)
class SavedParts:
    """A whole bookmark as parts; ``words`` are those searched for."""

    stances: Mapping[str, StanceInfo]
    look: Look
    words: tuple[str, ...] = ()

    def parts(self, saved: Saved, today: date) -> Iterator[Part]:
        """What it points at, as it was saved, and what the reader made of it."""
        entry, look = entry_of(saved.bookmark, today), self.look
        if saved.where != "here":
            yield Part(safe_text(self._where(saved), look.warning))
            yield blank()
        if saved.item is None:
            yield Part(safe_text(saved.bookmark.id, look.strong))
            yield Part(Text(what(saved), look.dim))
        elif saved.item["kind"] == "statement":
            yield from self._statement(entry, saved)
        else:
            yield from self._event(entry)
        yield from self._own(saved.bookmark)
        if saved.bookmark.snapshot is not None:
            yield from self._about(entry, saved, saved.bookmark.snapshot)

    def _text(self, words: str, style: Style) -> Text:
        return mark_hits(safe_text(words, style), self.look.hit, self.words, self.words)

    def _where(self, saved: Saved) -> str:
        if saved.where == "elsewhere":
            return f"From another corpus: {saved.corpus_title}"
        if saved.item is None:
            return "Not in this corpus: look at its id in the bookmark file"
        return "No longer in this corpus: this is how it was when it was saved"

    def _statement(self, entry: Entry, saved: Saved) -> Iterator[Part]:
        look = self.look
        if entry.excerpt:
            yield Part(self._text(what(saved), look.strong))
            yield blank()
        if entry.speaker:
            callsign = f" “{entry.speaker['callsign']}”" if entry.speaker["callsign"] else ""
            yield Part(self._text(entry.speaker["name"] + callsign, look.strong))
            if entry.speaker["unit"]:
                yield Part(self._text(entry.speaker["unit"], look.dim))
        yield Part(safe_text(" · ".join(w for w in (entry.said, entry.date_words) if w), look.dim))
        yield blank()
        for position in entry.position_records:
            shape, colour = sign_of(saved, position["stance"], self.stances)
            sign = Text(f"{glyph(shape, is_filled(position))} ", look.stance(colour))
            words = position_words(position, lambda s: entry.labels.get(s, s))
            yield Part(self._text(words, look.text), lead=sign)
            yield Part(self._text(position["rationale"], look.italic), indent=2)
        if not entry.position_records:
            yield Part(Text(f"{NONE_GLYPH} no stance", look.stance("grey")))
        yield blank()
        if entry.paraphrase:
            yield Part(self._text(entry.paraphrase, look.text), label="In short")

    def _event(self, entry: Entry) -> Iterator[Part]:
        look = self.look
        yield Part(safe_text(entry.date_words, look.accent))
        yield Part(self._text(entry.title, look.strong))
        if entry.paraphrase:
            yield Part(self._text(entry.paraphrase, look.text))
        yield blank()
        yield Part(self._text(entry.asserted_by, look.text), label="Says so")
        for number, figure in enumerate(entry.figures):
            yield Part(self._text(figure, look.text), label="" if number else "Figures", indent=11 if number else 0)

    def _own(self, bookmark: Bookmark) -> Iterator[Part]:
        look = self.look
        yield blank()
        yield Part(Text("★ Your note", look.star))
        if bookmark.note:
            yield from note_parts(bookmark.note, look, draw=self._text)
        else:
            yield Part(Text("none yet: m writes one", look.dim), indent=2)
        if bookmark.tags:
            yield Part(self._text(tag_words(bookmark.tags), look.star), indent=2)
        if bookmark.collections:
            yield Part(self._text(" · ".join(bookmark.collections), look.text), label="In")

    def _about(self, entry: Entry, saved: Saved, snapshot: Snapshot) -> Iterator[Part]:
        look = self.look
        yield blank()
        for label, names in (("Topics", entry.topics), ("Places", entry.places)):
            if names:
                yield Part(self._text(" · ".join(names.values()), look.text), label=label)
        if entry.coders_note:
            yield Part(Text("Coders’ note", look.heading))
            yield Part(self._text(entry.coders_note, look.text), indent=2)
            yield blank()
        yield Part(self._text(snapshot.citation or entry.citation, look.text), label="Cite as")
        if saved.bookmark.added is not None:
            day = in_words(saved.bookmark.added.date().isoformat())
            yield Part(safe_text(f"{day} · {saved.bookmark.corpus} · {saved.bookmark.id}", look.dim), label="Saved")
