"""What is asked of an index: one immutable value, the same for the explorer, the CLI and a saved search."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Literal, Protocol

from zeroline.text.dates import in_words

Order = Literal["time", "relevance"]
Facet = Literal["query", "stances", "forces", "speakers", "topics", "places", "kinds", "dates", "bookmarked"]

Toggled = Literal["stances", "forces", "speakers", "topics", "places", "kinds"]

NONE = "none"
"""The stance a statement without any position is filed under."""

FORCE_WORDS = {
    "unconditional": "without a condition",
    "conditional": "on a condition",
    "hypothetical": "as a hypothesis",
}


class Names(Protocol):
    """What a filter needs to say ids in words."""

    def stance_label(self, id: str) -> str:
        """The label of a stance."""
        ...

    def topic_label(self, id: str) -> str:
        """The label of a topic."""
        ...

    def place_name(self, id: str) -> str:
        """The name of a place."""
        ...

    def speaker_name(self, id: str) -> str:
        """The short name of a speaker."""
        ...


@dataclass(frozen=True, slots=True)
class Filter:
    """Which statements and events are wanted.

    Values inside a facet are alternatives, facets narrow each other. ``stances`` may hold :data:`NONE`; with ``forces``
    given, one position must have both. ``since`` and ``until`` are ISO days, months or years, both inclusive.
    ``bookmarked`` is None, or the ids to keep.
    """

    query: str = ""
    stances: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    bookmarked: tuple[str, ...] | None = None

    def __bool__(self) -> bool:
        """Whether anything is filtered at all."""
        return self != Filter()

    def toggle(self, facet: Toggled, value: str) -> Filter:
        """The filter with one value of a facet put in, or taken out where it was in."""
        now: tuple[str, ...] = getattr(self, facet)
        then = tuple(v for v in now if v != value) if value in now else (*now, value)
        changed: dict[str, Any] = {facet: then}
        return replace(self, **changed)

    def without(self, facet: Facet) -> Filter:
        """The filter with one facet dropped."""
        if facet == "dates":
            return replace(self, since=None, until=None)
        changed: dict[str, Any] = {f.name: f.default for f in fields(self) if f.name == facet}
        return replace(self, **changed)

    def facets(self) -> list[Facet]:
        """The facets in use, in the order the filter says them."""
        names: list[Facet] = ["stances", "forces", "speakers", "topics", "places", "kinds"]
        used: list[Facet] = [name for name in names if getattr(self, name)]
        if self.since or self.until:
            used.append("dates")
        if self.bookmarked is not None:
            used.append("bookmarked")
        if self.query.strip():
            used.append("query")
        return used

    def part_in_words(self, facet: Facet, names: Names) -> str:
        """One facet in words, such as “trade or withdraw”."""
        match facet:
            case "stances":
                return _either([names.stance_label(s) if s != NONE else "no stance" for s in self.stances])
            case "forces":
                return _either([FORCE_WORDS.get(f, f) for f in self.forces])
            case "speakers":
                return "said by " + _either([names.speaker_name(s) for s in self.speakers])
            case "topics":
                return "on " + _either([names.topic_label(t) for t in self.topics])
            case "places":
                return "at " + _either([names.place_name(p) for p in self.places])
            case "kinds":
                return _either([f"{k}s only" for k in self.kinds])
            case "dates":
                since = f"from {in_words(self.since)}" if self.since else ""
                until = f"to {in_words(self.until)}" if self.until else ""
                return f"{since} {until}".strip()
            case "bookmarked":
                return "bookmarked"
            case "query":
                return f"“{' '.join(self.query.split())}”"

    def in_words(self, names: Names) -> str:
        """The whole filter in words, "" when there is none."""
        return " · ".join(self.part_in_words(facet, names) for facet in self.facets())


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
