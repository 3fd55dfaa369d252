"""The README keeps its word: its commands work, its example loads, its tables are those of the code."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zeroline.corpus.check import load_checked

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def marked(name: str) -> list[str]:
    """What stands between ``<!-- name -->`` and ``<!-- end -->``, each time it is there."""
    found = re.findall(rf"<!-- {re.escape(name)} -->\n(.*?)<!-- end -->", README, re.DOTALL)
    assert found, f"README.md has no “<!-- {name} -->”"
    return found


def code(name: str) -> list[str]:
    """The lines of code in every part so marked."""
    blocks = [
        block for part in marked(name) for block in re.findall(r"^```\w*\n(.*?)^```", part, re.DOTALL | re.MULTILINE)
    ]
    assert blocks, f"“{name}” has no code"
    return [line for block in blocks for line in block.splitlines()]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index is compiled once for all commands."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def environment(tmp_path: Path, cache: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ZEROLINE_")}
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])
    return {**kept, "PATH": path, "ZEROLINE_CACHE": str(cache), "ZEROLINE_DATA": str(tmp_path / "data")}


def shell(line: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Result]:
    """A line that begins with ``zeroline``, as a shell cuts it into words, in this process."""
    from zeroline.cli.app import zeroline

    for name in set(os.environ) - set(environment):
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)

    def run(line: str) -> Result:
        program, *arguments = shlex.split(line)
        assert program == "zeroline", line
        return CliRunner().invoke(zeroline, arguments, prog_name="zeroline")

    return run


def test_tables_are_those_of_the_code() -> None:
    script = ROOT / ".ci" / "readme_tables.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run “python .ci/readme_tables.py”\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("name", ["run command", "test command"])
def test_the_two_commands_are_one_line_each(name: str) -> None:
    (line,) = code(name)
    assert line.startswith("pip install ") and " && " in line


def test_every_command_shown_works_in_the_order_shown(
    tmp_path: Path, environment: dict[str, str], run: Callable[[str], Result]
) -> None:
    commands = code("commands")
    for number, line in enumerate(commands):
        if number and line.startswith("zeroline ") and not set(line) & set("|<>;&$#"):
            ran = run(line)
            ended, out, err = ran.exit_code, ran.stdout, ran.stderr
        else:  # the first, and what only a shell understands: as the reader does
            done = shell(line, tmp_path, environment)
            ended, out, err = done.returncode, done.stdout, done.stderr
        assert ended == 0, f"{line}\n{out}{err}"
        if " -o " not in line:
            told = out + (err if " bookmarks " in line else "")  # a change says so on stderr
            assert told.strip(), f"{line} printed nothing"
    notes = (tmp_path / "kursk.md").read_text(encoding="utf-8")
    for line in commands:
        for note in re.findall(r'--note "([^"]+)"', line):
            assert note in notes, f"{note!r} is not in the Markdown exported"
    bookmarks = tomllib.loads((tmp_path / "data" / "bookmarks.toml").read_text(encoding="utf-8"))
    assert len(bookmarks["bookmark"]) == 3


def test_the_questions_of_the_first_five_minutes_are_answered(tmp_path: Path, environment: dict[str, str]) -> None:
    first, second, *_ = code("commands")
    prisoners = shell(first, tmp_path, environment).stdout
    assert "Liber" in prisoners and "Melnyk" in prisoners
    conditional = shell(second, tmp_path, environment).stdout
    assert "Norman" in conditional and "△" in conditional and "▲" not in conditional


@pytest.mark.parametrize("query", re.findall(r"^\| `(.+?)` \|", marked("queries")[0], re.MULTILINE))
def test_every_query_shown_finds_something(query: str, run: Callable[[str], Result]) -> None:
    done = run(shlex.join(["zeroline", "statements", "--format", "jsonl", query]))
    assert done.exit_code == 0 and done.stdout, done.stderr
    assert "comes near" not in done.stderr, "found only by forgiving a typing error"


def test_the_example_corpus_loads_and_opens(tmp_path: Path, environment: dict[str, str]) -> None:
    folder = tmp_path / "mill-bridge"
    folder.mkdir()
    (folder / "corpus.toml").write_text("\n".join(code("example: corpus.toml")), encoding="utf-8")
    study = load_checked(folder)
    assert study.corpus.id == "mill-bridge"
    assert [(p.stance, p.force, p.otherwise) for s in study.statement for p in s.positions] == [
        ("mend", "conditional", "close")
    ]
    done = shell("zeroline mill-bridge", tmp_path, environment)
    assert done.returncode == 0 and "Ada Millward" in done.stdout, done.stderr
    lines = code("example: statements.jsonl")
    (folder / "statements.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    done = shell("zeroline check mill-bridge", tmp_path, environment)
    assert done.returncode == 0 and "2 speakers, 3 statements, 1 event (2 statements in lines)" in done.stdout
    done = shell("zeroline statements -C mill-bridge --speaker bo", tmp_path, environment)
    assert done.returncode == 0 and [line.split()[0] for line in done.stdout.splitlines()] == ["Id", "bo-01", "bo-02"]


def test_pictures_and_files_named_are_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    local = [link for link in links if "://" not in link]
    assert len(local) >= 5
    assert [link for link in local if not (ROOT / link).is_file()] == []
    for line in code("commands in a clone"):
        named = next(word for word in line.split() if "/" in word)
        assert (ROOT / named).is_file(), line


def test_environment_variables_named_are_those_there_are() -> None:
    named = set(re.findall(r"ZEROLINE_[A-Z_]+", README)) - {"ZEROLINE_TEST_ARTICLE"}
    sources = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    assert named == set(re.findall(r"\bZEROLINE_[A-Z_]+\b", sources))
