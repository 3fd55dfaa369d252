"""The way in: what goes to the explorer, what to the commands, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zeroline import __version__
from zeroline.__main__ import wants_explorer
from zeroline.cli import app
from zeroline.cli.command_names import COMMANDS
from zeroline.cli.session import Session

pty = pytest.importorskip("pty", reason="pseudo-terminals are a thing of Unix")


def test_explorer_is_meant_by_nothing_or_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "check").mkdir()
    (tmp_path / "study").mkdir()
    monkeypatch.chdir(tmp_path)
    assert wants_explorer([], terminal=True)
    assert wants_explorer(["study"], terminal=True)
    assert wants_explorer(["./check"], terminal=True)
    assert not wants_explorer(["check"], terminal=True)
    assert not wants_explorer(["nowhere"], terminal=True)
    assert not wants_explorer(["--help"], terminal=True)
    assert not wants_explorer(["study", "more"], terminal=True)
    assert not wants_explorer([], terminal=False)
    assert not wants_explorer(["study"], terminal=False)


_STAND_IN = """
import sys, types
app = types.ModuleType("zeroline.tui.start")
def explore(folder):
    print("explores", folder.name, sorted(set(sys.modules) & {"click", "pydantic", "tomllib", "edtf", "rich"}))
    return 7
app.explore = explore
sys.modules["zeroline.tui.start"] = app
sys.argv = ["zeroline", *sys.argv[1:]]
from zeroline.__main__ import main
sys.exit(main())
"""


def on_terminal(environment: dict[str, str], *arguments: str, code: str = _STAND_IN) -> tuple[int, str]:
    """The exit code and all output of a run whose stdin, stdout and stderr are a terminal."""
    outer, inner = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], env=environment, stdin=inner, stdout=inner, stderr=inner
    )
    os.close(inner)
    said = b""
    try:
        while part := os.read(outer, 65_536):
            said += part
    except OSError:  # how Linux says that the other side has been closed
        pass
    finally:
        os.close(outer)
    return child.wait(60), said.decode()


@pytest.mark.parametrize("named", ["by nothing", "as a folder", "by the environment"])
def test_way_to_the_explorer_imports_nothing_slow(named: str, environment: dict[str, str], small: Path) -> None:
    arguments = [str(small)] if named == "as a folder" else []
    if named == "by the environment":
        environment["ZEROLINE_CORPUS"] = str(small)
    folder = "kursk" if named == "by nothing" else "small"
    assert on_terminal(environment, *arguments) == (7, f"explores {folder} []\r\n")


def test_explorer_by_its_name_and_with_an_option(environment: dict[str, str], small: Path) -> None:
    for arguments in (["explore", str(small)], ["-C", str(small)], ["explore", "-C", str(small)]):
        code, said = on_terminal(environment, *arguments)
        assert (code, said[:14]) == (7, "explores small")


def test_explorer_that_fails_ends_in_words(environment: dict[str, str]) -> None:
    failing = _STAND_IN.replace("    return 7", "    raise RuntimeError('no [bold]\\x1bluck')")
    code, said = on_terminal(environment, code=failing)
    assert code == 1
    assert "Traceback" not in said and "RuntimeError: no [bold]␛luck" in said and "ZEROLINE_DEBUG=1" in said


def test_dumb_terminal_gets_the_overview(environment: dict[str, str], small: Path) -> None:
    code, said = on_terminal({**environment, "TERM": "dumb"}, str(small))
    assert code == 0 and "Who stands where" in said


def test_compiling_is_told_on_a_terminal_only(environment: dict[str, str], process, corpus: Path) -> None:
    code, said = on_terminal(environment, "overview", str(corpus))
    assert code == 0 and "Compiling corpus · 100 % · writing the last" in said and "\r\x1b[K" in said
    assert "Compiling" not in on_terminal(environment, "overview", str(corpus))[1]
    (corpus / "corpus.toml").write_bytes((corpus / "corpus.toml").read_bytes() + b"\n# changed\n")
    done = process("overview", str(corpus))
    assert done.returncode == 0 and done.stderr == b""


def test_every_command_is_there_under_its_name() -> None:
    context = app.zeroline.make_context("zeroline", ["info"], resilient_parsing=True)
    for name in COMMANDS:
        command = app.zeroline.get_command(context, name)
        assert command is not None and command.name == name
        assert command.epilog and f"zeroline {name}" in command.epilog


def test_help_everywhere_with_examples(run) -> None:
    for arguments in (
        [],
        *([name] for name in COMMANDS),
        *(["bookmarks", n] for n in ("list", "add", "remove", "export")),
    ):
        result = run(*arguments, "--help", corpus=None)
        assert result.exit_code == 0
        assert "Examples:" in result.stdout and result.stderr == ""


def test_without_a_terminal_it_prints_the_overview(process, small: Path) -> None:
    done = process(str(small))
    assert done.returncode == 0 and done.stderr == b""
    said = done.stdout.decode()
    assert "Gull Harbour: keep, lease or close the lamp?" in said
    assert "▲ keep: 5 statements (2 without a condition, 2 on a condition, 1 as a hypothesis; 1 inferred)" in said
    assert "▲△ Oda Brûm “Лампа”" in said
    assert "\x1b" not in said


def test_bundled_corpus_is_the_default(process) -> None:
    done = process()
    assert done.returncode == 0 and "Kursk" in done.stdout.decode()
    assert process("overview").stdout == done.stdout


def test_corpus_may_be_named_before_the_command_behind_it_or_in_the_environment(run, small: Path, monkeypatch) -> None:
    before = run("statements", "--format", "json")
    behind = run("statements", "-C", str(small), "--format", "json", corpus=None)
    monkeypatch.setenv("ZEROLINE_CORPUS", str(small))
    around = run("statements", "--format", "json", corpus=None)
    assert before.exit_code == 0 and before.stdout == behind.stdout == around.stdout


def test_folder_with_a_command_s_name(run, small: Path, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "check").symlink_to(small)
    monkeypatch.chdir(tmp_path)
    assert "Gull Harbour" in run("./check", corpus=None).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["statemnts"], "“statemnts” is neither a command nor a folder; did you mean “zeroline statements”?"),
        (["xyzzy"], "“xyzzy” is neither a command nor a folder"),
        (["nowhere/at/all"], "there is no folder “nowhere/at/all”"),
        (["--nonsense"], "--nonsense"),
        (["show"], "Missing argument 'ID'"),
        (["statements", "--limit", "0"], "--limit"),
        (["statements", "--force", "maybe"], "--force"),
        (["completion", "tcsh"], "tcsh"),
    ],
)
def test_what_is_not_understood_ends_with_2(arguments: list[str], said: str, run) -> None:
    result = run(*arguments, corpus=None)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr and "--help" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_folder_that_is_no_corpus_ends_with_1(run, tmp_path: Path) -> None:
    result = run(str(tmp_path), corpus=None)
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(tmp_path) in result.stderr and "Traceback" not in result.stderr


def test_cache_that_cannot_be_written_is_said_and_does_no_harm(run, tmp_path: Path, monkeypatch) -> None:
    usual = run("statements")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ZEROLINE_CACHE", str(tmp_path / "file"))
    result = run("statements")
    assert (result.exit_code, result.stdout) == (0, usual.stdout)
    assert "set ZEROLINE_CACHE" in result.stderr and len(result.stderr.splitlines()) == 1


def explorer_that(does: BaseException) -> Session:
    def explore(folder: Path) -> int:
        raise does

    return Session(explore=explore)


def test_interruption_is_silent(run) -> None:
    result = run("explore", obj=explorer_that(KeyboardInterrupt()))
    assert (result.exit_code, result.output.strip()) == (130, "")


def test_fault_of_the_program_is_one_line_and_a_traceback_only_when_asked_for(run, monkeypatch) -> None:
    result = run("explore", obj=explorer_that(ZeroDivisionError("\x1b[31mred")))
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "ZeroDivisionError: ␛[31mred" in result.stderr and "ZEROLINE_DEBUG=1" in result.stderr
    monkeypatch.setenv("ZEROLINE_DEBUG", "1")
    result = run("explore", obj=explorer_that(ZeroDivisionError("\x1b[31mred")))
    assert "Traceback" in result.stderr and "\x1b" not in result.stderr


def test_version(process) -> None:
    assert process("--version").stdout.decode().strip() == f"zeroline {__version__}"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str, run) -> None:
    result = run("completion", shell, corpus=None)
    assert result.exit_code == 0 and "_ZEROLINE_COMPLETE" in result.stdout


def complete(process, *words: str) -> list[str]:
    told = {"_ZEROLINE_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    return [line.partition(",")[2] for line in process(env=told).stdout.decode().splitlines() if line]


def test_values_are_completed_from_a_compiled_index(run, process, small: Path) -> None:
    run("statements")  # compiles it
    assert complete(process, "zeroline", "stat") == ["statements"]
    assert complete(process, "zeroline", "statements", "-C", str(small), "--stance", "") == [
        "keep",
        "lease",
        "close",
        "none",
    ]
    assert complete(process, "zeroline", "statements", "-C", str(small), "--place", "l") == ["lamp-rock"]
    assert complete(process, "zeroline", "show", "-C", str(small), "brum-") == ["brum-1", "brum-2", "brum-3", "brum-4"]
    assert complete(process, "zeroline", "show", "-C", str(small), "oda") == ["oda-brum"]


def test_nothing_is_completed_where_nothing_is_compiled(process, corpus: Path) -> None:
    assert complete(process, "zeroline", "show", "-C", str(corpus), "brum-") == []


_STOPPED = """
import sys
for name in [n for n in sys.modules if n.split(".")[0] in ("zeroline", "pathlib")]:
    del sys.modules[name]
class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop())
from zeroline.__main__ import main
import zeroline.__main__
zeroline.__main__.on_terminal = lambda: sys.argv[1] in ("zeroline.corpus.bundled", "zeroline.tui.start")
sys.argv[1:] = [] if zeroline.__main__.on_terminal() else ["--version"]
sys.exit(main())
"""


_OF_COMMANDS = ["pathlib", "zeroline.cli.command_names", "zeroline.cli.app", "click"]
_OF_THE_EXPLORER = ["zeroline.corpus.bundled", "zeroline.tui.start"]


@pytest.mark.parametrize("module", _OF_COMMANDS + _OF_THE_EXPLORER)
def test_ctrl_c_while_modules_are_loaded_ends_without_a_traceback(module: str, environment: dict[str, str]) -> None:
    code = _STOPPED.replace("sys.argv[1]", repr(module))
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")
