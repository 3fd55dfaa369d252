"""Options and completions that the commands on bookmarks share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import click

from zeroline.cli.session import corpus_option

F = TypeVar("F", bound=Callable[..., Any])


def complete_saved(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids of bookmarks."""
    from zeroline.bookmarks.store import BookmarkError, BookmarkStore

    try:
        return sorted({b.id for b in BookmarkStore().load() if b.id.startswith(incomplete)})
    except BookmarkError:
        return []


def complete_collections(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of collections."""
    from zeroline.bookmarks import collections
    from zeroline.bookmarks.store import BookmarkError, BookmarkStore

    try:
        found = BookmarkStore().document()
    except BookmarkError:
        return []
    names = collections.names(found.bookmarks, found.collections)
    return [name for name in names if name.casefold().startswith(incomplete.casefold())]


def collection_option(command: F) -> F:
    """The option ``--collection``, of the commands that take all bookmarks of one."""
    return click.option(
        "--collection", metavar="NAME", shell_complete=complete_collections, help="Those in this collection."
    )(command)


def collection_and_ids(command: F) -> F:
    """NAME and IDs with their corpus, of the commands that put bookmarks into a collection or take them out."""
    with_ids = click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=complete_saved)
    with_name = click.argument("name", shell_complete=complete_collections)
    return with_name(with_ids(corpus_option(cast(F, click.pass_context(command)))))
