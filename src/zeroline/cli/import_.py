"""``zeroline import``: a table with any column names, made a corpus."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zeroline.cli import diagnostics, output
from zeroline.cli.diagnostics import FINE, INTERRUPTED, PROBLEM, USAGE, Failure
from zeroline.cli.session import examples
from zeroline.cli.signals import Ended, ended_by_signals
from zeroline.text.safe import one_line

if TYPE_CHECKING:
    from zeroline.importing.errors import ImportFault
    from zeroline.importing.first_look import Look
    from zeroline.importing.guess import Guess
    from zeroline.importing.run import Plan

FORMATS = ("csv", "tsv", "jsonl")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")


@click.command(
    "import",
    short_help="Make a corpus of a table (CSV, TSV, JSON Lines, Parquet).",
    epilog=examples(
        ("zeroline import tweets.csv --into tweets", "guess which column is which, show it, ask, import"),
        ("zeroline import tweets.csv --preview", "only show what it would make of the file"),
        (
            "zeroline import talks.jsonl.gz --into talks --map speaker=author,text=quote,date=published,stance=label",
            "say which column is which",
        ),
        ("zeroline import talks.csv --into talks --date-format dmy --yes", "day before month; ask nothing"),
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--into", "into", metavar="FOLDER", type=click.Path(path_type=Path), help="The folder to make.")
@click.option(
    "--map", "maps", multiple=True, metavar="FIELD=COLUMN,…",
    help="Which column is which; what is not named is left out. Fields: text, speaker, date, stance, id, source, "
    "topic, place, unit, role, callsign, paraphrase, note, attribution, force, condition, otherwise, certainty, basis, "
    "rationale.  [default: guessed]",
)  # fmt: skip
@click.option("--title", metavar="TEXT", help="Title of the corpus.  [default: the file's name]")
@click.option("--id", "corpus_id", metavar="ID", help="Id of the corpus.  [default: the folder's name]")
@click.option(
    "--none-label", "none_labels", multiple=True, metavar="LABEL,…",
    help="More labels that mean no position, as an empty cell, none, neutral, n/a, na, nan, null, unknown, no stance, "
    "no position, not stated and - always do.",
)  # fmt: skip
@click.option(
    "--date-format", metavar="FORMAT",
    help="dmy, mdy or a format like %d.%m.%y.  [default: found out]",
)  # fmt: skip
@click.option("--keep-times", is_flag=True, help="Keep the time of day of a date, too; else the day alone.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="What the file is.  [default: found out]")
@click.option("--delimiter", metavar="SIGN", help="What parts the columns; “tab” is one.  [default: found out]")
@click.option("--no-quotes", is_flag=True, help="Quotation marks are text, and enclose no cell.")
@click.option("--encoding", metavar="NAME", help="Encoding of the file.  [default: UTF-8, or as it begins]")
@click.option("--preview", is_flag=True, help="Only show what would be made.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing, and take what is guessed.")
@click.option("--strict", is_flag=True, help="Stop at the first bad row, and leave nothing.")
@click.option("--replace", is_flag=True, help="Take the place of an earlier import.")
@click.pass_context
def command(ctx: click.Context, /, file: Path, into: Path | None, preview: bool, yes: bool, **given: Any) -> int:
    """Make a corpus of a table in FILE: CSV, TSV or JSON Lines, any of them also compressed (.gz), or Parquet.

    Every row becomes a statement. The labels of the stance column become the codebook. As a label does not say how
    firm somebody is, each is a position without a condition, of medium certainty, inferred; only one that itself says
    a condition or a hypothesis (“hold, if paid”) is a conditional or hypothetical one. Several topics or places in a
    cell are parted by “;” or “|”.

    A row that cannot be read is reported in bad-rows.csv in the folder made, and the rest goes on. Ctrl-C leaves
    nothing behind.
    """
    if into is None and not preview:
        raise click.UsageError("say where the corpus goes: --into FOLDER (or only --preview)", ctx)
    from zeroline.importing.errors import ImportFault

    try:
        return _import(ctx, file, into, preview, yes, given)
    except ImportFault as error:
        raise _failure(error) from error


def _import(ctx: click.Context, file: Path, into: Path | None, preview: bool, yes: bool, given: dict[str, Any]) -> int:
    from zeroline.cli.import_preview import map_to_write, print_preview, ready_map, repeating
    from zeroline.importing.fields import has_words, parse_map
    from zeroline.importing.firmness import would_be_left_out
    from zeroline.importing.first_look import look
    from zeroline.importing.guess import Guess, guess
    from zeroline.importing.json_keys import in_list
    from zeroline.importing.target import check_free

    if into is not None and not preview:
        check_free(into, given["replace"])
    quoted = False if given["no_quotes"] else None
    seen = look(file, given["form"], given["encoding"], _delimiter(ctx, given["delimiter"]), quoted)
    if given["maps"]:
        open_ended = seen.table.is_json and not seen.whole
        deep = tuple(name for name in seen.buried if not in_list(name))
        guessed = Guess(parse_map(given["maps"], seen.table.columns + deep, open_ended=open_ended))
        seen = seen.with_columns(guessed.mapping.values())
    else:
        guessed = guess(seen)
    plan, trouble = _plan(ctx, seen, guessed, into or Path(file.name.split(".")[0]), given)
    person = output.on_terminal() and sys.stdin is not None and sys.stdin.isatty()
    if preview or (person and not yes):
        print_preview(seen, guessed, plan, trouble)
    if preview:
        return FINE
    assert into is not None
    if guessed.must_ask:
        raise would_be_left_out(guessed.must_ask, plan.mapping, guessed.likely, seen.table.columns)
    if not trouble and not guessed.sure and not yes and not person:
        unsure = ", ".join(f"{field} = “{guessed.mapping[field]}”" for field in guessed.unsure)
        trouble = f"the mapping is only guessed ({unsure}), and there is no terminal to ask on"
    if trouble:
        named = ready_map if has_words(plan.mapping) else map_to_write
        raise Failure(f"zeroline: {trouble}\nTo go on: zeroline import … {named(plan.mapping)}", USAGE)
    if person and not yes and not output.ask(f"Import into {into}?"):
        diagnostics.note("Nothing is imported. To change the mapping, edit the line above.")
        return PROBLEM
    if guessed.repeating:
        diagnostics.note(one_line(repeating(guessed.repeating)))
    return _run(plan, into, given)


def _failure(fault: ImportFault) -> Failure:
    """What to say of an import that cannot be done, each line of it visibly one."""
    said = "\n".join(map(one_line, (str(fault), *fault.mends)))
    return Failure(f"zeroline: {said}", USAGE if fault.asks else PROBLEM)


def _plan(ctx: click.Context, seen: Look, guessed: Guess, into: Path, given: dict[str, Any]) -> tuple[Plan, str]:
    """What is to be done, and "" or what must be said first before it can be."""
    from zeroline.importing.dates import Style, order_of, style_of
    from zeroline.importing.fields import check, has_words
    from zeroline.importing.guess import values_of
    from zeroline.importing.labels import NO_STANCE
    from zeroline.importing.run import Plan
    from zeroline.importing.slugs import slug
    from zeroline.importing.writable import writable

    id = given["corpus_id"] or slug(into.resolve().name) or "corpus"
    if not _ID.fullmatch(id):
        raise click.UsageError(f"--id: “{id}” is not made of lower-case letters, digits, “.”, “_” and “-”", ctx)
    title = writable(" ".join((given["title"] or seen.table.path.name.split(".")[0]).split())) or id
    labels = tuple(writable(label.strip()) for text in given["none_labels"] for label in text.split(","))
    style, trouble = Style(clock=given["keep_times"]), ""
    if not has_words(guessed.mapping):
        trouble = _no_text(guessed, seen)
    else:
        check(guessed.mapping, seen.table.columns)
    if given["date_format"]:
        try:
            style = style_of(given["date_format"], given["keep_times"])
        except ValueError as error:
            raise click.UsageError(f"--date-format: {error}", ctx) from None
    elif column := guessed.mapping.get("date"):
        order = order_of(values_of(seen, column))
        if order == "?":
            dates = (v for v in values_of(seen, column) if order_of([v]))
            trouble = trouble or (
                f"whether the day or the month stands first in dates like “{next(dates)}” (column “{column}”) "
                "cannot be told: add --date-format dmy or --date-format mdy"
            )
        else:
            style = style._replace(order=order)
    plan = Plan(seen.table, guessed.mapping, id, title, style, NO_STANCE + labels, guessed=not given["maps"])
    return plan, trouble


def _no_text(guessed: Guess, seen: Look) -> str:
    """What to say where no column can be guessed to hold what was said."""
    from zeroline.importing.fields import listed

    found = ", ".join(f"“{column}” ({field})" for field, column in guessed.mapping.items())
    told = f"; only {found} can be guessed" if found else ""
    return f"which column holds what was said cannot be told{told}. The columns are {listed(seen.table.columns)}"


def _delimiter(ctx: click.Context, given: str | None) -> str | None:
    if given is None:
        return None
    sign = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|"}.get(given.lower(), given)
    if len(sign) != 1 or sign in '"\r\n' or 0xD800 <= ord(sign) < 0xE000:
        raise click.UsageError(f"--delimiter: “{given}” is not one sign, nor tab", ctx)
    return sign


def _run(plan: Plan, into: Path, given: dict[str, Any]) -> int:
    from zeroline.cli.import_report import Meter, print_result
    from zeroline.importing.run import run

    with diagnostics.live_line() as tell, ended_by_signals():
        try:
            meter = Meter(plan.table.path.name, tell)
            result = run(plan, into, replace=given["replace"], strict=given["strict"], progress=meter)
        except KeyboardInterrupt:
            raise Failure("zeroline: stopped; nothing of the import is left", INTERRUPTED) from None
        except Ended as end:
            raise Failure("zeroline: ended; nothing of the import is left", end.code) from None
    # What lies in lists is no column; so far as it speaks of force or condition, it is among what came late.
    left = tuple(c for c in dict.fromkeys(plan.table.columns) if c not in plan.mapping.values())
    print_result(result, into, left + result.late)
    return FINE
