"""Tags for many bookmarks at once: what is typed is given to them, what stands after a minus is taken off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from zeroline.bookmarks.model import Bookmark, tidy_tags
from zeroline.text.safe import visible
from zeroline.tui.commands import Command
from zeroline.tui.drawing import fit
from zeroline.tui.screens.note import TagSuggester, typed_tags
from zeroline.tui.theme import Ground
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.fields import DialogKeys, FieldLabel, TagInput
from zeroline.tui.widgets.line_widgets import LineWidget

SECTION = "Tagging"

TAG_COMMANDS: tuple[Command, ...] = (
    Command("save", ("enter",), "save", "Give them the tags; those after a minus are taken off", SECTION, 1),
    Command("cancel", ("escape",), "cancel", "Leave all tags as they are", SECTION, 2),
)

MOST = 30
"""So many of the tags they have are shown."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """Tags to give, and tags to take off."""

    add: tuple[str, ...]
    drop: tuple[str, ...]


def tagging(text: str, before: Sequence[str]) -> Tagging:
    """What a line says: tags parted by commas, those to be taken off with a minus; ``before`` are tags there are.

    >>> tagging("lead, -draft", [])
    Tagging(add=('lead',), drop=('draft',))
    """
    typed = typed_tags(text, (*before, *(f"-{tag}" for tag in before)))
    known = set(before)
    drop = [tag[1:] for tag in typed if tag.startswith(("-", "−")) and tag not in known]
    add = [tag for tag in typed if not tag.startswith(("-", "−")) or tag in known]
    return Tagging(tidy_tags(add), tidy_tags(drop))


class TagDialog(ModalScreen[Tagging | None]):
    """One line to type in, under the tags that the bookmarks have now; ``known`` are offered while typing."""

    CSS_PATH = "../styles/tags.tcss"
    AUTO_FOCUS = "#tagging"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel", show=False, priority=True)]

    def __init__(self, bookmarks: Sequence[Bookmark], known: Iterable[str]) -> None:
        super().__init__()
        self._number = len(bookmarks)
        self._counts = Counter(tag for one in bookmarks for tag in one.tags)
        self._known = tuple(dict.fromkeys((*self._counts, *known)))

    def compose(self) -> ComposeResult:
        """How many, their tags, the line, keys."""
        with Vertical(id="tags-box"):
            yield _Tags(self._number, self._counts)
            with Horizontal(id="tagging-row"):
                yield FieldLabel("Tags")
                shown = tuple(visible(tag) for tag in self._known)
                yield TagInput(
                    id="tagging",
                    compact=True,
                    placeholder="lead, to cite, -draft  (minus takes off)",
                    suggester=TagSuggester((*shown, *(f"-{tag}" for tag in self._counts))),
                )
            yield DialogKeys(id="tags-keys")

    def on_mount(self) -> None:
        """Name what is tagged."""
        box = self.query_one("#tags-box")
        box.border_title = f"Tags of {self._number:,} bookmark{'s' * (self._number != 1)}"
        self.query_one(KeyBar).show(TAG_COMMANDS)

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Do it."""
        self.dismiss(tagging(self.query_one(Input).value, self._known))

    def action_cancel(self) -> None:
        """Leave them."""
        self.dismiss(None)

    @on(KeyBar.Pressed)
    def _key_pressed(self, message: KeyBar.Pressed) -> None:
        self.action_save() if message.command == "save" else self.action_cancel()


class _Tags(LineWidget):
    """The tags that the bookmarks have, with how many have each."""

    DEFAULT_CSS = "_Tags { height: 2; }"
    ground: Ground = "surface"

    def __init__(self, number: int, counts: Counter[str]) -> None:
        super().__init__(id="tags-now")
        self._number, self._counts = number, counts

    def draw(self, y: int, width: int) -> list[Segment]:
        """In one line, an empty one under it."""
        if y:
            return []
        if not self._counts:
            return [Segment("no tags yet", self.look.dim)]
        shown = [
            f"#{visible(tag)}" + (f" {count:,}" if count < self._number else "")
            for tag, count in self._counts.most_common(MOST)
        ]
        return [Segment(fit("  ".join(shown), width), self.look.star)]
