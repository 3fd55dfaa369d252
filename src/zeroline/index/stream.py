"""The lines of a corpus streamed into an index: copied once, then surveyed and fed in shares, never held.

The copy is what the index keeps as its records, so that what is indexed is what is kept, whatever becomes of the
corpus meanwhile; and a compressed file is unpacked but once.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from zeroline.corpus.check_lines import check_lines
from zeroline.corpus.ids import any_twice
from zeroline.corpus.lines import BOM, LONGEST, READING, LineSpeaker, opened
from zeroline.corpus.passages import read_source
from zeroline.corpus.problems import CorpusError, Problem
from zeroline.index import records
from zeroline.index.line_codes import FORCES
from zeroline.index.process_pool import PoolLost, ProcessPool, spans
from zeroline.index.records import write_all
from zeroline.index.share import Share, Tell, Unsound
from zeroline.index.share_messages import Counts, Known, Named, Plan, Survey
from zeroline.records import SpeakerRecord
from zeroline.text.fold import fold

if TYPE_CHECKING:
    from zeroline.corpus.models import Speaker, Study
    from zeroline.index.compile import Progress
    from zeroline.index.describe import Describer
    from zeroline.index.documents import Documents
    from zeroline.index.summarise import Tally
    from zeroline.index.writer import Writer

PIECE = 1 << 18
"""Bytes copied at once: fewer than a line may have, so that of one that is too long a whole piece has no end."""

MOST_TABLED = 50_000
"""So many speakers at most have their words in the tables, and not in every line.

