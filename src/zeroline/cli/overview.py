"""``zeroline overview``: what a corpus is, who takes which stance and how firmly, and how to go on."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from zeroline.cli import output
from zeroline.cli.phrases import counted
from zeroline.cli.session import corpus_option, examples, one_folder, open_index
from zeroline.index.filter import Filter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from zeroline.index.reader import Index
    from zeroline.index.summary import StanceInfo
    from zeroline.records import SpeakerRecord

NAMES_MOST = 40
"""The most speakers named under one stance; a longer list says how many more there are."""

INFERRED_MOST = 5_000
"""So many statements are looked through for what is inferred; of more only their number is said."""

INFERRED = Filter(query="basis:inferred", kinds=("statement",))

COMMAND_WIDEST = 60
"""Beyond so many columns, what a command does stands below it."""


@click.command(
    "overview",
    short_help="What a corpus is, and who stands where.",
    epilog=examples(
        ("zeroline overview", "the bundled corpus"),
        ("zeroline overview my-study | less", "the corpus in a folder"),
    ),
)
@click.argument("folder", required=False)
@corpus_option
@click.pass_context
def command(ctx: click.Context, folder: str | None, corpus: str | None) -> None:
    """Print the overview of the corpus in FOLDER: what it is, speakers by stance with force, how to go on."""
    where = one_folder(ctx, folder, corpus)
    print_overview(open_index(where), where)


def print_overview(index: Index, folder: Path) -> None:
    """Write the overview of the corpus in ``folder``, plain text."""
    from zeroline.cli import stance_signs

    about = index.summary
    output.say(about.title)
    if about.question and about.question != about.title:
        output.paragraph(about.question)
    if about.description:
        output.say()
        output.paragraph(about.description)
    output.say()
    figures = {"speaker": about.speakers, "statement": about.statements, "event": about.events, "source": about.sources}
    counts = " · ".join(counted(number, noun) for noun, number in figures.items())
    output.paragraph(f"{counts} · version {about.version}")

    standing, inferred = _standing(index), _inferred(index)
    if about.stances:
        output.say()
        output.say("Who stands where (with how many statements; one person may be under several)")
    for stance in about.stances:
        _print_stance(index, stance, standing.get(stance.id, []), inferred)
    if inferred is None and (many := index.count(INFERRED)):
        output.say()
        output.paragraph(f"Of all statements {many:,} hold a position that is inferred, not said in so many words.")
    _print_none(standing.get("", []))
    output.say()
    output.paragraph(f"{stance_signs.legend()} · inferred: not said in so many words, read from them by the coders")

    output.say()
    output.say("Go on")
    steps = list(_next_steps(index, folder, standing))
    column = max(len(line) for line, _ in steps)
    for line, meaning in steps:
        if column <= COMMAND_WIDEST:
            output.say(f"  {line:<{column}}  {meaning}")
        else:
            output.say(f"  {line}\n      {meaning}")


def _standing(index: Index) -> dict[str, list[SpeakerRecord]]:
    """Speakers by stance; under "" those who take none."""
    from zeroline.cli.resolve import each_speaker

    standing: dict[str, list[SpeakerRecord]] = {}
    for speaker in each_speaker(index):
        for stance in [count["stance"] for count in speaker["stances"]] or [""]:
            standing.setdefault(stance, []).append(speaker)
    return standing


def _inferred(index: Index) -> Counter[tuple[str, str]] | None:
    """Statements that take a stance by inference, by stance and speaker ("" for all); None where there are too many."""
    if index.count(INFERRED) > INFERRED_MOST:
        return None
    counts: Counter[tuple[str, str]] = Counter()
    for item in index.each(INFERRED):
        if item["kind"] == "statement":
            for stance in {p["stance"] for p in item["positions"] if p["basis"] == "inferred"}:
                counts.update([(stance, ""), (stance, item["speaker"]["id"])])
    return counts


def _print_stance(
    index: Index, stance: StanceInfo, speakers: list[SpeakerRecord], inferred: Counter[tuple[str, str]] | None
) -> None:
    from zeroline.cli import stance_signs
    from zeroline.cli.item_rows import called
    from zeroline.cli.speaker_rows import hedged_count
    from zeroline.index.filter import FORCE_WORDS

    def marked(speaker: str) -> str:
        number = inferred[stance.id, speaker] if inferred else 0
        return f"; {number:,} inferred" if number else ""

    number = index.summary.stance_counts.get(stance.id, 0)
    forces = {f: index.count(Filter(stances=(stance.id,), forces=(f,))) for f in FORCE_WORDS}
    output.say()
    output.paragraph(
        f"{stance_signs.sign(index, stance.id, True)} {stance.label}: {counted(number, 'statement')}"
        + (f" ({_forces(forces)}{marked('')})" if number else "")
    )
    if stance.definition:
        output.paragraph(stance.definition, "    ")
    if not speakers:
        output.say("    nobody")
    for speaker in speakers[:NAMES_MOST]:
        count = next(c for c in speaker["stances"] if c["stance"] == stance.id)
        ways = (True,) * bool(count["unconditional"]) + (False,) * bool(hedged_count(count))
        shown = "".join(stance_signs.sign(index, stance.id, filled) for filled in ways)
        output.paragraph(f"{shown:<2} {called(speaker)}: {_forces(count)}{marked(speaker['id'])}", "  ", "       ")
    _print_more(len(speakers) - NAMES_MOST)


def _print_none(speakers: list[SpeakerRecord]) -> None:
    from zeroline.cli import stance_signs
    from zeroline.cli.item_rows import called

    if not speakers:
        return
    output.say()
    output.say(f"{stance_signs.none()} no stance")
    for speaker in speakers[:NAMES_MOST]:
        output.paragraph(f"{stance_signs.none()}  {called(speaker)}", "  ", "       ")
    _print_more(len(speakers) - NAMES_MOST)


def _print_more(more: int) -> None:
    if more > 0:
        output.say(f"     … and {more:,} more: zeroline speakers")


def _forces(numbers: Mapping[str, Any]) -> str:
    """How firmly, each force by itself: "3 without a condition, 1 on a condition"."""
    from zeroline.index.filter import FORCE_WORDS

    return ", ".join(f"{numbers[force]:,} {words}" for force, words in FORCE_WORDS.items() if numbers[force])


def _next_steps(index: Index, folder: Path, standing: dict[str, list[SpeakerRecord]]) -> Iterator[tuple[str, str]]:
    """Commands that work in this corpus; it is named with -C unless it is the bundled one."""
    where = "" if _is_bundled(folder) else shlex.quote(str(folder))
    option = f" -C {where}" if where else ""
    yield f"zeroline{f' {where}' if where else ''}", "explore it on a terminal"
    if stance := max(index.summary.stances, key=lambda s: len(standing.get(s.id, [])), default=None):
        yield f"zeroline statements{option} --stance {stance.id}", f"who says “{stance.label}”, and how"
    yield f"zeroline statements{option} --force conditional,hypothetical", "under a condition, or as a hypothesis"
    if someone := next((s for s in index.speakers(0, 1)), None):
        yield f"zeroline show{option} {someone['id']}", "everything about one speaker"
    yield "zeroline --help", "all commands"


def _is_bundled(folder: Path) -> bool:
    from zeroline.corpus.bundled import bundled
    from zeroline.corpus.problems import CorpusError

    try:
        return folder.resolve() == bundled().resolve()
    except CorpusError:
        return False
