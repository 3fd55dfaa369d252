"""What an index says of its corpus as a whole: read at every start, so one small JSON file beside the index."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from zeroline.index.filter import NONE

FILE = "summary.json"

HEARD = 500
"""Of so many speakers, those heard most, the summary says how many statements they make."""


class StanceInfo(NamedTuple):
    """A stance as the codebook has it. ``key`` is a number key or None; shape and colour always have a value."""

    id: str
    label: str
    key: int | None
    shape: str
    colour: str
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class TopicInfo(NamedTuple):
    """A topic as the codebook has it."""

    id: str
    label: str
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class PlaceInfo(NamedTuple):
    """A place with its coordinates (WGS 84 degrees), where the corpus gives them."""

    id: str
    name: str
    variants: tuple[str, ...] = ()
    kind: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision: str = ""
    note: str = ""


class PersonInfo(NamedTuple):
    """Somebody pictured or only named."""

    id: str
    name: str
    role: str
    how: str
    source: str
    paragraph: int
    note: str = ""


class Group(NamedTuple):
    """A run of the timeline: its headings from the outermost in, such as ("2025", "27 Feb · published", "…")."""

    path: tuple[str, ...]


class Summary(NamedTuple):
    """The corpus, its codebook and what is counted over all of it.

    ``stance_counts`` maps a stance (and :data:`~zeroline.index.filter.NONE`) to statements; ``months`` maps months
    since year 0 to items. ``heard`` are those heard most, by ordinal, each with their statements. ``groups`` is empty
    in a corpus too large to be shown under headings. ``speaker_heads`` are the ordinals at which each kind of speaker
    begins, with its label. ``letters`` maps letters, folded, to the items that a search for one of them finds, where
    those are very many: rows need not wait until they are counted.
    """

    id: str
    title: str
    question: str
    version: str
    description: str
    licence: str
    coded_by: str
    folder: str
    stances: tuple[StanceInfo, ...]
    topics: tuple[TopicInfo, ...]
    kinds: tuple[tuple[str, str], ...]
    places: tuple[PlaceInfo, ...]
    people: tuple[PersonInfo, ...]
    groups: tuple[Group, ...]
    speaker_heads: tuple[tuple[int, str], ...]
    statements: int
    events: int
    speakers: int
    sources: int
    stance_counts: dict[str, int]
    months: dict[int, int]
    heard: tuple[tuple[int, int], ...]
    letters: dict[str, int]

    @property
    def by_stance(self) -> Mapping[str, StanceInfo]:
        """The stances by id."""
        return _by_id(self.stances)

    def stance_label(self, id: str) -> str:
        """The label of a stance, the id itself where the codebook has none."""
        return next((s.label for s in self.stances if s.id == id), id)

    def topic_label(self, id: str) -> str:
        """The label of a topic."""
        return next((t.label for t in self.topics if t.id == id), id)

    def place_name(self, id: str) -> str:
        """The name of a place."""
        return next((p.name for p in self.places if p.id == id), id)

    @property
    def none_key(self) -> int | None:
        """The number key of “no stance”: the first that no stance has."""
        used = {s.key for s in self.stances}
        return next((key for key in range(len(used) + 1, 10) if key not in used), None)

    def stance_by_key(self, key: int) -> str | None:
        """The stance a number key filters by, :data:`~zeroline.index.filter.NONE` among them."""
        if key == self.none_key:
            return NONE
        return next((s.id for s in self.stances if s.key == key), None)


@lru_cache(16)
def _by_id(stances: tuple[StanceInfo, ...]) -> Mapping[str, StanceInfo]:
    return {stance.id: stance for stance in stances}


def write(summary: Summary, folder: Path) -> None:
    """Write the summary into an index's folder."""
    raw = summary._asdict()
    for name in ("stances", "topics", "places", "people", "groups"):
        raw[name] = [it._asdict() for it in raw[name]]
    (folder / FILE).write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")


def read(folder: Path) -> Summary:
    """Read it back. Raises OSError, ValueError, TypeError or KeyError for a file that is not whole."""
    raw: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
    raw["stances"] = tuple(StanceInfo(**_tuples(s)) for s in raw["stances"])
    raw["topics"] = tuple(TopicInfo(**_tuples(t)) for t in raw["topics"])
    raw["kinds"] = tuple((k[0], k[1]) for k in raw["kinds"])
    raw["places"] = tuple(PlaceInfo(**_tuples(p)) for p in raw["places"])
    raw["people"] = tuple(PersonInfo(**p) for p in raw["people"])
    raw["speaker_heads"] = tuple((int(n), str(label)) for n, label in raw["speaker_heads"])
    raw["heard"] = tuple((int(n), int(count)) for n, count in raw["heard"])
    raw["groups"] = tuple(Group(tuple(g["path"])) for g in raw["groups"])
    raw["months"] = {int(month): n for month, n in raw["months"].items()}
    return Summary(**raw)


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
