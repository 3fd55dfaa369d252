"""``zeroline completion``: the script that lets a shell complete commands, options and ids."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from zeroline.cli import output
from zeroline.cli.session import examples


@click.command(
    "completion",
    short_help="Print the completion script of a shell.",
    epilog=examples(
        ('eval "$(zeroline completion bash)"', "in ~/.bashrc"),
        ('eval "$(zeroline completion zsh)"', "in ~/.zshrc, after compinit"),
        ("zeroline completion fish > ~/.config/fish/completions/zeroline.fish", "once"),
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that makes SHELL complete commands, options, stances, topics, places and ids.

    Completion never compiles an index: ids are known once the corpus has been opened.
    """
    made = get_completion_class(shell)
    assert made is not None
    output.write(made(ctx.find_root().command, {}, "zeroline", "_ZEROLINE_COMPLETE").source() + "\n")
