"""Options and completions that the commands on bookmarks share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

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
