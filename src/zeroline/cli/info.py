"""``zeroline info``: versions, paths and the figures of a corpus."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING, Any

import click

from zeroline import __version__
from zeroline.cli import diagnostics, output
from zeroline.cli.session import corpus_folder, corpus_option, examples, format_option, open_index

if TYPE_CHECKING:
    from pathlib import Path

    from zeroline.index.reader import Index

LIBRARIES = ("textual", "rich", "pydantic", "tomli-w", "platformdirs", "click", "tantivy", "edtf", "rapidfuzz")


@click.command(
    "info",
    short_help="Versions, paths and figures.",
    epilog=examples(
        ("zeroline info", "where everything is kept, and what the corpus holds"),
        ("zeroline info --format json", "the same for a program, or to report a fault"),
    ),
)
@format_option("Words to read, or one JSON object.", "text", "json")
@corpus_option
@click.pass_context
def command(ctx: click.Context, form: str, corpus: str | None) -> int:
    """Print versions, where corpus, index, bookmarks and copies of sources are kept, and the figures of the corpus.

    What of it can be found out is printed even where the corpus has problems; the exit code is then 1.
    """
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.corpus.problems import CorpusError
    from zeroline.index.cache import CacheError, cache_folder
    from zeroline.sources import disk

    told: dict[str, Any] = {"zeroline": __version__, "python": platform.python_version(), "system": platform.platform()}
    paths: dict[str, str | None] = {"corpus": None, "index": None, "bookmarks": str(BookmarkStore().path)}
    paths["copies"] = str(disk.home())
    figures: dict[str, Any] | None = None
    code = diagnostics.FINE
    try:
        where: Path = corpus_folder(ctx, corpus)
        paths |= {"corpus": str(where.resolve()), "index": str(cache_folder(where))}
        figures = _figures(open_index(where))
    except (CorpusError, CacheError) as error:
        code = diagnostics.report(error)
    told |= {"paths": paths, "corpus": figures, "libraries": _versions()}
    if form == "json":
        output.json_document(told)
    else:
        _print(told)
    return code


def _figures(index: Index) -> dict[str, Any]:
    from zeroline.index.filter import FORCE_WORDS, NONE, Filter

    about = index.summary
    return {
        "id": about.id,
        "title": about.title,
        "version": about.version,
        "speakers": about.speakers,
        "statements": about.statements,
        "events": about.events,
        "sources": about.sources,
        "places": len(about.places),
        "topics": len(about.topics),
        "positions": {
            stance.id: {force: index.count(Filter(stances=(stance.id,), forces=(force,))) for force in FORCE_WORDS}
            for stance in about.stances
        },
        "without_position": about.stance_counts.get(NONE, 0),
    }


def _versions() -> dict[str, str | None]:
    from importlib.metadata import PackageNotFoundError, version

    def of(library: str) -> str | None:
        try:
            return version(library)
        except PackageNotFoundError:
            return None

    return {library: of(library) for library in LIBRARIES}


def _print(told: dict[str, Any]) -> None:
    output.say(f"zeroline {told['zeroline']}, Python {told['python']} ({sys.executable}), {told['system']}")
    output.say()
    for what, path in told["paths"].items():
        output.say(f"{what:<14}{path or 'not found'}")
    if figures := told["corpus"]:
        output.say()
        output.say(f"{figures['title']} ({figures['id']}, version {figures['version']})")
        for what in ("speakers", "statements", "events", "sources", "places", "topics"):
            output.say(f"  {what:<14}{figures[what]:>8,}")
        output.say("  statements by stance and force")
        for stance, forces in figures["positions"].items():
            for force, number in forces.items():
                output.say(f"    {stance:<12}{force:<16}{number:>8,}")
        output.say(f"    {'none':<28}{figures['without_position']:>8,}")
    output.say()
    for library, version in told["libraries"].items():
        output.say(f"{library:<14}{version or 'not found'}")
