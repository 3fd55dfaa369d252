"""The dialog that writes bookmarks to a file, with a look at what will stand in it, and whom it quotes for what."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from zeroline.bookmarks.model import Bookmark, Collection, CorpusContext
from zeroline.export import (
    FORMATS,
    ExportError,
    Format,
    Options,
    Stopped,
    export_to,
    format_of,
    suggested_name,
    with_passages,
)
from zeroline.text.safe import one_line, visible
from zeroline.text.styles import PLAIN, STYLES
from zeroline.tui.drawing import safe_text
from zeroline.tui.exporting import Scope, losses, preview, scopes, shortened, taken
from zeroline.tui.look import look_for
from zeroline.tui.parts import Part
from zeroline.tui.screens.export_parts import (
    BUSY_COMMANDS,
    EXPORT_COMMANDS,
    NOTHING_YET,
    VIEWS,
    Balanced,
    Done,
    PathSuggester,
    Previewed,
    Progressed,
)
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.detail import Detail
from zeroline.tui.widgets.fields import Choice, DialogKeys, FieldLabel, SafeInput

if TYPE_CHECKING:
    from zeroline.export.balance import CorpusCounts
    from zeroline.index.reader import Index

HEIGHTS = [(0, "-low"), (16, "-mid"), (30, "-high")]


class ExportDialog(ModalScreen[str | None]):
    """Format, which bookmarks, the style of citations, and a path; gives back what was written, in words.

    ``shown`` are the bookmarks that a filter shows, None without a filter. ``trouble`` is why the bookmarks could not
    be read, where they could not. ``index`` is what the selection is compared with, where it is open. ``collections``
    are those with a table of their own, ``extra`` keys of the reader's own at the top of the file.
    """

    CSS_PATH = "../styles/export.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "#export-path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write", "Write", show=False, priority=True),
        Binding("escape", "cancel", "Cancel", show=False, priority=True),
    ]

    def __init__(
        self,
        bookmarks: Sequence[Bookmark],
        context: CorpusContext,
        *,
        shown: Sequence[Bookmark] | None = None,
        trouble: str = "",
        index: Index | None = None,
        collections: Sequence[Collection] = (),
        extra: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        super().__init__()
        self._scopes = scopes(bookmarks, context.id, shown, collections)
        self._collections = tuple(collections)
        self._extra = extra
        self._trouble = trouble
        self._index = index
        self._counts: CorpusCounts | None = None
        self._formats = list(FORMATS.values())
        self._styles = list(STYLES)
        self._today = date.today()
        self._agreed: Path | None = None  # the file that Enter may overwrite
        self._busy = False
        self._stop = threading.Event()
        self._previews = 0
        self._preview_lines: list[str] = []
        self._balance_lines: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The fields, how the selection compares, the beginning of the file, what is to be said, keys."""
        with Vertical(id="export-box"):
            if not self._scopes:
                lines = ("The bookmarks cannot be read.", "", self._trouble) if self._trouble else NOTHING_YET
                yield Static(Content(visible("\n".join(lines))), id="export-nothing")
            else:
                yield from self._fields()
            yield DialogKeys(id="export-keys")

    def _fields(self) -> ComposeResult:
        choices = {
            "format": ("Format", [format.label for format in self._formats]),
            "scope": ("Which", [f"{s.words} ({len(s.bookmarks):,})" for s in self._scopes]),
            "style": ("Cite as", [STYLES[style] for style in self._styles]),
        }
        for name, (label, words) in choices.items():
            with Horizontal(classes="export-row"):
                yield FieldLabel(label, 8)
                yield Choice(words, id=f"export-{name}")
        with Horizontal(classes="export-row"):
            yield FieldLabel("File", 8)
            name = suggested_name(self._formats[0].name, self._today)
            yield SafeInput(
                name, id="export-path", compact=True, select_on_focus=False, suggester=PathSuggester(use_cache=False)
            )
        with Horizontal(classes="export-row"):
            yield FieldLabel("Look at", 8)
            yield Choice(list(VIEWS), id="export-view")
        yield Detail(id="export-preview")
        yield Static(Content(""), id="export-balance")
        yield Static(Content(""), id="export-notice")

    def on_mount(self) -> None:
        """Show the beginning of what would be written."""
        self.query_one("#export-box").border_title = "Export bookmarks"
        self.query_one(KeyBar).show(EXPORT_COMMANDS if self._scopes else EXPORT_COMMANDS[-1:])
        if self._scopes:
            self._changed()
            self._balance(self._scope)

    # --- fields --------------------------------------------------------------------------------------------------

    @property
    def _format(self) -> Format:
        return self._formats[self.query_one("#export-format", Choice).at]

    @property
    def _scope(self) -> Scope:
        return self._scopes[self.query_one("#export-scope", Choice).at]

    @property
    def _style(self) -> str:
        return self._styles[self.query_one("#export-style", Choice).at]

    @property
    def _options(self) -> Options:
        if self._scope.whole:
            return Options(self._today, self._style, self._collections, extra=self._extra)
        inside = {name for one in self._scope.bookmarks for name in one.collections} if self._collections else ()
        return Options(self._today, self._style, tuple(one for one in self._collections if one.name in inside))

    def _changed(self) -> None:
        """Another format, scope, style or path: ask anew, look anew."""
        self._agreed = None
        self._say(self._goes_to())
        self._previews += 1
        self._preview(self._previews, self._format, self._scope, self._options)

    @on(Choice.Changed, "#export-format")
    def _format_changed(self) -> None:
        """The ending of the path follows the format."""
        path = self.query_one("#export-path", Input)
        known = format_of(path.value)
        if known and known.ending != self._format.ending:
            with self.prevent(Input.Changed):
                path.value = f"{path.value[: -len(known.ending)]}{self._format.ending}"
        self._changed()

    @on(Choice.Changed, "#export-scope")
    def _scope_changed(self) -> None:
        self._changed()
        self._balance(self._scope)

    @on(Choice.Changed, "#export-style")
    def _style_changed(self) -> None:
        self._changed()

    @on(Choice.Changed, "#export-view")
    def _view_changed(self) -> None:
        self._show_view()

    @on(Input.Changed)
    def _path_changed(self, event: Input.Changed) -> None:
        """The format follows the ending of the path."""
        known = format_of(event.value)
        choice = self.query_one("#export-format", Choice)
        if known and known.ending != self._format.ending:
            with self.prevent(Choice.Changed):
                choice.choose(self._formats.index(known))
            self._changed()
        else:
            self._agreed = None
            self._say(self._goes_to())

    def _goes_to(self) -> str:
        style = self._style
        if style != PLAIN and not self._format.cites:
            return f"{self._format.label} has no citations of its own: {STYLES[style]} changes nothing"
        path = self._path()
        return "" if path is None else f"into the folder {shortened(path.absolute().parent)}"

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

    # --- what is shown of it -------------------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="preview", description="preview")
    def _preview(self, number: int, format: Format, scope: Scope, options: Options) -> None:
        self.post_message(Previewed(number, preview(format, scope.bookmarks, options)))

    @on(Previewed)
    def _previewed(self, message: Previewed) -> None:
        if message.number == self._previews:
            self._preview_lines = message.lines
            self._show_view()

    @work(thread=True, exclusive=True, group="balance", description="balance")
    def _balance(self, scope: Scope) -> None:
        from zeroline.export.balance import balance, corpus_counts

        if self._index is not None:
            self._counts = self._counts or corpus_counts(self._index)
            self.post_message(Balanced(scope, tuple(balance(scope.bookmarks, self._counts).lines())))

    @on(Balanced)
    def _balanced(self, message: Balanced) -> None:
        if message.scope is self._scope:
            self._balance_lines = message.lines
            self.query_one("#export-balance", Static).update(Content(one_line(message.lines[0])))
            self._show_view()

    def _show_view(self) -> None:
        pane, look = self.query_one("#export-preview", Detail), look_for(self.app.current_theme.dark)
        view, number = VIEWS[self.query_one("#export-view", Choice).at], len(self._scope.bookmarks)
        title = f"{number:,} bookmark{'s' * (number != 1)}, as {self._format.label}"
        lines: Sequence[str] = self._preview_lines
        if view == "balance":
            lines, title = self._balance_lines or ("The corpus is not open: there is nothing to compare with.",), view
        elif view == "losses":
            lines, title = tuple(losses(self._format)), f"What {self._format.label} cannot hold"
        elif self._format.alike:
            title += f" (shown as {FORMATS[self._format.alike].label})"
        pane.show([Part(safe_text(line, look.text) if line else Text("")) for line in lines])
        pane.frame_title = title[:1].upper() + title[1:]

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
            self._stop.clear()
            self._write(path, self._format, self._scope, self._options, overwrite=self._agreed == path)

    @work(thread=True, group="write", description="write")
    def _write(self, path: Path, format: Format, scope: Scope, options: Options, overwrite: bool) -> None:
        whole = len(scope.bookmarks)

        def tell(done: int) -> None:
            if self._stop.is_set():
                raise Stopped
            if done:
                self.post_message(Progressed(done, whole))

        try:
            if taken(path) and not overwrite:
                self.post_message(Done(path, taken=True))
                return
            options = with_passages(options, scope.bookmarks)
            export_to(path, format, scope.bookmarks, options, overwrite=overwrite, tell=tell)
        except ExportError as error:
            self.post_message(Done(path, error=str(error)))
        except Stopped:
            self.post_message(Done(path, error="Stopped: nothing is written."))
        else:
            self.post_message(Done(path, words=f"{format.written(whole)} written to {path}"))

    @on(Progressed)
    def _progressed(self, message: Progressed) -> None:
        if self._busy:
            self.query_one(KeyBar).show(BUSY_COMMANDS)
            percent = 100 * message.done // message.whole
            self._say(f"{message.done:,} of {message.whole:,} bookmarks ({percent} %); Esc stops", asks=True)

    @on(Done)
    def _done(self, message: Done) -> None:
        self._busy = False
        if message.words:
            self.dismiss(message.words)
            return
        self.query_one(KeyBar).show(EXPORT_COMMANDS)
        if message.taken:
            self._agreed = message.path
            self._say(f"{message.path} is there already. Enter again overwrites it; another name keeps it.", asks=True)
        else:
            self._say(message.error, error=True)

    def action_cancel(self) -> None:
        """Write nothing; what is being written is stopped first."""
        if self._busy:
            self._stop.set()
        else:
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
