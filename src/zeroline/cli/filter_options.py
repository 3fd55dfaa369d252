"""What is wanted: the options of ``statements``, ``speakers`` and ``events``, made into a :class:`Filter`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from zeroline.cli import completion_values
from zeroline.cli.diagnostics import PROBLEM, USAGE, Failure, note
from zeroline.cli.session import corpus_option, format_option

if TYPE_CHECKING:
    from zeroline.index.filter import Filter
    from zeroline.index.reader import Index

F = TypeVar("F", bound=Callable[..., Any])

FORCES = ("unconditional", "conditional", "hypothetical")
FORMATS = ("table", "json", "jsonl", "csv")
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True)
class Asked:
    """The options as typed, for making a filter of them once the corpus is open. Lists are in the order typed."""

    query: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    force: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    bookmarked: bool = False


def _forces(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The forces typed, whether the option is repeated or has several parted by commas."""
    choice = click.Choice(FORCES, case_sensitive=False)
    return tuple(choice.convert(part.strip(), param, ctx) for text in given for part in text.split(","))


def options(*, stances: bool, orders: tuple[str, ...], order_help: str) -> Callable[[F], F]:
    """The options of a list. ``stances`` adds those only a statement has; ``orders`` are the values of ``--order``."""
    made = [
        click.argument("query", nargs=-1),
        *(
            [
                click.option(
                    "--stance", multiple=True, metavar="STANCE", shell_complete=completion_values.stances,
                    help="Taking this stance; “none”: taking none. May be repeated, as may all up to --place.",
                ),
                click.option(
                    "--force", multiple=True, metavar="FORCE,…", callback=_forces,
                    shell_complete=completion_values.forces,
                    help=f"How firmly: {', '.join(FORCES)}, or several of them; with --stance, of that stance.",
                ),
                click.option(
                    "--speaker", multiple=True, metavar="SPEAKER", shell_complete=completion_values.speakers,
                    help="Said by this speaker: an id, or a name or callsign that only one has.",
                ),
            ]
            if stances
            else []
        ),
        click.option(
            "--topic", multiple=True, metavar="TOPIC", shell_complete=completion_values.topics, help="On this topic."
        ),
        click.option(
            "--place", multiple=True, metavar="PLACE", shell_complete=completion_values.places, help="At this place."
        ),
        click.option("--since", metavar="DATE", help="From this day, month or year on: 2024, 2024-08, 2024-08-06."),
        click.option("--until", metavar="DATE", help="Up to and with this day, month or year."),
        click.option("--bookmarked", is_flag=True, help="Only what you have bookmarked."),
        click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many."),
        click.option("--order", type=click.Choice(orders), default=orders[0], show_default=True, help=order_help),
        format_option(
            "A table to read, one JSON array, JSON Lines (full records) or CSV (flat, safe in spreadsheets).", *FORMATS
        ),
        corpus_option,
    ]  # fmt: skip

    def decorate(command: F) -> F:
        for option in reversed(made):
            command = option(command)
        return command

    return decorate


def to_filter(index: Index, asked: Asked, kind: str) -> Filter:
    """The filter that the options mean in this corpus.

    Raises Failure, to be shown, for what the corpus does not have, for dates that are none and for a query that cannot
    be understood. A query that is only found by allowing for typing errors is said to be.
    """
    from zeroline.cli import resolve
    from zeroline.index.filter import Filter

    since, until = _day("--since", asked.since), _day("--until", asked.until)
    if since and until and _later(since, until):
        raise Failure(f"--since {since} is after --until {until}; swap them", USAGE)
    wanted = Filter(
        query=" ".join(asked.query).strip(),
        stances=resolve.stances(index, asked.stance),
        forces=tuple(dict.fromkeys(asked.force)),
        speakers=resolve.speakers(index, asked.speaker),
        topics=resolve.topics(index, asked.topic),
        places=resolve.places(index, asked.place),
        kinds=(kind,),
        since=since,
        until=until,
        bookmarked=_bookmarked(index) if asked.bookmarked else None,
    )
    if wanted.query:
        understood = index.understand(wanted.query)
        if understood.problems:
            raise Failure("\n".join(f"the query: {p}" for p in understood.problems), USAGE)
        if understood.loosened and index.count(wanted):
            note(f"nothing has exactly “{wanted.query}”; this is what comes near, allowing for typing errors")
    return wanted


def nothing_found(index: Index, wanted: Filter, noun: str) -> Failure:
    """What to say where nothing matches: the filter in words, and which part of it to drop."""
    from zeroline.index.filter import Filter

    if wanted == Filter(kinds=wanted.kinds):
        return Failure(f"this corpus has no {noun}s", PROBLEM)
    said = [f"no {noun} matches: {wanted.without('kinds').in_words(index)}"]
    offers = []
    for facet in wanted.facets():
        if facet != "kinds" and (left := index.count(wanted.without(facet))):
            part = wanted.part_in_words(facet, index)
            offers.append((left, f"  without “{part.strip('“”')}” there {'is' if left == 1 else 'are'} {left:,}"))
    if wanted.bookmarked == ():
        said.append("  nothing of this corpus is bookmarked yet (zeroline bookmarks add ID)")
    elif not offers:
        said.append("  no single part is to blame; start again from fewer")
    said += [text for left, text in sorted(offers, key=lambda offer: -offer[0])]
    return Failure("\n".join(said), PROBLEM)


def say_other_hedged(index: Index, wanted: Filter, noun: str) -> None:
    """Say what else is no plain view where one of the two ways to hedge is looked for alone."""
    others = {"conditional": ("hypothetical", "as a hypothesis"), "hypothetical": ("conditional", "under a condition")}
    if wanted.forces not in (("conditional",), ("hypothetical",)):
        return
    other, words = others[wanted.forces[0]]
    both = index.count(replace(wanted, forces=("conditional", "hypothetical")))
    if more := both - index.count(wanted):
        note(f"{more:,} more {noun}{'' if more == 1 else 's'} {words}: --force {wanted.forces[0]},{other}")


def _bookmarked(index: Index) -> tuple[str, ...]:
    from zeroline.bookmarks.store import BookmarkStore

    return tuple(sorted(BookmarkStore().ids(index.summary.id)))


def _day(option: str, text: str | None) -> str | None:
    from zeroline.text.dates import span

    if text is None:
        return None
    text = text.strip()
    try:
        if not _DAY.fullmatch(text):
            raise ValueError(text)
        span(text)
    except ValueError:
        raise Failure(f"{option}: “{text}” is no date; write 2025, 2024-08 or 2024-08-06", USAGE) from None
    return text


def _later(since: str, until: str) -> bool:
    from zeroline.text.dates import span

    return span(since)[0] > span(until)[1]
