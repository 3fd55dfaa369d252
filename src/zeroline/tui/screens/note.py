"""Where the reader writes a note and tags on a statement or an event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, TextArea

from zeroline.bookmarks.model import Bookmark, tidy_tags
from zeroline.records import Item
from zeroline.text.cite import speaker_words
from zeroline.text.dates import in_words
from zeroline.text.safe import visible
from zeroline.tui.bookmark_words import said
from zeroline.tui.commands import Command
from zeroline.tui.drawing import fit
from zeroline.tui.theme import Ground
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.fields import DialogKeys, FieldLabel, SafeTextArea, TagInput
from zeroline.tui.widgets.line_widgets import LineWidget, columns

SECTION = "Writing a note"

NOTE_COMMANDS: tuple[Command, ...] = (
    Command("save", ("ctrl+s",), "save", "Save the note and the tags", SECTION, 1),
    Command("next_field", ("tab",), "note or tags", "From the note to the tags, and back", SECTION, 2, built_in=True),
    Command("cancel", ("escape",), "cancel", "Leave both as they were; asks before typing is lost", SECTION, 3),
)

HEIGHTS = [(0, "-low"), (14, "-high")]
ASKS = "Not saved: ^s saves it, Esc or ^q now drops it."


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the whole note, and all tags."""

    note: str
    tags: tuple[str, ...]


class NoteEditor(ModalScreen[Written | None]):
    """A note and tags; None when nothing is to be changed.

    ``item`` is what is written on, None where only its bookmark is known; ``known_tags`` are offered while typing.
    With ``about`` it is a collection, which has a ``note`` and no tags.
    """

    CSS_PATH = "../styles/note.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "#note"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
        Binding("escape", "cancel", "Cancel", show=False, priority=True),
    ]

    def __init__(
        self,
        item: Item | None,
        bookmark: Bookmark | None,
        known_tags: Iterable[str] = (),
        *,
        about: str = "",
        note: str = "",
    ) -> None:
        super().__init__()
        self._item = item
        self._about = about or (bookmark.id if bookmark else "")
        self._tagged = not about
        self._before = Written(bookmark.note, bookmark.tags) if bookmark else Written(note, ())
        self._known_tags = tuple(dict.fromkeys(visible(tag) for tag in known_tags))
        self._asked = False

    def compose(self) -> ComposeResult:
        """What it is about; note; tags; a question when there is one; keys."""
        with Vertical(id="note-box"):
            yield _About(self._item, self._about)
            yield SafeTextArea(
                self._before.note,
                id="note",
                compact=True,
                highlight_cursor_line=False,
                placeholder="Why it matters; what to ask; where to use it (Markdown)",
            )
            with Horizontal(id="tags-row", classes="" if self._tagged else "-none"):
                yield FieldLabel("Tags")
                yield TagInput(
                    shown_tags(self._before.tags),
                    id="tags",
                    compact=True,
                    select_on_focus=False,
                    placeholder="to cite, chapter 2  (Enter saves)",
                    suggester=TagSuggester(self._known_tags),
                )
            yield _Question(id="question")
            yield DialogKeys(id="note-keys")

    def on_mount(self) -> None:
        """Write on where the note ends."""
        commands = NOTE_COMMANDS if self._tagged else [c for c in NOTE_COMMANDS if c.id != "next_field"]
        self.query_one(KeyBar).show(commands)
        note = self.query_one("#note", TextArea)
        note.move_cursor(note.document.end)
        self._first_text = note.text
        self._first_tags = self.query_one("#tags", Input).value

    def _written(self) -> Written:
        """What stands in the fields. A field nobody touched gives back what it was given, sign for sign."""
        text, tags = self.query_one("#note", TextArea).text, self.query_one("#tags", Input).value
        note = self._before.note if text == self._first_text else text if text.strip() else ""
        return Written(note, self._before.tags if tags == self._first_tags else typed_tags(tags, self._before.tags))

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _typed(self) -> None:
        self._ask(False)

    def _ask(self, asked: bool) -> None:
        self._asked = asked
        self.query_one(_Question).ask(ASKS if asked else "")

    def action_save(self) -> None:
        """Save."""
        self.dismiss(self._written())

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def holds_unsaved(self) -> bool:
        """Whether quitting would lose what was typed; the first time it is asked, so is the reader."""
        if self._asked or self._written() == self._before:
            return False
        self._ask(True)
        return True

    def keep_unsaved(self) -> None:
        """Save what was typed, if anything was: nobody can be asked any more."""
        if self._written() != self._before:
            self.action_save()

    def action_cancel(self) -> None:
        """Leave it; asks first where something was typed."""
        if self._asked or self._written() == self._before:
            self.dismiss(None)
        else:
            self._ask(True)

    @on(KeyBar.Pressed)
    def _key_pressed(self, message: KeyBar.Pressed) -> None:
        match message.command:
            case "save":
                self.action_save()
            case "cancel":
                self.action_cancel()
            case "next_field":
                self.focus_next()


def shown_tags(tags: Sequence[str]) -> str:
    """Tags as they stand in their field."""
    return ", ".join(visible(tag) for tag in tags)


def typed_tags(text: str, before: Sequence[str]) -> tuple[str, ...]:
    """The tags of a line, parted by commas or #. Tags that were there before stay what they were, whatever is in them.

    >>> typed_tags("to cite, #lead #two words", [])
    ('to cite', 'lead', 'two words')
    """
    originals = {visible(tag): tag for tag in before}
    odd = sorted((shown for shown in originals if set(shown) & set(",#")), key=len, reverse=True)
    whole = "|".join(re.escape(shown) for shown in odd)
    pattern = rf"\s*({whole})\s*(?=[,]|$)|([^,#]+)" if odd else r"(?!)()|([^,#]+)"
    tags = [(m[1] or m[2]).strip() for m in re.finditer(pattern, text)]
    return tidy_tags(originals.get(tag, tag) for tag in tags)


class TagSuggester(Suggester):
    """Offers the rest of a tag that is used elsewhere already."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """The line with its last tag made whole."""
        last = re.split(r"[,#]", value)[-1].lstrip()
        found = next((tag for tag in self._known if last and tag != last and tag.startswith(last)), None)
        return value + found[len(last) :] if found else None


class _About(LineWidget):
    """Whom or what the note is on, in one line."""

    DEFAULT_CSS = "_About { height: 1; }"
    ground: Ground = "surface"

    def __init__(self, item: Item | None, known_as: str) -> None:
        super().__init__(id="about")
        self._item = item
        self._known_as = known_as

    def draw(self, y: int, width: int) -> list[Segment]:
        """Name, and as much of the words as fits."""
        look, item = self.look, self._item
        if item is None:
            return [Segment(fit(self._known_as, width), look.strong)]
        if item["kind"] == "event":
            name, words = in_words(item["date"]), item["title"]
        else:
            name = speaker_words({**item["speaker"], "unit": None})
            words = said(item)
        head = Segment(fit(name, width), look.strong)
        room = width - columns([head]) - 2
        return [head, Segment("  " + fit(words, room), look.dim)] if room > 4 else [head]


class _Question(LineWidget):
    """What is asked before something is lost; an empty line else."""

    DEFAULT_CSS = "_Question { height: 1; }"
    ground: Ground = "surface"

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._words = ""

    def ask(self, words: str) -> None:
        """Ask, or no longer."""
        self._words = words
        self.refresh()

    def draw(self, y: int, width: int) -> list[Segment]:
        """The question."""
        return [Segment(fit(self._words, width), self.look.warning)] if self._words else []
