"""The program ``zeroline``: straight to the explorer where that is what is asked for, else to the command line.

The way to the explorer imports no click, no pydantic and no tomllib: what counts is how soon there is something to see.
"""

from __future__ import annotations

import sys

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

try:  # Ctrl-C may come while these are loaded
    import os
    from collections.abc import Sequence
    from pathlib import Path

    from zeroline.cli.command_names import COMMANDS, CORPUS_VARIABLE
except KeyboardInterrupt:
    sys.exit(INTERRUPTED)


def main() -> int:
    """Run ``zeroline`` with the arguments of the process; gives the exit code. Ctrl-C ends it without a word."""
    try:
        return _run(sys.argv[1:])
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: list[str]) -> int:
    if wants_explorer(arguments, on_terminal()):
        return _explorer(arguments[0] if arguments else os.environ.get(CORPUS_VARIABLE) or None)
    from zeroline.cli.app import run

    return run(arguments, explore=_explore if on_terminal() else None)


def wants_explorer(arguments: Sequence[str], terminal: bool) -> bool:
    """Whether the arguments mean the explorer at once: none, or one that is a folder and no command's name."""
    if not terminal or len(arguments) > 1:
        return False
    if not arguments:
        return True
    word = arguments[0]
    return not word.startswith("-") and word not in COMMANDS and os.path.isdir(os.path.expanduser(word))  # noqa: PTH112, PTH111


def on_terminal() -> bool:
    """Whether there is a terminal to explore on: to type into and to draw on."""
    try:
        return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    except (AttributeError, ValueError):  # a standard stream that is closed: None, or a closed file
        return False


def _explorer(folder: str | None) -> int:
    try:
        from zeroline.corpus.bundled import resolve

        return _explore(resolve(folder))
    except Exception as error:  # noqa: BLE001 - whatever it is, it becomes words and an exit code
        from zeroline.cli.diagnostics import report

        return report(error)


def _explore(folder: Path) -> int:
    from zeroline.tui.start import explore

    return explore(folder)


if __name__ == "__main__":
    sys.exit(main())
