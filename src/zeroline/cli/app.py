"""The command ``zeroline`` itself: finds the command meant, loads only that one, and ends with its exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from zeroline import __version__
from zeroline.cli import diagnostics, output
from zeroline.cli.command_names import COMMANDS
from zeroline.cli.session import Session, corpus_option, examples
from zeroline.cli.signals import Ended


def run(arguments: Sequence[str], explore: Callable[[Path], int] | None = None) -> int:
    """Run the command line and give its exit code. ``explore`` opens the explorer; None where there is no terminal."""
    try:
        zeroline.main(list(arguments), prog_name="zeroline", obj=Session(explore=explore))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else diagnostics.PROBLEM
    return diagnostics.FINE


class Zeroline(click.Group):
    """A group that imports a command only when it is the one wanted, and takes a folder for “explore FOLDER”."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name]).command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command meant by the arguments; a word that is no command may be a folder."""
        word = args[0]
        if word not in COMMANDS and not ctx.resilient_parsing:
            if Path(os.path.expanduser(word)).is_dir():  # noqa: PTH111 - Path.expanduser fails on “~nobody”
                return "explore", self.get_command(ctx, "explore"), args
            raise click.UsageError(_unknown(word), ctx)
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command. Whatever happens, it ends in words for people and an exit code; a traceback never."""
        output.prepare()
        try:
            # Not as click would do it alone: a command's return value is its exit code, and errors come to us.
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            code = code if isinstance(code, int) else diagnostics.FINE
            output.finish()
        except click.Abort:
            code = diagnostics.INTERRUPTED
        except click.ClickException as error:
            code = _say_misunderstood(error)
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - whatever it is, it becomes words and an exit code
            code = diagnostics.report(error)
        except Ended as end:
            code = end.code
        if code == diagnostics.PIPE_CLOSED:
            output.abandon()
        if standalone_mode:
            sys.exit(code)
        return code


def _unknown(word: str) -> str:
    if os.sep in word or word.startswith((".", "~")):
        return f"there is no folder “{word}”"
    near = get_close_matches(word.casefold(), COMMANDS, 1)
    said = f"“{word}” is neither a command nor a folder"
    return f"{said}; did you mean “zeroline {near[0]}”?" if near else said


def _say_misunderstood(error: click.ClickException) -> int:
    said = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    if context is None:
        diagnostics.note(f"zeroline: {said}")
    else:
        diagnostics.note(f"zeroline: {said} (“{context.command_path} --help” tells more)")
    return error.exit_code


_EXAMPLES = (
    ("zeroline", "explore the bundled corpus; without a terminal, print its overview"),
    ("zeroline my-study", "explore the corpus in a folder (./check for a folder with a command's name)"),
    ("zeroline statements prisoners --stance trade", "search from the command line"),
    ("zeroline show melnyk", "everything about one speaker, statement or event"),
    ("zeroline statements --format jsonl | head", "data for other programs"),
)


@click.group(
    cls=Zeroline,
    invoke_without_command=True,
    subcommand_metavar="[COMMAND|FOLDER] [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples(*_EXAMPLES),
)
@click.version_option(__version__, "-V", "--version", prog_name="zeroline", message="%(prog)s %(version)s")
@corpus_option
@click.pass_context
def zeroline(ctx: click.Context, corpus: str | None) -> int | None:
    """Explore testimony: who said what, from where, under which conditions, and where they stand.

    Data goes to stdout, words about it to stderr. The exit code is 0 when all is fine, 1 when something is not found
    or has problems, 2 when the command is not understood.
    """
    session = ctx.ensure_object(Session)
    session.corpus = corpus
    if ctx.invoked_subcommand is None:
        command = zeroline.get_command(ctx, "explore")
        assert command is not None
        code = ctx.invoke(command)
        return code if isinstance(code, int) else None
    return None
