"""How a selection of bookmarks compares with its corpus: whom it quotes for what, and how much of it is conditional.

It states and does not scold. A speaker counts once for each stance that a quoted statement of theirs takes, whatever
its force, so one with two stances counts for both, and quoting one of them does not count for the other. Who is quoted
for a stance only under a condition or as a hypothesis is told apart. Positions are those of statements; an event takes
none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from zeroline.bookmarks.model import Bookmark
from zeroline.text.cite import speaker_words

if TYPE_CHECKING:
    from zeroline.index.reader import Index
    from zeroline.records import SpeakerRecord

PAGE = 1_000
"""Speakers read at once."""
NAMED = 3
"""The most speakers that a line names."""


class Taken(NamedTuple):
    """How often a speaker takes a stance: without a condition, and under one or as a hypothesis."""

    plain: int = 0
    hedged: int = 0


@dataclass(frozen=True)
class CorpusCounts:
    """What a balance is measured against. ``takes`` maps a stance to its speakers, these to how they take it."""

    id: str
    title: str
    labels: Mapping[str, str]
    speakers: int
    statements: int
    takes: Mapping[str, Mapping[str, Taken]]

    def positions(self) -> Taken:
        """All positions of the corpus, by whether they hang on something."""
        return _sum(taken for speakers in self.takes.values() for taken in speakers.values())


class Side(NamedTuple):
    """A stance: how many of its speakers are quoted for it, and of these how many only under a condition."""

    label: str
    quoted: int
    of: int
    only_hedged: int


@dataclass(frozen=True)
class Balance:
    """The comparison. ``positions`` are those quoted, ``corpus_positions`` all; ``left_out`` names speakers who are
    quoted, with the stances of theirs that are not. ``elsewhere`` counts bookmarks of other corpora, ``unknown`` those
    without a record.
    """

    title: str
    statements: int
    events: int
    speakers: int
    corpus_speakers: int
    corpus_statements: int
    sides: tuple[Side, ...]
    positions: Taken
    corpus_positions: Taken
    left_out: tuple[tuple[str, tuple[str, ...]], ...] = ()
    elsewhere: int = 0
    unknown: int = 0

    def line(self) -> str:
        """The balance in one sentence or two."""
        if not self.statements:
            return "You quote no statement of this corpus: there is nothing to balance."
        parts = [_side(side) for side in self.sides]
        words = (
            f"Of the speakers for each stance you quote {_joined(parts)}."
            if parts
            else f"You quote {_of(self.speakers, self.corpus_speakers)} speakers."
        )
        return f"{words} {self._conditional()}" if sum(self.corpus_positions) else words

    def lines(self) -> Iterator[str]:
        """All there is to say of it, a line each."""
        yield self.line()
        if self.statements:
            yield (
                f"{_counted(self.statements, 'statement')} of {self.corpus_statements:,} "
                f"by {_of(self.speakers, self.corpus_speakers)} speakers."
            )
        if self.left_out:
            named = [f"{name} ({_joined(stances)})" for name, stances in self.left_out[:NAMED]]
            more = len(self.left_out) - NAMED
            named += [f"{more} more"] if more > 0 else []
            yield f"Of those you quote, some also take a stance that you do not quote from them: {_joined(named)}."
        if self.statements and sum(self.corpus_positions):
            yield "Conditional is what is said under a condition or as a hypothesis."
        if self.events:
            yield f"{_counted(self.events, 'event')} {_are(self.events)} not counted: events take no stance."
        if self.elsewhere:
            yield f"{_counted(self.elsewhere, 'bookmark')} of other corpora {_are(self.elsewhere)} not counted."
        if self.unknown:
            yield f"{_counted(self.unknown, 'bookmark')} whose record is not known {_are(self.unknown)} not counted."

    def _conditional(self) -> str:
        mine, all_ = self.positions, self.corpus_positions
        here = f"{_of(mine.hedged, sum(mine))} positions you quote ({_percent(mine)})" if sum(mine) else "no position"
        return f"Conditional: {here}; in the corpus {_of(all_.hedged, sum(all_))} ({_percent(all_)})."


def corpus_counts(index: Index) -> CorpusCounts:
    """What a corpus has of each stance, by speaker. Reads every speaker: not for the screen's thread."""
    takes: dict[str, dict[str, Taken]] = {stance.id: {} for stance in index.summary.stances}
    for speaker in _speakers(index):
        for one in speaker["stances"]:
            taken = Taken(one["unconditional"], one["conditional"] + one["hypothetical"])
            takes.setdefault(one["stance"], {})[speaker["id"]] = taken
    about = index.summary
    return CorpusCounts(
        about.id, about.title, {s.id: s.label for s in about.stances}, about.speakers, about.statements, takes
    )


