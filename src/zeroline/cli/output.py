"""What goes to stdout: the only module that writes there.

Two kinds go out. Words for people (:func:`say`, tables) are passed through :mod:`zeroline.text.safe`, to a terminal or
not. Data (:func:`json_document`, :func:`json_lines`, :func:`csv_rows`) stays as it is, but JSON writes what a terminal
might act on as ``\\uXXXX``, which is the same data, and CSV is made visible when it goes to a terminal, since there it
is for people. JSON becomes pure ASCII where stdout cannot take Unicode; CSV is always UTF-8.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import Any, TextIO

from zeroline.cli.diagnostics import Failure, PipeClosed, os_words
from zeroline.text import plain
from zeroline.text.safe import visible


def prepare() -> None:
    """Make stdout take any text: what its encoding lacks is written as an escape, never an error."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def on_terminal() -> bool:
    """Whether a person reads stdout as it is written."""
    try:
        return sys.stdout.isatty()
    except (AttributeError, ValueError):
        return False


def width() -> int:
    """Columns of the terminal, at least 40 to be of any use; 100 where stdout is none."""
    return max(shutil.get_terminal_size((100, 24)).columns, 40) if on_terminal() else 100


def stream() -> TextIO:
    """The stream itself, for finding out what it can do; write with the functions of this module."""
    if sys.stdout is None or sys.stdout.closed:
        raise Failure("zeroline: there is nowhere to write to: stdout is closed")
    return sys.stdout


def takes(text: str) -> bool:
    """Whether stdout can take every character of a text."""
    return plain.takes(text, _encoding())


def shown(text: str) -> str:
    """A text for people as stdout can take it; lay it out as what this gives."""
    return plain.writable(text, _encoding())


def _encoding() -> str:
    return stream().encoding or "ascii"


def write(text: str) -> None:
    """Write text as it is. Raises :class:`PipeClosed` when nobody reads any more, Failure when it cannot be written."""
    out = stream()
    try:
        out.write(text)
    except BrokenPipeError as error:
        raise PipeClosed from error
    except OSError as error:
        raise Failure(f"zeroline: stdout: {os_words(error)}") from error


def say(text: str = "") -> None:
    """Write a line for people; what a terminal might act on is shown visibly."""
    write(shown(visible(text)) + "\n")


def paragraph(text: str, indent: str = "", hanging: str | None = None) -> None:
    """Write a text for people, wrapped to the terminal (in a pipe to 100 columns); ``hanging`` indents later lines.

    White space is made single; a long word is not broken.
    """
    import textwrap

    later = indent if hanging is None else hanging
    lines = textwrap.wrap(
        shown(visible(text)), width(), initial_indent=indent, subsequent_indent=later,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    write("".join(f"{line}\n" for line in lines))


def ask(question: str) -> bool:
    """Ask a person on the terminal; Enter means yes, and the end of the input no."""
    write(f"{visible(question)} [Y/n] ")
    finish()
    while answer := sys.stdin.readline():
        word = answer.strip().casefold()
        if word in ("", "y", "yes"):
            return True
        if word in ("n", "no", "q"):
            return False
        write("Please answer y or n: ")
        finish()
    write("\n")
    return False


def finish() -> None:
    """Send what is still buffered. Raises as :func:`write` does."""
    try:
        stream().flush()
    except BrokenPipeError as error:
        raise PipeClosed from error
    except OSError as error:
        raise Failure(f"zeroline: stdout: {os_words(error)}") from error


def abandon() -> None:
    """Forget what is buffered, so that the interpreter does not complain of it at its end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (AttributeError, OSError, ValueError):
        pass


# --- data ------------------------------------------------------------------------------------------------------------


def json_text(value: Any, indent: int | None = None) -> str:
    """A value as JSON; nothing in it acts on a terminal, and it reads back as the same value."""
    return _tamed(json.dumps(value, ensure_ascii=False, indent=indent))


def _tamed(text: str) -> str:
    """JSON with what a terminal might act on, or stdout cannot take, as escapes."""
    if not _takes_unicode():
        text = "".join(c if c.isascii() else json.dumps(c)[1:-1] for c in text)
    if visible(text) == text:
        return text
    # Such a character can only stand inside a string, where its escape means the same.
    return "".join(c if visible(c) == c else json.dumps(c)[1:-1] for c in text)


def _takes_unicode() -> bool:
    return _encoding().lower().replace("-", "").replace("_", "") in ("utf8", "utf8sig")


def json_document(value: Any) -> None:
    """Write one value, indented."""
    write(json_text(value, indent=2) + "\n")


def json_array(records: Iterable[Any]) -> None:
    """Write records as one array, each on its own line, as they come."""
    lead = "["
    for record in records:
        write(f"{lead}\n{json_text(record)}")
        lead = ","
    write("[]\n" if lead == "[" else "\n]\n")


def json_lines(records: Iterable[Any]) -> None:
    """Write records one a line, as they come."""
    for record in records:
        write(json_text(record) + "\n")


def document(text: str, form: str) -> None:
    """Write a whole text that is otherwise a file, its line ends as they are; ``form`` is "json" or another format.

    On a terminal it is made visible (JSON escaped); elsewhere it stays as it is, in UTF-8.
    """
    out = stream()
    if on_terminal():
        write(_tamed(text) if form == "json" else visible(text.replace("\r\n", "\n")))
        return
    if isinstance(out, TextIOWrapper):
        out.reconfigure(encoding="utf-8", newline="")
    write(text)


def pieces(content: Iterable[bytes], form: str, *, binary: bool = False) -> None:
    """Write an export as it comes: text as :func:`document` does, and a file that is no text only where none reads it.

    Raises Failure for such a file on a terminal.
    """
    out = stream()
    if on_terminal():
        if binary:
            raise Failure(f"{form} is no text for a terminal; add -o FILE")
        for piece in content:
            text = piece.decode()
            write(_tamed(text) if form.startswith("json") else visible(text.replace("\r\n", "\n")))
        return
    raw = getattr(out, "buffer", None)
    if raw is None:  # a stream that takes text only
        for piece in content:
            write(piece.decode())
        return
    finish()
    try:
        for piece in content:
            raw.write(piece)
        raw.flush()
    except BrokenPipeError as error:
        raise PipeClosed from error
    except OSError as error:
        raise Failure(f"zeroline: stdout: {os_words(error)}") from error


def csv_rows(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write comma-separated values (RFC 4180) as they come; no cell is taken for a formula by a spreadsheet."""
    import csv

    from zeroline.export.csv_ import safe_cell

    out, to_reader = stream(), on_terminal()
    if not to_reader and isinstance(out, TextIOWrapper):
        out.reconfigure(encoding="utf-8", newline="")

    class Lines:
        def write(self, text: str) -> None:
            write(visible(text) if to_reader else text)

    writer = csv.writer(Lines(), lineterminator="\n" if to_reader else "\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
