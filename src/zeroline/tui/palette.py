"""The command palette: every command, and every stance, topic, place and speaker to filter by, found by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from zeroline.index.filter import NONE
from zeroline.text.safe import one_line
from zeroline.tui.commands import COMMANDS
from zeroline.tui.parts import Link
from zeroline.tui.screens.bookmark_commands import BOOKMARK_COMMANDS
from zeroline.tui.screens.bookmarks import BookmarksScreen
from zeroline.tui.screens.explorer import Explorer

SPEAKERS_MOST = 2_000
"""The most speakers offered; the search finds the others."""

Entry = tuple[str, str, Callable[[], object]]


class Palette(Provider):
    """Names and what they do; corpus words are shown as they are, never read as markup."""

    def _entries(self) -> Iterator[Entry]:
        explorer = self.screen
        if isinstance(explorer, BookmarksScreen):
            for command in BOOKMARK_COMMANDS:
                if not command.built_in:
                    words = f"{command.help} ({command.shown_keys})"
                    yield command.label.capitalize(), words, partial(explorer.action_command, command.id)
            return
        if not isinstance(explorer, Explorer):
            yield "Back", "To the explorer, where all commands are", self.app.pop_screen
            return
        for command in COMMANDS:
            if command.palette and command.id != "palette":
                words = f"{command.help} ({command.shown_keys})"
                yield command.label.capitalize(), words, partial(explorer.run_command, command.id)
        index = explorer.index
        if index is None:
            return
        toggle = "Filter by it, or no longer"
        for stance in index.summary.stances:
            yield f"Stance: {stance.label}", toggle, partial(explorer.filter_stance, stance.id)
        yield "Stance: none", "Statements that take no stance", partial(explorer.filter_stance, NONE)
        for topic in index.summary.topics:
            yield (
                f"Topic: {topic.label}",
                "Filter by it, or no longer",
                partial(explorer.follow, Link("topic", topic.id)),
            )
        for place in index.summary.places:
            yield (
                f"Place: {place.name}",
                "Filter by it, or no longer",
                partial(explorer.follow, Link("place", place.id)),
            )
        for speaker in list(explorer.speakers.speakers.values())[:SPEAKERS_MOST]:
            name = speaker["name"] + (f" “{speaker['callsign']}”" if speaker["callsign"] else "")
            yield f"Speaker: {name}", "Show their profile", partial(explorer.follow, Link("speaker", speaker["id"]))

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for name, words, run in self._entries():
            yield DiscoveryHit(Content(one_line(name)), run, text=one_line(name), help=_plain(words))

    async def search(self, query: str) -> Hits:
        """What matches."""
        matcher = self.matcher(query)
        for name, words, run in self._entries():
            shown = one_line(name)
            score = matcher.match(shown)
            if score > 0:
                yield Hit(score, _highlight(shown, query), run, text=shown, help=_plain(words))


def _highlight(name: str, query: str) -> Content:
    """The letters of the query where they stand together in the name."""
    content = Content(name)
    at = name.casefold().find(query.casefold())
    return content.stylize("bold underline", at, at + len(query)) if at >= 0 else content


def _plain(words: str) -> str:
    # The palette reads help as markup: brackets must not reach it.
    return words.replace("[", "(").replace("]", ")")
