"""One record in full, in words: a statement, an event or a speaker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zeroline.cli import output, stance_signs
from zeroline.cli.item_rows import called, cite_today, said_words, stance_words
from zeroline.cli.phrases import counted
from zeroline.cli.speaker_rows import kind_label, stance_ways
from zeroline.export.entries import figure_words
from zeroline.index.filter import Filter
from zeroline.text.cite import ATTRIBUTIONS, date_words, published_words, speaker_words, title_words
from zeroline.text.dates import in_words
from zeroline.text.glyphs import is_filled
from zeroline.text.positions import position_words, primary_forces, primary_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zeroline.index.reader import Index
    from zeroline.records import EventRecord, Item, SourceRecord, SpeakerRecord, StatementRecord

_LABEL = 14
_FORCES = {
    "unconditional": "without a condition",
    "conditional": "only under a condition",
    "hypothetical": "as a hypothesis",
}
_CODERS = "coders’ note"


def print_item(index: Index, it: Item, style: str) -> None:
    """Write a statement or an event, cited in a style. Raises StyleError before anything is written."""
    cited = cite_today(index, it, style)
    if it["kind"] == "statement":
        _print_statement(index, it)
    else:
        _print_event(index, it)
    _field(_CODERS, it["note"])
    _field("cite as", cited)
    _print_bookmark(index, it["id"])


def print_speaker(index: Index, it: SpeakerRecord) -> None:
    """Write a speaker: who they are, where they stand, what they say."""
    output.paragraph(called(it))
    _field("id", it["id"])
    _field("also written", " · ".join(it["variants"]))
    _field("role", it["role"] or "")
    _field("group", kind_label(index, it["kind"]))
    placed = it["placed"]
    if placed:
        _field("placed", f"{placed['name']}: {placed['note']}" if placed["name"] else f"not said: {placed['note']}")
    for stage in it["service"]:
        when = f"{in_words(stage['date'])}: " if stage["date"] else ""
        _field("service", when + ", ".join(part for part in (stage["role"], stage["unit"], stage["note"]) if part))
    output.say()
    for sign, count, force, number in stance_ways(index, it):
        said = f"{counted(number, 'statement')}, {_FORCES[force]}"
        _field("stance", f"{sign} {index.stance_label(count['stance'])}: {said}")
    if not it["stances"]:
        _field("stance", "none taken")
    if primary := it["primary"]:
        filled = dict.fromkeys(force == "unconditional" for force in primary_forces(it))
        taken = "".join(stance_signs.sign(index, primary["stance"], way) for way in filled)
        named = f"{taken} {index.stance_label(primary['stance'])} — {primary_words(it)}"
        _field("main stance", f"{named}; as the coders judge: {primary['rationale']}")
    elif it["no_primary"]:
        _field("main stance", f"none named: {it['no_primary']}")
    _field(_CODERS, it["note"])
    if it["statements"]:
        output.say()
        output.say(f"What they say ({it['statements']:,})")
    for item in index.each(Filter(speakers=(it["id"],), kinds=("statement",))):
        if item["kind"] == "statement":
            taken = "".join(stance_signs.of_position(index, p) for p in item["positions"]) or stance_signs.none()
            said = f"{said_words(item)} {item['paraphrase']}" if item["excerpt"] else item["paraphrase"]
            output.paragraph(f"{taken} {item['id']}: {said}", "  ", "      ")
            for position in item["positions"]:
                if not is_filled(position) or position["basis"] == "inferred":
                    output.paragraph(stance_words(index, position), "      ", "        ")


def _print_statement(index: Index, it: StatementRecord) -> None:
    if it["excerpt"]:
        output.paragraph(said_words(it))
    output.paragraph(it["paraphrase"])
    output.say()
    _print_passage(index, it["id"])
    _field("id", it["id"])
    _field("said by", f"{speaker_words(it['speaker'])} ({it['speaker']['id']})")
    _field("how", ATTRIBUTIONS[it["attribution"]])
    _field("date", date_words(it))
    if not it["positions"]:
        _field("position", f"{stance_signs.none()} none")
    for position in it["positions"]:
        sign = stance_signs.of_position(index, position)
        _field("position", f"{sign} {position_words(position, index.stance_label)}")
        _field("", f"because: {position['rationale']}")
    _field("topics", ", ".join(index.topic_label(t) for t in it["topics"]))
    _field("places", ", ".join(index.place_name(p) for p in it["places"]))
    _print_source(it["source"], it["locator"]["paragraph"] if it["locator"] else None)
    if at := it["locator"]:
        _field("locator", f"¶{at['paragraph']}, characters {at['start']} to {at['end']}, SHA-256 {at['sha256']}")


def _print_event(index: Index, it: EventRecord) -> None:
    output.paragraph(f"{stance_signs.event()} {it['title']}")
    if it["description"]:
        output.paragraph(it["description"])
    output.say()
    _field("id", it["id"])
    _field("date", f"{in_words(it['date'])} (EDTF {it['date']})")
    own = it["asserted_by"] == it["source"]["id"]
    _field("asserted by", "the source itself" if own else f"{it['asserted_by_name']} ({it['asserted_by']})")
    for figure in it["figures"]:
        _field("figure", figure_words(figure))
        if figure["note"]:
            _field("", figure["note"])
    _field("topics", ", ".join(index.topic_label(t) for t in it["topics"]))
    _field("places", ", ".join(index.place_name(p) for p in it["places"]))
    _print_source(it["source"], it["paragraph"])


def _print_source(source: SourceRecord, paragraph: int | None) -> None:
    who: Sequence[str] = [part for part in (source["author"], source["outlet"]) if part]
    at = f", ¶{paragraph}" if paragraph is not None else ""
    _field("source", f"{', '.join([title_words(source), *who, published_words(source)])}{at} ({source['id']})")


def _print_passage(index: Index, id: str) -> None:
    """The whole passage from the reader's copy; one that cannot be read does not keep the record from being shown."""
    from zeroline.cli.diagnostics import note
    from zeroline.corpus.problems import CorpusError
    from zeroline.sources import attached
    from zeroline.sources.copy_citation import passage_words, standing_words
    from zeroline.sources.errors import SourceError

    try:
        found = attached.glance(Path(index.summary.folder))
        said = passage_words(found, id) if found else None
    except (SourceError, CorpusError) as error:
        note(str(error))
        return
    if said:
        _field("passage", said)
    elif found and (view := found.view_of(id)) and view.copy:
        it = found.of(id)
        _field("passage", f"{standing_words(it)} in {view.copy.file or view.copy.url}: {it.why or view.trouble}")


def _print_bookmark(index: Index, id: str) -> None:
    """The reader's own bookmark; a bookmark file that cannot be read does not keep the record from being shown."""
    from zeroline.bookmarks.store import BookmarkError, BookmarkStore
    from zeroline.cli.diagnostics import note

    try:
        bookmark = BookmarkStore().get(index.summary.id, id)
    except BookmarkError as error:
        note(str(error))
        return
    if bookmark:
        _field("bookmarked", f"tags: {', '.join(bookmark.tags)}" if bookmark.tags else "yes")
        _field("your note", bookmark.note)


def _field(label: str, text: str) -> None:
    """A labelled text, wrapped under itself; nothing where there is no text."""
    if text.strip():
        output.paragraph(f"{label:<{_LABEL}}{text}", "", " " * _LABEL)
