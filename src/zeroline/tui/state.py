"""What the explorer is asked to show, and how it came to that: a filter, its order, and the filters before it."""

from __future__ import annotations

from dataclasses import replace

from zeroline.index.filter import Filter, Order

FORCES: tuple[tuple[str, ...], ...] = ((), ("unconditional",), ("conditional", "hypothetical"))
"""The rounds of the force command."""

KINDS: tuple[tuple[str, ...], ...] = ((), ("statement",), ("event",))
"""The rounds of the kinds command."""


class Wanted:
    """A filter with its history. Each change but those of one named step can be undone by itself."""

    def __init__(self, filter: Filter | None = None) -> None:
        self.filter = filter or Filter()
        self.order: Order = "time"
        self.generation = 0
        self._before: list[Filter] = []
        self._step = ""

    def change(self, filter: Filter, *, step: str = "") -> bool:
        """Take another filter; False where it is the same.

        Changes one after another of the same named step (a search being typed, rounds of forces) are undone as one.
        """
        if filter == self.filter:
            return False
        if not step or step != self._step:
            self._before.append(self.filter)
        self._step = step
        self.filter = filter
        self.generation += 1
        return True

    def stop_typing(self) -> None:
        """The search was left: the next one is a step of its own."""
        self._step = ""

    def back(self) -> bool:
        """Undo the last step; False where there is none. A filter with nothing before it is dropped whole."""
        self._step = ""
        while self._before:
            before = self._before.pop()
            if before != self.filter:
                self.filter = before
                self.generation += 1
                return True
        if self.filter:
            self.filter = Filter()
            self.generation += 1
            return True
        return False

    def bookmarks_changed(self, ids: tuple[str, ...]) -> bool:
        """Whoever wants only what is bookmarked wants these ids from now on, in all steps: no step of its own.

        Whether the filter is another one now.
        """
        self._before = [_bookmarked(before, ids) for before in self._before]
        now = _bookmarked(self.filter, ids)
        if now == self.filter:
            return False
        self.filter = now
        self.generation += 1
        return True

    def not_understood(self, query: str, instead: str) -> bool:
        """A search that is not understood never was: another stands in its place, in all steps.

        Whether the filter is another one now.
        """
        self._before = [replace(f, query=instead) if f.query == query else f for f in self._before]
        if self.filter.query != query:
            return False
        self.filter = replace(self.filter, query=instead)
        self.generation += 1
        return True

    def of_another_index(self) -> None:
        """What was asked of the index before is not of this one."""
        self.generation += 1

    def turn_order(self) -> None:
        """By time, or by relevance."""
        self.order = "relevance" if self.order == "time" else "time"
        self.generation += 1

    def next_force(self) -> Filter:
        """The filter with the next round of forces."""
        return replace(self.filter, forces=_after(FORCES, self.filter.forces))

    def only_conditional(self) -> bool:
        """Whether what is shown is taken only under a condition, or as a hypothesis."""
        return bool(self.filter.forces) and "unconditional" not in self.filter.forces

    def next_kinds(self) -> Filter:
        """The filter with the next round of kinds."""
        return replace(self.filter, kinds=_after(KINDS, self.filter.kinds))


def _bookmarked(filter: Filter, ids: tuple[str, ...]) -> Filter:
    return filter if filter.bookmarked is None else replace(filter, bookmarked=ids)


def _after(rounds: tuple[tuple[str, ...], ...], now: tuple[str, ...]) -> tuple[str, ...]:
    at = rounds.index(now) if now in rounds else -1
    return rounds[(at + 1) % len(rounds)]
