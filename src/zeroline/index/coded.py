"""What repeats from line to line, made into codes and words once."""

from __future__ import annotations

from typing import NamedTuple

from zeroline.corpus.lines import LinePosition
from zeroline.index.documents import Documents
from zeroline.index.filter import NONE
from zeroline.index.schema import code
from zeroline.text.fold import fold

KEPT = 50_000
"""So many combinations of topics, places or positions are kept at hand."""


class Taken(NamedTuple):
    """What positions come to: codes, places of stances, stances, and each stance with its force."""

    codes: str
    numbers: tuple[int, ...]
    stances: tuple[str, ...]
    taken: tuple[tuple[str, str], ...]


class Coded:
    """Codes and words of what repeats from line to line, each worked out once."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._topics: dict[tuple[str, ...], tuple[str, str]] = {(): ("", "")}
        self._places: dict[tuple[str, ...], tuple[str, str]] = {(): ("", "")}
        self._sources: dict[str | None, str] = {None: ""}
        none = Taken(" stance:none", (documents.stance_numbers[NONE],), (NONE,), ())
        self._positions: dict[tuple[tuple[str, ...], ...], Taken] = {(): none}

    def topics(self, ids: tuple[str, ...]) -> tuple[str, str]:
        """The words topics are looked for by, and their codes."""
        return self._topics.get(ids) or self._keep(self._topics, ids, self._documents.topics, "topic")

    def places(self, ids: tuple[str, ...]) -> tuple[str, str]:
        """The same of places."""
        return self._places.get(ids) or self._keep(self._places, ids, self._documents.places, "place")

    def _keep(
        self, kept: dict[tuple[str, ...], tuple[str, str]], ids: tuple[str, ...], words: dict[str, str], name: str
    ) -> tuple[str, str]:
        said = " ".join([words.get(id) or fold(id) for id in ids])
        codes = "".join([" " + code(f"{name}_id", id) for id in ids]) + f" has:{name}"
        if len(kept) > KEPT:
            kept.clear()
        kept[ids] = said, codes
        return said, codes

    def source(self, id: str | None) -> str:
        """The code of a source."""
        if id not in self._sources:
            self._sources[id] = " " + code("source", id or "")
        return self._sources[id]

    def positions(self, positions: tuple[LinePosition, ...]) -> Taken:
        """What positions come to."""
        key = tuple([(p.stance, p.force, p.certainty, p.basis) for p in positions])
        found = self._positions.get(key)
        if found is None:
            codes = dict.fromkeys(["has:stance"])
            for p in positions:
                stance = code("stance", p.stance)
                some = (
                    stance,
                    f"{stance}.{p.force}",
                    f"force:{p.force}",
                    f"certainty:{p.certainty}",
                    f"basis:{p.basis}",
                )
                codes.update(dict.fromkeys(some))
            stances = tuple(dict.fromkeys(p.stance for p in positions))
            numbers = tuple(sorted(self._documents.stance_numbers[s] for s in stances))
            pairs = tuple(dict.fromkeys((p.stance, p.force) for p in positions))
            found = Taken("".join(f" {one}" for one in codes), numbers, stances, pairs)
            if len(self._positions) > KEPT:
                self._positions.clear()
            self._positions[key] = found
        return found
