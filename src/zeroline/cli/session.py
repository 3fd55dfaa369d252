"""What the commands share: which corpus is meant, opening its index, and the look of their help."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from zeroline.cli import diagnostics
from zeroline.cli.command_names import CORPUS_VARIABLE
from zeroline.cli.signals import end_by_signals, ended_by_signals

if TYPE_CHECKING:
    from zeroline.bookmarks.model import CorpusContext
    from zeroline.index.reader import Index

F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Session:
    """What one run of the program knows: the corpus named before the command, and how to open the explorer.

    ``explore`` is None where there is no terminal to explore on.
    """

    explore: Callable[[Path], int] | None = None
    corpus: str | None = None


def examples(*lines: tuple[str, str]) -> str:
    """The end of a command's help: commands, each with what it does."""
    shown = "\n".join(f"  {command}\n      {meaning}" for command, meaning in lines)
    return f"\b\nExamples:\n{shown}"


def _complete_folder(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def corpus_option(command: F) -> F:
    """The option ``--corpus`` / ``-C``, of the program and of every command that reads a corpus."""
    return click.option(
        "-C",
        "--corpus",
        metavar="FOLDER",
        shell_complete=_complete_folder,
        help=f"The corpus to read.  [default: {CORPUS_VARIABLE}, or the bundled corpus]",
    )(command)


def format_option(meaning: str, *forms: str) -> Callable[[F], F]:
    """The option ``--format`` of a command, its value in ``form``; the first of ``forms`` is its default."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], show_default=True, help=meaning)


def named_corpus(ctx: click.Context, corpus: str | None, *, environment: bool = True) -> str | None:
    """The folder named: by the command's option, the program's or, if wanted, the environment; None for none."""
    session = ctx.find_object(Session)
    named = corpus or (session.corpus if session else None)
    return named or (os.environ.get(CORPUS_VARIABLE) if environment else None) or None


def corpus_folder(ctx: click.Context, corpus: str | None) -> Path:
    """The folder of the corpus meant. Raises CorpusError where the bundled one is missing."""
    from zeroline.corpus.bundled import resolve

    return resolve(named_corpus(ctx, corpus))


def one_folder(ctx: click.Context, folder: str | None, corpus: str | None) -> Path:
    """The folder of a command that takes it as an argument too; naming it both ways is a mistake."""
    if folder and named_corpus(ctx, corpus, environment=False):
        raise click.UsageError("name the corpus once: as FOLDER or with --corpus", ctx)
    return corpus_folder(ctx, folder or corpus)


def open_index(folder: Path) -> Index:
    """The index of a corpus as it is now, compiled first where need be.

    Raises CorpusError, CacheError, and Ended for a signal that ends compiling; then nothing is left of it.
    """
    from zeroline.index import cache

    found = cache.find(folder)
    if found and (found.looks_fresh or cache.still_fits(folder, found)):
        return found.index
    doing = f"Compiling {folder.resolve().name} ·"
    with diagnostics.progress(doing, "statements", "writing the last") as tell, ended_by_signals():
        index = cache.build(folder, tell)
    if index.notice:
        end_by_signals()  # it is in a temporary folder, which must go with the program
        diagnostics.note(index.notice)
    return index


def open_corpus(ctx: click.Context, corpus: str | None) -> Index:
    """The index of the corpus meant, ready to be asked."""
    return open_index(corpus_folder(ctx, corpus))


def context_of(index: Index) -> CorpusContext:
    """What a bookmark must know of the corpus."""
    from zeroline.bookmarks.model import CorpusContext

    about = index.summary
    return CorpusContext(
        id=about.id,
        title=about.title,
        version=about.version,
        stance_labels={s.id: s.label for s in about.stances},
        topic_labels={t.id: t.label for t in about.topics},
        place_names={p.id: p.name for p in about.places},
        stance_shapes={s.id: s.shape for s in about.stances},
        stance_colours={s.id: s.colour for s in about.stances},
    )
