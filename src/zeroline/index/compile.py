"""Compiling a corpus into an index: once per version of the corpus, into a new folder, never into one in use."""

from __future__ import annotations

import contextlib
import gc
from array import array
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from zeroline.corpus.lines import lines_file
from zeroline.corpus.models import Speaker, Statement, Study
from zeroline.index import order, records, schema, segments, summary
from zeroline.index.describe import Describer, source_record
from zeroline.index.documents import Documents, dump, stored
from zeroline.index.facets import MANY
from zeroline.index.filter import NONE
from zeroline.index.letter_counts import count_letters
from zeroline.index.records import Starts
from zeroline.index.summarise import Tally, summarise
from zeroline.index.writer import HEAP, SMALL_HEAP, Writer
from zeroline.records import Item, SpeakerRecord

if TYPE_CHECKING:
    from zeroline.index.stream import Stream

Progress = Callable[[int, int], None]
"""Told how many items are in the index and how many there will be: 0 as long as they are still being counted."""


def compile_study(study: Study, folder: Path, corpus: Path, progress: Progress | None = None) -> None:
    """Write a whole index of ``study``, and of the lines in its folder, into ``folder``, which must be new and empty.

    Raises CorpusError for lines with problems.
    """
    with (
        _no_collecting(),
        contextlib.ExitStack() as at_work,
    ):  # nobody may write any more when this is left, for whatever reason
        _write(study, folder, corpus, progress, at_work)


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Nothing made here refers to itself: to look for what does, again and again, costs a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _write(study: Study, folder: Path, corpus: Path, progress: Progress | None, at_work: contextlib.ExitStack) -> None:
    lines = lines_file(corpus)
    describer = Describer(study)
    ordered = sorted(order.entries(study), key=order.Entry.key)
    speakers = _in_order(study)
    documents, tally = Documents(study), Tally()
    ordinals = {s.id: n for n, s in enumerate(speakers)}
    moments = [e.moment.toordinal() for e in ordered]
    stream: Stream | None = None
    more: list[SpeakerRecord] = []
    if lines:
        from zeroline.index.stream import Stream

        stream = Stream(lines, study, folder, documents, ordinals, moments, progress)
        at_work.callback(stream.close)
    before = stream.lines_before() if stream else [0] * len(ordered)
    items = Writer(folder / "items", schema.build_schema(), HEAP if lines else SMALL_HEAP)
    at_work.callback(items.abandon)
    with contextlib.closing(Starts(folder)) as starts, (folder / records.FILE).open("ab") as kept:
        for number, (entry, group) in enumerate(zip(ordered, order.group_numbers(ordered), strict=True)):
            record: Item
            if isinstance(entry.item, Statement):
                record = describer.statement(entry.item)
                tally.stances.update({p["stance"] for p in record["positions"]} or {NONE})
                tally.statements += 1
            else:
                record = describer.event(entry.item)
            doc = documents.document(record, entry)
            rank = number + before[number]
            doc.add_unsigned("seq", rank)
            doc.add_text("codes", schema.code("block", str(rank // schema.BLOCK)))
            doc.add_unsigned("group", group)
            if entry.dated:
                month = entry.moment.year * 12 + entry.moment.month - 1
                tally.months[month] += 1
                doc.add_unsigned("month", month)
            if record["kind"] == "statement":
                doc.add_unsigned("speaker_no", ordinals[record["speaker"]["id"]])
            items.add(doc)
            starts.put(rank, array("Q", [kept.tell()]))
            kept.write(stored(record) + b"\n")
            if progress and not stream and number % 500 == 0:
                progress(number, len(ordered))
    if stream:
        stream.feed(items, tally)
        more = stream.speakers(describer, speakers)
    items.close()
    if stream and stream.parts:
        segments.join(folder / "items", stream.parts)

    total = tally.statements + len(study.event)
    beside = at_work.enter_context(ThreadPoolExecutor(1, "zeroline-letters"))
    letters = beside.submit(count_letters, folder / "items") if total > MANY else None

    tables = Writer(folder / "tables", schema.build_table_schema(), SMALL_HEAP)
    at_work.callback(tables.abandon)
    counts = []
    words = stream.words_of_speakers() if stream else {}
    for ordinal, speaker in enumerate(speakers):
        said = more[ordinal] if stream else describer.speaker(speaker, ordinal)
        tables.add_row("speaker", speaker.id, words.get(ordinal, {}), ordinal, dump(said))
        counts.append(said["statements"])
    for line_speaker in more[len(speakers) :]:
        ordinal = line_speaker["ordinal"]
        tables.add_row("speaker", line_speaker["id"], words.get(ordinal, {}), ordinal, dump(line_speaker))
        counts.append(line_speaker["statements"])
    for ordinal, source in enumerate(study.source):
        tables.add_row("source", source.id, {}, ordinal, dump(source_record(source)))
    if stream:
        for field, ids in (("topic", [t.id for t in study.topic]), ("place", [p.id for p in study.place])):
            of_lines = stream.words_of(field)
            for ordinal, id in enumerate(ids):
                if id in of_lines:
                    tables.add_row(field, id, {field: of_lines[id]}, ordinal)
    tables.close()

    groups = () if stream else order.groups(ordered)
    kinds = [s.kind for s in speakers] + [s["kind"] for s in more[len(speakers) :]]
    said_of_all = summarise(study, corpus, groups, tally, kinds, counts)
    summary.write(said_of_all._replace(letters=letters.result()) if letters else said_of_all, folder)
    if progress:
        progress(total, total)


def _in_order(study: Study) -> list[Speaker]:
    """Speakers by kind, as the codebook orders kinds, then as the corpus lists them."""
    ranks = {kind.id: n for n, kind in enumerate(study.kind)}
    return sorted(study.speaker, key=lambda s: ranks.get(s.kind, len(ranks)))
