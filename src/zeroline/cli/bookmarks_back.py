"""``zeroline bookmarks undo``, ``restore`` and ``merge``: versions of before, and other people's files."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zeroline.cli import output
from zeroline.cli.diagnostics import PROBLEM, USAGE, Failure, note
from zeroline.cli.phrases import counted
from zeroline.cli.session import examples

if TYPE_CHECKING:
    from zeroline.bookmarks.backups import Backup
    from zeroline.bookmarks.model import Document
    from zeroline.bookmarks.store import BookmarkStore

COMPARED, SHORT = 20, 500_000
"""So many versions are compared with the file of now, where they have no more bytes than that."""

_BACK = "“zeroline bookmarks undo” takes it back"


@click.command(
    "undo",
    short_help="Take back the last change, whoever made it.",
    epilog=examples(
        ("zeroline bookmarks undo", "take back the last change"),
        ("zeroline bookmarks undo", "once more: make it again"),
    ),
)
def undo() -> None:
    """Put back the version before the last change, whether the explorer made it or a command; again brings it back.

    Further back goes “zeroline bookmarks restore”.
    """
    from zeroline.bookmarks.store import BookmarkStore

    store = BookmarkStore()
    versions = store.backups()
    if not versions:
        raise Failure("nothing was changed yet: there is no version before", PROBLEM)
    before = _now_there(store)
    after = store.put_backup(versions[0])
    note(_words(before, after))


@click.command(
    "restore",
    short_help="List the versions of before; bring one back.",
    epilog=examples(
        ("zeroline bookmarks restore", "the versions, the newest first, with how many bookmarks each holds"),
        ("zeroline bookmarks restore 3", "bring the third back, after asking"),
        ("zeroline bookmarks restore 1 --yes", "the newest, asking nothing"),
    ),
)
@click.argument("number", required=False, type=click.IntRange(min=1))
@click.option("--yes", "-y", is_flag=True, help="Ask nothing.")
def restore(number: int | None, yes: bool) -> None:
    """List the versions of before, or bring back the one with this NUMBER.

    What is replaced becomes a version of before itself, whatever state it is in. Kept are the last ten versions, and of
    older ones the last of each hour for a day, of each day for a month, and of each month for a year.
    """
    from zeroline.bookmarks.store import BookmarkStore

    store = BookmarkStore()
    versions = store.backups()
    if not versions:
        raise Failure("there is no version of before yet: the first change makes one", PROBLEM)
    if number is None:
        _list(versions, _now_there(store))
        return
    if number > len(versions):
        raise Failure(
            f"there are {counted(len(versions), 'version')}; “zeroline bookmarks restore” lists them", PROBLEM
        )
    version = versions[number - 1]
    before = _now_there(store)
    what = f"the version replaced on {version.words()}, {counted(version.count(), 'bookmark')}"
    if not yes:
        if not output.on_terminal() or sys.stdin is None or not sys.stdin.isatty():
            raise Failure(f"that would bring back {what}; there is no terminal to ask on: add --yes", USAGE)
        if not output.ask(f"Bring back {what}, instead of {_size(before)}?"):
            note("Nothing is changed.")
            raise Failure("", PROBLEM)
    note(_words(before, store.put_backup(version)))


@click.command(
    "merge",
    short_help="Put another bookmark file together with yours.",
    epilog=examples(
        ("zeroline bookmarks merge ~/laptop/bookmarks.toml --dry-run", "say what it would do"),
        ("zeroline bookmarks merge theirs.toml", "do it; “zeroline bookmarks undo” takes it back"),
        ("zeroline bookmarks merge theirs.toml --base old.toml", "where you have the version both began with"),
    ),
)
@click.argument("other", metavar="OTHER.toml", type=click.Path(path_type=Path))
@click.option("--base", metavar="FILE", type=click.Path(path_type=Path), help="The version that both have come from.")
@click.option("--dry-run", "-n", is_flag=True, help="Only say what it would do.")
def merge(other: Path, base: Path | None, dry_run: bool) -> None:
    """Put the bookmarks, notes, tags and collections of another bookmark file together with yours.

    With a version that both have come from (--base, or one found among those kept beside the two files), what one
    side removed is removed, and what one side changed is taken. Without, nothing is ever removed. Where both have
    written a note, both are kept. OTHER.toml itself stays as it is.
    """
    from zeroline.bookmarks import merging
    from zeroline.bookmarks.store import BookmarkStore

    store = BookmarkStore()
    theirs = _read_theirs(other)
    if other.resolve() == store.path.resolve():
        raise Failure(f"{other} is your bookmark file itself", USAGE)
    found = base or merging.common_version(store.path.resolve(), other.resolve())
    edit = merging.merge(theirs, _read_theirs(found) if found else None)
    if dry_run:
        report = edit(store.document(), datetime.now().astimezone()).result
    else:
        before = store.document()
        report = store.apply(edit)
    for line in report.lines():
        output.say(line)
    if found and not base:
        note(f"compared with a version that both have come from: {found}")
    if dry_run:
        note("Nothing is changed: this was --dry-run.")
    elif store.document() != before:
        note(f"{_size(before)} before, {_size(store.document())} now; {_BACK}")


def _read(path: Path) -> Document:
    from zeroline.bookmarks import codec, disk

    data, stamp = disk.read(path)
    if stamp is None:
        raise Failure(f"there is no file {path}", PROBLEM)
    if not data:
        raise Failure(f"{path}: the file is empty (0 bytes), and so damaged", PROBLEM)
    return codec.parse(data, path)


def _read_theirs(path: Path) -> Document:
    """A file that is not the reader's own: what is wrong with it is mended elsewhere, not by a version of before."""
    from zeroline.bookmarks.errors import BookmarkError
    from zeroline.bookmarks.integrity import RESTORE

    if str(path) == "-" or (path.exists() and not path.is_file()):
        if path.is_dir():
            raise Failure(f"{path} is a folder; name the bookmark file in it", PROBLEM)
        raise Failure(f"{path} is a pipe or a device; save what comes out of it in a file, and merge that", PROBLEM)
    try:
        return _read(path)
    except BookmarkError as error:
        if RESTORE not in error.mend:
            raise
        mend = "get the whole file from where it came"
        raise BookmarkError(error.problem, path=error.path, line=error.line, key=error.key, mend=mend) from None


