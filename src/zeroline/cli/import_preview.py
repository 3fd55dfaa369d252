"""What ``zeroline import`` shows before it imports: the columns, what they become, the first statements."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from zeroline.cli import output
from zeroline.cli.import_report import guarded_in_words, stances_in_words
from zeroline.cli.phrases import counted
from zeroline.cli.table import Column, print_table
from zeroline.importing.codebook import Codebook, in_order
from zeroline.importing.dates import ORDERS, Dates
from zeroline.importing.errors import BadRow
from zeroline.importing.fields import has_words, listed, map_text
from zeroline.importing.firmness import would_be_left_out
from zeroline.importing.first_look import DELIMITERS
from zeroline.importing.guess import values_of
from zeroline.importing.labels import bare, folded
from zeroline.importing.reading import packing_of
from zeroline.importing.rows import Cells, Row
from zeroline.importing.seen_ids import Seen
from zeroline.importing.statements import Builder
from zeroline.text.safe import one_line

if TYPE_CHECKING:
    from zeroline.importing.first_look import Look
    from zeroline.importing.guess import Guess
    from zeroline.importing.run import Plan

_VALUES, _STATEMENTS, _CUT = 3, 5, 60


def ready_map(mapping: Mapping[str, str]) -> str:
    """The option that says a mapping, to be typed."""
    return f"--map {shlex.quote(map_text(mapping))}"


def repeating(column: str) -> str:
    """What to say of a column that by its name holds ids, and by what stands in it does not."""
    return (
        f"“{column}” is left out: the same ids stand in several rows, so statements are called by their lines. "
        f"With id={column} in a --map, the later rows of an id are reported as bad"
    )


def map_to_write(mapping: Mapping[str, str]) -> str:
    """The option that says a mapping which has no text yet, with what to put in."""
    needed = {field: "COLUMN" for field in ("text", "speaker") if field not in mapping}
    return ready_map({**needed, **mapping})


def print_preview(seen: Look, guessed: Guess, plan: Plan, trouble: str) -> None:
    """Show it all on stdout."""
    table = seen.table
    kind = f"columns parted by a {DELIMITERS.get(table.delimiter, table.delimiter)}"
    if table.is_json or len(table.columns) == 1:
        kind = "JSON Lines" if table.is_json else "one text a line"
    kind += f", {table.encoding.removesuffix('-sig').upper()}"
    if packing_of(table.path) == "parquet":
        kind = "Parquet"
    output.say(f"{table.path.name}: {kind}, {counted(len(table.columns), 'column')}")
    output.say()
    print_table([Column("column"), Column("becomes"), Column("first values", reading=True)], _columns(seen, guessed))
    output.say()
    if guessed.must_ask:
        output.say("Stances and statements are not shown: which views are guarded is not known yet")
    else:
        _say_stances(seen, plan)
    _say_dates(seen, plan)
    if seen.bad:
        first = seen.bad[0]
        output.say(
            f"Bad rows: {len(seen.bad):,} of the first {len(seen.sample) + len(seen.bad):,}; "
            f"the first (line {first.line}): {first.fault}"
        )
    if guessed.repeating:
        output.say(f"Ids: {repeating(guessed.repeating)}")
    if seen.hint:
        output.say(f"Hint: {seen.hint}")
    if guessed.must_ask:
        output.say(
            f"Not left out without your word: {listed(tuple(guessed.must_ask))}, which by name says how firm a view "
            "is, or under which condition; map it, or give a --map without it"
        )
    if trouble:
        output.say(f"Missing: {trouble}")
    elif not guessed.must_ask:
        output.say()
        heads = [Column("statement"), Column("speaker"), Column("date"), Column("stance"), Column("text", reading=True)]
        print_table(heads, _statements(seen, plan))
    if guessed.must_ask:
        output.say()
        for mend in would_be_left_out(guessed.must_ask, plan.mapping, guessed.likely, table.columns).mends:
            output.say(one_line(mend))
    elif plan.mapping:
        output.say()
        output.say((ready_map if has_words(plan.mapping) else map_to_write)(plan.mapping))


def _columns(seen: Look, guessed: Guess) -> Iterator[tuple[str, str, str]]:
    for column in dict.fromkeys(seen.table.columns):
        fields = [
            f"{field} (guessed)" if field in guessed.unsure else field
            for field, mapped in guessed.mapping.items()
            if mapped == column
        ]
        values = list(dict.fromkeys(values_of(seen, column, 50)))[:_VALUES]
        yield column, ", ".join(fields) or "(left out)", " · ".join(value[:_CUT] for value in values)


def _say_stances(seen: Look, plan: Plan) -> None:
    column = plan.mapping.get("stance")
    if column is None:
        output.say("Stances: none; no column is mapped to “stance”")
        return
    with _building(seen, plan) as (builder, codebook, cells):
        for row in seen.sample:
            with suppress(BadRow):
                for stance, force in builder.positions(cells(row)):
                    stance.held[force] = stance.held.get(force, 0) + 1
        taken = in_order([name for name in codebook.stances.all() if name.held])
        guarded = [(name.label, force) for name, force in builder.guarded.values() if name.held.get(force)]
    output.say(f"Stances in the first {counted(len(seen.sample), 'row')}: {stances_in_words(taken) or 'none'}")
    if guarded:
        said = guarded_in_words(guarded)
        output.say(said[:1].upper() + said[1:])
    none = {bare(label) for label in plan.none}
    left: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for value in values_of(seen, column):
        if bare(value) in none:
            left[folded(value)] += 1
            shown.setdefault(folded(value), value)
    if left:
        said = ", ".join(f"“{shown[label]}”: {number:,}" for label, number in left.most_common())
        output.say(f"Taken for no position: {said} (--none-label names more)")


def _say_dates(seen: Look, plan: Plan) -> None:
    column = plan.mapping.get("date")
    if column is None:
        return
    how = plan.style.form or ORDERS.get(plan.style.order, "")
    times = "with the time of day" if plan.style.clock else "the day alone; --keep-times keeps the time of day"
    output.say(f"Dates: {f'{how}, ' if how else ''}{times}")


def _statements(seen: Look, plan: Plan) -> Iterator[tuple[str, ...]]:
    """The first rows as the statements they would become."""
    with _building(seen, plan) as (builder, codebook, cells):
        for row in seen.sample[:_STATEMENTS]:
            try:
                made = builder.build(row.line, cells(row)).statement
            except BadRow as why:
                yield "bad row", "", "", "", str(why)
                continue
            labels = {name.id: name.label for name in codebook.stances.all()}
            stance = "; ".join(_position(position, labels) for position in made.get("positions", ()))
            text = made.get("excerpt") or made["paraphrase"]
            yield made["id"], made["speaker"]["name"], made.get("date", ""), stance or "none", text[:400]


def _position(position: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """A position, never without what it hangs on: “FAVOR on a condition: they pay; otherwise LEAVE”."""
    said = labels[position["stance"]]
    if position["force"] != "unconditional":
        said += " as a hypothesis" if position["force"] == "hypothetical" else " on a condition"
        said += f": {position['condition']}" if "condition" in position else ""
    return f"{said}; otherwise {labels[position['otherwise']]}" if "otherwise" in position else said


@contextmanager
def _building(seen: Look, plan: Plan) -> Iterator[tuple[Builder, Codebook, Callable[[Row], Cells]]]:
    """What makes statements of the sample as the import does, its codebook, and what finds the cells of a row."""
    at = [list(dict.fromkeys(seen.table.columns)).index(column) for column in plan.mapping.values()]
    nowhere = Path(gettempdir()) / "unused"  # so few rows never leave memory
    with closing(Codebook(nowhere)) as codebook, closing(Seen(nowhere)) as ids:
        unnamed = codebook.sources.get("[preview]")
        assert unnamed is not None
        builder = Builder(plan.mapping, Dates(plan.style), plan.none, codebook, ids, unnamed)
        yield builder, codebook, lambda row: [row.cells[n] for n in at]