def balance(bookmarks: Iterable[Bookmark], corpus: CorpusCounts) -> Balance:
    """How the bookmarks of a corpus compare with it. They are taken as they were saved: that is what is exported."""
    takes: dict[str, dict[str, Taken]] = defaultdict(dict)
    names: dict[str, str] = {}
    by_speaker: Counter[str] = Counter()
    events = elsewhere = unknown = 0
    for bookmark in bookmarks:
        if bookmark.corpus != corpus.id:
            elsewhere += 1
        elif bookmark.snapshot is None:
            unknown += 1
        elif bookmark.snapshot.item["kind"] == "event":
            events += 1
        else:
            item = bookmark.snapshot.item
            speaker = item["speaker"]["id"]
            names.setdefault(speaker, speaker_words({**item["speaker"], "unit": None}))
            by_speaker[speaker] += 1
            # A statement counts once for a stance and a force, as the corpus counts them.
            for stance, force in dict.fromkeys((p["stance"], p["force"]) for p in item["positions"]):
                hedged = force != "unconditional"
                before = takes[stance].get(speaker, Taken())
                takes[stance][speaker] = Taken(before.plain + (not hedged), before.hedged + hedged)
    return Balance(
        title=corpus.title,
        statements=by_speaker.total(),
        events=events,
        speakers=len(by_speaker),
        corpus_speakers=corpus.speakers,
        corpus_statements=corpus.statements,
        sides=tuple(_sides(takes, corpus)),
        positions=_sum(taken for speakers in takes.values() for taken in speakers.values()),
        corpus_positions=corpus.positions(),
        left_out=tuple(_left_out(names, takes, corpus)),
        elsewhere=elsewhere,
        unknown=unknown,
    )


def _sides(takes: Mapping[str, Mapping[str, Taken]], corpus: CorpusCounts) -> Iterator[Side]:
    """Every stance that somebody takes, in the codebook's order."""
    for stance, speakers in corpus.takes.items():
        # A speaker whose statement was coded anew since it was saved is not one of those the corpus counts now.
        quoted = {id: taken for id, taken in takes.get(stance, {}).items() if id in speakers}
        if speakers:
            only_hedged = sum(not taken.plain for taken in quoted.values())
            yield Side(corpus.labels.get(stance, stance), len(quoted), len(speakers), only_hedged)


def _left_out(
    names: Mapping[str, str], takes: Mapping[str, Mapping[str, Taken]], corpus: CorpusCounts
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for speaker, name in names.items():
        missing = []
        for stance, speakers in corpus.takes.items():
            if speaker in speakers and speaker not in takes.get(stance, {}):
                label = corpus.labels.get(stance, stance)
                missing.append(label if speakers[speaker].plain else f"{label} conditionally")
        if missing:
            yield name, tuple(missing)


def _speakers(index: Index) -> Iterator[SpeakerRecord]:
    offset = 0
    while found := index.speakers(offset, PAGE):
        yield from found
        offset += len(found)


def _sum(all_: Iterable[Taken]) -> Taken:
    plain = hedged = 0
    for taken in all_:
        plain, hedged = plain + taken.plain, hedged + taken.hedged
    return Taken(plain, hedged)


def _side(side: Side) -> str:
    words = f"{_of(side.quoted, side.of)} for {side.label}"
    if not side.only_hedged:
        return words
    if side.only_hedged == side.quoted:
        return f"{words} (only conditionally)"
    return f"{words} ({side.only_hedged:,} only conditionally)"


def _of(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}" if part else f"none of {whole:,}"


def _percent(taken: Taken) -> str:
    return f"{100 * taken.hedged / sum(taken):.0f} %"


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
