"""The lines of a corpus streamed into an index: read twice, never held.

The first reading takes only dates, which give every line its rank in time; the second makes the documents. Python cuts
and checks on one core while tantivy's thread inverts on the other, so what is done here is kept to what one core can.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec
import tantivy

from zeroline.corpus.check_lines import DATE_MEND, LineChecks
from zeroline.corpus.lines import Line, LineSpeaker, problem_of, raw_lines
from zeroline.index.coded import Coded
from zeroline.index.language import days_of
from zeroline.index.order import moment_of
from zeroline.records import SpeakerRecord, StanceCount
from zeroline.text.dates import span
from zeroline.text.fold import fold

if TYPE_CHECKING:
    from zeroline.corpus.models import Speaker, Study
    from zeroline.index.compile import Progress, Writer
    from zeroline.index.describe import Describer
    from zeroline.index.documents import Documents
    from zeroline.index.summarise import Tally

UNDATED = 1
"""The ordinal that undated lines are ranked by: before everything."""


class _Dated(msgspec.Struct, gc=False):
    """What the first reading takes."""

    date: str | None = None
    source: str | None = None


class _When:
    """Days of a date: moment, first, last, and the month of the moment; cached, since dates repeat."""

    __slots__ = ("first", "last", "moment", "month")

    def __init__(self, edtf: str | None) -> None:
        self.month: int | None = None
        if edtf is None:
            self.moment, self.first, self.last = UNDATED, 0, 0
            return
        plain = days_of(edtf)  # the EDTF library takes milliseconds for a date
        if plain:
            first, last = date.fromordinal(plain[0]), date.fromordinal(plain[1])
        else:
            first, last = span(edtf)
        moment = moment_of(edtf, first, last)
        self.moment, self.first, self.last = moment.toordinal(), first.toordinal(), last.toordinal()
        self.month = moment.year * 12 + moment.month - 1


class Stream:
    """The lines of one corpus and their ranks in time, among ``moments``: those of its TOML items, in order."""

    def __init__(
        self, path: Path, study: Study, ordinals: dict[str, int], moments: list[int], progress: Progress | None
    ) -> None:
        self._path, self._study, self._moments, self._progress = path, study, moments, progress
        self._checks = LineChecks(path, study)
        self._source_dates = {s.id: s.date for s in study.source}
        self._only_source = self._checks.only_source
        self._ordinals = ordinals
        self._people: list[LineSpeaker | None] = [None] * len(ordinals)
        self._said = array("Q", [0]) * len(ordinals)
        self._taken: dict[tuple[int, str, str], int] = {}
        self._whens: dict[str | None, _When] = {None: _When(None)}
        self._days = array("l")
        self._rank_all()

    # --- first reading -------------------------------------------------------------------------------------------

    def _rank_all(self) -> None:
        decode = msgspec.json.Decoder(_Dated).decode
        days, whens = self._days, self._whens
        in_order, before = True, 0
        for number, raw in raw_lines(self._path):
            try:
                dated = decode(raw)
                edtf = dated.date
                if edtf is None and (dated.source or self._only_source):
                    edtf = self._source_dates.get(dated.source or self._only_source or "")
                if edtf not in whens:
                    whens[edtf] = _When(edtf)
                day = whens[edtf].moment
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                self._checks.trouble(problem_of(error, self._path, number, raw))
                continue
            except ValueError as error:
                self._checks.note(number, "date", str(error), DATE_MEND)
                continue
            days.append(day)
            in_order = in_order and day >= before
            before = day
        self._checks.finish()
        self._ranks: array[int] | None = None
        self._sorted = days
        if not in_order:
            by_day = sorted(range(len(days)), key=days.__getitem__)
            self._sorted = array("l", (days[n] for n in by_day))
            self._ranks = array("L", bytes(len(days) * array("L").itemsize))
            for rank, number in enumerate(by_day):
                self._ranks[number] = rank

    def lines_before(self, number: int) -> int:
        """How many lines stand before TOML item ``number`` in time; it comes before lines of its own day."""
        return bisect_left(self._sorted, self._moments[number])

    # --- second reading ------------------------------------------------------------------------------------------

    def feed(self, items: Writer, documents: Documents, tally: Tally) -> None:
        """Add a document for every line. Raises CorpusError for lines with problems."""
        decode = msgspec.json.Decoder(Line).decode
        sound = self._checks.sound
        days, ranks, moments, total = self._days, self._ranks, self._moments, len(self._days)
        whens, months, stance_counts, add = self._whens, tally.months, tally.stances, items.add
        names: dict[int, str] = {}
        coded = Coded(documents)
        new_document, taken = tantivy.Document, self._taken
        for at, (number, raw) in enumerate(raw_lines(self._path)):
            try:
                line = decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                self._checks.trouble(problem_of(error, self._path, number, raw))
                continue
            if not sound(line, number):
                continue
            speaker = self._speaker(line)
            source = line.source or self._only_source
            when = whens[line.date if line.date is not None else self._source_dates.get(source or "")]
            positions = coded.positions(line.positions)
            topic_words, topic_codes = coded.topics(line.topics)
            place_words, place_codes = coded.places(line.places)
            doc = new_document()
            add_text, add_unsigned = doc.add_text, doc.add_unsigned
            has = ""
            if line.excerpt:
                add_text("excerpt", fold(line.excerpt))
                has = " has:excerpt"
            if line.paraphrase:
                add_text("paraphrase", fold(line.paraphrase))
                has += " has:paraphrase"
            if line.note:
                add_text("note", fold(line.note))
                has += " has:note"
            if topic_words:
                add_text("topic", topic_words)
            if place_words:
                add_text("place", place_words)
            for p in line.positions:
                if p.condition:
                    add_text("condition", fold(p.condition))
                    has += " has:condition"
            if speaker not in names:
                names[speaker] = self._words_of(speaker, documents, line)
            add_text("speaker", names[speaker])
            if when.month is not None:
                months[when.month] += 1
                has += " has:date"
                add_unsigned("month", when.month)
            add_text(
                "codes",
                f"id:{line.id.lower()} kind:statement has:speaker attribution:{line.attribution}"
                f"{coded.source(source)}{has}{topic_codes}{place_codes}{positions.codes}",
            )
            for place in positions.numbers:
                add_unsigned("stance_no", place)
            for stance in positions.stances:
                stance_counts[stance] += 1
            for stance_and_force in positions.taken:
                key = speaker, *stance_and_force
                taken[key] = taken.get(key, 0) + 1
            add_unsigned(
                "seq", (at if ranks is None else ranks[at]) + (bisect_right(moments, days[at]) if moments else 0)
            )
            add_unsigned("speaker_no", speaker)
            doc.add_integer("from_day", when.first)
            doc.add_integer("to_day", when.last)
            doc.add_bytes("record", raw)
            add(doc)
            if not at % 2_000 and self._progress:
                self._progress(at, total)
        tally.statements += total
        self._checks.finish()

    def _speaker(self, line: Line) -> int:
        """The ordinal of a sound line's speaker, a new one for somebody new."""
        who = line.speaker
        id = who if isinstance(who, str) else who.id
        ordinal = self._ordinals.get(id)
        if ordinal is None:
            assert not isinstance(who, str), "a sound line's speaker is known or told"
            ordinal = self._ordinals[id] = len(self._people)
            self._people.append(who)
            self._said.append(0)
        self._said[ordinal] += 1
        return ordinal

    def _words_of(self, speaker: int, documents: Documents, line: Line) -> str:
        person = self._people[speaker]
        if person is None:
            return documents.speaker(line.speaker if isinstance(line.speaker, str) else line.speaker.id)
        return fold(" ".join([person.name, person.callsign or "", person.id.replace("-", " ")]))

    # --- afterwards ----------------------------------------------------------------------------------------------

    def speakers(self, describer: Describer, declared: list[Speaker]) -> list[SpeakerRecord]:
        """Everybody's record by ordinal: those of the TOML tables first, with what they say in lines added."""
        by_speaker: dict[int, dict[str, StanceCount]] = {}
        for (ordinal, stance, force), count in self._taken.items():
            empty: StanceCount = {"stance": stance, "unconditional": 0, "conditional": 0, "hypothetical": 0}
            counts = by_speaker.setdefault(ordinal, {}).setdefault(stance, empty)
            cast(dict[str, int], counts)[force] += count
        records: list[SpeakerRecord] = []
        stances = [s.id for s in self._study.stance]
        for ordinal, person in enumerate(self._people):
            record = _record_of(person, ordinal) if person else describer.speaker(declared[ordinal], ordinal)
            record["statements"] += self._said[ordinal]
            mine = by_speaker.get(ordinal, {})
            for known in record["stances"]:
                more = mine.pop(known["stance"], None)
                if more:
                    known["unconditional"] += more["unconditional"]
                    known["conditional"] += more["conditional"]
                    known["hypothetical"] += more["hypothetical"]
            record["stances"] = sorted([*record["stances"], *mine.values()], key=lambda c: stances.index(c["stance"]))
            records.append(record)
        return records


def _record_of(person: LineSpeaker, ordinal: int) -> SpeakerRecord:
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
        "ordinal": ordinal,
    }
