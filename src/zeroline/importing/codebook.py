"""What the rows name and the corpus must define: stances, topics, places, sources, speakers; each gets an id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zeroline.importing.errors import BadRow
from zeroline.importing.labels import UNSEEN, folded
from zeroline.importing.seen_ids import Owners
from zeroline.importing.slugs import digest, telling_slug

STANCES_MOST = 200
"""The most different stances a corpus may have by import: a column with more holds no stances."""

NAMES_MOST = 10_000
"""The most different topics, places and sources each; further ones are kept as a note of their statement."""

NAME_LONGEST = 500
_KEYS = 9
_RESERVED = "none"

# Labels whose meaning is known get the shape that says so; each only where it alone would have it.
_UP = frozenset(
    {"favor", "favour", "in favor", "in favour", "for", "pro", "support", "agree", "positive", "approve", "yes"}
)
_DOWN = frozenset({"against", "anti", "con", "contra", "oppose", "disagree", "negative", "disapprove", "no"})


@dataclass(slots=True)
class Name:
    """One stance, topic, place or source: its id, its label as first seen, how many statements name it.

    ``held``: of a stance how many positions take it, by force; a fallback names a stance, and does not take it.
    """

    id: str
    label: str
    count: int = 0
    held: dict[str, int] = field(default_factory=dict)

    @property
    def positions(self) -> int:
        """How many positions take the stance."""
        return sum(self.held.values())


class Names:
    """The different labels of one column, each with an id of its own."""

    def __init__(self, what: str, most: int, owners: Owners | None = None) -> None:
        self._what = what
        self._most = most
        self._owners = owners
        self._by_label: dict[str, Name] = {}
        self._by_folded: dict[str, Name] = {}
        self._ids = {_RESERVED}
        self.beyond = 0

    def get(self, label: str) -> Name | None:
        """The name of a label, made now if it is new; None where there are too many already."""
        known = self._by_label.get(label)
        if known is None:
            key = folded(label)
            known = self._by_folded.get(key)
            if known is None:
                if len(self._by_folded) >= self._most:
                    return None
                known = self._by_folded[key] = Name(self._new_id(label), " ".join(label.strip(UNSEEN).split()))
            if len(self._by_label) < 2 * self._most:
                self._by_label[label] = known
        return known

    def _new_id(self, label: str) -> str:
        base = telling_slug(label, self._what)
        number = 1
        while True:
            made = base if number == 1 else f"{base}-{number}"
            number += 1
            if made not in self._ids and (not self._owners or self._owners.claim(made, f"{self._what}\0{label}")):
                self._ids.add(made)
                return made

    def all(self) -> list[Name]:
        """Every one, in the order first seen."""
        return list(self._by_folded.values())

    def used(self) -> list[Name]:
        """Those that a statement names, in the order first seen."""
        return [name for name in self._by_folded.values() if name.count]


class Speakers:
    """Speakers by name: the same name has the same id, another name another, though they be spelt alike."""

    def __init__(self, spill: Path) -> None:
        self.owners = Owners(spill)
        self.count = 0

    def id_of(self, name: str) -> str:
        """The id of a speaker."""
        before = self.owners.count
        made = self._claim(name)
        self.count += self.owners.count - before
        return made

    def _claim(self, name: str) -> str:
        base = telling_slug(name, "speaker")
        for number in range(1, 10):
            made = base if number == 1 else f"{base}-{number}"
            if self.owners.claim(made, name):
                return made
        number = 1
        while not self.owners.claim(made := f"{base}-{digest(name * number)}", name):
            number += 1
        return made


class Codebook:
    """All that one import finds to define. ``spill`` is where files may be put once memory is used up."""

    def __init__(self, spill: Path) -> None:
        self.speakers = Speakers(spill / ".speakers")
        # The corpus format has one set of ids for speakers and sources: an event may be asserted by either.
        self.sources = Names("source", NAMES_MOST, self.speakers.owners)
        self.stances = Names("stance", STANCES_MOST)
        self.topics = Names("topic", NAMES_MOST)
        self.places = Names("place", NAMES_MOST)

    def stance(self, label: str) -> Name:
        """The stance of a label. Raises BadRow for one label too many."""
        found = self.stances.get(label)
        if found is None:
            raise BadRow(f"“{label[:60]}” is one stance too many: there are {STANCES_MOST} already")
        return found

    def close(self) -> None:
        """Take away what was put on disk."""
        self.speakers.owners.close()

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """The tables of ``corpus.toml`` that define it all."""
        return {
            "stance": stance_tables(self.stances.used()),
            "topic": [{"id": n.id, "label": n.label} for n in self.topics.used()],
            "place": [{"id": n.id, "name": n.label} for n in self.places.used()],
            "source": [_source(n) for n in self.sources.used()],
        }


def in_order(stances: Sequence[Name]) -> list[Name]:
    """Stances by how many positions take them, the most first; as many: by label."""
    return sorted(stances, key=lambda name: (-name.positions, folded(name.label)))


def stance_tables(stances: Sequence[Name]) -> list[dict[str, Any]]:
    """The stances of the codebook; the nine most frequent have the keys 1 to 9."""
    up = [name.id for name in stances if folded(name.label) in _UP]
    down = [name.id for name in stances if folded(name.label) in _DOWN]
    tables = []
    for number, name in enumerate(in_order(stances), 1):
        table: dict[str, Any] = {"id": name.id, "label": name.label}
        if number <= _KEYS:
            table["key"] = number
        for ids, shape, colour in ((up, "up", "sky"), (down, "down", "purple")):
            if ids == [name.id]:
                table |= {"shape": shape, "colour": colour}
        tables.append(table)
    return tables


def _source(name: Name) -> dict[str, Any]:
    table: dict[str, Any] = {"id": name.id, "title": name.label}
    if name.label.startswith("[") and name.label.endswith("]"):
        table["title_supplied"] = True
    if name.label.startswith(("https://", "http://")):
        table["url"] = name.label
    return table
