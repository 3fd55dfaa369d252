"""The fields of the dialog that writes bookmarks: format, which of them, style of citations, path, what to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from zeroline.bookmarks.model import Bookmark, Collection, CorpusContext
from zeroline.export import FORMATS, Format, Options, format_of, suggested_name
from zeroline.text.safe import one_line, visible
from zeroline.text.styles import PLAIN, STYLES
from zeroline.tui.exporting import Scope, scopes, shortened
from zeroline.tui.screens.export_parts import EXPORT_COMMANDS, NOTHING_YET, VIEWS, PathSuggester
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.detail import Detail
from zeroline.tui.widgets.fields import Choice, DialogKeys, FieldLabel, SafeInput

if TYPE_CHECKING:
    from zeroline.index.reader import Index


class ExportFields(ModalScreen[str | None]):
    """What is chosen and typed; whatever changes it has what will be written looked at anew.

    ``shown`` are the bookmarks that a filter shows, None without a filter. ``trouble`` is why the bookmarks could not
    be read, where they could not. ``index`` is what the selection is compared with, where it is open. ``collections``
    are those with a table of their own, ``extra`` keys of the reader's own at the top of the file.
    """

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
        self._formats = list(FORMATS.values())
        self._styles = list(STYLES)
        self._today = date.today()
        self._agreed: Path | None = None  # the file that Enter may overwrite

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
            self._compare()

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
        self._look()

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
        self._compare()

    @on(Choice.Changed, "#export-style")
    def _style_changed(self) -> None:
        self._changed()

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

    def _look(self) -> None:
        """Show the beginning of what would be written."""
        raise NotImplementedError

    def _compare(self) -> None:
        """Show how what would be written compares with the study."""
        raise NotImplementedError
