"""The search field: Textual's own to type in, drawn as the other widgets are, which takes a tenth of the time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip

from zeroline.text.safe import one_line
from zeroline.tui.drawing import fit
from zeroline.tui.theme import Ground
from zeroline.tui.widgets.one_line import OneLine
from zeroline.tui.widgets.painted import Painted

_CURSOR = Style(reverse=True)


class Search(Painted, OneLine, can_focus=True):
    """A line to type in; a control character pasted into it turns into its sign.

    ``typed`` is called with every value while the field has the focus, ``entered`` on Enter: messages come through
    three queues, and by then what they ask for is asked, and the next key has gone where it belongs.
    """

    # Textual lays the whole screen out anew when what is typed gets longer; the field's own size never changes.
    virtual_size = Reactive(Size(0, 0), layout=False)

    def __init__(self, placeholder: str, id: str) -> None:
        self.typed: Callable[[str], None] | None = None
        self.entered: Callable[[], None] | None = None
        super().__init__(id)
        self.placeholder = placeholder
        self.compact = True
        self.validate_on = set()  # nothing is: Textual would style the field anew with the first letter
        self.cursor_blink = False  # it would be painted twice a second for nothing

    @property
    def ground(self) -> Ground:  # type: ignore[override]
        """Lighter while one types."""
        return "panel" if self.has_focus else "surface"

    def take(self, key: events.Key) -> bool:
        """Type a letter at once, without the way through the queues; False for a key that has to take that.

        So has a letter behind what is pasted, as long as that is still to come, and one that comes before the field
        knows that it has the focus.
        """
        if key.character is None or not key.is_printable or not self.has_focus or self.message_queue_size:
            return False
        with self.prevent(self.Changed):  # who wants to know, is told at once
            self.replace(key.character, *self.selection)
        return True

    async def action_submit(self) -> None:
        """Say so at once: the next key is already on its way."""
        if self.entered is not None:
            self.entered()

    def watch_value(self, value: str) -> None:
        """Say so at once; and show the cursor, also when a long search is the first that is typed or pasted."""
        if len(value) >= self.size.width // 2:
            cursor = Region(cell_len(value[: self.cursor_position]), 0, 1, 1)
            self.scroll_to_region(cursor, force=True, animate=False)
        if self.has_focus and self.typed is not None:
            self.typed(value)

    def validate_value(self, value: str) -> str:
        """The value with nothing in it that a terminal might act on."""
        return one_line(value) if not value.isprintable() else value

    def draw_line(self, y: int, width: int) -> list[Segment]:
        """What is typed, what of it is selected, and the cursor; as far as it is scrolled."""
        look, value, focused = self.look, self.value, self.has_focus
        if not value:
            words = fit(self.placeholder, width)
            lead = Segment(words[:1], look.dim + _CURSOR if focused else look.dim)
            return [lead, Segment(words[1:], look.dim)]
        at = self.cursor_position
        first, last = sorted(self.selection)
        drawn = []
        cuts = sorted({0, len(value), first, last, at, min(at + 1, len(value))})
        for start, end in pairwise(cuts):
            style = look.text
            if focused and first <= start < last:
                style += look.cursor
            drawn.append(Segment(value[start:end], style + _CURSOR if focused and start == at else style))
        if focused and at == len(value):
            drawn.append(Segment(" ", look.text + _CURSOR))
        left = self.scroll_offset.x
        return drawn if not left else list(Strip(drawn).crop(left, left + width))
