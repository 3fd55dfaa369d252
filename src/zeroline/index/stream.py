"""The lines of a corpus streamed into an index: read twice, never held.

The first reading takes only dates, which give every line its rank in time; the second makes the documents. Python cuts
and checks on one core while tantivy's thread inverts on the other, so what is done here is kept to what one core can.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec
import tantivy

from zeroline.corpus.lines import Line, LinePosition, LineSpeaker, problem_of, raw_lines
from zeroline.corpus.problems import CorpusError, Problem, did_you_mean
from zeroline.index.filter import NONE
from zeroline.index.language import days_of
from zeroline.index.order import moment_of
from zeroline.index.schema import code
from zeroline.records import SpeakerRecord, StanceCount
from zeroline.text.dates import span
from zeroline.text.fold import fold

if TYPE_CHECKING:
    from zeroline.corpus.models import Speaker, Study
    from zeroline.index.compile import Progress, Writer
    from zeroline.index.describe import Describer
    from zeroline.index.documents import Documents
    from zeroline.index.summarise import Tally

PROBLEMS_MOST = 50
"""So many problems are listed; then it is no use going on."""

KEPT = 50_000
"""So many combinations of topics, places or positions are kept at hand."""

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
        self._stances = {s.id for s in study.stance}
        self._topics = {t.id for t in study.topic}
        self._places = {p.id for p in study.place}
        self._source_dates = {s.id: s.date for s in study.source}
        self._only_source = study.source[0].id if len(study.source) == 1 else None
        self._ordinals = ordinals
        self._people: list[LineSpeaker | None] = [None] * len(ordinals)
        self._said = array("Q", [0]) * len(ordinals)
        self._taken: dict[tuple[int, str, str], int] = {}
        self._problems: list[Problem] = []
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
                self._trouble(problem_of(error, self._path, number, raw))
                continue
            except ValueError as error:
                self._trouble(Problem(self._path.name, number, "date", str(error), "write an EDTF date"))
                continue
            days.append(day)
            in_order = in_order and day >= before
            before = day
        self._raise()
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
        ids = {hash(s.id) for s in self._study.statement} | {hash(e.id) for e in self._study.event}
        days, ranks, moments, total = self._days, self._ranks, self._moments, len(self._days)
        whens, months, stance_counts, add = self._whens, tally.months, tally.stances, items.add
        names: dict[int, str] = {}
        coded = _Coded(documents)
        new_document, taken = tantivy.Document, self._taken
        for at, (number, raw) in enumerate(raw_lines(self._path)):
            try:
                line = decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                self._trouble(problem_of(error, self._path, number, raw))
                continue
            before = len(ids)
            ids.add(hash(line.id))  # of each id only its hash is kept
            wrong = line.fault() or (f"the id “{line.id}” stands twice" if len(ids) == before else "")
            if wrong:
                self._trouble(Problem(self._path.name, number, "", wrong, ""))
                continue
            speaker = self._speaker(line, number)
            source = line.source or self._only_source
            if speaker < 0 or not self._known(line, source, number):
                continue
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
        self._raise()

    def _speaker(self, line: Line, number: int) -> int:
        """The speaker's ordinal, a new one for somebody new; -1 with a problem noted for an id that is not there."""
        who = line.speaker
        id = who if isinstance(who, str) else who.id
        ordinal = self._ordinals.get(id)
        if ordinal is None:
            if isinstance(who, str):
                mend = did_you_mean(who, list(self._ordinals)[:1_000]) or "write an object with `id` and `name`"
                self._trouble(Problem(self._path.name, number, "speaker", f"there is no speaker “{who}”", mend))
                return -1
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

    def _known(self, line: Line, source: str | None, number: int) -> bool:
        """Whether all ids of a line are the corpus's; a corpus without topics, or places, lets any be named."""
        checks: list[tuple[str, str, set[str]]] = []
        for p in line.positions:
            if p.stance not in self._stances:
                checks.append(("stance", p.stance, self._stances))
            if p.otherwise and p.otherwise not in self._stances:
                checks.append(("otherwise", p.otherwise, self._stances))
        if self._topics and not self._topics.issuperset(line.topics):
            checks += [("topics", t, self._topics) for t in line.topics if t not in self._topics]
        if self._places and not self._places.issuperset(line.places):
            checks += [("places", p, self._places) for p in line.places if p not in self._places]
        if source not in self._source_dates and (source or self._source_dates):
            checks.append(("source", source or "", set(self._source_dates)))
        for key, value, known in checks:
            message = f"there is no such id: “{value}”" if value else "the corpus has several sources: name one"
            self._trouble(Problem(self._path.name, number, key, message, did_you_mean(value, known)))
        return not checks

    def _trouble(self, problem: Problem) -> None:
        self._problems.append(problem)
        if len(self._problems) >= PROBLEMS_MOST:
            self._problems.append(Problem(self._path.name, None, "", "there may be more: reading stopped here", ""))
            self._raise()

    def _raise(self) -> None:
        if self._problems:
            raise CorpusError(self._problems)

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


class _Taken(NamedTuple):
    """What positions come to: codes, places of stances, stances, and each stance with its force."""

    codes: str
    numbers: tuple[int, ...]
    stances: tuple[str, ...]
    taken: tuple[tuple[str, str], ...]


class _Coded:
    """Codes and words of what repeats from line to line, each worked out once."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._topics: dict[tuple[str, ...], tuple[str, str]] = {(): ("", "")}
        self._places: dict[tuple[str, ...], tuple[str, str]] = {(): ("", "")}
        self._sources: dict[str | None, str] = {None: ""}
        none = _Taken(" stance:none", (documents.stance_numbers[NONE],), (NONE,), ())
        self._positions: dict[tuple[tuple[str, ...], ...], _Taken] = {(): none}

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

    def positions(self, positions: tuple[LinePosition, ...]) -> _Taken:
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
            found = _Taken("".join(f" {one}" for one in codes), numbers, stances, pairs)
            if len(self._positions) > KEPT:
                self._positions.clear()
            self._positions[key] = found
        return found
