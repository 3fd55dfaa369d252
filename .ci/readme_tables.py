"""Write the README's tables from the code: keys, query language, corpus format.

    python .ci/readme_tables.py            writes README.md anew
    python .ci/readme_tables.py --check    only says whether it is up to date (exit code 1 where not)

Each table stands between ``<!-- NAME: generated -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import argparse
import difflib
import inspect
import json
import re
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from zeroline.corpus import models
from zeroline.export import FORMATS
from zeroline.export.formats import PARTS
from zeroline.index.schema import FIELDS
from zeroline.tui.commands import COMMANDS
from zeroline.tui.screens.bookmark_commands import BOOKMARK_COMMANDS

README = Path(__file__).resolve().parent.parent / "README.md"
RESULTS = README.parent / "tests" / "benchmarks" / "results.json"


def keys() -> Iterator[str]:
    """Every command with its keys, section by section."""
    yield "| | key | what it does |"
    yield "|---|---|---|"
    before = ""
    for command in (*COMMANDS, *BOOKMARK_COMMANDS):
        section = "" if command.section == before else f"**{command.section}**"
        before = command.section
        names = " ".join(f"<kbd>{escape(key)}</kbd>" for key in command.shown_keys.split(", "))
        yield f"| {section} | {names} | {escape(command.help)} |"


def fields() -> Iterator[str]:
    """Every field a query may name."""
    yield "| field | finds |"
    yield "|---|---|"
    for name, meaning in FIELDS.items():
        yield f"| `{name}:` | {escape(meaning)} |"


def tables() -> Iterator[str]:
    """Every table a corpus file may hold, with its keys; needed ones in bold."""
    yield "| table | what it is | keys (**needed**) |"
    yield "|---|---|---|"
    for name, field in models.Study.model_fields.items():
        yield from table(f"[{name}]" if name == "corpus" else f"[[{name}]]", field.annotation)


def table(heading: str, annotation: Any) -> Iterator[str]:
    """The row of one model, then those of the models inside it that have not been shown."""
    model = next(m for m in parts(annotation) if isinstance(m, type) and issubclass(m, BaseModel))
    yield f"| `{heading}` | {meaning(model)} | {', '.join(key(name, model) for name in model.model_fields)} |"
    name = heading.strip("[]")
    for inner_name, field in model.model_fields.items():
        for inner in parts(field.annotation):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                many = get_origin(field.annotation) is tuple
                inner_heading = f"[[{name}.{inner_name}]]" if many else f"[{name}.{inner_name}]"
                yield from table(inner_heading, inner)


def key(name: str, model: type[BaseModel]) -> str:
    """A key: bold where it is needed, with its choices where there are only some."""
    field = model.model_fields[name]
    shown = f"**`{name}`**" if field.is_required() else f"`{name}`"
    choices = [str(c) for part in parts(field.annotation) if get_origin(part) is Literal for c in get_args(part)]
    return f"{shown} ({' · '.join(choices)})" if len(choices) > 1 else shown


def parts(annotation: Any) -> Iterator[Any]:
    """The types an annotation is made of, outermost last: ``tuple[X, ...] | None`` has X in it."""
    if get_origin(annotation) in (tuple, Union, types.UnionType):
        for inner in get_args(annotation):
            if inner is not Ellipsis and inner is not type(None):
                yield from parts(inner)
    else:
        yield annotation


def meaning(model: type[BaseModel]) -> str:
    """What a model's docstring says, as Markdown on one line; the name of its table is said beside it."""
    text = " ".join((inspect.getdoc(model) or "").split()).replace("``", "`")
    text = re.sub(r": `\[\[?\w+\]?\]`(?= ?\.)", "", text)
    return escape(text)


