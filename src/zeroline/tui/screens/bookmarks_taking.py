"""What is taken out of the bookmarks screen (a citation, an export), and the versions of before that come back."""

from __future__ import annotations

from datetime import date

from textual import work

from zeroline.bookmarks.model import Bookmark
from zeroline.tui.bookmark_order import Wish
from zeroline.tui.bookmark_words import Saved
from zeroline.tui.screens.bookmarks_view import BookmarksView


class BookmarksTaking(BookmarksView):
    """Commands that need to know what is chosen, and change none of it."""

    cite_style = ""

    def _current(self) -> Saved | None:
        if self.saved.current is None:
            self.say("no bookmark here")
        return self.saved.current

    def _chosen(self) -> tuple[Bookmark, ...]:
        """What a command is done to: all that is selected, else the bookmark under the cursor."""
        if self.selected:
            return tuple(one for one in self.bookmarks or () if one.key in self.selected)
        saved = self._current()
        return (saved.bookmark,) if saved else ()

    # --- citations -----------------------------------------------------------------------------------------------

    def do_copy(self) -> None:
        """Copy the citation of what is chosen through the terminal; whether it arrived cannot be known."""
        from zeroline.tui.citation import first_style

        chosen = self._chosen()
        self.cite_style = self.cite_style or first_style()
        if chosen:
            self._cite(chosen, self.cite_style)

    def do_style(self) -> None:
        """The next style of citations, and a copy in it."""
        from zeroline.tui.citation import first_style, next_style

        self.cite_style = next_style(self.cite_style or first_style())
        self.do_copy()

    @work(thread=True, exclusive=True, group="cite", description="cite")
    def _cite(self, chosen: tuple[Bookmark, ...], style: str) -> None:
        from zeroline.text.styles import STYLES, StyleError
        from zeroline.tui.citation import cited_bookmarks

        try:
            found = cited_bookmarks(chosen, style, date.today())
        except StyleError as error:
            self.app.call_from_thread(self.say, str(error))
            return
        if not found:
            self.app.call_from_thread(self.say, "its record was not saved with the bookmark: nothing to cite")
            return
        many = f"{len(found):,} {STYLES[style]} citations" if len(found) > 1 else f"{STYLES[style]} citation"
        self.app.call_from_thread(self._copy, "\n\n".join(found), many)

    def _copy(self, words: str, what: str) -> None:
        self.app.copy_to_clipboard(words)
        self.say(f"{what} sent to the terminal’s clipboard (OSC 52)")

    # --- files ---------------------------------------------------------------------------------------------------

    def do_export(self) -> None:
        """Write bookmarks to a file."""
        from zeroline.tui.screens.export import ExportDialog

        def written(words: str | None) -> None:
            if words:
                self.say(words)

        some = self._chosen() if self.selected else self.shown()
        narrowed = self.selected or self.wish != Wish()
        dialog = ExportDialog(
            self.bookmarks or (),
            self.context,
            shown=some if narrowed else None,
            trouble=self._trouble,
            index=self.index,
            collections=self.collections,
            extra=self.file_keys,
        )
        self.app.push_screen(dialog, written)

    def do_versions(self) -> None:
        """The versions of before."""
        from zeroline.tui.screens.versions import VersionsDialog

        self.app.push_screen(VersionsDialog(self.keeper))