A word that all of them have is looked up as so many numbers, in some tenths of a second; and of more speakers each says
so little that leaving out the words spares nothing.
"""

TELL_EVERY = 0.1
"""Seconds between two words about how far it is."""


class Stream:
    """The lines of one corpus and their ranks in time.

    ``numbers`` are the speakers with tables of their own and their numbers; ``moments`` the days of the items of the
    tables, in order: on one day these come first.
    """

    def __init__(
        self,
        path: Path,
        study: Study,
        folder: Path,
        documents: Documents,
        numbers: dict[str, int],
        moments: list[int],
        progress: Progress | None = None,
    ) -> None:
        """Copy and survey the lines. Raises CorpusError for lines with problems, OSError where nothing can be kept.

        ``progress`` is told how many lines are read, of 0 as long as nobody knows how many there are.
        """
        self._told, self._progress = 0.0, progress
        self._path, self._study, self._folder = path, study, folder
        self._documents, self._numbers, self._moments = documents, numbers, moments
        self._people: dict[str, LineSpeaker] = {}
        self._days: Counter[int] = Counter()
        self._pool: ProcessPool | None = None
        self._share: Share | None = None
        self._said: dict[int, int] = {}
        self._taken: dict[int, list[int]] = {}
        self._tabled: dict[str, set[str]] = {"topic": set(), "place": set()}
        self.parts: list[Path] = []
        try:
            self._span = self._copy()
            self._known = self._all_known()
            self._plans = self._plan(self._survey())
        except Unsound as error:
            self.close()
            self._say_what_is_wrong(error)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End what may still be at work for it."""
        if self._pool:
            self._pool.stop()
            self._pool = None

    def _say_what_is_wrong(self, error: Unsound) -> NoReturn:
        """Judge the lines as ``check`` does. Raises CorpusError."""
        check_lines(self._study, self._path.parent)
        mend = "compile it again once nothing writes to it"
        raise CorpusError([Problem(self._path.name, None, "", "the file changed while it was read", mend)]) from error

    # --- first reading -------------------------------------------------------------------------------------------

    def _copy(self) -> tuple[int, int]:
        """Copy the lines into the index: where they begin and end there. Raises Unsound for one that is too long."""
        file = self._folder / records.FILE
        with file.open("wb", buffering=0) as out:
            open_since = 0  # bytes of a line that has not ended
            for piece in self._pieces():
                write_all(out, piece)
                ends = piece.find(b"\n")
                if open_since + (ends if ends >= 0 else len(piece)) > LONGEST:
                    raise Unsound
                open_since = len(piece) - 1 - piece.rfind(b"\n") if ends >= 0 else open_since + len(piece)
            if open_since:
                out.write(b"\n")
        with file.open("rb") as copy:
            begin = len(BOM) if copy.read(len(BOM)) == BOM else 0
        return begin, file.stat().st_size

    def _pieces(self) -> Iterator[bytes]:
        try:
            with opened(self._path) as file:
                while piece := file.read(PIECE):
                    yield piece
        except READING as error:
            raise Unsound from error

    def _all_known(self) -> Known:
        study, documents = self._study, self._documents
        return Known(
            stances={name: number for name, number in documents.stance_numbers.items() if name},
            topics=documents.topics,
            places=documents.places,
            sources={s.id: s.date for s in study.source},
            speakers=frozenset(self._numbers),
            texts={s.id: read_source(self._path.parent, s.text) for s in study.source if s.text is not None},
            ids=(*(s.id for s in study.statement), *(e.id for e in study.event)),
        )

    def _survey(self) -> list[Survey]:
        """What the shares have: one for each core where there are many lines. Raises Unsound."""
        file = self._folder / records.FILE
        shares = spans(file, *self._span)
        if len(shares) > 1:
            try:
                self._pool = ProcessPool(file, shares, self._known)
                self._say(0, 0)
                return self._pool.survey(self._say)
            except PoolLost:
                self.close()
        self._share = Share(file, *self._span, self._known)
        return [self._share.survey(self._say)]

    def _say(self, done: int, total: int = 0) -> None:
        """Tell how far it is, not more often than anybody can read."""
        now = time.monotonic()
        if self._progress and (not done or now - self._told > TELL_EVERY):
            self._told = now
            self._progress(done, total)

    def _plan(self, surveys: list[Survey]) -> list[Plan]:
        """The numbers of all speakers and the ranks of all lines. Raises Unsound for a speaker nobody told of."""
        speakers = {id: Named(number, *self._documents.speaker(id)) for id, number in self._numbers.items()}
        for survey in surveys:
            self._days.update(survey.days)
            for id, person in survey.speakers.items():
                if id not in speakers:
                    if person is None:
                        raise Unsound
                    self._people[id] = person
                    words = " ".join([person.name, person.callsign or "", person.id.replace("-", " ")])
                    unit = fold(person.unit or "")
                    speakers[id] = Named(len(speakers), fold(words), fold(person.callsign or ""), unit)
        plans = [Plan({}, speakers, len(speakers) <= MOST_TABLED) for _ in surveys]
        before = 0
        for day in sorted(self._days):
            rank = before + bisect_right(self._moments, day)
            for survey, plan in zip(surveys, plans, strict=True):
                plan.ranks[day] = rank
                rank += survey.days.get(day, 0)
            before += self._days[day]
        return plans

    def lines_before(self) -> list[int]:
        """How many lines stand before each item of the tables in time."""
        days = sorted(self._days)
        before = [0, *accumulate(self._days[day] for day in days)]
        return [before[bisect_left(days, moment)] for moment in self._moments]

    # --- second reading ------------------------------------------------------------------------------------------

    def feed(self, items: Writer, tally: Tally) -> None:
        """Add a document for every line. Raises CorpusError for lines with problems.

        Those that processes of their own made are in :attr:`parts` afterwards, the others in ``items``.
        """
        total = self._days.total()
        self._say(0, total)
        try:
            for counts in self._feed(items, lambda done: self._say(done, total)):
                tally.statements += counts.statements
                tally.months.update(counts.months)
                tally.stances.update(counts.stances)
                for number, count in counts.said.items():
                    self._said[number] = self._said.get(number, 0) + count
                for field, ids in counts.tabled.items():
                    self._tabled[field] |= ids
                for number, taken in counts.taken.items():
                    before = self._taken.get(number)
                    self._taken[number] = list(map(add, before, taken)) if before else taken
        except Unsound as error:
            self.close()
            self._say_what_is_wrong(error)

    def _feed(self, items: Writer, tell: Tell) -> list[Counts]:
        if self._pool:
            try:
                counts = self._pool.feed(self._plans, tell)
                if any_twice(self._pool.ids()):
                    raise Unsound
                self.parts = self._pool.parts
                return counts
            except PoolLost:  # killed by whoever thought it took too much: alone it takes longer, but less
                self._start_again_alone(self._pool)
        assert self._share is not None, "without a pool there is one share"
        with contextlib.closing(records.Starts(self._folder)) as starts:
            counts = [self._share.feed(self._plans[0], items, starts, tell)]
        if any_twice([self._share.ids]):
            raise Unsound
        return counts

    def _start_again_alone(self, pool: ProcessPool) -> None:
        self.close()
        for part in pool.parts:
            shutil.rmtree(part, ignore_errors=True)
        self._share = Share(self._folder / records.FILE, *self._span, self._known)
        self._days.clear()
        self._people.clear()
        self._plans = self._plan([self._share.survey()])

    # --- afterwards ----------------------------------------------------------------------------------------------

    def words_of_speakers(self) -> dict[int, dict[str, str]]:
        """The words that lines leave to the tables, by speaker's number and field, folded."""
        plan = self._plans[0]
        if not plan.tabled:
            return {}
        return {who.number: who.words() for who in plan.speakers.values() if who.number in self._said}

    def words_of(self, field: str) -> dict[str, str]:
        """Such words of the field ``topic`` or ``place``, by id."""
        known = self._known.topics if field == "topic" else self._known.places
        return {id: known[id] for id in self._tabled[field]}

    def speakers(self, describer: Describer, declared: list[Speaker]) -> list[SpeakerRecord]:
        """Everybody's record by number: those of the TOML tables first, with what they say in lines added."""
        records = [describer.speaker(speaker, number) for number, speaker in enumerate(declared)]
        records += [_record_of(person, number) for number, person in enumerate(self._people.values(), len(records))]
        for number, count in self._said.items():
            records[number]["statements"] += count
        stances = [s.id for s in self._study.stance]
        for number, taken in self._taken.items():
            known = {one["stance"]: one for one in records[number]["stances"]}
            for place, stance in enumerate(stances):
                counts = taken[place * len(FORCES) : (place + 1) * len(FORCES)]
                if any(counts):
                    one = known.setdefault(
                        stance, {"stance": stance, "unconditional": 0, "conditional": 0, "hypothetical": 0}
                    )
                    one["unconditional"] += counts[0]
                    one["conditional"] += counts[1]
                    one["hypothetical"] += counts[2]
            records[number]["stances"] = [known[stance] for stance in stances if stance in known]
        return records


def _record_of(person: LineSpeaker, number: int) -> SpeakerRecord:
    return {
        "id": person.id,
        "name": person.name,
        "variants": [],
        "callsign": person.callsign,
        "unit": person.unit,
        "role": person.role,
        "kind": person.kind,
        "placed": None,
        "service": [],
        "stances": [],
        "statements": 0,
        "primary": None,
        "no_primary": "",
        "note": "",
        "ordinal": number,
    }
