"""What ``zeroline import`` says while it works, and when it is done."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zeroline.cli import diagnostics, output
from zeroline.cli.phrases import counted
from zeroline.text.pace import clock_words
from zeroline.text.safe import one_line

if TYPE_CHECKING:
    from zeroline.importing.codebook import Name
    from zeroline.importing.run import Result

_CELLS = 16
_STANCES_SHOWN = 12
_FORCES = {"unconditional": "without a condition", "conditional": "on a condition", "hypothetical": "as a hypothesis"}


class Meter:
    """Says how far an import is: a bar, rows, rows a second, time left."""

    def __init__(self, name: str, tell: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._name, self._tell, self._clock = one_line(name), tell, clock
        self._began = clock()

    def __call__(self, rows: int, done: int, size: int) -> None:
        """Say it. ``done`` and ``size`` are bytes of the file."""
        share = min(done / size, 1.0) if size else 1.0
        seconds = max(self._clock() - self._began, 1e-6)
        full = round(share * _CELLS)
        left = f" · {clock_words(seconds / share - seconds)} left" if share > 0 and seconds > 1 else ""
        self._tell(
            f"{self._name} {'━' * full}{'╌' * (_CELLS - full)} {share:4.0%} · {counted(rows, 'row')}"
            f" · {rows / seconds:,.0f}/s{left}"
        )


def print_result(result: Result, into: Path, left: tuple[str, ...] = ()) -> None:
    """Say what an import has made, which columns it ``left`` out, and how to go on."""
    from zeroline.importing.fields import listed
    from zeroline.importing.target import BAD_ROWS

    rate = result.rows / max(result.seconds, 1e-6)
    output.say(f"{into}: {counted(result.rows, 'row')} in {result.seconds:,.1f} s ({rate:,.0f} a second)")
    counts = [counted(result.statements, "statement"), counted(result.speakers, "speaker")]
    counts += [counted(n, w) for n, w in ((result.topics, "topic"), (result.places, "place")) if n]
    output.say(f"  {', '.join([*counts, counted(result.sources, 'source')])}")
    if result.stances:
        output.say(f"  stances: {stances_in_words(result.stances)}")
    if result.guarded:
        output.say(f"  {guarded_in_words(result.guarded)}")
    output.say(f"  without a position: {result.without_stance:,}")
    if result.beyond:
        output.say(f"  {result.beyond:,} names of topics, places or sources beyond the first 10,000 are kept as notes")
    if left:
        output.say(f"  {one_line(f'columns left out: {listed(left)}')}")
    if result.bad:
        output.say(f"  bad rows: {result.bad:,}, each with its line and reason in {into / BAD_ROWS}")
        for row in result.bad_examples:
            diagnostics.note(one_line(f"line {row.line}: {row.fault}"))
    output.say(f"Explore it: zeroline {_folder(into)}")


def stances_in_words(stances: Sequence[Name]) -> str:
    """Stances with how many positions take each, and with which force where any hangs on something."""
    shown = [f"{one_line(stance.label)}: {stance.positions:,}{_forces(stance)}" for stance in stances[:_STANCES_SHOWN]]
    more = len(stances) - len(shown)
    return f"{', '.join(shown)}{f' and {more:,} more' if more > 0 else ''}"


def guarded_in_words(guarded: Iterable[tuple[str, str]]) -> str:
    """What to say of labels that themselves say a condition or hypothesis, each with its force."""
    said = ", ".join(f"“{one_line(label)}” ({force})" for label, force in guarded)
    return f"taken so for what the label itself says, the condition not recorded unless a column has it: {said}"


def _forces(stance: Name) -> str:
    if not stance.positions - stance.held.get("unconditional", 0):
        return ""
    return f" ({', '.join(f'{stance.held[f]:,} {words}' for f, words in _FORCES.items() if f in stance.held)})"


def _folder(into: Path) -> str:
    """The folder as it is typed; one with a command's name needs a “./”."""
    from zeroline.cli.command_names import COMMANDS

    text = str(into)
    return shlex.quote(f"./{text}" if text in COMMANDS or text.startswith("-") else text)
