"""What the palette finds: every command, and every stance, topic, place and speaker to filter by, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from zeroline.index.filter import NONE
from zeroline.text.fold import fold
from zeroline.tui.commands import COMMANDS, Command
from zeroline.tui.detail_parts import Link
from zeroline.tui.screens.bookmark_commands import BOOKMARK_COMMANDS

if TYPE_CHECKING:
    from textual.screen import Screen

    from zeroline.tui.screens.explorer import Explorer

SPEAKERS_MOST = 2_000
"""The most speakers offered; a search finds the others."""

NEAR_MOST, NEAR = 8, 75
"""So many names are offered where none has what was typed, and how near to it they are at least, of 100."""


class Entry(NamedTuple):
    """Something the palette offers: its name, what it does, its keys as people write them, and doing it."""

    name: str
    help: str
    keys: str
    run: Callable[[], object]


class Palette:
    """What is offered on one screen; names are folded once, so that a key costs a look through them."""

    def __init__(self, entries: Sequence[Entry], search: Callable[[str], object] | None = None) -> None:
        """``search`` looks for what is typed in the corpus; offered last, where it is given."""
        self.entries, self._search = entries, search
        self._names = [f" {fold(entry.name)}" for entry in entries]
        self._helps = [f" {fold(entry.help)}" for entry in entries]

    def find(self, query: str) -> list[Entry]:
        """Entries that have every word typed, in their name or what they do, the likeliest first; all for no word.

        Where none has, those whose names are nearly what was typed.
        """
        words = fold(query).split()
        if not words:
            return list(self.entries)
        found = []
        for number, (name, help) in enumerate(zip(self._names, self._helps, strict=True)):
            if (misses := _misses(words, name, help)) is not None:
                found.append((self.entries[number].keys != query.strip(), misses, number))
        listed = [self.entries[number] for *_, number in sorted(found)] or self._near(query)
        if self._search:
            said = " ".join(query.split())
            listed.append(Entry(f"Search: {said}", "In all statements and events", "/", partial(self._search, said)))
        return listed

    def _near(self, query: str) -> list[Entry]:
        from rapidfuzz import fuzz, process

        near = process.extract(fold(query), self._names, scorer=fuzz.partial_ratio, limit=NEAR_MOST, score_cutoff=NEAR)
        return [self.entries[number] for _, _, number in near]


def _misses(words: Sequence[str], name: str, help: str) -> int | None:
    """How far words are from where one looks first: at the beginnings of a name's words; None if one is nowhere."""
    misses = 0
    for word in words:
        if f" {word}" in name:
            misses += 0 if name.startswith(f" {words[0]}") else 1
        elif word in name:
            misses += 2
        elif f" {word}" in help:
            misses += 8
        elif word in help:
            misses += 16
        else:
            return None
    return misses


def palette_of(screen: Screen[object], back: Callable[[], object]) -> Palette:
    """What is offered on a screen; ``back`` leaves one that has nothing of its own to offer."""
    from zeroline.tui.screens.bookmarks import BookmarksScreen
    from zeroline.tui.screens.explorer import Explorer

    if isinstance(screen, Explorer):
        return Palette(list(_of_explorer(screen)), screen.look_for if screen.index else None)
    if isinstance(screen, BookmarksScreen):
        return Palette(
            [_entry(command, screen.action_command) for command in BOOKMARK_COMMANDS if not command.built_in]
        )
    return Palette([Entry("Back", "To the explorer, where all commands are", "Esc", back)])


def _entry(command: Command, run: Callable[[str], object]) -> Entry:
    return Entry(command.label.capitalize(), command.help, command.shown_keys, partial(run, command.id))


def _of_explorer(explorer: Explorer) -> Iterator[Entry]:
    for command in COMMANDS:
        if command.palette and command.id != "palette":
            yield _entry(command, explorer.run_command)
    if explorer.index is None:
        return
    it, toggle = explorer.index.summary, "Filter by it, or no longer"
    for stance in it.stances:
        key = "" if stance.key is None else str(stance.key)
        yield Entry(f"Stance: {stance.label}", toggle, key, partial(explorer.filter_stance, stance.id))
    yield Entry("Stance: none", "Statements that take no stance", "", partial(explorer.filter_stance, NONE))
    for topic in it.topics:
        yield Entry(f"Topic: {topic.label}", toggle, "", partial(explorer.follow, Link("topic", topic.id)))
    for place in it.places:
        yield Entry(f"Place: {place.name}", toggle, "", partial(explorer.follow, Link("place", place.id)))
    for speaker in list(explorer.speakers.speakers.values())[:SPEAKERS_MOST]:
        name = speaker["name"] + (f" “{speaker['callsign']}”" if speaker["callsign"] else "")
        run = partial(explorer.follow, Link("speaker", speaker["id"]))
        yield Entry(f"Speaker: {name}", "Show their profile", "", run)
