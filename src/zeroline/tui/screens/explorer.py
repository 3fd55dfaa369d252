"""The explorer's main screen: what each command does, but those for bookmarks (explorer_keeping.py), citations
(explorer_citing.py) and links (explorer_links.py). What it shows is in explorer_view.py and explorer_panes.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from zeroline.index.filter import Filter
from zeroline.tui import requests
from zeroline.tui.commands import bindings
from zeroline.tui.screens.explorer_keeping import ExplorerKeeping
from zeroline.tui.screens.explorer_panes import PANES
from zeroline.tui.theme import DARK, LIGHT
from zeroline.tui.widgets.bars import KeyBar, StanceChips
from zeroline.tui.widgets.timeline import Timeline

ALT_DIGITS = "º¡™£¢∞§¶•ª"
"""What Textual reads Esc and a digit as, 0 first, where they come so close together that it takes them for Alt."""


class Explorer(ExplorerKeeping):
    """The main screen with its commands: ``do_x`` is what command x of :mod:`zeroline.tui.commands` does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(),
        *[Binding(str(key), f"stance({key})", show=False) for key in range(1, 10)],
        *[Binding(sign, f"after_escape({key})", show=False) for key, sign in enumerate(ALT_DIGITS)],
    ]

    _refused = ""
    """What Enter said of the search that is being typed."""

    # --- commands ------------------------------------------------------------------------------------------------

    def action_command(self, id: str) -> None:
        """Do a command by its id."""
        getattr(self, f"do_{id}")()

    @on(KeyBar.Pressed)
    def _key_pressed(self, message: KeyBar.Pressed) -> None:
        self.run_command(message.command)

    def run_command(self, id: str) -> None:
        """Do a command, built in or not."""
        if id == "choose":
            self.speakers.action_choose()
        elif id == "palette":
            self.app.call_later(self.app.run_action, "palette", self.app)
        else:
            self.action_command(id)

    def action_stance(self, key: int) -> None:
        """Filter by the stance of a number key, or no longer."""
        stance = self.index.summary.stance_by_key(key) if self.index else None
        if stance is None:
            self.say(f"no stance has the key {key}")
            return
        self.filter_stance(stance)

    def action_after_escape(self, key: int) -> None:
        """Esc, and a number key right behind it."""
        self.do_back()
        if key:
            self.action_stance(key)
        else:
            self.do_clear()

    def filter_stance(self, stance: str) -> None:
        """Filter by a stance, or no longer."""
        self.change(self.wanted.filter.toggle("stances", stance))

    @on(StanceChips.Toggled)
    def _chip_toggled(self, message: StanceChips.Toggled) -> None:
        self.change(self.wanted.filter.toggle("stances", message.stance))

    def _place(self) -> int:
        return next((n for n, p in enumerate(PANES) if self.has_class(f"-{p}")), 1)

    def do_next_pane(self) -> None:
        """To the next pane."""
        self.go(PANES[self._place()] if self.focused is self.search else PANES[(self._place() + 1) % 3])

    def do_previous_pane(self) -> None:
        """To the pane before."""
        self.go(PANES[(self._place() - 1) % 3])

    def do_search(self) -> None:
        """Type a search."""
        self.set_focus(self.search)  # at once: what is typed next is already on its way

    @on(Input.Changed, "#search")
    def _search_changed(self, event: Input.Changed) -> None:
        if event.value == event.input.value:  # else it is of a letter ago, and what is there now has been asked for
            self.search_for(event.value)

    def _search_entered(self) -> None:
        # What may still be unfinished while one types is a mistake once one is done: then the search says why.
        query = self.wanted.filter.query
        wrong = self.index.understand(query, typing=False).problems if self.index and query.strip() else ()
        if wrong:
            self._refused = f"mend it, or Esc leaves it: {'; '.join(wrong)}"
            self.status.set(error=self._refused)
        else:
            self._query_problem = ""  # it was of what stood there before
            self.go("timeline")

    def leave_search(self) -> None:
        """End what typing a search is; why Enter did not is said no longer."""
        super().leave_search()
        if self._refused and self.status.error == self._refused:
            self.status.set(error="")
        self._refused = ""

    def do_next(self) -> None:
        """The next row."""
        self._step(1, "that was the last")

    def do_previous(self) -> None:
        """The row before."""
        self._step(-1, "that was the first")

    def _step(self, by: int, end: str) -> None:
        before = self.timeline.cursor
        self.timeline.action_move(by)
        if self.timeline.cursor == before:
            self.say(end)
        row = self.timeline.current
        if row is not None:
            self._want_detail(item=row.item["id"])

    def do_clear(self) -> None:
        """Drop every filter."""
        self.change(Filter())

    def do_back(self) -> None:
        """Leave the search, or undo the last filter."""
        if self.focused is self.search:  # what it says of itself comes later: a second Esc may be right behind
            self.leave_search()
            self.go("timeline")
        elif self.wanted.back():
            self._filter_changed()
        else:
            self.say("no filter to undo; q quits")

    def do_force(self) -> None:
        """The next round of forces."""
        self.change(self.wanted.next_force(), step="force")

    def do_kinds(self) -> None:
        """The next round of kinds."""
        self.change(self.wanted.next_kinds(), step="kinds")

    def do_marked(self) -> None:
        """Only what is bookmarked, or all."""
        on = self.wanted.filter.bookmarked is None
        self.change(replace(self.wanted.filter, bookmarked=tuple(sorted(self.timeline.bookmarked)) if on else None))

    def do_since(self) -> None:
        """From the date under the cursor on."""
        self._narrow("since")

    def do_until(self) -> None:
        """Up to the date under the cursor."""
        self._narrow("until")

    def _narrow(self, edge: str) -> None:
        row = self.timeline.current
        if row is None or row.last_day <= 1:
            self.say("no date under the cursor")
            return
        if edge == "since":
            self.change(replace(self.wanted.filter, since=date.fromordinal(row.first_day).isoformat()))
        else:
            self.change(replace(self.wanted.filter, until=date.fromordinal(row.last_day).isoformat()))

    @on(Timeline.StretchPicked)
    def _stretch_picked(self, message: Timeline.StretchPicked) -> None:
        first, last = (f"{m // 12:04d}-{m % 12 + 1:02d}" for m in (message.first, message.last))
        self.change(replace(self.wanted.filter, since=first, until=last))

    def do_order(self) -> None:
        """By time, or best match first."""
        self.wanted.turn_order()
        self._ask(keep=False)

    def do_compare(self) -> None:
        """Put a speaker aside, or show two side by side."""
        speaker = self._shown_speaker()
        if speaker is None:
            self.say("no speaker here to compare")
            return
        aside = self.speakers.compared
        if aside is None or aside == speaker:
            self.speakers.compared = None if aside else speaker
            self.speakers.redraw()
            name = self.index.speaker_name(speaker) if self.index else speaker
            self.say("no longer put aside" if aside else f"{name} is put aside: go to another speaker and press c")
            return
        self.speakers.compared = None
        self.speakers.redraw()
        self.engine.ask(requests.CompareRequest(aside, speaker))

    def _shown_speaker(self) -> str | None:
        if self.speakers.has_focus and self.speakers.current:
            return self.speakers.current["id"]
        match self.detail:
            case requests.SpeakerDetail() as it:
                return it.speaker["id"]
            case requests.ItemDetail() as it if it.speaker:
                return it.speaker["id"]
        return None

    def do_theme(self) -> None:
        """Dark or light."""
        self.app.theme = LIGHT if self.app.current_theme.dark else DARK
        self._show_detail(keep_place=True)

    def do_reload(self) -> None:
        """Compile the corpus anew."""
        self.engine.reload()

    def do_help(self) -> None:
        """The help page."""
        from zeroline.tui.screens.help import Help

        self.app.push_screen(Help(self.index))

    def do_quit(self) -> None:
        """Quit."""
        self.app.exit()
