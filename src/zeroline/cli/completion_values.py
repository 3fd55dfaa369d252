"""Values a shell may complete, from an index that is already compiled; silent where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from zeroline.cli.session import corpus_folder

if TYPE_CHECKING:
    from zeroline.index.reader import Index

MOST = 200
"""The most values offered at once."""


def stances(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of stances, with their labels."""
    index = _index(ctx)
    known = [(s.id, s.label) for s in index.summary.stances] if index else []
    return _fitting([*known, ("none", "no stance")], incomplete)


def forces(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The forces a position may have, behind those typed already."""
    from zeroline.index.filter import FORCE_WORDS

    typed, comma, part = incomplete.rpartition(",")
    return [CompletionItem(f"{typed}{comma}{f}", help=w) for f, w in FORCE_WORDS.items() if f.startswith(part.lower())]


def topics(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of topics, with their labels."""
    index = _index(ctx)
    return _fitting([(t.id, t.label) for t in index.summary.topics] if index else [], incomplete)


def places(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of places, with their names."""
    index = _index(ctx)
    return _fitting([(p.id, p.name) for p in index.summary.places] if index else [], incomplete)


def speakers(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of speakers, with their names."""
    index = _index(ctx)
    known = [(s["id"], s["name"]) for s in index.speakers(0, 5_000)] if index else []
    return _fitting(known, incomplete)


def items(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of statements and events, with what they say."""
    index = _index(ctx)
    if index is None:
        return []
    from zeroline.cli.item_rows import beginning_with

    found = beginning_with(index, incomplete, MOST)
    return _fitting([(i["id"], i["paraphrase"] if i["kind"] == "statement" else i["title"]) for i in found], incomplete)


def records(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of everything that ``zeroline show`` shows."""
    return [*speakers(ctx, param, incomplete), *items(ctx, param, incomplete)]


def _fitting(known: list[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    from zeroline.text.safe import one_line

    return [CompletionItem(i, help=one_line(h)) for i, h in known if i.startswith(incomplete.lower())][:MOST]


def _index(ctx: click.Context) -> Index | None:
    from zeroline.corpus.problems import CorpusError
    from zeroline.index import cache

    given = ctx.params.get("corpus")
    try:
        found = cache.find(corpus_folder(ctx, given if isinstance(given, str) else None))
    except CorpusError:
        return None
    return found.index if found else None
