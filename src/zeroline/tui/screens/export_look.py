"""What the dialog that writes bookmarks shows of them: the file's beginning, whom it quotes for what, what is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on, work
from textual.content import Content
from textual.widgets import Static

from zeroline.export import FORMATS, Format, Options
from zeroline.text.safe import one_line
from zeroline.tui.detail_parts import Part
from zeroline.tui.drawing import safe_text
from zeroline.tui.exporting import Scope, losses, preview
from zeroline.tui.screens.export_fields import ExportFields
from zeroline.tui.screens.export_parts import VIEWS, Balanced, Previewed
from zeroline.tui.theme import look_for
from zeroline.tui.widgets.detail import Detail
from zeroline.tui.widgets.fields import Choice

if TYPE_CHECKING:
    from zeroline.export.balance import CorpusCounts


class ExportLook(ExportFields):
    """Looks at what would be written while it is chosen, off the screen's thread."""

    _previews = 0
    _preview_lines: Sequence[str] = ()
    _balance_lines: tuple[str, ...] = ()
    _counts: CorpusCounts | None = None

    def _look(self) -> None:
        self._previews += 1
        self._preview(self._previews, self._format, self._scope, self._options)

    def _compare(self) -> None:
        self._balance(self._scope)

    @on(Choice.Changed, "#export-view")
    def _view_changed(self) -> None:
        self._show_view()

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
