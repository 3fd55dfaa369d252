"""What the reader screen reads: the text of a source with every statement marked in it, or, where nothing is attached,
the source's skeleton written out as a text: sections, paragraph numbers, who speaks where, excerpts and paraphrases.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal, NamedTuple

from zeroline.index.filter import Filter
from zeroline.index.reader import Index, short_name
from zeroline.records import StatementRecord
from zeroline.sources.attached import Attached, Paragraph, Said, View
from zeroline.sources.model import Copy
from zeroline.text.cite import ATTRIBUTIONS, speaker_words
from zeroline.text.glyphs import NONE_GLYPH, position_glyphs
from zeroline.text.safe import one_line
from zeroline.tui.passages import standing_words
from zeroline.tui.reader_places import Numbers, flatten

AT_ONCE = 500
"""Statements asked of the index at once."""

Kind = Literal["heading", "dim", "number"]


class Mark(NamedTuple):
    """A statement in the text, from ``start`` to ``end``; ``signs`` are its stances' signs with their colours."""

    id: str
    start: int
    end: int
    state: str
    seq: int
    who: str
    signs: tuple[tuple[str, str], ...]


class Run(NamedTuple):
    """Characters of a skeleton that are not quoted or paraphrased words."""

    start: int
    end: int
    kind: Kind


@dataclass
class Document:
    """``text`` with its ``marks`` in order; ``matching`` are the ids that the explorer's filter lets through, None
    without a filter. ``copy`` is None for a skeleton. ``numbers`` are (offset, paragraph number), in order.
    """

    source: str
    title: str
    text: str
    copy: Copy | None
    marks: list[Mark]
    numbers: Sequence[tuple[int, int]]
    runs: list[Run] = field(default_factory=list)
    standing: str = ""
    trouble: str = ""
    matching: frozenset[str] | None = None
    own_end: int = -1  # where the source's own text ends, what was not found in it being listed behind; -1: at the end

    def __post_init__(self) -> None:
        self._edges, self._covers = flatten([(m.start, m.end) for m in self.marks])
        self._run_starts = [run.start for run in self.runs]
        if self.own_end < 0:
            self.own_end = len(self.text)

    def covering(self, start: int, end: int) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """The characters from ``start`` to ``end`` in pieces, each with the marks (by their rank) it is in."""
        piece = bisect_right(self._edges, start) - 1
        while start < end:
            stop = self._edges[piece + 1] if piece + 1 < len(self._edges) else end
            yield start, min(stop, end), self._covers[piece] if piece >= 0 else ()
            start, piece = min(stop, end), piece + 1

    def run_at(self, offset: int) -> Run | None:
        """The run a character stands in."""
        at = bisect_right(self._run_starts, offset) - 1
        return self.runs[at] if at >= 0 and offset < self.runs[at].end else None

    def number_of(self, offset: int) -> int | None:
        """The paragraph a character stands in."""
        at = bisect_right(self.numbers, (offset, 1 << 60)) - 1
        return self.numbers[at][1] if at >= 0 else None

    def offset_of(self, number: int) -> int | None:
        """Where a paragraph begins."""
        last = len(self.numbers)
        if last > 1 and not self.numbers[last - 1][1]:  # what stands behind the source's own text
            last -= 1
        at = bisect_left(self.numbers, number, hi=last, key=lambda it: it[1])
        return self.numbers[at][0] if at < last else None

    def matches(self, mark: Mark) -> bool:
        """Whether the explorer's filter lets a statement through."""
        return self.matching is None or mark.id in self.matching


def document_of(attached: Attached, view: View, index: Index, wanted: Filter) -> Document:
    """The source as it is read. Raises SourceError where its copy cannot be read."""
    text = attached.text(view.id)
    if text is None:
        made = _skeleton(view, index)
    else:
        placed = [a for a in view.anchored if a.start >= 0]  # also where the reader has refused what was proposed
        records = _records(index, [a.id for a in placed])
        marks = [_mark(index, records.get(a.id), a.id, a.start, a.end, a.state) for a in placed]
        marks.sort(key=lambda m: (m.start, m.end))
        lost = _lost(view, index)
        listed = _Written(len(text.text))
        marks += _list_lost(listed, lost, index)
        numbers = Numbers(text.paragraphs, len(text.text) + 1 if lost else None)
        whole = text.text + "".join(listed.parts)
        made = Document(view.id, view.title, whole, view.copy, marks, numbers, listed.runs, own_end=len(text.text))
        made.standing = standing_words(view.anchored)
    made.matching = matching(index, wanted, [m.id for m in made.marks])
    return made


def matching(index: Index, wanted: Filter, ids: list[str]) -> frozenset[str] | None:
    """Which statements a filter lets through; None where nothing is filtered."""
    if not wanted:
        return None
    kept = set(ids) if wanted.bookmarked is None else set(ids) & set(wanted.bookmarked)
    found: set[str] = set()
    for some in _some(i for i in ids if i in kept):
        rows = index.page(replace(wanted, bookmarked=tuple(some)), limit=2 * AT_ONCE, typing=True).rows
        found.update(row.item["id"] for row in rows)
    return frozenset(found)


# --- marks -----------------------------------------------------------------------------------------------------------


def _some(ids: Iterable[str]) -> Iterator[list[str]]:
    left = iter(ids)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _records(index: Index, ids: list[str]) -> dict[str, tuple[int, StatementRecord]]:
    found = {}
    for some in _some(ids):
        for row in index.page(Filter(bookmarked=tuple(some)), limit=2 * AT_ONCE).rows:
            if row.item["kind"] == "statement":
                found[row.item["id"]] = row.seq, row.item
    return found


