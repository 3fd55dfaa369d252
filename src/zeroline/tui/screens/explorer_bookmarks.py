"""What the explorer's main screen knows of the reader's bookmarks, and the item that commands act on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from zeroline.records import Item
from zeroline.tui import requests
from zeroline.tui.messages import BookmarksChanged
from zeroline.tui.screens.explorer_filter import ExplorerFilter

if TYPE_CHECKING:
    from zeroline.bookmarks.model import Bookmark, CorpusContext

LOOK_SECONDS = 2.0
"""How often the bookmark file is looked at, for a change by another program or by hand."""


class ExplorerBookmarks(ExplorerFilter):
    """Listens to the keeper of bookmarks."""

    def _open_bookmarks(self) -> None:
        if self.keeper is None:
            from zeroline.bookmarks.store import BookmarkStore
            from zeroline.tui.bookmark_worker import Keeper

            self.keeper = Keeper(BookmarkStore(), lambda kept: self.post_message(BookmarksChanged(kept)))
            self.set_interval(LOOK_SECONDS, self.keeper.look)
        self.keeper.read()
        if self.index is not None:
            index = self.index
            self.keeper.complete(lambda id: row.item if (row := index.get(id)) else None, self.context())

    def on_bookmarks_changed(self, message: BookmarksChanged) -> None:
        """Show what is bookmarked now, or why a change failed."""
        kept = message.kept
        self.bookmark_error = kept.error
        if kept.error:
            self.status.set(error=kept.error)
        if kept.bookmarks is None:
            return
        self.bookmarks, self.collections, self.file_keys = kept.bookmarks, kept.collections, kept.extra
        if self.index is None:
            return
        self._own = kept.by_corpus.get(self.index.summary.id, {})
        ids = frozenset(self._own)
        if changed := ids != self.timeline.bookmarked:
            self.timeline.bookmarked = ids
            self.timeline.strip.marked = _bookmark_months(self._own.values())
            self.timeline.redraw()
        if kept.done:
            self.say(kept.done)
        if changed and self.wanted.bookmarks_changed(tuple(self._own)):
            self._filter_changed()
        if ids or kept.done:
            self._show_detail(keep_place=True)

    def bookmark_of(self, item: Item) -> Bookmark | None:
        """The reader’s bookmark of an item, None without one."""
        return self._own.get(item["id"])

    def context(self) -> CorpusContext:
        """What a bookmark must know about this corpus."""
        from zeroline.bookmarks.model import CorpusContext

        assert self.index is not None
        it = self.index.summary
        return CorpusContext(
            it.id,
            it.title,
            it.version,
            {s.id: s.label for s in it.stances},
            {t.id: t.label for t in it.topics},
            {p.id: p.name for p in it.places},
            {s.id: s.shape for s in it.stances},
            {s.id: s.colour for s in it.stances},
        )

    def shown_item(self) -> Item | None:
        """The statement or event that commands act on: the one shown, else the one under the cursor of the timeline."""
        if isinstance(self.detail, requests.ItemDetail):
            return self.detail.row.item
        if isinstance(self.detail, requests.SpeakerDetail):
            return None  # a profile shows: which of its statements would be meant?
        row = self.timeline.current
        return row.item if row is not None else None


def _bookmark_months(bookmarks: Iterable[Bookmark]) -> frozenset[int]:
    """The months, since year 0, that bookmarked items are dated to, as far as their dates begin with one."""
    dates = {b.snapshot.item["date"] or "" for b in bookmarks if b.snapshot}
    found = (re.match(r"(\d{4})(?:-(\d\d))?", date) for date in dates)
    return frozenset(int(m[1]) * 12 + int(m[2] or 7) - 1 for m in found if m)
