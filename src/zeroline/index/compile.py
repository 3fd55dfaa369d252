"""Compiling a corpus into an index: once per version of the corpus, into a new folder, never into one in use."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tantivy

from zeroline.corpus.lines import lines_file
from zeroline.corpus.models import Speaker, Statement, Study
from zeroline.index import order, schema, summary
from zeroline.index.describe import Describer, source_record
from zeroline.index.documents import Documents, dump
from zeroline.index.filter import NONE
from zeroline.index.summarise import Tally, summarise
from zeroline.records import Item, SpeakerRecord
from zeroline.text.fold import fold

Progress = Callable[[int, int], None]
"""Told how many items are in the index and how many there will be."""

HEAP = 256_000_000
"""Bytes that tantivy gathers before it writes a segment: few segments are quicker to search."""


class Writer:
    """A tantivy writer on a new folder. Its single thread fills few large segments, in the order they are given."""

    def __init__(self, folder: Path, made: tantivy.Schema, heap: int = HEAP) -> None:
        folder.mkdir()
        self._writer = schema.register(tantivy.Index(made, str(folder))).writer(heap, 1)
        self.add = self._writer.add_document

    def add_row(self, kind: str, id: str, text: str, ordinal: int, record: Any) -> None:
        """A row of the tables index."""
        doc = tantivy.Document()
        doc.add_text("kind", kind)
        doc.add_text("id", schema.code("id", id))
        doc.add_text("text", text)
        doc.add_unsigned("ordinal", ordinal)
        doc.add_bytes("record", dump(record))
        self.add(doc)

    def close(self) -> None:
        """Write the rest and wait until all is on disk."""
        self._writer.commit()
        self._writer.wait_merging_threads()

    def abandon(self) -> None:
        """Write no more, and wait until nobody does: only then can the folder be deleted."""
        with contextlib.suppress(ValueError, RuntimeError, OSError):  # closed already, or its disk is full
            self._writer.rollback()
            self._writer.wait_merging_threads()


def compile_study(study: Study, folder: Path, corpus: Path, progress: Progress | None = None) -> None:
    """Write a whole index of ``study``, and of the lines in its folder, into ``folder``, which must be new and empty.

    Raises CorpusError for lines with problems.
    """
    writers: list[Writer] = []
    try:
        _write(study, folder, corpus, progress, writers)
    except BaseException:
        for writer in writers:
            writer.abandon()
        raise


def _write(study: Study, folder: Path, corpus: Path, progress: Progress | None, writers: list[Writer]) -> None:
    lines = lines_file(corpus)
    describer = Describer(study)
    ordered = sorted(order.entries(study), key=order.Entry.key)
    speakers = _in_order(study)
    documents, tally = Documents(study), Tally()
    items = Writer(folder / "items", schema.build_schema(), HEAP if lines else HEAP // 8)
    writers.append(items)
    ordinals = {s.id: n for n, s in enumerate(speakers)}
    more: list[SpeakerRecord] = []
    stream = None
    if lines:
        from zeroline.index.stream import Stream

        stream = Stream(lines, study, ordinals, [e.moment.toordinal() for e in ordered], progress)
    for number, (entry, group) in enumerate(zip(ordered, order.group_numbers(ordered), strict=True)):
        record: Item
        if isinstance(entry.item, Statement):
            record = describer.statement(entry.item)
            tally.stances.update({p["stance"] for p in record["positions"]} or {NONE})
            tally.statements += 1
        else:
            record = describer.event(entry.item)
        doc = documents.document(record, entry)
        doc.add_unsigned("seq", number + (stream.lines_before(number) if stream else 0))
        doc.add_unsigned("group", group)
        if entry.dated:
            month = entry.moment.year * 12 + entry.moment.month - 1
            tally.months[month] += 1
            doc.add_unsigned("month", month)
        if record["kind"] == "statement":
            doc.add_unsigned("speaker_no", ordinals[record["speaker"]["id"]])
        items.add(doc)
        if progress and not stream and number % 500 == 0:
            progress(number, len(ordered))
    if stream:
        stream.feed(items, documents, tally)
        more = stream.speakers(describer, speakers)
    items.close()

    tables = Writer(folder / "tables", schema.build_table_schema(), HEAP // 8)
    writers.append(tables)
    for ordinal, speaker in enumerate(speakers):
        text = " ".join([speaker.name, *speaker.variants, speaker.callsign or "", speaker.id])
        said = more[ordinal] if stream else describer.speaker(speaker, ordinal)
        tables.add_row("speaker", speaker.id, fold(text), ordinal, said)
    for line_speaker in more[len(speakers) :]:
        tables.add_row("speaker", line_speaker["id"], fold(line_speaker["name"]), line_speaker["ordinal"], line_speaker)
    for ordinal, source in enumerate(study.source):
        tables.add_row("source", source.id, fold(source.title), ordinal, source_record(source))
    tables.close()

    groups = () if stream else order.groups(ordered)
    kinds = [s.kind for s in speakers] + [s["kind"] for s in more[len(speakers) :]]
    summary.write(summarise(study, corpus, groups, tally, kinds), folder)
    if progress:
        total = tally.statements + len(study.event)
        progress(total, total)


def _in_order(study: Study) -> list[Speaker]:
    """Speakers by kind, as the codebook orders kinds, then as the corpus lists them."""
    ranks = {kind.id: n for n, kind in enumerate(study.kind)}
    return sorted(study.speaker, key=lambda s: ranks.get(s.kind, len(ranks)))
