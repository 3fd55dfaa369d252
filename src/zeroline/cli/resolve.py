"""From the words a reader types to the ids of a corpus: stances, topics, places and speakers by id or by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from zeroline.cli.diagnostics import USAGE, Failure, note
from zeroline.cli.phrases import either
from zeroline.index.filter import NONE

if TYPE_CHECKING:
    from zeroline.index.reader import Index
    from zeroline.records import SpeakerRecord

_PAGE = 1_000
CANDIDATES_MOST = 8
"""The most names that a message lists."""


def folded(text: str) -> str:
    """Text as names are compared: letters and digits only, without case or diacritics, one space between words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.casefold()))


def stances(index: Index, words: Iterable[str]) -> tuple[str, ...]:
    """Ids of stances, :data:`NONE` among them. Raises Failure for one the codebook does not have."""
    known = {s.id: (s.label,) for s in index.summary.stances} | {NONE: ("no stance",)}
    return tuple(dict.fromkeys(_one("stance", word, known) for word in words))


def topics(index: Index, words: Iterable[str]) -> tuple[str, ...]:
    """Ids of topics. Raises Failure for one the codebook does not have."""
    known = {t.id: (t.label,) for t in index.summary.topics}
    return tuple(dict.fromkeys(_one("topic", word, known) for word in words))


def places(index: Index, words: Iterable[str]) -> tuple[str, ...]:
    """Ids of places, named by id, name or variant. Raises Failure for one the corpus does not have."""
    known = {p.id: (p.name, *p.variants) for p in index.summary.places}
    return tuple(dict.fromkeys(_one("place", word, known) for word in words))


def speakers(index: Index, words: Iterable[str]) -> tuple[str, ...]:
    """Ids of speakers, named by id, name, variant, callsign or some words of these that fit one speaker only."""
    return tuple(dict.fromkeys(_speaker(index, word) for word in words))


def each_speaker(index: Index) -> Iterator[SpeakerRecord]:
    """Every speaker, in the order of the list."""
    offset = 0
    while page := index.speakers(offset, _PAGE):
        yield from page
        offset += len(page)


def speaker_label(speaker: SpeakerRecord) -> str:
    """A speaker as a message names them: name, callsign and, to type, id."""
    callsign = speaker["callsign"]
    called = f" “{callsign}”" if callsign and folded(callsign) not in folded(speaker["name"]) else ""
    return f"{speaker['name']}{called} ({speaker['id']})"


def _one(what: str, word: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """The id that a word names, by id or by name."""
    if word.lower() in known:
        return word.lower()
    wanted = folded(word)
    named = [id for id, names in known.items() if wanted and wanted in (folded(id), *map(folded, names))]
    if len(named) == 1:
        return named[0]
    if named:
        raise Failure(f"“{word}” could be more than one {what}: {', '.join(named)}; name one by its id", USAGE)
    raise Failure(f"there is no {what} “{word}”; {_hint(word, known)}", USAGE)


def _hint(word: str, known: Mapping[str, tuple[str, ...]]) -> str:
    by_name = {folded(name): id for id, names in known.items() for name in (id, *names)}
    if near := get_close_matches(folded(word), by_name, 1):
        return f"did you mean “{by_name[near[0]]}”?"
    if not known:
        return "this corpus has none"
    listed = ", ".join(list(known)[:20])
    return f"there are: {listed}{', …' if len(known) > 20 else ''}"


def _speaker(index: Index, word: str) -> str:
    exact = index.speaker(word)
    wanted = folded(word).split()
    named: list[SpeakerRecord] = []
    alike: dict[str, SpeakerRecord] = {}
    for speaker in each_speaker(index):
        names = [speaker["name"], *speaker["variants"], speaker["callsign"] or ""]
        words = set(folded(" ".join(names)).split())
        if wanted and words.issuperset(wanted):
            named.append(speaker)
        alike.update(dict.fromkeys((*words, speaker["id"]), speaker))
    others = [s for s in named if not exact or s["id"] != exact["id"]]
    if exact and (word == exact["id"] or not others):
        if others:
            note(f"“{word}” is taken for the id of {speaker_label(exact)}, not for the name of {_listed(others)}")
        return exact["id"]
    if len(named) == 1:
        return named[0]["id"]
    if named:
        raise Failure(f"“{word}” could be {_listed(named)}; name one by the id in brackets", USAGE)
    near = get_close_matches(folded(word), alike, 3)
    found = list({alike[n]["id"]: alike[n] for n in near}.values())
    hint = f"did you mean {_listed(found)}?" if found else "“zeroline speakers” lists them all"
    raise Failure(f"there is no speaker “{word}”; {hint}", USAGE)


def _listed(speakers: list[SpeakerRecord]) -> str:
    named = [speaker_label(s) for s in speakers[:CANDIDATES_MOST]]
    if more := len(speakers) - len(named):
        named.append(f"{more} more")
    return either(named)
