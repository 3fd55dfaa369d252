"""The summary of an index, made while it is compiled."""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest
from pathlib import Path

from zeroline.corpus.models import Study
from zeroline.index import summary

_SHAPES = ("up", "diamond", "down", "square", "right", "left", "hexagon", "pentagon", "circle")
_COLOURS = ("sky", "orange", "purple", "green", "yellow", "blue", "vermillion", "grey")


class Tally:
    """What is counted while items go by."""

    def __init__(self) -> None:
        self.stances: Counter[str] = Counter()
        self.months: Counter[int] = Counter()
        self.statements = 0


def summarise(
    study: Study,
    corpus: Path,
    groups: tuple[summary.Group, ...],
    tally: Tally,
    kinds_of_speakers: list[str],
    said: list[int],
) -> summary.Summary:
    """What is read at every start. ``kinds_of_speakers`` and ``said`` are each speaker's kind and count, by ordinal."""
    about = study.corpus
    free_shapes = [s for s in _SHAPES if s not in {x.shape for x in study.stance}]
    free_colours = [c for c in _COLOURS if c not in {x.colour for x in study.stance}] or ["grey"]
    stances = []
    for it in study.stance:
        shape = it.shape or (free_shapes.pop(0) if free_shapes else "square")
        colour = it.colour or (free_colours.pop(0) if len(free_colours) > 1 else "grey")
        stances.append(
            summary.StanceInfo(it.id, it.label, it.key, shape, colour, it.definition, it.include, it.exclude)
        )
    kinds = [(k.id, k.label) for k in study.kind]
    for kind in dict.fromkeys(kinds_of_speakers):
        if kind not in dict(kinds):
            kinds.append((kind, kind.capitalize() + "s"))
    return summary.Summary(
        id=about.id,
        title=about.title,
        question=about.question,
        version=about.version,
        description=about.description,
        licence=about.licence,
        coded_by=about.coded_by,
        folder=str(corpus),
        stances=tuple(stances),
        topics=tuple(summary.TopicInfo(t.id, t.label, t.definition, t.include, t.exclude) for t in study.topic),
        kinds=tuple(kinds),
        places=tuple(
            summary.PlaceInfo(p.id, p.name, p.variants, p.kind, p.latitude, p.longitude, p.precision, p.note)
            for p in study.place
        ),
        people=tuple(
            summary.PersonInfo(p.id, p.name, p.role, p.how, p.source, p.paragraph, p.note) for p in study.person
        ),
        groups=groups,
        speaker_heads=_heads(kinds_of_speakers, dict(kinds)),
        statements=tally.statements,
        events=len(study.event),
        speakers=len(kinds_of_speakers),
        sources=len(study.source),
        stance_counts=dict(tally.stances),
        months=dict(tally.months),
        heard=tuple(nsmallest(summary.HEARD, ((n, count) for n, count in enumerate(said) if count), key=_most_first)),
        letters={},
    )


def _most_first(heard: tuple[int, int]) -> tuple[int, int]:
    return -heard[1], heard[0]


def _heads(kinds: list[str], labels: dict[str, str]) -> tuple[tuple[int, str], ...]:
    """The ordinal at which each kind begins, with its label; nothing where kinds are mixed."""
    heads = [(n, labels[kind]) for n, kind in enumerate(kinds) if n == 0 or kinds[n - 1] != kind]
    return tuple(heads) if len(heads) == len(set(kinds)) else ()
