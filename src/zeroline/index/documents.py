"""A record made into the document that is searched: its words, its codes, its numbers."""

from __future__ import annotations

from typing import Any

import msgspec
import tantivy

from zeroline.corpus.models import Speaker, Study
from zeroline.index.filter import NONE
from zeroline.index.order import Entry
from zeroline.index.prefixes import begins
from zeroline.index.schema import BEGINS, USUAL, code
from zeroline.records import Item
from zeroline.text.fold import fold

_EVENT = ""
"""What stands for an event among stances."""


class Documents:
    """Knows the words that ids of one corpus stand for."""

    def __init__(self, study: Study) -> None:
        names = [*(s.id for s in study.stance), NONE, _EVENT]
        self.stance_numbers = {name: number for number, name in enumerate(names)}
        self._speakers = {s.id: speaker_words(s) for s in study.speaker}
        self._units = {s.id: s.unit or "" for s in study.speaker}
        self._callsigns = {s.id: s.callsign or "" for s in study.speaker}
        self.topics = {t.id: fold(f"{t.label} {t.id}") for t in study.topic}
        self.places = {p.id: fold(" ".join([p.name, *p.variants, p.id])) for p in study.place}

    def speaker(self, id: str) -> tuple[str, str, str]:
        """All that a speaker of the TOML tables may be looked for by, their callsign and their unit, folded."""
        return fold(self._speakers[id]), fold(self._callsigns[id]), fold(self._units[id])

    def document(self, record: Item, entry: Entry) -> tantivy.Document:
        """The document of a statement or event, all but its numbers ``seq``, ``group``, ``month``, ``speaker_no``."""
        doc = tantivy.Document()
        codes: dict[str, list[str]] = {"kind": [record["kind"]], "id": [record["id"]]}
        codes["source"] = [record["source"]["id"]]
        codes["topic_id"], codes["place_id"] = record["topics"], record["places"]
        codes["date"] = [entry.first.isoformat()] if entry.dated else []
        if record["kind"] == "statement":
            speaker, excerpt, prose = record["speaker"]["id"], record["excerpt"], record["paraphrase"]
            positions = record["positions"]
            taken = {p["stance"] for p in positions} | {f"{p['stance']}.{p['force']}" for p in positions}
            codes["stance"] = sorted(taken) or [NONE]
            codes["force"] = sorted({p["force"] for p in positions})
            codes["certainty"] = sorted({p["certainty"] for p in positions})
            codes["basis"] = sorted({p["basis"] for p in positions})
            codes["attribution"] = [record["attribution"]]
            conditions = [p["condition"] for p in positions if p["condition"]]
        else:
            speaker, excerpt, prose = record["asserted_by"], record["title"], record["description"]
            conditions = []
            figures = " ".join(f"{f['value']:g} {f['unit']} {f['what']} {f['note']}" for f in record["figures"])
            prose = f"{prose} {figures}"
        words = {
            "excerpt": excerpt,
            "paraphrase": prose,
            "speaker": self._speakers.get(speaker, ""),
            "callsign": self._callsigns.get(speaker, ""),
            "unit": self._units.get(speaker, ""),
            "topic": " ".join(self.topics.get(t, t) for t in record["topics"]),
            "place": " ".join(self.places.get(p, p) for p in record["places"]),
            "note": record["note"],
        }
        folded = {name: fold(value) for name, value in words.items() if value.strip()}
        for name, value in folded.items():
            doc.add_text(name, value)
        for condition in conditions:  # a phrase is of one of them
            doc.add_text("condition", fold(condition))
        doc.add_text(BEGINS, "".join(map(begins, (*folded.values(), *map(fold, conditions)))))
        filled = {**folded, "date": codes["date"]}
        codes["has"] = [name for name in folded if name not in USUAL] + ["condition"] * bool(conditions)
        codes["lacks"] = [name for name in sorted(USUAL) if not filled.get(name)]
        for number in sorted(
            {self.stance_numbers[s] for s in codes.get("stance", [_EVENT]) if s in self.stance_numbers}
        ):
            doc.add_unsigned("stance_no", number)
        doc.add_text("codes", " ".join(code(name, value) for name, values in codes.items() for value in values))
        doc.add_integer("from_day", entry.first.toordinal() if entry.dated else 0)
        if entry.last != entry.first:
            doc.add_integer("to_day", entry.last.toordinal())
        return doc


def stored(record: Item) -> bytes:
    """A record as the index keeps it: its source by its id."""
    return dump({**record, "source": record["source"]["id"]})


def speaker_words(speaker: Speaker) -> str:
    """All that a speaker may be looked for by."""
    return " ".join([speaker.name, *speaker.variants, speaker.callsign or "", speaker.id.replace("-", " ")])


def dump(record: Any) -> bytes:
    """A record as it is stored."""
    return msgspec.json.encode(record)
