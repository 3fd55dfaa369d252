"""Whatever a corpus holds, nothing that a terminal might act on reaches stdout or stderr."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zeroline.cli import output
from zeroline.text.safe import visible

HOSTILE = "\x1b]0;x\x07\x1b[2J\x9b31m\u202e[bold red]x[/]\x7f\r:smile:\u2066\u200b\U000e0041\x85\u2028end"

COMMANDS = (
    ["overview"],
    ["statements"],
    ["speakers"],
    ["events"],
    ["info"],
    ["bookmarks", "list"],
    ["show", "brum-3"],
    ["show", "crates-carried"],
    ["show", "oda-brum"],
    ["show", "nothing-like-it"],
    ["statements", "zzzz", "--speaker", "oda-brum", "--place", "lamp-rock", "--topic", "light"],
    ["statements", "--speaker", "nobody \x1b[31m"],
    ["statements", "--stance", "\x9b31m"],
)

FREE = {
    "title", "question", "description", "version", "licence", "coded_by", "label", "definition", "credit", "outlet",
    "author", "name", "callsign", "unit", "role", "note", "rationale", "no_primary", "paraphrase", "condition",
    "what", "qualifier",
}  # fmt: skip
"""The keys of a corpus whose text is free."""


def poisoned(value: Any, poison: str) -> Any:
    """The tables of a corpus with the poison behind every free text."""
    match value:
        case dict():
            return {
                key: member + poison if key in FREE and isinstance(member, str) else poisoned(member, poison)
                for key, member in value.items()
            }
        case list():
            return [poisoned(member, poison) for member in value]
    return value


def poison_corpus(source: Path, folder: Path, poison: str) -> Path:
    shutil.copytree(source, folder)
    for path in folder.glob("*.toml"):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        path.write_text(tomli_w.dumps(poisoned(tables, poison)), encoding="utf-8")
    return folder


def without_colours(text: str) -> str:
    """The text without the colours that the tables themselves set."""
    return re.sub("\x1b\\[[0-9;]*m", "", text)


@pytest.mark.parametrize("terminal", [False, True])
def test_nothing_raw_reaches_the_terminal(terminal: bool, run, small: Path, tmp_path: Path, monkeypatch) -> None:
    corpus = poison_corpus(small, tmp_path / "poisoned", HOSTILE)
    assert run("bookmarks", "add", "brum-3", "--note", HOSTILE, "--tag", HOSTILE, corpus=corpus).exit_code == 0
    monkeypatch.setattr(output, "on_terminal", lambda: terminal)
    for arguments in COMMANDS:
        result = run(*arguments, corpus=corpus)
        assert result.exit_code in (0, 1, 2) and "an error of the program" not in result.stderr
        shown = without_colours(result.stdout) if terminal else result.stdout
        assert visible(shown) == shown, arguments
        assert visible(result.stderr) == result.stderr, arguments
    # Markup is text like any other, and stays.
    assert "[bold red]x[/]" in run("show", "oda-brum", corpus=corpus).stdout.replace("\n", "")
    assert ":smile:" in run("statements", corpus=corpus).stdout


def test_data_stays_as_it_is(run, small: Path, tmp_path: Path, monkeypatch) -> None:
    corpus = poison_corpus(small, tmp_path / "poisoned", HOSTILE)
    shown = run("statements", "--format", "jsonl", corpus=corpus).stdout
    assert visible(shown) == shown
    records = [json.loads(line) for line in shown.split("\n") if line]
    assert all(record["paraphrase"].endswith(HOSTILE) for record in records)
    shown = run("statements", "--format", "json", corpus=corpus).stdout
    assert visible(shown) == shown and json.loads(shown) == records
    assert HOSTILE in run("statements", "--format", "csv", corpus=corpus).stdout_bytes.decode()
    monkeypatch.setattr(output, "on_terminal", lambda: True)
    shown = run("statements", "--format", "csv", corpus=corpus).stdout
    assert visible(shown) == shown


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(poison=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30))
def test_any_text_is_shown_harmlessly(poison: str, run, small: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    corpus = poison_corpus(small, tmp_path_factory.mktemp("any") / "corpus", poison)
    for arguments in (["overview"], ["statements"], ["speakers"], ["show", "brum-3"]):
        result = run(*arguments, corpus=corpus)
        assert result.exit_code == 0, result.stderr
        assert visible(result.stdout) == result.stdout
    record = json.loads(run("show", "brum-3", "--format", "json", corpus=corpus).stdout)
    assert record["paraphrase"].rstrip().endswith(poison.rstrip()) or not poison.strip()
