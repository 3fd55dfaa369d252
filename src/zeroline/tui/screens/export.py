"""The dialog that writes bookmarks to a file, with a look at what will stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from zeroline.bookmarks.model import Bookmark, CorpusContext
from zeroline.export import FORMATS, ExportError, suggested_name, write_export
from zeroline.text.safe import one_line, visible
from zeroline.tui.commands import Command
from zeroline.tui.drawing import safe_text
from zeroline.tui.exporting import Scope, scopes, taken
from zeroline.tui.look import look_for
from zeroline.tui.parts import Part
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.detail import Detail
from zeroline.tui.widgets.fields import Choice, DialogKeys, FieldLabel, SafeInput

SECTION = "Exporting"

EXPORT_COMMANDS: tuple[Command, ...] = (
    Command("write", ("enter",), "write", "Write the file; over another one only after asking", SECTION, 1),
    Command("next_field", ("tab",), "next", "To the next field", SECTION, 2, built_in=True),
    Command("choose", ("left", "right"), "choose", "Another format, other bookmarks", SECTION, 3, built_in=True),
    Command("cancel", ("escape",), "cancel", "Write nothing", SECTION, 4),
)

HEIGHTS = [(0, "-low"), (16, "-high")]
FORMAT_NAMES = {name: format.label for name, format in FORMATS.items()}

PREVIEW_BOOKMARKS = 12
PREVIEW_LINES = 300
"""How much of an export is shown before it is written."""

NOTHING_YET = (
    "There is nothing to export yet.",
    "",
    "In the explorer b bookmarks the statement or event you are on, and m writes a note on it. "
    "Then e writes your bookmarks, with their citations, to a file.",
)


class ExportDialog(ModalScreen[str | None]):
    """Format, which bookmarks, and a path; gives back what was written, in words.

    ``shown`` are the bookmarks that a filter shows, None without a filter. ``trouble`` is why the bookmarks could not
    be read, where they could not.
    """

    CSS_PATH = "../styles/export.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "#export-path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write", "Write", show=False, priority=True),
        Binding("escape", "cancel", "Cancel", show=False, priority=True),
    ]

    class Previewed(Message):
        """The beginning of an export."""

        def __init__(self, number: int, text: str) -> None:
            super().__init__()
            self.number, self.text = number, text

    class Done(Message):
        """The file was written, is there already, or could not be written."""

        def __init__(self, path: Path, words: str = "", error: str = "", taken: bool = False) -> None:
            super().__init__()
            self.path, self.words, self.error, self.taken = path, words, error, taken

    def __init__(
        self,
        bookmarks: Sequence[Bookmark],
        context: CorpusContext,
        *,
        shown: Sequence[Bookmark] | None = None,
        trouble: str = "",
    ) -> None:
        super().__init__()
        self._scopes = scopes(bookmarks, context.id, shown)
        self._trouble = trouble
        self._formats = ["md", "json", "csv", "toml"]
        self._today = date.today()
        self._agreed: Path | None = None  # the file that Enter may overwrite
        self._busy = False
        self._previews = 0

    def compose(self) -> ComposeResult:
        """The fields, the beginning of the file, what is to be said, keys."""
        with Vertical(id="export-box"):
            if not self._scopes:
                lines = ("The bookmarks cannot be read.", "", self._trouble) if self._trouble else NOTHING_YET
                yield Static(Content(visible("\n".join(lines))), id="export-nothing")
            else:
                yield from self._fields()
            yield DialogKeys(id="export-keys")

    def _fields(self) -> ComposeResult:
        with Horizontal(classes="export-row"):
            yield FieldLabel("Format", 8)
            yield Choice([FORMAT_NAMES.get(f, f) for f in self._formats], id="export-format")
        with Horizontal(classes="export-row"):
            yield FieldLabel("Which", 8)
            yield Choice([f"{s.words} ({len(s.bookmarks):,})" for s in self._scopes], id="export-scope")
        with Horizontal(classes="export-row"):
            yield FieldLabel("File", 8)
            name = suggested_name(self._formats[0], self._today)
            yield SafeInput(name, id="export-path", compact=True, select_on_focus=False)
        yield Detail(id="export-preview")
        yield Static(Content(""), id="export-notice")

    def on_mount(self) -> None:
        """Show the beginning of what would be written."""
        self.query_one("#export-box").border_title = "Export bookmarks"
        self.query_one(KeyBar).show(EXPORT_COMMANDS if self._scopes else EXPORT_COMMANDS[-1:])
        if self._scopes:
            self._changed()

    # --- fields --------------------------------------------------------------------------------------------------

    @property
    def _format(self) -> str:
        return self._formats[self.query_one("#export-format", Choice).at]

    @property
    def _scope(self) -> Scope:
        return self._scopes[self.query_one("#export-scope", Choice).at]

    def _changed(self) -> None:
        """Another format, scope or path: ask anew, look anew."""
        self._agreed = None
        self._say(self._goes_to())
        self._previews += 1
        self._preview(self._previews, self._format, self._scope.bookmarks[:PREVIEW_BOOKMARKS])

    @on(Choice.Changed, "#export-format")
    def _format_changed(self) -> None:
        """The ending of the path follows the format."""
        path = self.query_one("#export-path", Input)
        stem, dot, ending = path.value.rpartition(".")
        if dot and ending.lower() in self._formats:
            with self.prevent(Input.Changed):
                path.value = f"{stem}.{self._format}"
        self._changed()

    @on(Choice.Changed, "#export-scope")
    def _scope_changed(self) -> None:
        self._changed()

    @on(Input.Changed)
    def _path_changed(self, event: Input.Changed) -> None:
        """The format follows the ending of the path."""
        ending = event.value.rpartition(".")[2].lower()
        choice = self.query_one("#export-format", Choice)
        if ending in self._formats and ending != self._format:
            with self.prevent(Choice.Changed):
                choice.choose(self._formats.index(ending))
            self._changed()
        else:
            self._agreed = None
            self._say(self._goes_to())

    def _goes_to(self) -> str:
        path = self._path()
        if path is None:
            return ""
        folder = path.absolute().parent
        return f"into the folder {folder}"

    def _path(self) -> Path | None:
        name = self.query_one("#export-path", Input).value.strip()
        if not name:
            return None
        try:
            return Path(name).expanduser()
        except RuntimeError:  # a ~name whom this machine does not know is a folder's name
            return Path(name)

    def _say(self, words: str, *, asks: bool = False, error: bool = False) -> None:
        notice = self.query_one("#export-notice", Static)
        notice.set_class(asks, "-asks").set_class(error, "-error")
        notice.update(Content(one_line(words)))

    # --- preview -------------------------------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="preview")
    def _preview(self, number: int, format: str, bookmarks: tuple[Bookmark, ...]) -> None:
        self.post_message(self.Previewed(number, FORMATS[format](bookmarks, self._today)))

    @on(Previewed)
    def _show_preview(self, message: Previewed) -> None:
        if message.number != self._previews:
            return
        look, pane = look_for(self.app.current_theme.dark), self.query_one("#export-preview", Detail)
        lines = message.text.splitlines()
        more = len(lines) > PREVIEW_LINES or len(self._scope.bookmarks) > PREVIEW_BOOKMARKS
        parts = [Part(safe_text(line, look.text)) for line in lines[:PREVIEW_LINES]]
        pane.show([*parts, Part(Text("… and so on", look.dim))] if more else parts)
        number = len(self._scope.bookmarks)
        pane.frame_title = f"{number:,} bookmark{'s' * (number != 1)}, as {FORMAT_NAMES.get(self._format, '')}"

    # --- writing -------------------------------------------------------------------------------------------------

    def action_write(self) -> None:
        """Write the file; where one is there already only after having asked."""
        if not self._scopes:
            self.dismiss(None)
            return
        path = self._path()
        if path is None:
            self._say("Name a file to write to.", error=True)
        elif not self._busy:
            self._busy = True
            self._write(path, self._format, self._scope.bookmarks, overwrite=self._agreed == path)

    @work(thread=True, group="write")
    def _write(self, path: Path, format: str, bookmarks: tuple[Bookmark, ...], overwrite: bool) -> None:
        try:
            if taken(path) and not overwrite:
                self.post_message(self.Done(path, taken=True))
                return
            write_export(FORMATS[format](bookmarks, self._today), path, overwrite=overwrite)
        except ExportError as error:
            self.post_message(self.Done(path, error=str(error)))
            return
        number = len(bookmarks)
        self.post_message(self.Done(path, words=f"{number:,} bookmark{'s' * (number != 1)} written to {path}"))

    @on(Done)
    def _done(self, message: Done) -> None:
        self._busy = False
        if message.words:
            self.dismiss(message.words)
        elif message.taken:
            self._agreed = message.path
            self._say(f"{message.path} is there already. Enter again overwrites it; another name keeps it.", asks=True)
        else:
            self._say(message.error, error=True)

    def action_cancel(self) -> None:
        """Write nothing."""
        self.dismiss(None)

    @on(KeyBar.Pressed)
    def _key_pressed(self, message: KeyBar.Pressed) -> None:
        match message.command:
            case "write":
                self.action_write()
            case "cancel":
                self.action_cancel()
            case "next_field":
                self.focus_next()
