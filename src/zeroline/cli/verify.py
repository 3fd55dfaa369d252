"""``zeroline verify``: how every statement stands in the copies attached, or in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from zeroline.cli import diagnostics, output
from zeroline.cli.phrases import counted
from zeroline.cli.session import corpus_option, examples, format_option, one_folder
from zeroline.cli.table import Column

if TYPE_CHECKING:
    from pathlib import Path

    from zeroline.sources.attached import View

_FIELDS = (
    "statement", "speaker", "source", "state", "paragraph", "start", "end", "similarity", "margin", "decision", "by",
    "decided", "why", "copy", "sha256",
)  # fmt: skip


@click.command(
    "verify",
    short_help="How every statement stands in its source.",
    epilog=examples(
        ("zeroline verify", "every statement in the copies attached"),
        ("zeroline verify my-study --against article.html", "in a file, which is not attached"),
        ("zeroline verify --format json", "with places, similarity and decisions"),
    ),
)
@click.argument("folder", required=False)
@click.option("--against", metavar="FILE", help="Look in this file instead of the copies attached.")
@click.option("--source", metavar="ID", help="Only this source; with --against, the one FILE is a copy of.")
@format_option("A table to read, or data.", "table", "json", "jsonl", "csv")
@corpus_option
@click.pass_context
def command(
    ctx: click.Context, folder: str | None, against: str | None, source: str | None, form: str, corpus: str | None
) -> int:
    """Print how each statement of the corpus in FOLDER stands in its source:

    \b
      verbatim    ✓  its passage is there, character for character
      normalised  ≈  its words and signs are; spaces, hyphenation, kinds of quotation marks … differ
      proposed    ?  something is near it, or its very words among others than in the text coded;
                     the explorer and “zeroline decide” show the difference, to accept or refuse
      orphan      ✗  nothing is near it, or several places alike, or you refused what was proposed
      no source   ·  no copy of its source is attached

    The exit code is 0 only when all are verbatim or normalised; very words among others are when you have accepted
    them, an edited passage is not.
    """
    from zeroline.cli.source_copies import failure
    from zeroline.sources.errors import SourceError

    try:
        where = one_folder(ctx, folder, corpus)
        views = _against(where, against, source) if against is not None else _attached(where, source)
        return _print(views, form)
    except SourceError as error:
        raise failure(error) from error


def _attached(folder: Path, source: str | None) -> list[View]:
    from zeroline.sources import attached
    from zeroline.sources.errors import SourceError

    with diagnostics.progress("Looking for the passages") as tell:
        found = attached.open(folder, tell)
    if source is not None and found.view(source) is None:
        listed = ", ".join(view.id for view in found.views[:12])
        raise SourceError(source, "is no source of this corpus", f"there are: {listed}", asks=True)
    return [view for view in found.views if source in (None, view.id)]


def _against(folder: Path, file: str, source: str | None) -> list[View]:
    from zeroline.cli.source_copies import read_copy
    from zeroline.corpus.check import load_checked
    from zeroline.corpus.passages import SourceText
    from zeroline.sources.attached import blank, of_reader
    from zeroline.sources.choose_source import choose
    from zeroline.sources.decisions import apply, decisions
    from zeroline.sources.model import Copy
    from zeroline.sources.passages_sought import gather
    from zeroline.sources.quoted import without_marks

    study = load_checked(folder)
    sources = gather(study, folder)
    read = without_marks(read_copy(file, None, None, None), sources.values())
    text = SourceText(read.text)
    with diagnostics.progress("Looking for the passages") as tell:
        chosen = choose(sources, text, file, source, tell)
    of_reader(chosen.anchored, read.kind)
    apply(chosen.anchored, chosen.wanted.needs, decisions(study.corpus.id))
    view = blank(chosen.wanted)
    view.anchored = chosen.anchored
    view.copy = Copy(study.corpus.id, view.id, text.sha256, len(text.text), len(text.paragraphs), read.kind, read.name)
    return [view]


def _print(views: list[View], form: str) -> int:
    from zeroline.cli.listing import Shape, print_records
    from zeroline.cli.source_copies import standing, standing_words

    columns = (
        Column(""), Column("Statement"), Column("State"), Column("Par."), Column("Speaker", optional=True),
        Column("Why", reading=True),
    )  # fmt: skip
    shape = Shape(columns, _row, _FIELDS, lambda record: [record[field] for field in _FIELDS])
    print_records((record for view in views for record in _records(view)), shape, form)
    more = sum(view.more for view in views)
    counts = standing((a for view in views for a in view.anchored), more)
    diagnostics.note(standing_words(counts))
    for view in views:
        if view.trouble:
            diagnostics.note(view.trouble)
        elif view.copy is None and (view.said or view.more):
            diagnostics.note(f"no copy of “{view.id}” is attached; “zeroline attach FILE” attaches yours")
    if more:
        diagnostics.note(f"{counted(more, 'statement')} of them, without a source and a locator, are not listed")
    if not views:
        diagnostics.note("the corpus names no source")
    sound = bool(views) and sum(counts.values()) == counts["verbatim"] + counts["normalised"]
    return diagnostics.FINE if sound and not any(v.trouble for v in views) else diagnostics.PROBLEM


def _records(view: View) -> list[dict[str, Any]]:
    records = []
    for said, it in zip(view.said, view.anchored, strict=True):
        proposal = it.proposal
        decision = proposal.decision if proposal else None
        placed = it.start >= 0
        records.append({
            "statement": it.id,
            "speaker": said.speaker,
            "source": view.id,
            "state": it.state,
            "paragraph": it.paragraph,
            "start": it.start if placed else None,
            "end": it.end if placed else None,
            "similarity": proposal.similarity if proposal else None,
            "margin": proposal.margin if proposal and not proposal.only else None,
            "decision": decision.verdict if decision else None,
            "by": decision.by if decision else None,
            "decided": decision.at if decision else None,
            "why": it.why or None,
            "copy": (view.copy.file or view.copy.url) if view.copy else None,
            "sha256": view.copy.sha256 if view.copy else None,
        })  # fmt: skip
    return records


def _row(record: dict[str, Any]) -> list[str]:
    from zeroline.sources.model import SIGNS

    sign = SIGNS[record["state"]]
    why = record["why"] or ""
    if record["decision"]:
        why = f"{record['decision']} by {record['by']} on {record['decided'][:10]}; {why}"
    paragraph = "" if record["paragraph"] is None else str(record["paragraph"])
    return [
        sign if output.takes(sign) else " ", record["statement"], record["state"], paragraph, record["speaker"], why
    ]  # fmt: skip
