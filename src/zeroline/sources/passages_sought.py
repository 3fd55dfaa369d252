"""What a corpus knows of the passages to be found: statement by statement, gathered by source.

A source whose text the corpus carries gives each passage in full; of a detached one there are a locator, an excerpt
and, where ``zeroline fingerprint`` has made them, anchors.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zeroline.corpus.passages import SourceText, digest, read_source
from zeroline.sources.absent_context import Coded, Less
from zeroline.sources.attribution import is_quoted, name_near
from zeroline.sources.context import NEIGHBOURS, Beside, beside
from zeroline.sources.words import Words
from zeroline.sources.words import digest as digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zeroline.corpus.lines import Line
    from zeroline.corpus.models import Source, Statement, Study

MOST = 200_000
"""No more statements than that are looked for in one source."""


class Print(msgspec.Struct, frozen=True, gc=False):
    """What identifies a passage without its words: see :class:`zeroline.corpus.anchor.Anchor`."""

    exact: str
    plain: str
    words: int
    marks: str
    head: int = 0
    tail: int = 0
    at: int | None = None
    before: str = ""
    after: str = ""
    lead: str = ""
    trail: str = ""
    quoted: bool = False
    named: str = ""
    lead_less: tuple[str, ...] = ()
    trail_less: tuple[str, ...] = ()


class Need(msgspec.Struct, gc=False):
    """A passage to be found. ``start`` and ``end`` are -1, and ``sha256`` and ``paragraph`` None, without a locator.

    ``passage`` is its wording where it is known (of a statement without a locator: its excerpt); ``print`` identifies
    one that is not. ``beside`` are the words before and after it, and ``coded`` is the whole, where the corpus carries
    its text. ``names`` are those by which its speaker goes.
    """

    id: str
    speaker: str
    attribution: str
    excerpt: str
    start: int = -1
    end: int = -1
    paragraph: int | None = None
    sha256: str | None = None
    passage: str | None = None
    print: Print | None = None
    beside: tuple[str, str] | None = None
    names: tuple[str, ...] = ()
    coded: Coded | None = None

    def less(self) -> Less:
        """What would stand before and behind the passage if the text coded lacked something there."""
        if self.coded is not None:
            return self.coded.less(self.start, self.end)
        return (self.print.lead_less, self.print.trail_less) if self.print is not None else ((), ())


class Wanted(msgspec.Struct):
    """A source and what is to be found in it. ``text`` is what the corpus carries of it.

    ``more`` is how many of its statements are not among ``needs``: nothing is attached, or there are too many.
    """

    id: str
    title: str
    sha256: str | None
    paragraphs: int | None
    sections: list[tuple[int, str]]
    carried: str | None
    needs: list[Need] = []
    more: int = 0
    text: SourceText | None = None


def gather(study: Study, folder: Path, attached: set[str] | None = None) -> dict[str, Wanted]:
    """Every source of a loaded corpus, in its order, with the statements of tables and lines that stand in it.

    ``attached`` names the sources that have a copy (None: all of them). Of the others only statements with a locator
    are gathered, as a skeleton needs. Raises CorpusError, OSError or ValueError for lines or texts that cannot be
    read: check the corpus first.
    """
    found = {s.id: _wanted(s, folder) for s in study.source}
    names = {s.id: (s.name, *s.variants, *filter(None, [s.callsign])) for s in study.speaker}
    prints = {
        a.id: Print(
            a.exact,
            a.plain,
            a.words,
            a.marks,
            a.head,
            a.tail,
            a.at,
            a.before,
            a.after,
            a.lead,
            a.trail,
            a.quoted,
            a.named,
            a.lead_less,
            a.trail_less,
        )
        for a in study.anchor
    }
    only = study.source[0].id if len(study.source) == 1 else None
    looked_for = {id for id, w in found.items() if attached is None or id in attached or w.text is not None}
    for it in _statements(study, folder):
        wanted = found.get(it.source or only or "")
        if wanted is None:
            continue
        useful = wanted.id in looked_for or it.locator is not None
        if useful and len(wanted.needs) < MOST:
            wanted.needs.append(_need(it, names, prints))
        else:
            wanted.more += 1
    for wanted in found.values():
        if wanted.text is not None:
            _know(wanted.needs, wanted.text)
    return found


def _wanted(source: Source, folder: Path) -> Wanted:
    sections = [(s.paragraph, s.heading) for s in source.section]
    wanted = Wanted(source.id, source.title, source.sha256, source.paragraphs, sections, source.text)
    if source.text is not None:
        wanted.text = read_source(folder, source.text)
        wanted.sha256, wanted.paragraphs = wanted.text.sha256, len(wanted.text.paragraphs)
    return wanted


def _statements(study: Study, folder: Path) -> Iterator[Statement | Line]:
    yield from study.statement
    from zeroline.corpus.lines import Line, lines_file, raw_lines

    path = lines_file(folder)
    if path is not None:
        decode = msgspec.json.Decoder(Line).decode
        for _, raw in raw_lines(path):
            yield decode(raw)


def _need(it: Statement | Line, names: dict[str, tuple[str, ...]], prints: dict[str, Print]) -> Need:
    if isinstance(it.speaker, str):
        own = names.get(it.speaker, (it.speaker,))
    else:
        own = names[it.speaker.id] = (it.speaker.name, *filter(None, [it.speaker.callsign]))
    need = Need(it.id, own[0], it.attribution, " ".join(it.excerpt.split()), names=own)
    if it.locator is None:
        need.passage = need.excerpt or None
    else:
        at = it.locator
        need.start, need.end, need.paragraph, need.sha256 = at.start, at.end, at.paragraph, at.sha256
        need.print = prints.get(it.id)
    return need


def _know(needs: list[Need], text: SourceText) -> None:
    """Give passages of a text that is at hand their wording and what stands around them."""
    near: Beside | None = None
    known: list[Need] = []
    for need in needs:
        passage = text.text[need.start : need.end] if need.start >= 0 else ""
        if passage and digest(passage) == need.sha256:
            near = near or Beside(Words(text.text))
            need.passage, need.print = passage, print_of(need, near)
            known.append(need)
            need.beside = near.wording(*near.words.touching(need.start, need.end))
    if near is not None:  # what might be missing beside a passage is worked out where it is asked for
        coded = Coded(near, [(need.start, need.end) for need in known])
        for need in known:
            need.coded = coded


def print_of(need: Need, near: Beside) -> Print | None:
    """What identifies a passage of a text, with what stands beside it; None for one without a word.

    The passage must be where the locator says.
    """
    text = near.words
    own = Words(text.text[need.start : need.end])
    if not own.places:
        return None
    excerpt, at = Words(need.excerpt), None
    if any(key[0].isalnum() for key in excerpt.keys) and (found := own.find(excerpt.keys)) >= 0:
        at = own.word_at(found)
    first, last = text.touching(need.start, need.end)
    begin, end = text.word_at(first), text.word_at(last)
    return Print(
        exact=digest_of(next(own.readings(0, len(own)))),
        plain=digest_of(own.folded),
        words=len(own.places),
        marks=own.marks,
        head=own.places[0],
        tail=len(own) - 1 - own.places[-1],
        at=at,
        before=beside(text.before(first, NEIGHBOURS)),
        after=beside(text.after(last, NEIGHBOURS)),
        lead=near.code(begin, -1),
        trail=near.code(end, 1),
        quoted=need.attribution == "direct" and is_quoted(near, begin),
        named=name_near(need.names, near, begin, end),
    )
