"""What the explorer's main screen is filtered by: changes of the filter, a search as it is typed, and its end."""

from __future__ import annotations

from dataclasses import replace

from textual import events
from textual.widgets import Input

from zeroline.index.filter import Filter
from zeroline.tui.screens.explorer_panes import ExplorerPanes


class ExplorerFilter(ExplorerPanes):
    """Every change of the filter asks for rows; a search that is not understood gives way to the last that was."""

    def change(self, filter: Filter, *, typing: bool = False, step: str = "") -> None:
        """Show another filter; changes of the same named step are undone together, as is what is typed."""
        if self._query_problem and not typing:
            query = self.wanted.filter.query
            self.give_way()
            if filter.query == query:
                filter = replace(filter, query=self.wanted.filter.query)
        if self.wanted.change(filter, step="typing" if typing else step):
            self._filter_changed(typing)

    def give_way(self) -> None:
        """Say that the search is not understood, and show what was last understood with all other filters."""
        self.say(f"not searched for: {self._query_problem}")
        self._forget_query()
        self._filter_changed()

    def _forget_query(self) -> bool:
        query, understood = self.wanted.filter.query, self._query_understood
        self._query_problem = ""
        # Of another index, what was understood may not be any more.
        return self.wanted.not_understood(query, understood if understood != query else "")

    def search_for(self, query: str) -> None:
        """Filter by what is typed."""
        self.change(replace(self.wanted.filter, query=query), typing=True)

    def look_for(self, query: str) -> None:
        """Filter by words as they are: nothing is still being typed."""
        self.change(replace(self.wanted.filter, query=query))

    def _filter_changed(self, typing: bool = False) -> None:
        if not typing and self.search.value != self.wanted.filter.query:
            with self.prevent(Input.Changed):
                self.search.value = self.wanted.filter.query
        on, hollow = self.wanted.filter.stances, self.wanted.only_conditional()
        if (self.chips.on, self.chips.hollow) != (on, hollow):
            self.chips.on, self.chips.hollow = on, hollow
            self.chips.redraw()
        self._ask(keep=not typing)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """The search is left: what is typed next is another one."""
        if event.widget is self.search:
            self.leave_search()

    def leave_search(self) -> None:
        """End the step that typing a search is; one that was not understood gives way to the last that was."""
        if self._query_problem and self._forget_query():
            self._filter_changed()
        self.wanted.stop_typing()
