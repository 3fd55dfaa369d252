"""A share of a corpus's lines made into documents: the work of one process, alone or beside others.

The lines of a share are read twice, from the copy that the index keeps. The survey counts them by day and notes who is
told of: with that of all shares every line's rank in time and every speaker's number follow from counting alone, and no
line is ever held. Then the feeding makes the documents. What is wrong with a line is not said here: a share that meets
one is :class:`Unsound`, and :mod:`zeroline.corpus.check_lines` says all that is wrong.

This module loads without pydantic, so that a process which does nothing else starts quickly.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from zeroline.corpus.ids import PARTS, Ids
from zeroline.corpus.lines import Line, LineSpeaker
from zeroline.corpus.once import all_once
from zeroline.index import schema
from zeroline.index.line_codes import LineCodes, UnknownId, Words
from zeroline.index.line_dates import Day, When
from zeroline.index.line_words import excerpts, others, quoted
from zeroline.index.prefixes import begins
from zeroline.index.records import Starts
from zeroline.index.schema import code
from zeroline.index.share_messages import Counts, Known, Plan, Survey
from zeroline.index.writer import Writer
from zeroline.text.dates import day_of

READ = 1 << 18
"""Bytes read at once; a word about how far it is comes after each."""

STARTS_KEPT = 1 << 18
"""So many places of records are kept before they are written."""

_decode = msgspec.json.Decoder(Line).decode

Tell = Callable[[int], None]
"""Told how many lines of a share are done."""


class Unsound(Exception):
    """Something is wrong with a line, or the file of lines cannot be read whole."""


class _Id(msgspec.Struct, gc=False):
    """What the survey takes of a speaker."""

    id: str


class _Partly(msgspec.Struct, gc=False):
    """What the survey takes of a line."""

    speaker: _Id | str
    date: str | None = None
    source: str | None = None


class _Told(msgspec.Struct, gc=False):
    """What it takes of the first line of somebody."""

    speaker: LineSpeaker | str


class Share:
    """The lines between two bytes of the records."""

    def __init__(self, records: Path, begin: int, end: int, known: Known) -> None:
        self._records, self._begin, self._end, self._known = records, begin, end, known
        self._only_source = next(iter(known.sources)) if len(known.sources) == 1 else None
        self._whens: dict[str | None, When] = {}
        self._source_whens: dict[str | None, When] = {}
        self.ids = Ids(known.ids)

    # --- first reading -------------------------------------------------------------------------------------------

    def survey(self, tell: Tell | None = None) -> Survey:
        """Count lines by day and note new speakers. Raises Unsound, OSError."""
        decode, who_in = msgspec.json.Decoder(_Partly).decode, msgspec.json.Decoder(_Told).decode
        days: dict[int, int] = {}
        speakers: dict[str, LineSpeaker | None] = {}
        tables, whens, of_sources, done = self._known.speakers, self._whens, self._source_whens, 0
        for _, lines in self._blocks():
            for raw in lines:
                try:
                    line = decode(raw)
                    who = line.speaker
                    id = who if type(who) is str else who.id  # type: ignore[union-attr]
                    if id not in speakers and id not in tables:
                        told = who_in(raw).speaker
                        speakers[id] = None if isinstance(told, str) else told
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    if raw.isspace():
                        continue
                    raise Unsound from error
                if line.date is not None:
                    when = whens.get(line.date) or self._when(line.date)
                else:
                    when = of_sources.get(line.source) or self._when_of(line.source)
                when.lines += 1
                done += 1
            if tell:
                tell(done)
        for when in self._each_when():
            days[when.moment] = days.get(when.moment, 0) + when.lines
        return Survey(days, speakers)

    def _when(self, edtf: str | None) -> When:
        """When a date of a line is. Raises Unsound for what is no date."""
        if edtf and (day := day_of(edtf)):
            edtf = day  # of a million times of day only the days are kept
        if edtf not in self._whens:
            try:
                self._whens[edtf] = When(edtf)
            except ValueError as error:
                raise Unsound from error
        return self._whens[edtf]

    def _when_of(self, source: str | None) -> When:
        """When lines of a source are that have no date of their own."""
        edtf = self._known.sources.get(source or self._only_source or "")
        return self._source_whens.setdefault(source, self._when(edtf))

    def _blocks(self) -> Iterator[tuple[int, list[bytes]]]:
        """The lines, some at a time, and the byte at which the first of them begins."""
        with self._records.open("rb", buffering=READ) as file:
            file.seek(self._begin)
            at = self._begin
            while self._end - at > 1:  # a single byte is an empty line
                lines = file.readlines(min(READ, self._end - at - 1))  # until there are more bytes than that
                yield at, lines
                at += sum(map(len, lines))

    # --- second reading ------------------------------------------------------------------------------------------

    def feed(self, plan: Plan, writer: Writer, starts: Starts, tell: Tell | None = None) -> Counts:
        """Give the writer a document for every line. Raises Unsound; OSError and ValueError where it cannot write."""
        add = writer.add_json
        days = {moment: Day(rank) for moment, rank in plan.ranks.items()}
        for when in self._each_when():
            when.lines, when.day = 0, days[when.moment]
        coded = LineCodes(self._known.stances, self._known.topics, self._known.places, self._known.sources)
        people: dict[str, tuple[str, str, dict[int, int], str]] = {
            id: (who.fields(plan.tabled), who.codes(), coded.taken_by(who.number), begins(" ".join(who[1:])))
            for id, who in plan.speakers.items()
        }
        whens, of_sources, ids = self._whens, self._source_whens, self.ids.parts
        source_of, positions_of, topics_of, places_of = coded.source, coded.positions, coded.topics, coded.places
        texts, only, done, kept = self._known.texts, self._only_source, 0, 0
        block = schema.BLOCK
        none, no_topic, no_place = positions_of(()), Words(codes=" lacks:topic"), Words()
        for first_byte, block_of_lines in self._blocks():
            at, raws, lines = self._decoded(first_byte, block_of_lines)
            for raw, line, excerpt, words in zip(raws, lines, *excerpts(lines), strict=True):
                # A million times: nothing is called here that need not be.
                who, positions = line.speaker, line.positions
                try:
                    speaker, speaker_codes, taken, begun = people[who if type(who) is str else who.id]  # type: ignore[union-attr]
                    position = positions_of(positions) if positions else none
                    topic, topic_codes, topic_begins = topics_of(line.topics) if line.topics else no_topic
                    place, place_codes, place_begins = places_of(line.places) if line.places else no_place
                    codes = source_of(line.source or only)
                except (UnknownId, KeyError) as error:
                    raise Unsound from error
                if line.fault() or (texts and not self._in_text(line)):
                    raise Unsound
                id = line.id
                lower = id.lower()
                name = lower if id.isalnum() else quoted(lower)[1:-1].decode()
                if lower != id:
                    codes += f" has:exactly {quoted(code('exactly', id))[1:-1].decode()}"
                hashed = hash(id)
                ids[hashed % PARTS].append(hashed)
                said = f',"excerpt":"{excerpt}"'
                if not excerpt:
                    said, codes = "", f"{codes} lacks:excerpt"
                if line.paraphrase or line.note or position.hedged:
                    fields, more_codes, more_words = others(line)
                    said, codes, words = said + fields, codes + more_codes, words + more_words
                own = line.date
                when = of_sources[line.source] if own is None else whens.get(own) or self._when(own)
                when.lines += 1
                day = when.day
                day.starts.append(at)
                at += len(raw)
                add(
                    f'{{"seq":{day.rank},{when.json}{speaker}{position.json}{topic}{place}'
                    f'"codes":"block:{day.rank // block} id:{name} kind:statement{speaker_codes}{when.code}{codes}'
                    f'{topic_codes}{place_codes} attribution:{line.attribution}{position.codes}"'
                    f',"begins":"{begun}{words}{topic_begins}{place_begins}"{said}}}'
                )
                day.rank += 1
                number = position.number
                taken[number] = taken.get(number, 0) + 1
            done += len(lines)
            kept += len(lines)
            if kept > STARTS_KEPT:
                self._put(days, starts)
                kept = 0
            if tell:
                tell(done)
        self._put(days, starts)
        return self._counts(done, coded)

    def _decoded(self, at: int, raws: list[bytes]) -> tuple[int, list[bytes], list[Line]]:
        """Lines, what is blank left to the line before it, and the byte at which the first begins. Raises Unsound."""
        try:
            try:
                lines = [_decode(raw) for raw in raws]
            except (msgspec.DecodeError, UnicodeDecodeError):
                whole: list[bytes] = []
                for raw in raws:
                    if not raw.isspace():
                        whole.append(raw)
                    elif whole:
                        whole[-1] += raw
                    else:
                        at += len(raw)
                raws, lines = whole, [_decode(raw) for raw in whole]
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Unsound from error
        if not all_once(raws, lines):
            raise Unsound
        return at, raws, lines

    def _in_text(self, line: Line) -> bool:
        """Whether the passage stands where a line says, in a source whose text the corpus carries."""
        from zeroline.corpus.check_sources import check_passage  # few corpora need it, and it takes long to import

        text = self._known.texts.get(line.source or self._only_source or "")
        return text is None or not any(check_passage((), line, text))

    def _put(self, days: dict[int, Day], starts: Starts) -> None:
        """Write down where records begin."""
        for day in days.values():
            if day.starts:
                starts.put(day.first, day.starts)
                day.first, day.starts = day.rank, array("Q")

    def _counts(self, done: int, coded: LineCodes) -> Counts:
        stances, said, taken = coded.counts()
        months: dict[int, int] = {}
        for when in self._each_when():
            if when.month is not None and when.lines:
                months[when.month] = months.get(when.month, 0) + when.lines
        return Counts(done, months, stances, said, taken, coded.tabled)

    def _each_when(self) -> Iterable[When]:
        """Every date of the share, once."""
        return {id(when): when for when in (*self._whens.values(), *self._source_whens.values())}.values()
