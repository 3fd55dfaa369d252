"""Which bookmarks show, in what order and under which headings: worked out in a thread where there are many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from zeroline.bookmarks.collections import members
from zeroline.bookmarks.grouping import grouped
from zeroline.bookmarks.model import Bookmark, Collection
from zeroline.tui.bookmark_filter import haystack, sieve
from zeroline.tui.bookmark_words import Saved, Where

MANY = 2_000
"""More bookmarks than this are arranged in a thread."""

ORDER_WORDS: Mapping[str, str] = {
    "yours": "in your order",
    "speaker": "by speaker",
    "stance": "by stance",
    "topic": "by topic",
    "date": "by date",
    "saved": "by day of saving",
}
"""The orders as the screen calls them, in the order that the key goes through them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader wants to see: words of the filter, a collection (None: all), an order."""

    filter: str = ""
    collection: str | None = None
    order: str = "yours"

    def next_order(self, by: int) -> str:
        """The order after this one, or before."""
        orders = list(ORDER_WORDS)
        return orders[(orders.index(self.order) + by) % len(orders)]


@dataclass(frozen=True, slots=True)
class Shelved:
    """What shows. ``headings`` are (rank of the first row under it, words); a bookmark may stand under several.

    ``bookmarks`` are those that show, each once; ``total`` is how many the filter had to choose from.
    """

    rows: tuple[Saved, ...] = ()
    headings: tuple[tuple[int, str], ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    total: int = 0


@dataclass
class Shelf:
    """Arranges bookmarks, and remembers the words of each."""

    _words: dict[int, tuple[Bookmark, str]] = field(default_factory=dict)

    def arrange(
        self,
        every: Sequence[Bookmark],
        collections: Sequence[Collection],
        wish: Wish,
        where: Callable[[Bookmark], Where],
    ) -> Shelved:
        """What shows of ``every`` bookmark."""
        inside = members(every, collections, wish.collection) if wish.collection is not None else tuple(every)
        wanted = sieve(wish.filter)
        shown = tuple(one for one in inside if wanted.lets_through(one, self._haystack(one))) if wanted else inside
        self._forget(every)
        if wish.order == "yours":
            return Shelved(tuple(Saved(one, where(one)) for one in shown), (), shown, len(inside))
        rows: list[Saved] = []
        headings = []
        for group in grouped(shown, wish.order):
            headings.append((len(rows), group.heading))
            rows += [Saved(one, where(one)) for one in group.bookmarks]
        once = tuple(dict.fromkeys(row.bookmark.key for row in rows))
        by_key = {one.key: one for one in shown}
        return Shelved(tuple(rows), tuple(headings), tuple(by_key[key] for key in once), len(inside))

    def _haystack(self, bookmark: Bookmark) -> str:
        known = self._words.get(id(bookmark))
        if known is None or known[0] is not bookmark:
            known = self._words[id(bookmark)] = (bookmark, haystack(bookmark))
        return known[1]

    def _forget(self, every: Sequence[Bookmark]) -> None:
        if len(self._words) > len(every):
            there = {id(one) for one in every}
            self._words = {key: known for key, known in self._words.items() if key in there}
