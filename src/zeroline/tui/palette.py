"""What the palette finds: every command, and every stance, topic, place and speaker to filter by, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from zeroline.index.filter import NONE, Filter
from zeroline.records import SpeakerRecord
from zeroline.text.fold import fold
from zeroline.tui.commands import COMMANDS, KEEP, MOVE, Command
from zeroline.tui.detail_parts import Link
from zeroline.tui.screens.bookmark_commands import BOOKMARK_COMMANDS
from zeroline.tui.screens.reader_commands import READER_COMMANDS

if TYPE_CHECKING:
    from textual.screen import Screen

    from zeroline.tui.screens.explorer import Explorer

SPEAKERS_MOST = 2_000
"""The most speakers offered; a search finds the others."""

NEAR_MOST, NEAR = 8, 75
"""So many names are offered where none has what was typed, and how near to it they are at least, of 100."""

NAMED_MOST = 20
"""So many speakers are found by name in a corpus of very many."""


class Entry(NamedTuple):
    """Something the palette offers: its name, what it does, its keys as people write them, and doing it.

    ``changes`` says that it changes or ends something: it is never offered for a name that is merely near it.
    """

    name: str
    help: str
    keys: str
    run: Callable[[], object]
    changes: bool = False


class Palette:
    """What is offered on one screen; names are folded once, so that a key costs a look through them."""

    def __init__(
        self,
        entries: Sequence[Entry],
        search: Callable[[str], object] | None = None,
        more: Callable[[str], list[Entry]] | None = None,
        hint: str = "a command",
    ) -> None:
        """``search`` looks for what is typed in the corpus; offered behind what has it in its name.

        ``more`` finds what is not among the entries; called in a thread. ``hint`` says what there is to find.
        """
        self.entries, self._search, self.more, self.hint = entries, search, more, hint
        self._names = [f" {fold(entry.name)}" for entry in entries]
        self._helps = [f" {fold(entry.help)}" if entry.keys else "" for entry in entries]  # that of commands

    def find(self, query: str) -> list[Entry]:
        """Entries that have every word typed, in their name or what they do, the likeliest first; all for no word.

        Where none has, those whose names are nearly what was typed.
        """
        words = fold(query).split()
        if not words:
            return list(self.entries)
        found = []
        for number, (name, help) in enumerate(zip(self._names, self._helps, strict=True)):
            its_key = query.strip() in self.entries[number].keys.split(", ")
            if (misses := -1 if its_key else _misses(words, name, help)) is not None:
                found.append((misses, number))
        listed = [self.entries[number] for _, number in sorted(found)]
        near = [] if listed else self._near(fold(query).strip())
        if self._search:
            said = " ".join(query.split())
            listed.append(Entry(f"Search: {said}", "In all statements and events", "/", partial(self._search, said)))
        return listed + near

    def _near(self, query: str) -> list[Entry]:
        from rapidfuzz import fuzz, process

        # Part of a name may be meant, but no name is meant by part of what was typed.
        names = {
            n: name for n, name in enumerate(self._names) if len(name) > len(query) and not self.entries[n].changes
        }
        near = process.extract(query, names, scorer=fuzz.partial_ratio, limit=NEAR_MOST, score_cutoff=NEAR)
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
        else:
            return None
    return misses


def palette_of(screen: Screen[object]) -> Palette | None:
    """What is offered on a screen; None in a dialog: it has its own keys, and may hold what is typed."""
    from zeroline.tui.screens.bookmarks import BookmarksScreen
    from zeroline.tui.screens.explorer import Explorer
    from zeroline.tui.screens.reader import Reader

    if isinstance(screen, Explorer):
        words = "a command, stance, topic, place or speaker"
        search, more = (screen.look_for, partial(_named, screen)) if screen.index else (None, None)
        return Palette(list(_of_explorer(screen)), search, more, words)
    if isinstance(screen, BookmarksScreen):
        return Palette([_entry(c, screen.action_command) for c in BOOKMARK_COMMANDS if c.id != "pane"])
    if isinstance(screen, Reader):
        return Palette([_entry(c, screen.action_command) for c in READER_COMMANDS if not c.built_in])
    return None


def _named(explorer: Explorer, query: str) -> list[Entry]:
    """Speakers of a corpus of very many whose names have or begin with the words typed, the most heard first."""
    words = "".join(c if c.isalnum() else " " for c in query).split()
    index = explorer.index
    if index is None or index.summary.speakers <= SPEAKERS_MOST or len("".join(words)) < 2:
        return []
    wanted = Filter(query=" ".join(f"speaker:{word}" for word in words))
    heard = index.facets(wanted, typing=True, most=NAMED_MOST).speakers
    return [_speaker(explorer, speaker) for speaker in index.speakers_of(list(heard)[:NAMED_MOST])]


def _entry(command: Command, run: Callable[[str], object]) -> Entry:
    name, changes = command.label.capitalize(), command.section == KEEP or command.id == "quit"
    return Entry(name, command.help, command.shown_keys, partial(run, command.id), changes)


def _speaker(explorer: Explorer, speaker: SpeakerRecord) -> Entry:
    name = speaker["name"] + (f" “{speaker['callsign']}”" if speaker["callsign"] else "")
    return Entry(f"Speaker: {name}", "Show their profile", "", partial(explorer.follow, Link("speaker", speaker["id"])))


def _of_explorer(explorer: Explorer) -> Iterator[Entry]:
    for command in sorted(COMMANDS, key=lambda c: c.section == MOVE):  # one knows how to move
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
        yield _speaker(explorer, speaker)
