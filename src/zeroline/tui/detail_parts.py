"""What the detail pane says, as parts: text with a label, an indent or a link, not yet cut into lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from rich.style import Style
from rich.text import Text

from zeroline.index.reader import Index, short_name
from zeroline.index.summary import StanceInfo
from zeroline.records import Item, PositionRecord, SpeakerRecord, SpeakerRef, StatementRecord
from zeroline.text.cite import ATTRIBUTIONS, date_of, date_words, published_words, title_words
from zeroline.text.dates import in_words
from zeroline.text.glyphs import NONE_GLYPH, glyph, is_filled, position_glyphs
from zeroline.text.positions import force_words, primary_forces, primary_words
from zeroline.text.safe import one_line
from zeroline.tui.drawing import fit, mark_hits, safe_text
from zeroline.tui.requests import ItemDetail, SpeakerDetail
from zeroline.tui.theme import Look

if TYPE_CHECKING:
    from zeroline.bookmarks.model import Bookmark

LinkKind = Literal["item", "speaker", "topic", "place", "proposal"]


class Link(NamedTuple):
    """Where Enter on a part leads."""

    kind: LinkKind
    id: str


class Part(NamedTuple):
    """A run of text: wrapped at the pane's width, ``label`` to its left on the first line, ``indent`` columns in.

    A ``one_line`` part is cut instead of wrapped. ``lead`` stands before the text, which hangs behind it.
    """

    text: Text
    label: str = ""
    indent: int = 0
    link: Link | None = None
    one_line: bool = False
    lead: Text | None = None


@dataclass(frozen=True)
class Says:
    """Turns records into parts, in the words of one corpus and the styles of one theme."""

    index: Index
    look: Look
    words: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()

    def _info(self, stance: str) -> StanceInfo | None:
        return next((s for s in self.index.summary.stances if s.id == stance), None)

    def _style(self, stance: str) -> Style:
        info = self._info(stance)
        return self.look.stance(info.colour if info else "grey")

    def _shape(self, stance: str) -> str:
        info = self._info(stance)
        return info.shape if info else "square"

    def _searched(self, text: Text) -> Text:
        return mark_hits(text, self.look.hit, self.words, self.beginnings)

    # --- statements and events -----------------------------------------------------------------------------------

    def item(self, detail: ItemDetail, bookmark: Bookmark | None) -> Iterator[Part]:
        """A statement or an event, whole."""
        it = detail.row.item
        if it["kind"] == "statement":
            yield from self._statement(it, detail)
        else:
            yield from self._event(it)
        yield from self._about(it)
        if it["note"]:
            yield from self._titled("Coders’ note", it["note"])
        if bookmark is not None:
            yield blank()
            yield Part(self._bookmark_line(bookmark))
            if bookmark.note:
                from zeroline.tui.notes import note_parts

                yield from note_parts(bookmark.note, self.look)
        yield from self._others(detail)

    def _statement(self, it: StatementRecord, detail: ItemDetail) -> Iterator[Part]:
        quoted, speaker = it["attribution"] == "direct", detail.speaker
        if detail.passage is not None:
            from zeroline.tui.passage_parts import passage_parts

            yield from passage_parts(detail.passage, it, self.look, self._searched)
        elif it["excerpt"]:
            excerpt = f"“{it['excerpt']}”" if quoted else f"… {it['excerpt']} …"
            yield Part(self._searched(safe_text(excerpt, self.look.strong)), indent=0 if quoted else 1)
            yield blank()
        yield Part(safe_text(_full_name(it["speaker"]), self.look.strong), link=Link("speaker", it["speaker"]["id"]))
        if speaker:
            yield from self._card(speaker)
        own = f" · {date_words(it)}" if date_of(it) == "statement" else ""
        yield Part(safe_text(ATTRIBUTIONS[it["attribution"]] + own, self.look.dim))
        yield blank()
        if not it["positions"]:
            text = safe_text(f"{NONE_GLYPH} no stance", self.look.stance("grey"))
            yield Part(text.append(" taken in these words", self.look.dim))
        for position in it["positions"]:
            yield from self._position(position)
        yield blank()
        if it["paraphrase"]:
            yield Part(self._searched(safe_text(it["paraphrase"], self.look.text)), label="In short")

    def _position(self, position: PositionRecord) -> Iterator[Part]:
        look = self.look
        label = self.index.stance_label(position["stance"])
        sign = Text(f"{glyph(self._shape(position['stance']), is_filled(position))} ", self._style(position["stance"]))
        text = Text().append_text(safe_text(label, self._style(position["stance"]) + Style(bold=True)))
        yield Part(text.append("  ").append_text(safe_text(force_words(position), look.text)), lead=sign)
        if position["otherwise"]:
            other = safe_text("otherwise ", look.dim)
            other.append(f"{glyph(self._shape(position['otherwise']), False)} ", self._style(position["otherwise"]))
            name = self.index.stance_label(position["otherwise"])
            yield Part(other.append_text(safe_text(name, self._style(position["otherwise"]))), indent=2)
        yield Part(safe_text(f"{position['certainty']} certainty · {position['basis']}", look.dim), indent=2)
        yield Part(safe_text(position["rationale"], look.italic), indent=2)

    def _card(self, speaker: SpeakerRecord) -> Iterator[Part]:
        parts = [speaker["unit"] or "", speaker["role"] or ""]
        words = " · ".join(p for p in parts if p)
        if words:
            yield Part(safe_text(words, self.look.dim))
        placed = speaker["placed"]
        if placed:
            where = f"at {placed['name']}: {placed['note']}" if placed["name"] else placed["note"]
            yield Part(safe_text(where, self.look.dim))

    def _event(self, it: Item) -> Iterator[Part]:
        if it["kind"] != "event":
            return
        look = self.look
        yield Part(safe_text(in_words(it["date"]), look.accent))
        yield Part(self._searched(safe_text(it["title"], look.strong)))
        if it["description"]:
            yield blank()
            yield Part(self._searched(safe_text(it["description"], look.text)))
        yield blank()
        by = safe_text(it["asserted_by_name"], look.text)
        link = Link("speaker", it["asserted_by"]) if self.index.speaker(it["asserted_by"]) else None
        yield Part(by, label="Says so", link=link)
        for number, figure in enumerate(it["figures"]):
            amount = f"{figure['qualifier']} {figure['value']:,.10g} {figure['unit']}".strip()
            text = safe_text(amount, look.strong)
            if figure["what"]:
                text.append_text(safe_text(f" {figure['what']}", look.text))
            text.append_text(safe_text(f" · {figure['claimant']}", look.dim))
            if figure["note"]:
                text.append_text(safe_text(f" · {figure['note']}", look.dim))
            yield Part(text, label="" if number else "Figures", indent=LABEL if number else 0)

    def _about(self, it: Item) -> Iterator[Part]:
        look = self.look
        for number, topic in enumerate(it["topics"]):
            text = safe_text(self.index.topic_label(topic), look.text)
            yield Part(text, "" if number else "Topics", LABEL if number else 0, Link("topic", topic))
        for number, place in enumerate(it["places"]):
            text = safe_text(self.index.place_name(place), look.text)
            yield Part(text, "" if number else "Places", LABEL if number else 0, Link("place", place))
        source = it["source"]
        located = it["locator"] if it["kind"] == "statement" else it
        paragraph = located["paragraph"] if located else None
        words = [title_words(source), published_words(source)]
        words += [f"¶{paragraph}"] if paragraph else []
        yield Part(safe_text(", ".join(words), look.text), label="Source")
        if source["credit"]:
            yield Part(safe_text(source["credit"], look.dim), indent=LABEL)
        yield Part(safe_text(it["id"], look.dim), label="Id")

    def _bookmark_line(self, bookmark: Bookmark) -> Text:
        text = Text("★ bookmarked", self.look.star)
        if bookmark.tags:
            text.append_text(safe_text("  " + " ".join(f"#{t}" for t in bookmark.tags), self.look.accent))
        return text

    def _titled(self, title: str, words: str) -> Iterator[Part]:
        yield blank()
        yield Part(Text(title, self.look.heading))
        yield Part(safe_text(words, self.look.text), indent=2)

    def _others(self, detail: ItemDetail) -> Iterator[Part]:
        it = detail.row.item
        mine = {p["stance"] for p in it["positions"]} if it["kind"] == "statement" else set()
        groups: dict[str, list[StatementRecord]] = {}
        for other in detail.others:
            if other["kind"] == "statement":
                groups.setdefault(_agreement(mine, other), []).append(other)
        if not groups:
            return
        yield blank()
        shown, all = len(detail.others), detail.others_total
        more = " · some of them" if all is None else f" · {shown} of {all}" if all > shown else ""
        yield Part(Text(f"Others on the same topics{more}", self.look.heading))
        for title in ("taking the same stance", "taking another stance", "taking several or none", "saying"):
            if title in groups:
                yield Part(Text(title, self.look.dim), indent=1)
                yield from (self._line(other) for other in groups[title])

    def _line(self, it: Item, name: bool = True) -> Part:
        """An item on one line, leading to it."""
        look = self.look
        text = Text()
        if it["kind"] == "event":
            title = safe_text(one_line(it["title"]), look.text)
            return Part(title, indent=2, link=Link("item", it["id"]), one_line=True)
        signs = position_glyphs(it["positions"], self._shape)
        for stance, sign in signs:
            text.append(sign, self._style(stance))
        if not signs:
            text.append(NONE_GLYPH, look.stance("grey"))
        text.append(" " * max(3 - max(len(signs), 1), 1))
        if name:
            text.append_text(safe_text(fit(short_name(it["speaker"]), 18) + "  ", look.strong))
        text.append_text(safe_text(one_line(it["paraphrase"] or it["excerpt"]), look.text))
        return Part(text, indent=2, link=Link("item", it["id"]), one_line=True)

    # --- speakers ------------------------------------------------------------------------------------------------

    def speaker(self, detail: SpeakerDetail) -> Iterator[Part]:
        """A speaker's profile and what they said."""
        it, look = detail.speaker, self.look
        yield Part(safe_text(_full_name(it), look.strong))
        yield from self._card(it)
        if it["variants"]:
            yield Part(safe_text("also written " + ", ".join(it["variants"]), look.dim))
        yield blank()
        if not it["stances"]:
            yield Part(safe_text(f"{NONE_GLYPH} takes no stance in what is quoted", look.stance("grey")))
        for count in it["stances"]:
            stance, shape = count["stance"], self._shape(count["stance"])
            label = safe_text(self.index.stance_label(stance), self._style(stance) + Style(bold=True))
            if count["unconditional"]:
                text = Text(f"{glyph(shape, True)} ", self._style(stance)).append_text(label.copy())
                yield Part(text.append(f"  {count['unconditional']:,}× without a condition", look.text))
            for force, words in (("conditional", "on a condition"), ("hypothetical", "as a hypothesis")):
                if number := int(count[force]):  # type: ignore[literal-required]
                    text = Text(f"{glyph(shape, False)} ", self._style(stance)).append_text(label.copy())
                    yield Part(text.append(f"  {number:,}× {words}", look.text))
        if it["primary"]:
            main = it["primary"]["stance"]
            filled = dict.fromkeys(force == "unconditional" for force in primary_forces(it))
            signs = "".join(glyph(self._shape(main), way) for way in filled)
            text = safe_text(f"{signs} {self.index.stance_label(main)}", self._style(main))
            yield Part(text.append(f"  {primary_words(it)}", look.text), label="Mainly")
            yield Part(safe_text(it["primary"]["rationale"], look.italic), indent=LABEL)
        elif it["no_primary"]:
            yield Part(safe_text("no main stance named", look.text), label="Mainly")
            yield Part(safe_text(it["no_primary"], look.italic), indent=LABEL)
        for number, service in enumerate(it["service"]):
            stage = [service["unit"], service["role"], in_words(service["date"]) if service["date"] else ""]
            text = safe_text(" · ".join(w for w in stage if w) or service["note"], look.text)
            if service["note"] and any(stage):
                text.append_text(safe_text(f" ({service['note']})", look.dim))
            yield Part(text, "" if number else "Service", LABEL if number else 0)
        if it["note"]:
            yield from self._titled("Coders’ note", it["note"])
        yield blank()
        shown = f"{len(detail.said):,} of {detail.total:,}" if detail.total > len(detail.said) else f"{detail.total:,}"
        yield Part(Text(f"Says · {shown}", look.heading))
        yield from (self._line(said, name=False) for said in detail.said)


LABEL = 11
"""Columns a label takes, to the left of its text."""


def blank() -> Part:
    """An empty line."""
    return Part(Text(""))


def _full_name(speaker: SpeakerRef | SpeakerRecord) -> str:
    return speaker["name"] + (f" “{speaker['callsign']}”" if speaker["callsign"] else "")


def _agreement(mine: set[str], other: StatementRecord) -> str:
    theirs = {p["stance"] for p in other["positions"]}
    if not mine or not theirs:
        return "saying" if not mine else "taking several or none"
    if mine == theirs:
        return "taking the same stance"
    return "taking several or none" if mine & theirs else "taking another stance"
