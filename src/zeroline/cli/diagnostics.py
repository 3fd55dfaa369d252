"""Words on stderr and exit codes: the only module that writes there, and the only one that turns errors into words.

0 is fine; 1 is not found, problems found, or something that could not be done; 2 is a command that was not understood.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from zeroline.text.plain import writable
from zeroline.text.safe import one_line, visible

FINE, PROBLEM, USAGE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
"""Exit codes; the last two are those of a program that a signal has ended (SIGINT, SIGPIPE)."""

PROBLEMS_SHOWN = 5
"""The most problems of a corpus that a command other than ``check`` names."""

DEBUG = "ZEROLINE_DEBUG"
"""The environment variable that adds tracebacks to errors."""

_FOR_PEOPLE = (
    ("zeroline.corpus.problems", "CorpusError"),
    ("zeroline.index.cache", "CacheError"),
    ("zeroline.index.records", "Damaged"),
    ("zeroline.bookmarks.errors", "BookmarkError"),
    ("zeroline.export.write", "ExportError"),
    ("zeroline.export.formats", "NotInstalled"),
    ("zeroline.text.styles", "StyleError"),
    ("zeroline.importing.errors", "ImportFault"),
    ("zeroline.sources.errors", "SourceError"),
)


class Failure(Exception):
    """Something to be said to the reader before the program ends with ``code``. An empty message says nothing."""

    def __init__(self, message: str, code: int = PROBLEM) -> None:
        super().__init__(message)
        self.message, self.code = message, code


class PipeClosed(Exception):
    """Whoever reads our stdout has had enough (``zeroline statements | head``): end quietly."""


def note(text: str, *, wrap: bool = False) -> None:
    """Say something on stderr; what a terminal might act on is shown visibly. Never fails.

    ``wrap`` breaks a text of one line at words where the terminal is narrower.
    """
    said = visible(text)
    if wrap and _on_terminal() and len(said) > (room := _columns() - 1):
        import textwrap

        said = textwrap.fill(said, max(room, 20), break_long_words=False, break_on_hyphens=False)
    _send(said + "\n")


def report(error: BaseException) -> int:
    """Say in words what went wrong, and give the exit code."""
    if os.environ.get(DEBUG):
        note("".join(traceback.format_exception(error)).rstrip())
    match error:
        case KeyboardInterrupt():
            return INTERRUPTED
        case PipeClosed() | BrokenPipeError():
            return PIPE_CLOSED
        case Failure(message=message, code=code):
            if message:
                note(message)
            return code
    if _for_people(error):
        problems = getattr(error, "problems", None)
        if problems and len(problems) > 1:
            shown = problems[:PROBLEMS_SHOWN]
            more = f"{len(problems) - len(shown):,} more of " if len(problems) > len(shown) else ""
            note("\n".join(map(str, shown)))
            note(f"{more}{len(problems):,} problems; “zeroline check” names them all")
        else:
            note(str(error))
    elif isinstance(error, OSError):
        note(f"zeroline: {os_words(error)}")
    else:
        said = one_line(str(error))
        what = f"{type(error).__name__}: {said}" if said else type(error).__name__
        note(
            f"zeroline: an error of the program itself, not yours: {what}. "
            f"To report it, run the same command with {DEBUG}=1 and send what it prints with that of “zeroline info”"
        )
    return PROBLEM


def os_words(error: OSError) -> str:
    """An error of the operating system in one line: the file, and what is wrong with it."""
    why = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {why}" if error.filename else why


@contextmanager
def progress(doing: str, noun: str = "", last: str = "") -> Iterator[Callable[[int, int], None]]:
    """A line on stderr that says how far something is, gone when it is done; nothing where stderr is no terminal.

    Gives the function to be told how much is done, and of how much: 0 as long as nobody knows. ``noun`` is what is
    counted, ``last`` what is still done when all is counted.
    """
    from zeroline.text.pace import Pace

    pace = Pace(noun, last)
    with live_line() as tell:
        tell(doing)
        yield lambda done, total: tell(" ".join([doing, pace.words(done, total)]))


@contextmanager
def live_line() -> Iterator[Callable[[str], None]]:
    """A line on stderr that says something new again and again, gone when it is done; nothing without a terminal.

    Gives the function to be told what it says now; a line too long for the terminal is cut.
    """
    if not _on_terminal():
        yield lambda text: None
        return

    def tell(text: str) -> None:
        import shutil

        room = shutil.get_terminal_size((80, 24)).columns - 1
        _send(f"\r{visible(text)[:room]}\x1b[K")

    try:
        yield tell
    finally:
        _send("\r\x1b[K")


def _for_people(error: BaseException) -> bool:
    # An error can only be of a class whose module is loaded: nothing is imported to find out.
    classes = (getattr(sys.modules.get(module), name, None) for module, name in _FOR_PEOPLE)
    return any(isinstance(error, cls) for cls in classes if isinstance(cls, type))


def _columns() -> int:
    """Columns of the terminal that stderr is on, whatever becomes of stdout."""
    try:
        return int(os.environ.get("COLUMNS", "")) or 80
    except ValueError:
        pass
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (AttributeError, OSError, ValueError):
        return 80


def _on_terminal() -> bool:
    try:
        return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    except (AttributeError, ValueError):
        return False


def _send(text: str) -> None:
    try:
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(writable(text, encoding))
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        pass  # there is nowhere left to say anything
