"""The dialog that writes bookmarks to a file: it asks before it overwrites, and can be stopped.

Its fields are in export_fields.py, what it shows of the file in export_look.py.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from zeroline.export import ExportError, Format, Options, Stopped, export_to, with_passages
from zeroline.tui.exporting import Scope, taken
from zeroline.tui.screens.export_look import ExportLook
from zeroline.tui.screens.export_parts import BUSY_COMMANDS, EXPORT_COMMANDS, Done, Progressed
from zeroline.tui.widgets.bars import KeyBar

HEIGHTS = [(0, "-low"), (16, "-mid"), (30, "-high")]


class ExportDialog(ExportLook):
    """Format, which bookmarks, the style of citations, and a path; gives back what was written, in words."""

    CSS_PATH = "../styles/export.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "#export-path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write", "Write", show=False, priority=True),
        Binding("escape", "cancel", "Cancel", show=False, priority=True),
    ]

    _busy = False

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
            self._stop = threading.Event()
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
