"""Citations of what the explorer's main screen shows, copied through the terminal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import work

from zeroline.tui.screens.explorer_links import ExplorerLinks

if TYPE_CHECKING:
    from zeroline.index.summary import Summary
    from zeroline.records import Item


class ExplorerCiting(ExplorerLinks):
    """Copies citations, in a style that the reader turns."""

    cite_style = ""
    """The style of citations; "" until one is first asked for."""

    def do_copy(self) -> None:
        """Copy a citation through the terminal; whether it arrived cannot be known."""
        item = self.shown_item()
        if item is None or self.index is None:
            self.say("nothing to cite here")
            return
        self._cite(item, self.index.summary, self.style_of_citations())

    def do_style(self) -> None:
        """The next style of citations, and a copy in it."""
        self.next_style_of_citations()
        self.do_copy()

    def next_style_of_citations(self) -> None:
        """Copy in the next style from now on."""
        from zeroline.tui.citation import next_style

        self.cite_style = next_style(self.style_of_citations())

    def style_of_citations(self) -> str:
        """The style that citations are copied in."""
        from zeroline.tui.citation import first_style

        self.cite_style = self.cite_style or first_style()
        return self.cite_style

    @work(thread=True, exclusive=True, group="cite", description="cite")
    def _cite(self, item: Item, about: Summary, style: str) -> None:
        from zeroline.text.styles import STYLES, StyleError
        from zeroline.tui.citation import cited

        try:
            words = cited(item, about, style, date.today(), self.copies.attached if self.copies is not None else None)
        except StyleError as error:
            self.app.call_from_thread(self.say, str(error))
        else:
            self.app.call_from_thread(self._copy, words, STYLES[style])

    def _copy(self, words: str, style: str) -> None:
        self.app.copy_to_clipboard(words)
        self.say(f"{style} citation sent to the terminal’s clipboard (OSC 52)")
