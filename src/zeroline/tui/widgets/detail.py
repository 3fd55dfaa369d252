"""The detail pane: a statement, an event or a speaker, wrapped once and drawn a line at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message

from zeroline.tui.detail_parts import LABEL, Link, Part
from zeroline.tui.theme import Look
from zeroline.tui.widgets.line_scroll import LineScroll

NARROW = 34
"""Columns under which a label takes a line of its own."""


class Detail(LineScroll):
    """Parts, one of whose links is current while the pane has the focus: up and down go from link to link."""

    DEFAULT_CSS = "Detail { padding: 0 0 0 1; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("pagedown,space,ctrl+f", "page(1)", "Page down", show=False),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False),
        Binding("home,g", "to_end(False)", "Top", show=False),
        Binding("end,G", "to_end(True)", "End", show=False),
        Binding("enter", "follow", "Follow", show=False),
    ]

    class Followed(Message):
        """A link was followed."""

        def __init__(self, link: Link) -> None:
            super().__init__()
            self.link = link

    followed: Callable[[Link], object] | None = None
    """Called with a link that is followed, if anybody wants that at once, before the next key."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._parts: tuple[Part, ...] = ()
        self._lines: list[tuple[Text, int]] = []  # each line, and the part it belongs to
        self._wrapped_at = -1
        self._at: int | None = None  # the part whose link is current

    def show(self, parts: Sequence[Part], *, keep_place: bool = False) -> None:
        """Show something else, from its top."""
        self._parts = tuple(parts)
        self._wrapped_at = -1
        if not keep_place:
            self._at = None
            self.scroll_to(y=0, animate=False, force=True)
        elif self._at is not None and (self._at >= len(self._parts) or self._parts[self._at].link is None):
            self._at = None
        self._wrap()
        self.redraw()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._wrap()
        self.refresh()

    def _wrap(self) -> None:
        width = self.line_width()
        if width == self._wrapped_at or width < 1:
            return
        self._wrapped_at = width
        self._lines = [(line, number) for number, part in enumerate(self._parts) for line in self._cut(part, width)]
        self.set_line_count(len(self._lines))

    def _cut(self, part: Part, width: int) -> list[Text]:
        label_style = self.look.heading
        wide = width >= NARROW
        beside = wide and 0 < len(part.label) < LABEL  # a longer label stands over its text
        indent = LABEL if wide and part.label else part.indent if wide else min(part.indent, width // 3)
        lead = part.lead or Text()
        room = max(width - indent - lead.cell_len, 1)
        if part.one_line:
            text = part.text.copy()
            text.truncate(room, overflow="ellipsis")
            cut = [text]
        elif part.text.cell_len <= room and "\n" not in part.text.plain and "\t" not in part.text.plain:
            cut = [part.text]  # as most are: nothing to wrap
        else:
            cut = _dots_with_a_word(list(part.text.wrap(self.app.console, room, overflow="fold")), room)
        before = indent + lead.cell_len
        lines = [Text(" " * before).append_text(line) if before else line for line in cut]
        if lead:
            lines[0] = Text(" " * indent).append_text(lead).append_text(cut[0])
        if beside:
            lines[0] = Text().append(f"{part.label:<{LABEL}}", label_style).append_text(cut[0])
        elif part.label:
            lines.insert(0, Text(part.label, label_style))
        return lines

    def draw_line(self, y: int, width: int) -> list[Segment]:
        """The line at screen row ``y``."""
        return self.drawing()(y, width)

    def drawing(self) -> Callable[[int, int], list[Segment]]:
        """How lines are drawn: where the pane stands is looked up once for all of them."""
        look, top, focused = self.look, self.scroll_offset.y, self.has_focus

        def draw(y: int, width: int) -> list[Segment]:
            return self._draw(y + top, width, look, focused)

        return draw

    def _draw(self, line: int, width: int, look: Look, focused: bool) -> list[Segment]:
        if width != self._wrapped_at:
            self._wrap()  # the first frame is drawn before the pane is told its size
        if line >= len(self._lines):
            return []
        text, part = self._lines[line]
        segments = _segments(text, look.text)
        if part != self._at or not focused:
            return segments
        filled = [*segments, Segment(" " * max(width - text.cell_len, 0), look.text)]
        return [Segment(s.text, look.cursor + (s.style or look.text)) for s in filled]

    # --- links ---------------------------------------------------------------------------------------------------

    def _links(self) -> list[int]:
        return [n for n, part in enumerate(self._parts) if part.link is not None]

    def _line_of(self, part: int) -> int:
        return next((n for n, (_, owner) in enumerate(self._lines) if owner == part), 0)

    def action_step(self, by: int) -> None:
        """To the next link where it is near, else a line on."""
        links = self._links()
        top, height = self.scroll_offset.y, self.size.height
        if self._at is not None and not top <= self._line_of(self._at) < top + height:
            self._at = None
        if self._at is None:
            ahead = [n for n in links if top <= self._line_of(n) < top + height]
            target = ahead[0] if ahead and by > 0 else None
        else:
            place = links.index(self._at) + by
            target = links[place] if 0 <= place < len(links) else None
        if target is not None and top - 1 <= self._line_of(target) <= top + height:
            self._at = target
            self.scroll_to_region(Region(0, self._line_of(target), 1, 1), animate=False, force=True)
        else:
            self.scroll_relative(y=by, animate=False, force=True)
        self.redraw()

    def action_page(self, by: int) -> None:
        """A page on or back."""
        self.scroll_relative(y=by * max(self.size.height - 2, 1), animate=False, force=True)

    def action_to_end(self, last: bool) -> None:
        """To the top or the end."""
        self.scroll_to(y=self.max_scroll_y if last else 0, animate=False, force=True)

    def action_follow(self) -> None:
        """Follow the current link."""
        link = self._parts[self._at].link if self._at is not None and self._at < len(self._parts) else None
        if link is not None:
            self._follow(link)

    def _follow(self, link: Link) -> None:
        if self.followed is not None:
            self.followed(link)
        else:
            self.post_message(self.Followed(link))

    def on_click(self, event: events.Click) -> None:
        """Follow the link clicked."""
        offset = event.get_content_offset(self)
        line = offset.y + self.scroll_offset.y if offset is not None else -1
        if 0 <= line < len(self._lines):
            part = self._lines[line][1]
            link = self._parts[part].link
            if link is not None:
                self._at = part
                self._follow(link)
        self.redraw()

    def on_focus(self) -> None:
        """Links can be told apart while the pane has the focus."""
        self.redraw()

    def on_blur(self) -> None:
        """And no longer."""
        self.redraw()


def _dots_with_a_word(lines: list[Text], room: int) -> list[Text]:
    """The lines, but that dots, which say that the words went on, never stand alone on the last."""
    if len(lines) > 1 and lines[-1].plain.strip() == "…":
        line = lines[-2].copy()
        line.rstrip()
        start = line.plain.rfind(" ") + 1
        if start and line.plain[:start].strip() and line[start:].cell_len + 2 <= room:
            first, word = line.divide([start])
            first.rstrip()
            return [*lines[:-2], first, word.append(" ").append_text(lines[-1])]
    return lines


def _segments(text: Text, base: Style) -> list[Segment]:
    """A line of Rich text as segments, read without a console: its spans hold styles, never markup."""
    edges = sorted({0, len(text.plain), *(s.start for s in text.spans), *(s.end for s in text.spans)})
    own = text.style if isinstance(text.style, Style) else Style()
    segments = []
    for start, end in pairwise(edges):
        style = base + own
        for span in text.spans:
            if span.start <= start and end <= span.end and isinstance(span.style, Style):
                style += span.style
        segments.append(Segment(text.plain[start:end], style))
    return segments