def _now_there(store: BookmarkStore) -> Document | None:
    """What is in the file now; None where it cannot be read, which is why somebody restores."""
    from zeroline.bookmarks.store import BookmarkError

    try:
        return store.document()
    except BookmarkError as error:
        note(str(error))
        return None


def _list(versions: list[Backup], now: Document | None) -> None:
    from zeroline.cli.table import Column, print_table

    columns = (
        Column("Number"),
        Column("Replaced on"),
        Column("Bookmarks"),
        Column("Bringing it back", reading=True),
        Column("File", optional=True),
    )
    rows = []
    for number, one in enumerate(versions, 1):
        change = _against(one, now) if number <= COMPARED else ""
        rows.append((str(number), one.words(), f"{one.count():,}", change, str(one.path)))
    print_table(columns, rows)


def _against(version: Backup, now: Document | None) -> str:
    """What would change; "" for a version too long to be read only for that."""
    from zeroline.bookmarks.differences import difference
    from zeroline.bookmarks.errors import BookmarkError

    if version.size > SHORT:
        return ""
    try:
        document = _read(version.path)
    except BookmarkError as error:
        return f"cannot be read: {error.problem}"
    return (difference(now, document) or "no change") if now else ""


def _size(document: Document | None) -> str:
    return "a file that cannot be read" if document is None else counted(len(document.bookmarks), "bookmark")


def _words(before: Document | None, after: Document) -> str:
    from zeroline.bookmarks.differences import difference

    words = difference(before, after) if before else ""
    changed = f" ({words})" if words else ""
    return f"{counted(len(after.bookmarks), 'bookmark')} now{changed}; {_BACK}"
