"""What whoever compiles a corpus and the shares it is cut into tell each other, from one process to another."""

from __future__ import annotations

from typing import NamedTuple

from zeroline.corpus.lines import LineSpeaker
from zeroline.corpus.passages import SourceText
from zeroline.index.line_words import quoted


class Known(NamedTuple):
    """What a share must know of a study: small, and fit to be sent to another process.

    ``stances`` is each stance's place in the codebook, that of none included; ``topics`` and ``places`` are the words
    an id may be looked for by; ``sources`` the date of each; ``speakers`` those with tables of their own; ``texts`` the
    sources' texts that the corpus carries; ``ids`` are taken already.
    """

    stances: dict[str, int]
    topics: dict[str, str]
    places: dict[str, str]
    sources: dict[str, str | None]
    speakers: frozenset[str]
    texts: dict[str, SourceText]
    ids: tuple[str, ...] = ()


class Survey(NamedTuple):
    """What a share has: lines by the day they are ranked by, and who says them without a table of their own.

    ``speakers`` holds them in the order they turn up: None for one who is only named by an id when they first do.
    """

    days: dict[int, int]
    speakers: dict[str, LineSpeaker | None]


class Named(NamedTuple):
    """The number of a speaker, and the words they are looked for by, folded."""

    number: int
    speaker: str
    callsign: str
    unit: str

    def words(self) -> dict[str, str]:
        """The words by field, of those that have any."""
        words = {"speaker": self.speaker, "callsign": self.callsign, "unit": self.unit}
        return {field: text for field, text in words.items() if text.strip()}

    def fields(self, tabled: bool) -> str:
        """What a document has of it; ``tabled`` leaves the words to the tables."""
        words = {} if tabled else self.words()
        said = "".join(f'"{field}":{quoted(text).decode()},' for field, text in words.items())
        return f'{said}"speaker_no":{self.number},'

    def codes(self) -> str:
        """Which fields of words it fills, or leaves empty."""
        words = self.words()
        has = "".join(f" has:{field}" for field in words if field != "speaker")
        return has if "speaker" in words else has + " lacks:speaker"


class Plan(NamedTuple):
    """What a share is told: the rank of its first line of each day, and the number and words of every speaker.

    ``tabled`` says that these words stand in the tables, and not in every line.
    """

    ranks: dict[int, int]
    speakers: dict[str, Named]
    tabled: bool


class Counts(NamedTuple):
    """What was counted while lines went by; ``said`` and ``taken`` by speaker (:mod:`zeroline.index.line_codes`).

    ``tabled`` are the topics and places whose words lines leave to the tables.
    """

    statements: int
    months: dict[int, int]
    stances: dict[str, int]
    said: dict[int, int]
    taken: dict[int, list[int]]
    tabled: dict[str, set[str]]