def figures() -> Iterator[str]:
    """What was measured, from the results kept beside the benchmarks: Zeroline by size, then its peers."""
    whole = json.loads(RESULTS.read_text(encoding="utf-8"))
    yield "| statements | compiled | index | rows after a key, p50 / p95 | every pane | End, Home | drag | memory |"
    yield "|---|---|---|---|---|---|---|---|"
    bundled = whole["bundled"]
    yield f"| bundled corpus | | | {_typing(bundled)} | {_resident(bundled)} |"
    for size, measured in whole["sizes"].items():
        made = measured["compile"]["compiles"][0]
        rate = f"{made['seconds']:.0f} s, {made['statements_per_second']:,.0f}/s"
        kept = f"{made['bytes'] / 1e6:,.0f} MB"
        typed = measured["interactive"]
        yield f"| {int(size):,} | {rate} | {kept} | {_typing(typed)} | {_resident(typed)} |"
    for size, measured in whole["sizes"].items():
        if not measured.get("peers"):
            continue
        yield ""
        yield f"| {int(size):,} statements, in ms | rows p50 | rows p95 | counts p50 | counts p95 |"
        yield "|---|---|---|---|---|"
        rows = {row["what"]: row for row in measured["peers"]["table"]}
        for name in dict.fromkeys(what.split(":")[0] for what in rows):
            cells = [rows.get(f"{name}: {kind}") for kind in ("rows", "counts")]
            shown = [f"{cell[p]:,.1f}" if cell else "" for cell in cells for p in ("p50", "p95")]
            yield f"| {escape(name)} | {' | '.join(shown)} |"
    it, first = whole["machine"], whole["first_frame"]["summary"]["frame"]["ratio"]["median"]
    yield ""
    yield (
        f"Measured on {it['date']} with {it['cores']} cores ({escape(it['processor'])}), {it['memory_mb'] // 1024} GB,"
        f" Python {it['python']}, Textual {it['textual']}, tantivy {it['tantivy']}, in a real pseudo-terminal of"
        f" 120×36; times in milliseconds, single ones p95. First full frame: {first:.2f} × a bare Textual"
        " hello-world."
    )


def _typing(measured: dict[str, Any]) -> str:
    rows = {row["what"]: row for row in measured["table"]}
    typed, settled = rows.get("typing: rows"), rows.get("typing: settled")
    if not typed or not settled:
        return " | | | "
    moved = (rows.get(name) for name in ("End, Home: rows", "drag: rows"))
    cells = " | ".join(f"{row['p95']:.0f}" if row else "" for row in moved)
    return f"{typed['p50']:.0f} / {typed['p95']:.0f} | {settled['p95']:.0f} | {cells}"


def _resident(measured: dict[str, Any]) -> str:
    return f"{measured['resident'] / 1e6:.0f} MB"


def escape(text: str) -> str:
    """Text inside a table: a bar would end the cell."""
    return text.replace("|", "\\|")


def formats() -> Iterator[str]:
    """Every format of an export, then what of a bookmark each holds."""
    yield "| format | `--format` | file | what it is | loses, beside what the next table says |"
    yield "|---|---|---|---|---|"
    for it in FORMATS.values():
        what = it.what + (f" ({it.package})" if it.library else "") + ("; can be imported" if it.reads else "")
        yield f"| {it.label} | `{it.name}` | `.{it.ending}` | {escape(what)} | {escape('; '.join(it.loses))} |"
    yield ""
    columns: dict[frozenset[str], list[str]] = {}
    for it in FORMATS.values():
        columns.setdefault(it.holds, []).append(f"`{it.name}`")
    yield f"| holds | {' | '.join(' '.join(names) for names in columns.values())} |"
    yield f"|---|{':-:|' * len(columns)}"
    for part, words in PARTS.items():
        yield f"| {escape(words)} | {' | '.join('✓' if part in holds else '–' for holds in columns)} |"


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "keys": keys,
    "fields": fields,
    "tables": tables,
    "formats": formats,
    "figures": figures,
}


def fill(text: str) -> str:
    """The README with every table made anew. Raises SystemExit where a table has no place in it."""
    for name, rows in TABLES.items():
        begin, end = f"<!-- {name}: generated -->", "<!-- end -->"
        if text.count(begin) != 1:
            raise SystemExit(f"README.md: “{begin}” must stand there once, stands there {text.count(begin)} times")
        before, rest = text.split(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise SystemExit(f"README.md: no “{end}” after “{begin}”")
        text = "\n".join([before + begin, *rows(), end + after])
    return text


def main() -> int:
    """Write or check; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; print what would change")
    check = parser.parse_args().check
    old = README.read_text(encoding="utf-8")
    new = fill(old)
    if check:
        sys.stdout.writelines(difflib.unified_diff(old.splitlines(True), new.splitlines(True), "README.md", "the code"))
        return 0 if old == new else 1
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
