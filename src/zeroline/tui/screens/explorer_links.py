"""Where links on the explorer's main screen lead, and the way back."""

from __future__ import annotations

from dataclasses import replace

from zeroline.tui import requests
from zeroline.tui.commands import Place
from zeroline.tui.detail_parts import Link
from zeroline.tui.screens.explorer_sources import ExplorerSources


class ExplorerLinks(ExplorerSources):
    """Follows links: an item or a speaker is shown, a topic or place is filtered by."""

    def go(self, place: Place) -> None:
        """To a pane."""
        self._show_place(place)
        self.set_focus(self.query_one(f"#{place}"))  # at once: what is typed next is already on its way

    def _connect(self) -> None:
        """What lists and links lead to is done at once."""
        self.speakers.choose, self.timeline.choose = self._speaker_chosen, lambda: self.go("statement")
        self.statement.followed = self.follow

    def _speaker_chosen(self) -> None:
        speaker = self.speakers.current
        if speaker is not None:
            only = self.wanted.filter.speakers == (speaker["id"],)
            self.change(replace(self.wanted.filter, speakers=() if only else (speaker["id"],)))

    def follow(self, link: Link) -> None:
        """Go where a link leads: an item or a speaker is shown, a topic or place is filtered by."""
        if link.kind in ("item", "speaker"):
            match self.detail:
                case requests.ItemDetail() as it:
                    self._trail.append(Link("item", it.row.item["id"]))
                case requests.SpeakerDetail() as who:
                    self._trail.append(Link("speaker", who.speaker["id"]))
        self._follow(link)

    def do_return(self) -> None:
        """Back to what was shown before a link was followed."""
        if self._trail:
            self._follow(self._trail.pop())
        else:
            self.say("no link was followed to come here")

    def _follow(self, link: Link) -> None:
        match link.kind:
            case "item":
                self.open_item(link.id)
            case "speaker":
                self._want_detail(speaker=link.id)
            case "proposal":
                self.show_difference(link.id)
            case "topic":
                self.change(self.wanted.filter.toggle("topics", link.id))
            case "place":
                self.change(self.wanted.filter.toggle("places", link.id))

    def open_item(self, id: str) -> None:
        """Show an item; the timeline goes to it where the filter lets it."""
        rank = next((rank for rank, row in self.timeline.rows.items() if row.item["id"] == id), None)
        if rank is not None:
            self.timeline.put_cursor(rank)
        elif self.wanted.filter:
            self.say("shown, though the filter leaves it out of the timeline")
        self._want_detail(item=id)
