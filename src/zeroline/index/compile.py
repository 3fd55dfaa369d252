"""Compiling a corpus into an index: once per version of the corpus, into a new folder, never into one in use."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tantivy

from zeroline.corpus.models import Speaker, Statement, Study
from zeroline.index import order, schema, summary
from zeroline.index.describe import Describer, source_record
from zeroline.index.filter import NONE
from zeroline.records import Item

Progress = Callable[[int, int], None]
"""Told how many items are in the index and how many there will be."""

_HEAP = 64_000_000
_SHAPES = ("up", "diamond", "down", "square", "right", "left", "hexagon", "pentagon", "circle")
_COLOURS = ("sky", "orange", "purple", "green", "yellow", "blue", "vermillion", "grey")


def compile_study(study: Study, folder: Path, corpus: Path, progress: Progress | None = None) -> None:
    """Write a whole index of ``study`` into ``folder``, which must be new and empty."""
    describer = Describer(study)
    ordered = sorted(order.entries(study), key=order.Entry.key)
    speakers = _in_order(study)
    ordinals = {s.id: n for n, s in enumerate(speakers)}
    words = _Words(study)

    items = _writer(folder / "items", schema.build_schema())
    stance_counts: Counter[str] = Counter()
    months: Counter[int] = Counter()
    for seq, (entry, group) in enumerate(zip(ordered, order.group_numbers(ordered), strict=True)):
        record: Item
        if isinstance(entry.item, Statement):
            record = describer.statement(entry.item)
            stance_counts.update({p["stance"] for p in record["positions"]} or {NONE})
        else:
            record = describer.event(entry.item)
        doc = words.document(record, entry)
        doc.add_unsigned("seq", seq)
        doc.add_unsigned("group", group)
        if entry.dated:
            month = entry.moment.year * 12 + entry.moment.month - 1
            months[month] += 1
            doc.add_unsigned("month", month)
        if record["kind"] == "statement":
            doc.add_unsigned("speaker_no", ordinals[record["speaker"]["id"]])
        items.writer.add_document(doc)
        if progress and seq % 500 == 0:
            progress(seq, len(ordered))
    items.close()

    tables = _writer(folder / "tables", schema.build_table_schema())
    for ordinal, speaker_model in enumerate(speakers):
        text = " ".join([speaker_model.name, *speaker_model.variants, speaker_model.callsign or "", speaker_model.id])
        tables.add_row("speaker", speaker_model.id, text, ordinal, describer.speaker(speaker_model, ordinal))
    for ordinal, source in enumerate(study.source):
        tables.add_row("source", source.id, source.title, ordinal, source_record(source))
    tables.close()

    summary.write(_summary(study, corpus, order.groups(ordered), stance_counts, months), folder)
    if progress:
        progress(len(ordered), len(ordered))


class _writer:
    """A tantivy writer that ends as one segment, so that ranks and facets need no merging at query time."""

    def __init__(self, folder: Path, made: tantivy.Schema) -> None:
        folder.mkdir()
        self.index = schema.register(tantivy.Index(made, str(folder)))
        self.writer = self.index.writer(_HEAP, 1)

    def add_row(self, kind: str, id: str, text: str, ordinal: int, record: Any) -> None:
        doc = tantivy.Document()
        doc.add_text("kind", kind)
        doc.add_text("id", id)
        doc.add_text("text", text)
        doc.add_unsigned("ordinal", ordinal)
        doc.add_bytes("record", _json(record))
        self.writer.add_document(doc)

    def close(self) -> None:
        self.writer.commit()
        self.writer.wait_merging_threads()


def _json(record: Any) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


class _Words:
    """Makes the searchable document of a record."""

    def __init__(self, study: Study) -> None:
        self._speakers = {
            s.id: " ".join([s.name, *s.variants, s.callsign or "", s.id.replace("-", " ")]) for s in study.speaker
        }
        self._units = {s.id: s.unit or "" for s in study.speaker}
        self._callsigns = {s.id: s.callsign or "" for s in study.speaker}
        self._topics = {t.id: f"{t.label} {t.id}" for t in study.topic}
        self._places = {p.id: " ".join([p.name, *p.variants, p.id]) for p in study.place}

    def document(self, record: Item, entry: order.Entry) -> tantivy.Document:
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
            condition = " ".join(p["condition"] for p in positions if p["condition"])
            who = self._speakers[speaker]
        else:
            speaker, excerpt, prose, condition = record["asserted_by"], record["title"], record["description"], ""
            figures = " ".join(f"{f['value']:g} {f['unit']} {f['what']} {f['note']}" for f in record["figures"])
            prose = f"{prose} {figures}"
            who = self._speakers.get(speaker, "")
        words = {
            "excerpt": excerpt,
            "paraphrase": prose,
            "speaker": who,
            "callsign": self._callsigns.get(speaker, ""),
            "unit": self._units.get(speaker, ""),
            "topic": " ".join(self._topics.get(t, t) for t in record["topics"]),
            "place": " ".join(self._places.get(p, p) for p in record["places"]),
            "note": record["note"],
            "condition": condition,
        }
        for name, value in words.items():
            if value:
                # Decomposed letters would be cut in two at their marks.
                value = value if value.isascii() else unicodedata.normalize("NFC", value)
                doc.add_text(name, value)
                doc.add_text("text", value)
        codes["has"] = [name for name, value in {**words, **codes}.items() if value and value != [NONE]]
        for name, values in codes.items():
            for value in values:
                doc.add_text(name, value)
        doc.add_integer("from_day", entry.first.toordinal() if entry.dated else 0)
        doc.add_integer("to_day", entry.last.toordinal() if entry.dated else 0)
        doc.add_bytes("record", _json({**record, "source": record["source"]["id"]}))
        return doc


def _in_order(study: Study) -> list[Speaker]:
    """Speakers by kind, as the codebook orders kinds, then as the corpus lists them."""
    ranks = {kind.id: n for n, kind in enumerate(study.kind)}
    return sorted(study.speaker, key=lambda s: ranks.get(s.kind, len(ranks)))


def _summary(
    study: Study,
    corpus: Path,
    groups: tuple[summary.Group, ...],
    stance_counts: Counter[str],
    months: Counter[int],
) -> summary.Summary:
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
    for kind in dict.fromkeys(s.kind for s in study.speaker):
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
        statements=len(study.statement),
        events=len(study.event),
        speakers=len(study.speaker),
        sources=len(study.source),
        stance_counts=dict(stance_counts),
        months=dict(months),
    )