def _mark(index: Index, record: tuple[int, StatementRecord] | None, id: str, start: int, end: int, state: str) -> Mark:
    if record is None:  # the index is older than the corpus
        return Mark(id, start, end, state, -1, id, ((NONE_GLYPH, "grey"),))
    seq, it = record
    infos = {s.id: s for s in index.summary.stances}
    pairs = position_glyphs(it["positions"], lambda s: infos[s].shape if s in infos else "square")
    signs = tuple((sign, infos[s].colour if s in infos else "grey") for s, sign in pairs)
    return Mark(id, start, end, state, seq, short_name(it["speaker"]), signs or ((NONE_GLYPH, "grey"),))


# --- the skeleton ----------------------------------------------------------------------------------------------------


class _Written:
    """A text as it is put together, with what stands where."""

    def __init__(self, at: int = 0) -> None:
        self.parts: list[str] = []
        self.at = at
        self.runs: list[Run] = []

    def put(self, words: str, kind: Kind | None = None) -> int:
        """Add words; where they begin."""
        start = self.at
        if kind and words:
            self.runs.append(Run(start, start + len(words), kind))
        self.parts.append(words)
        self.at += len(words)
        return start


class Lost(NamedTuple):
    """A statement that has no place in the copy, and why."""

    said: Said
    why: str
    record: tuple[int, StatementRecord] | None


def _lost(view: View, index: Index) -> list[Lost]:
    pairs = [(said, it) for said, it in zip(view.said, view.anchored, strict=True) if it.start < 0]
    records = _records(index, [said.id for said, _ in pairs])
    return [Lost(said, it.why, records.get(said.id)) for said, it in pairs]


def _list_lost(out: _Written, lost: list[Lost], index: Index) -> list[Mark]:
    """Behind the source's own text: what was not found in it, and what is known of that."""
    if not lost:
        return []
    out.put("\n\n")
    many = f"{len(lost):,} statement{'s' * (len(lost) != 1)}"
    out.put(f"Not found in this copy: {many}\n", "heading")
    out.put("Here the copy’s own text has ended. This is what the corpus says of them.\n\n", "dim")
    marks = []
    for said, why, record in lost:
        marks.append(_said(out, said, record, index, why))
        out.put("\n")
    return marks


def _said(
    out: _Written, said: Said, record: tuple[int, StatementRecord] | None, index: Index, why: str | None = None
) -> Mark:
    """Who said it and how, the few words quoted, what is said in short; and why it was not found."""
    who = speaker_words({**record[1]["speaker"], "unit": None}) if record else said.speaker
    start = out.put(one_line(who))
    out.put(f" · {ATTRIBUTIONS.get(said.attribution, said.attribution)}\n", "dim")
    if said.excerpt:
        words = one_line(said.excerpt)
        out.put(f"“{words}”\n" if said.attribution == "direct" else f"… {words} …\n")
    if record and record[1]["paraphrase"]:
        out.put(f"{one_line(record[1]['paraphrase'])}\n")
    if why:
        where = f"; in the text coded it stands in ¶{said.paragraph}" if said.paragraph else ""
        out.put(f"{one_line(why)}{where}\n", "dim")
    return _mark(index, record, said.id, start, out.at - 1, "no source" if why is None else "orphan")


def _skeleton(view: View, index: Index) -> Document:
    records = _records(index, [said.id for said in view.said])
    out, marks, numbers = _Written(), [], []
    if view.trouble:
        out.put(f"{view.trouble}\n\n", "heading")
    out.put(
        "No copy of this source is attached, so its own text is not here. This is its shape: its paragraphs by number, "
        "who speaks where, the few words the corpus quotes, and what is said in short.\n"
        "A attaches your copy (a file, or pasted text); then you read the whole text here, every passage marked and "
        "checked.\n\n",
        "dim",
    )
    for paragraphs, heading in _runs(view.skeleton()):
        first, last = paragraphs[0], paragraphs[-1]
        numbers.append((out.at, first.number))
        if heading:
            out.put(f"{one_line(heading)}\n", "heading")
        if not first.statements and not heading:
            many = f"¶{first.number} to ¶{last.number}" if last is not first else f"¶{first.number}"
            out.put(f"{many} · nobody is quoted or reported\n", "number")
        elif not first.number:
            out.put("where in the source is not recorded\n", "number")
        for said in first.statements:
            marks.append(_said(out, said, records.get(said.id), index))
            if said is not first.statements[-1]:
                out.put("\n")
        out.put("\n")
    if view.more:
        out.put(f"and {view.more:,} more statements, of which nothing says where they stand\n", "dim")
    text = "".join(out.parts).rstrip("\n") + "\n"
    made = Document(view.id, view.title, text, None, marks, numbers, out.runs, trouble=view.trouble)
    made.standing = f"{len(view.said) + view.more:,} statement{'s' * (len(view.said) + view.more != 1)}"
    return made


def _runs(skeleton: list[Paragraph]) -> Iterator[tuple[list[Paragraph], str]]:
    """Each paragraph in which somebody speaks, or that is a heading; the others in a row together."""
    quiet: list[Paragraph] = []
    for paragraph in skeleton:
        if not paragraph.statements and not paragraph.heading:
            quiet.append(paragraph)
            continue
        if quiet:
            yield quiet, ""
            quiet = []
        yield [paragraph], paragraph.heading
    if quiet:
        yield quiet, ""
