"""Whether a corpus that has been loaded holds together: its references, its dates, its texts.

Each part of the check yields complaints, a path into the study with a message and a mend; only when there are any are
the files read again to find the lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from math import isfinite
from typing import TYPE_CHECKING

from zeroline.corpus.check_sources import Complaint, check_sources
from zeroline.corpus.load import in_order, load, read_study
from zeroline.corpus.problems import CorpusError, Problem, did_you_mean, nearest
from zeroline.text.dates import span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from zeroline.corpus.check_lines import Lines
    from zeroline.corpus.locate import KeyPath
    from zeroline.corpus.models import Speaker, Study

NO_STANCE = "none"
"""The reserved stance of a statement that takes none; no stance of a codebook may be called so."""

_BLANK = {
    "unconditional": "take the key out",
    "conditional": "write what the position hangs on, “not recorded” where that is not known",
    "hypothetical": "write it or take the key out",
}
_FORCES = frozenset(_BLANK)
"""The forces of a position: in a query and in an index a stance with one of them is ``trade.conditional``."""

_LIKE_AN_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_NEARLY = 0.8


def check(study: Study, folder: Path) -> list[Problem]:
    """Everything that is wrong with a loaded study, by file and line; ``folder`` is where its files are."""
    ids = _Ids(study)
    complaints = [
        *_codebook(study),
        *_sources_and_places(study, ids),
        *_speakers(study, ids),
        *_statements(study, ids),
        *_events(study, ids),
        *_anchors(study, folder),
        *check_sources(study, folder),
    ]
    if not complaints:
        return []
    reading = read_study(folder)
    return in_order([reading.problem(*complaint) for complaint in complaints])


def load_checked(folder: Path) -> Study:
    """Load a corpus and check it. Raises CorpusError with every problem found."""
    study = load(folder)
    problems = check(study, folder)
    if problems:
        raise CorpusError(problems)
    return study


def check_all(folder: Path, tell: Callable[[int], None] | None = None) -> tuple[Study, Lines]:
    """Load a corpus and check its tables and its lines: the study, and what the lines add to it.

    ``tell`` is told now and then how many lines are done. Raises CorpusError with every problem found.
    """
    from zeroline.corpus.check_lines import Lines, check_lines

    study = load(folder)
    problems, lines = check(study, folder), Lines()
    try:
        lines = check_lines(study, folder, tell)
    except CorpusError as error:
        problems += error.problems
    if problems:
        raise CorpusError(problems)
    return study, lines


class _Ids:
    """The ids of a study, and complaints about references to ones there are not."""

    def __init__(self, study: Study) -> None:
        self.known = {
            "stance": {stance.id for stance in study.stance},
            "topic": {topic.id for topic in study.topic},
            "kind": {kind.id for kind in study.kind},
            "source": {source.id for source in study.source},
            "place": {place.id for place in study.place},
            "speaker": {speaker.id for speaker in study.speaker},
        }
        self.known["speaker or source"] = self.known["speaker"] | self.known["source"]
        self._mends: dict[tuple[str, str], str] = {}  # the nearest of many ids takes long to find, so it is found once

    def refer(self, path: KeyPath, what: str, name: str | None) -> Iterator[Complaint]:
        """A complaint when ``name`` is the id of no such thing; none when there is no name."""
        if name is None or name in self.known[what]:
            return
        mend = self._mends.get((what, name))
        if mend is None:
            mend = did_you_mean(name, sorted(self.known[what])) or f"add a [[{what.split()[0]}]] with this id"
            self._mends[what, name] = mend
        yield path, f"no {what} has the id “{name}”", mend

    def refer_all(self, path: KeyPath, what: str, names: Sequence[str]) -> Iterator[Complaint]:
        """The same for a list of ids, which must not repeat themselves."""
        for index, name in enumerate(names):
            yield from self.refer((*path, index), what, name)
            if name in names[:index]:
                yield (*path, index), f"“{name}” stands twice", "take one out"


def _date(path: KeyPath, date: str | None) -> Iterator[Complaint]:
    if date is not None:
        try:
            span(date)
        except ValueError as error:
            yield path, str(error), ""


def _codebook(study: Study) -> Iterator[Complaint]:
    keys: dict[int, str] = {}
    shapes: dict[str, str] = {}
    for index, stance in enumerate(study.stance):
        path = ("stance", index)
        if stance.id == NO_STANCE:
            yield (*path, "id"), f"“{NO_STANCE}” is what a statement without a position is called", "choose another id"
        name, _, last = stance.id.rpartition(".")
        if last in _FORCES:
            mend = f"choose another id, for instance “{name}-{last}”"
            yield (*path, "id"), f"“{stance.id}” is how a {last} “{name}” is looked for", mend
        if stance.key in keys:
            yield (*path, "key"), f"the key {stance.key} is taken by “{keys[stance.key]}”", "give it another"
        elif stance.key is not None:
            keys[stance.key] = stance.id
        if stance.shape in shapes:
            yield (
                (*path, "shape"),
                f"the shape “{stance.shape}” is taken by “{shapes[stance.shape]}”",
                "give it another",
            )
        elif stance.shape is not None:
            shapes[stance.shape] = stance.id


def _sources_and_places(study: Study, ids: _Ids) -> Iterator[Complaint]:
    for index, source in enumerate(study.source):
        yield from _date(("source", index, "date"), source.date)
    within = {place.id: place.within for place in study.place}
    for index, place in enumerate(study.place):
        path = ("place", index, "within")
        yield from ids.refer(path, "place", place.within)
        outer, seen = place.within, {place.id}
        while outer is not None and outer not in seen:
            seen.add(outer)
            outer = within.get(outer)
        if outer == place.id:
            yield path, f"“{place.id}” is within itself", "take one step of the circle out"
        if (place.latitude is None) != (place.longitude is None):
            missing = "latitude" if place.latitude is None else "longitude"
            yield ("place", index), f"has no {missing}", "give both coordinates or neither"
    for index, person in enumerate(study.person):
        yield from ids.refer(("person", index, "source"), "source", person.source)


def _speakers(study: Study, ids: _Ids) -> Iterator[Complaint]:
    derived: defaultdict[str, set[str]] = defaultdict(set)
    for statement in study.statement:
        derived[statement.speaker].update(position.stance for position in statement.positions)
    for index, speaker in enumerate(study.speaker):
        path = ("speaker", index)
        if study.kind:
            yield from _kind(path, speaker, ids)
        if speaker.placed:
            yield from ids.refer((*path, "placed", "place"), "place", speaker.placed.place)
        for stage, service in enumerate(speaker.service):
            yield from _date((*path, "service", stage, "date"), service.date)
        if speaker.primary:
            stance, at = speaker.primary.stance, (*path, "primary", "stance")
            yield from ids.refer(at, "stance", stance)
            if stance in ids.known["stance"] and stance not in derived[speaker.id]:
                yield at, f"no statement of “{speaker.id}” takes the stance “{stance}”", _taken(derived[speaker.id])


def _kind(path: KeyPath, speaker: Speaker, ids: _Ids) -> Iterator[Complaint]:
    if "kind" in speaker.model_fields_set:
        yield from ids.refer((*path, "kind"), "kind", speaker.kind)
    elif speaker.kind not in ids.known["kind"]:
        yield (*path, "kind"), "is missing", did_you_mean(speaker.kind, sorted(ids.known["kind"]))


def _taken(stances: Iterable[str]) -> str:
    names = ", ".join(f"“{stance}”" for stance in sorted(stances))
    return f"their statements take {names}" if names else "their statements take none: leave primary out"


def _statements(study: Study, ids: _Ids) -> Iterator[Complaint]:
    for index, statement in enumerate(study.statement):
        path = ("statement", index)
        yield from ids.refer((*path, "speaker"), "speaker", statement.speaker)
        yield from ids.refer((*path, "source"), "source", statement.source)
        yield from _date((*path, "date"), statement.date)
        if statement.excerpt.isspace():
            yield (*path, "excerpt"), "is blank", "write it or take the key out"
        yield from ids.refer_all((*path, "topics"), "topic", statement.topics)
        yield from ids.refer_all((*path, "places"), "place", statement.places)
        for number, position in enumerate(statement.positions):
            here = (*path, "positions", number)
            yield from ids.refer((*here, "stance"), "stance", position.stance)
            yield from ids.refer((*here, "otherwise"), "stance", position.otherwise)
            if position.otherwise == position.stance:
                yield (
                    (*here, "otherwise"),
                    f"“{position.otherwise}” is the stance itself",
                    "name the stance taken should the condition fail, or take the key out",
                )
            if position.condition is not None and not position.condition.strip():
                yield (*here, "condition"), "is blank", _BLANK[position.force]


def _events(study: Study, ids: _Ids) -> Iterator[Complaint]:
    for index, event in enumerate(study.event):
        path = ("event", index)
        yield from _date((*path, "date"), event.date)
        yield from ids.refer((*path, "asserted_by"), "speaker or source", event.asserted_by)
        yield from ids.refer((*path, "source"), "source", event.source)
        yield from ids.refer_all((*path, "topics"), "topic", event.topics)
        yield from ids.refer_all((*path, "places"), "place", event.places)
        for number, figure in enumerate(event.figures):
            here = (*path, "figures", number)
            if not isfinite(figure.value):
                yield (*here, "value"), f"is {figure.value}", "write a number"
            yield from _claimant((*here, "claimant"), figure.claimant, ids.known["speaker or source"])


def _anchors(study: Study, folder: Path) -> Iterator[Complaint]:
    """An anchor of no statement is left over from one; where there are lines, it may be one of theirs."""
    from zeroline.corpus.lines import lines_file

    if study.anchor and lines_file(folder) is None:
        known = {statement.id for statement in study.statement}
        for index, anchor in enumerate(study.anchor):
            if anchor.id not in known:
                yield (
                    ("anchor", index, "id"),
                    f"no statement has the id “{anchor.id}”",
                    "run “zeroline fingerprint” anew",
                )


def _claimant(path: KeyPath, claimant: str, known: set[str]) -> Iterator[Complaint]:
    """A claimant is a speaker's or a source's id, or free words: only what is nearly an id is suspected."""
    if claimant in known or not _LIKE_AN_ID.fullmatch(claimant):
        return
    near = nearest(claimant, known, _NEARLY)
    if near:
        message = f"no speaker or source has the id “{claimant}”"
        yield path, message, f"did you mean “{near}”? (free words need a space or a capital)"
