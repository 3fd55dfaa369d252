"""Models of a corpus made into the records an index stores."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zeroline.records import (
    EventRecord,
    LocatorRecord,
    PlacementRecord,
    PositionRecord,
    SourceRecord,
    SpeakerRecord,
    SpeakerRef,
    StanceCount,
    StatementRecord,
)

if TYPE_CHECKING:
    from zeroline.corpus.models import Event, Position, Source, Speaker, Statement, Study


class Describer:
    """Looks up what a record repeats: speakers, sources, names of places."""

    def __init__(self, study: Study) -> None:
        self.speakers = {s.id: s for s in study.speaker}
        self.sources = {s.id: s for s in study.source}
        self.places = {p.id: p for p in study.place}
        self._stances = [s.id for s in study.stance]
        self._by_speaker: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in study.statement:
            self._by_speaker[statement.speaker].append(statement)

    def statement(self, it: Statement) -> StatementRecord:
        """The record of a statement; its date is its own or its source's."""
        source = self.sources[it.source]
        return {
            "kind": "statement",
            "id": it.id,
            "speaker": _reference(self.speakers[it.speaker]),
            "attribution": it.attribution,
            "date": it.date or source.date,
            "date_of": "statement" if it.date else "source" if source.date else None,
            "excerpt": it.excerpt,
            "paraphrase": it.paraphrase,
            "locator": _locator(it),
            "positions": [_position(p) for p in it.positions],
            "topics": list(it.topics),
            "places": list(it.places),
            "source": source_record(source),
            "note": it.note,
        }

    def event(self, it: Event) -> EventRecord:
        """The record of an event."""
        return {
            "kind": "event",
            "id": it.id,
            "date": it.date,
            "title": it.title,
            "asserted_by": it.asserted_by,
            "asserted_by_name": self.name(it.asserted_by),
            "source": source_record(self.sources[it.source]),
            "paragraph": it.paragraph,
            "description": it.description,
            "figures": [
                {
                    "value": f.value,
                    "unit": f.unit,
                    "what": f.what,
                    "qualifier": f.qualifier,
                    "claimant": self.name(f.claimant),
                    "note": f.note,
                }
                for f in it.figures
            ],
            "topics": list(it.topics),
            "places": list(it.places),
            "note": it.note,
        }

    def speaker(self, it: Speaker, ordinal: int) -> SpeakerRecord:
        """The record of a speaker, stances derived from all their statements, in the codebook's order."""
        said = self._by_speaker[it.id]
        counts: dict[str, StanceCount] = {}
        for stance in self._stances:
            taken = [{p.force for p in s.positions if p.stance == stance} for s in said]
            count: StanceCount = {
                "stance": stance,
                "unconditional": sum("unconditional" in t for t in taken),
                "conditional": sum("conditional" in t for t in taken),
                "hypothetical": sum("hypothetical" in t for t in taken),
            }
            if any(taken):
                counts[stance] = count
        return {
            "id": it.id,
            "name": it.name,
            "variants": list(it.variants),
            "callsign": it.callsign,
            "unit": it.unit,
            "role": it.role,
            "kind": it.kind,
            "placed": self._placed(it),
            "service": [{"unit": s.unit, "role": s.role, "date": s.date, "note": s.note} for s in it.service],
            "stances": list(counts.values()),
            "statements": len(said),
            "primary": {"stance": it.primary.stance, "rationale": it.primary.rationale} if it.primary else None,
            "no_primary": it.no_primary,
            "note": it.note,
            "ordinal": ordinal,
        }

    def _placed(self, it: Speaker) -> PlacementRecord | None:
        if it.placed is None:
            return None
        place = self.places[it.placed.place] if it.placed.place else None
        return {
            "place": place.id if place else None,
            "name": place.name if place else None,
            "note": it.placed.note,
        }

    def name(self, id: str) -> str:
        """A speaker's name or a source's title, the words themselves where they are no id."""
        if id in self.speakers:
            speaker = self.speakers[id]  # two speakers may share a name: a callsign tells them apart
            return speaker.name + (f" “{speaker.callsign}”" if speaker.callsign else "")
        return self.sources[id].title if id in self.sources else id


def source_record(it: Source) -> SourceRecord:
    """The record of a source."""
    return {
        "id": it.id,
        "title": it.title,
        "title_supplied": it.title_supplied,
        "outlet": it.outlet,
        "author": it.author,
        "date": it.date,
        "credit": it.credit,
        "url": it.url,
    }


def _reference(it: Speaker) -> SpeakerRef:
    return {"id": it.id, "name": it.name, "callsign": it.callsign, "unit": it.unit}


def _position(it: Position) -> PositionRecord:
    return {
        "stance": it.stance,
        "force": it.force,
        "condition": it.condition,
        "otherwise": it.otherwise,
        "certainty": it.certainty,
        "basis": it.basis,
        "rationale": it.rationale,
    }


def _locator(it: Statement) -> LocatorRecord | None:
    at = it.locator
    if at is None:
        return None
    return {"paragraph": at.paragraph, "start": at.start, "end": at.end, "sha256": at.sha256}
