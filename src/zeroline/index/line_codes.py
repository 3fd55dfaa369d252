"""What repeats from line to line, made into codes, words and numbers once: pieces of a document's JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from zeroline.corpus.lines import LinePosition
from zeroline.index.filter import NONE
from zeroline.index.prefixes import begins
from zeroline.index.schema import USUAL, code
from zeroline.text.fold import fold

FORCES = ("unconditional", "conditional", "hypothetical")
"""The order in which a speaker's counts stand: for each stance, by its place in the codebook, these three."""

KEPT = 50_000
"""So many combinations of topics, places or positions are kept at hand."""


def quoted(text: str) -> str:
    """The text as JSON has it."""
    return msgspec.json.encode(text).decode()


class UnknownId(Exception):
    """A line names what the corpus has not."""


class Taken(NamedTuple):
    """What positions come to: their number among all combinations, codes, ``stance_no``; and what is counted by them.

    ``stances`` are those taken; ``slots`` the places of each stance with its force in a speaker's counts; ``hedged``
    that a condition may have been named.
    """

    number: int
    codes: str
    json: str
    stances: tuple[str, ...]
    slots: tuple[int, ...]
    hedged: bool = False


class Words(NamedTuple):
    """What topics or places come to: words that a line itself must have, as JSON; codes; how all their words begin."""

    json: str = ""
    codes: str = ""
    begins: str = ""


class LineCodes:
    """Codes and words of what repeats from line to line, each worked out and looked up once.

    ``stances`` is each stance's place in the codebook, that of none included; ``topics`` and ``places`` are the words
    of each: a corpus without any lets any be named. ``tabled`` are those whose words are left to the tables.
    """

    def __init__(
        self, stances: Mapping[str, int], topics: dict[str, str], places: dict[str, str], sources: Mapping[str, object]
    ) -> None:
        self._stances, self._topic_words, self._place_words, self._known_sources = stances, topics, places, sources
        self.tabled: dict[str, set[str]] = {"topic": set(), "place": set()}
        self._topics: dict[tuple[str, ...], Words] = {(): Words()}
        self._places: dict[tuple[str, ...], Words] = {(): Words()}
        self._sources: dict[str | None, str] = {} if sources else {None: " lacks:source"}
        none = Taken(0, " stance:none", f'"stance_no":{stances[NONE]},', (NONE,), ())
        self._combinations = [none]
        self._positions: dict[tuple[str | None, ...], Taken] = {(): none}
        self._taken: dict[int, dict[int, int]] = {}

    def topics(self, ids: tuple[str, ...]) -> Words:
        """What topics come to. Raises UnknownId."""
        return self._topics.get(ids) or self._keep(self._topics, ids, self._topic_words, "topic")

    def places(self, ids: tuple[str, ...]) -> Words:
        """What places come to. Raises UnknownId."""
        return self._places.get(ids) or self._keep(self._places, ids, self._place_words, "place")

    def _keep(
        self, kept: dict[tuple[str, ...], Words], ids: tuple[str, ...], words: dict[str, str], name: str
    ) -> Words:
        if words and not words.keys() >= set(ids):
            raise UnknownId
        said = " ".join([words.get(id) or fold(id) for id in ids])
        codes = "".join([" " + code(f"{name}_id", id) for id in ids])
        if name not in USUAL:
            codes += f" has:{name}"
        if len(kept) > KEPT:
            kept.clear()
            kept[()] = Words()
        json = f'"{name}":{quoted(said)},'
        if words and len(ids) == 1:  # of several a phrase may go from one to the next
            self.tabled[name].update(ids)
            json = ""
        found = kept[ids] = Words(json, quoted(codes)[1:-1], begins(said))
        return found

    def source(self, id: str | None) -> str:
        """The code of a source. Raises UnknownId."""
        found = self._sources.get(id)
        if found is None:
            if id is None or id not in self._known_sources:
                raise UnknownId
            found = self._sources[id] = " " + quoted(code("source", id))[1:-1]
        return found

    def positions(self, positions: tuple[LinePosition, ...]) -> Taken:
        """What positions come to. Raises UnknownId."""
        if len(positions) == 1:  # as most have
            (p,) = positions
            key: tuple[str | None, ...] = p.stance, p.force, p.certainty, p.basis, p.otherwise
        else:
            key = tuple([part for p in positions for part in (p.stance, p.force, p.certainty, p.basis, p.otherwise)])
        found = self._positions.get(key)
        if found is None:
            codes: dict[str, None] = {}
            for p in positions:
                if p.stance not in self._stances or p.stance == NONE or (p.otherwise or NONE) not in self._stances:
                    raise UnknownId
                stance = code("stance", p.stance)
                some = stance, f"{stance}.{p.force}", f"force:{p.force}", f"certainty:{p.certainty}", f"basis:{p.basis}"
                codes.update(dict.fromkeys(some))
            numbers = sorted({self._stances[p.stance] for p in positions})
            said = quoted("".join(f" {one}" for one in codes))[1:-1]
            json = f'"stance_no":{numbers[0] if len(numbers) == 1 else numbers},'
            stances = tuple(dict.fromkeys(p.stance for p in positions))
            slots = {self._stances[p.stance] * len(FORCES) + FORCES.index(p.force) for p in positions}
            hedged = any(p.force != "unconditional" for p in positions)
            found = Taken(len(self._combinations), said, json, stances, tuple(slots), hedged)
            self._combinations.append(found)
            if len(self._positions) > KEPT:
                self._positions = {(): self._combinations[0]}
            self._positions[key] = found
        return found

    def taken_by(self, speaker: int) -> dict[int, int]:
        """Where lines of a speaker are counted by the number of their combination of positions."""
        return self._taken.setdefault(speaker, {})

    def counts(self) -> tuple[dict[str, int], dict[int, int], dict[int, list[int]]]:
        """Lines by stance, by speaker's number, and by speaker's number for each stance and force (see FORCES)."""
        stances: dict[str, int] = {}
        said: dict[int, int] = {}
        taken: dict[int, list[int]] = {}
        slots = len(self._stances) * len(FORCES)
        for speaker, counts in self._taken.items():
            mine = [0] * slots
            for combination, count in counts.items():
                it = self._combinations[combination]
                for stance in it.stances:
                    stances[stance] = stances.get(stance, 0) + count
                for slot in it.slots:
                    mine[slot] += count
            if counts:
                said[speaker] = sum(counts.values())
            if any(mine):
                taken[speaker] = mine
        return stances, said, taken
