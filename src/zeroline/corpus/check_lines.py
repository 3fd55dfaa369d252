"""Whether the lines of a corpus hold together with its tables: the same judgement for ``check`` and for compiling.

A line is looked at as it is read, and never held; of every id only its hash is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from zeroline.corpus.check_sources import check_passage
from zeroline.corpus.explain_line import problem_of
from zeroline.corpus.files import key_text
from zeroline.corpus.ids import Ids, twice
from zeroline.corpus.lines import Line, lines_file, raw_lines
from zeroline.corpus.once import all_once, holds_nul, key_twice
from zeroline.corpus.passages import SourceText, read_source
from zeroline.corpus.problems import CorpusError, Problem, did_you_mean
from zeroline.text.dates import day_of, span

if TYPE_CHECKING:
    from pathlib import Path

    from zeroline.corpus.models import Study

PROBLEMS_MOST = 50
"""So many problems are listed; then it is no use going on."""

TOLD_EVERY = 20_000
"""How many lines are checked between two words about it."""

SPEAKERS_MOST = 1_000
"""Among so many speakers the nearest to a wrong id is looked for."""


DATE_MEND = "write an EDTF date"
"""What to do about a date that is none."""


class Lines(NamedTuple):
    """What lines add to a study: statements, and speakers without a table of their own."""

    statements: int = 0
    speakers: int = 0


class _Named(msgspec.Struct, gc=False):
    """What the search for ids that stand twice takes of a line."""

    id: str


class LineChecks:
    """The judgement of each line, in their order, and the problems found so far. ``path`` is the file they are in."""

    def __init__(self, path: Path, study: Study) -> None:
        self._file = path.name
        self._stances = {s.id for s in study.stance}
        self._topics = {t.id for t in study.topic}
        self._places = {p.id for p in study.place}
        self._sources = {s.id for s in study.source}
        self._speakers = {s.id for s in study.speaker}
        self._taken = {s.id for s in study.statement} | {e.id for e in study.event}
        self._ids = Ids(self._taken)
        self._texts = _texts(study, path.parent)
        self.only_source = study.source[0].id if len(study.source) == 1 else None
        self._problems: list[Problem] = []

    def sound(self, line: Line, number: int) -> bool:
        """Whether nothing is wrong with a line; its speaker is known from now on. Problems are noted."""
        self._ids.add(line.id)
        if wrong := line.fault():
            self.note(number, "", wrong)
            return False
        who = line.speaker
        if not isinstance(who, str):
            self._speakers.add(who.id)
        elif who not in self._speakers:
            mend = did_you_mean(who, list(self._speakers)[:SPEAKERS_MOST]) or "write an object with `id` and `name`"
            self.note(number, "speaker", f"there is no speaker “{who}”", mend)
            return False
        source = line.source or self.only_source
        return self._known(line, source, number) and (not self._texts or self._in_text(line, source, number))

    @property
    def speakers(self) -> int:
        """How many speakers are known: those of the tables and those of the lines so far."""
        return len(self._speakers)

    def note(self, number: int, key: str, message: str, mend: str = "") -> None:
        """Note a problem of a line."""
        self.trouble(Problem(self._file, number, key, message, mend))

    def trouble(self, problem: Problem) -> None:
        """Note a problem. Raises CorpusError with all of them when there are too many to go on."""
        self._problems.append(problem)
        if len(self._problems) >= PROBLEMS_MOST:
            self._problems.append(Problem(self._file, None, "", "there may be more: reading stopped here", ""))
            self.finish()

    def finish(self) -> None:
        """Raise CorpusError where there are problems, in the order of the lines."""
        if self._problems:
            last = float("inf")
            raise CorpusError(sorted(self._problems, key=lambda p: last if p.line is None else p.line))

    def ids_once(self, path: Path) -> None:
        """Note the lines whose id stands twice: only where some seem to is the file read again, for the ids alone."""
        suspects, decode = twice(self._ids), msgspec.json.Decoder(_Named).decode
        if not suspects:
            return
        seen = dict.fromkeys(self._taken, 0)
        for number, raw in raw_lines(path):
            try:
                id = decode(raw).id
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue
            if hash(id) in suspects:
                if id in seen:
                    first = f"first in line {seen[id]:,}" if seen[id] else "first in a table of the TOML files"
                    self.note(number, "", f"the id “{id}” stands twice, {first}", "give one of them another")
                seen.setdefault(id, number)

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
        if source not in self._sources and (source or self._sources):
            checks.append(("source", source or "", self._sources))
        for key, value, known in checks:
            message = f"there is no such id: “{value}”" if value else "the corpus has several sources: name one"
            self.note(number, key, message, did_you_mean(value, sorted(known)))
        return not checks

    def _in_text(self, line: Line, source: str | None, number: int) -> bool:
        """Whether the passage stands where a line says, in a source whose text the corpus carries."""
        text = self._texts.get(source or "")
        complaints = list(check_passage((), line, text)) if text else []
        for path, message, mend in complaints:
            self.note(number, key_text(path), message, mend)
        return not complaints


def check_lines(study: Study, folder: Path, tell: Callable[[int], None] | None = None) -> Lines:
    """Check every line of a corpus whose tables are sound, and count them.

    ``tell`` is told now and then how many are done. Raises CorpusError with the problems found.
    """
    path = lines_file(folder)
    if path is None:
        return Lines()
    checks, decode, count = LineChecks(path, study), msgspec.json.Decoder(Line).decode, 0
    dates: set[str | None] = {None}
    for number, raw in raw_lines(path):
        try:
            line = decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            checks.trouble(problem_of(error, path, number, raw))
            continue
        count += 1
        if not all_once([raw], [line]):
            checks.note(number, *_not_once(raw))
        if line.date not in dates:
            try:
                span(line.date or "")
            except ValueError as error:
                checks.note(number, "date", str(error), DATE_MEND)
            else:
                dates.add(day_of(line.date or "") or line.date)
        checks.sound(line, number)
        if tell and not count % TOLD_EVERY:
            tell(count)
    checks.ids_once(path)
    checks.finish()
    return Lines(count, checks.speakers - len(study.speaker))


def _not_once(raw: bytes) -> tuple[str, str, str]:
    """The key, message and mend of a line that holds a NUL or a key twice."""
    if holds_nul(raw):
        return "", "the line holds NUL characters", "take “\\u0000” out"
    key = key_twice(raw)
    return key, f"the key “{key}” stands twice in one object", "take one out"


def _texts(study: Study, folder: Path) -> dict[str, SourceText]:
    """The texts that the corpus carries, by source; whether they can be read is a matter of the tables' check."""
    texts: dict[str, SourceText] = {}
    for source in study.source:
        if source.text is not None:
            try:
                texts[source.id] = read_source(folder, source.text)
            except (OSError, ValueError):  # a text that is not UTF-8 is a ValueError too
                continue
    return texts
