"""Pipes that close, streams that are closed or full, encodings that lack characters, and what is imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LISTS = (["statements"], ["statements", "--format", "jsonl"], ["overview"], ["check", "--format", "json"])


@pytest.mark.parametrize("arguments", LISTS)
def test_pipe_that_nobody_reads_any_more_is_quiet(arguments: list[str], process, small: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = process("-C", str(small), *arguments, stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_help_into_a_closed_pipe_is_quiet(process) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = process("--help", stdout=writing)
    os.close(writing)
    assert done.stderr == b""


def test_head_takes_what_it_wants(environment: dict[str, str], small: Path) -> None:
    command = f'"{sys.executable}" -m zeroline -C "{small}" statements --format jsonl | head -n 1'
    done = subprocess.run(command, shell=True, env=environment, capture_output=True, check=False, timeout=60)
    assert json.loads(done.stdout)["id"] == "soliany-1" and done.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="a closed descriptor is a thing of Unix")
@pytest.mark.parametrize("arguments", ["statements", "overview", "info --format json", "completion zsh"])
def test_closed_stdout_is_said(arguments: str, environment: dict[str, str], small: Path) -> None:
    command = f'"{sys.executable}" -m zeroline -C "{small}" {arguments} >&-'
    done = subprocess.run(command, shell=True, env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode == 1 and done.stderr.decode() == "zeroline: there is nowhere to write to: stdout is closed\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_full_disk_is_said(process, small: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = process("-C", str(small), "statements", stdout=full)
    assert done.returncode == 1 and done.stderr.startswith(b"zeroline: stdout: ") and done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_encodings_that_lack_characters(encoding: str, process, small: Path) -> None:
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    for arguments in (["statements"], ["overview"], ["statements", "zzz“q”"]):
        done = process("-C", str(small), *arguments, env=env)
        assert done.returncode == (1 if "zzz“q”" in arguments else 0)
        assert b"Traceback" not in done.stderr
        done.stdout.decode(encoding)
    rows = process("-C", str(small), "statements", "--format", "jsonl", env=env).stdout.decode("ascii").splitlines()
    assert {json.loads(row)["speaker"]["callsign"] for row in rows} >= {"Лампа", "[/]"}
    assert "Лампа" in process("-C", str(small), "statements", "--format", "csv", env=env).stdout.decode("utf-8")


def test_ascii_has_letters_for_signs_and_keeps_columns(process, small: Path) -> None:
    env = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = process("-C", str(small), "statements", env=env)
    head, *rows = done.stdout.decode("ascii").splitlines()
    assert not [row for row in rows if "\\u25" in row]
    found = {row.split()[0]: row for row in rows}
    conditional = (
        "l lease only if the ferry company pays for the glass; otherwise keep, k keep (inferred) as a hypothesis"
    )
    assert conditional in found["brum-3"] and "K keep " in found["brum-1"]
    assert found["brum-3"].index('"let them have the rooms"') == head.index("What was said")
    assert found["soliany-1"][head.index("Stance") :].startswith("- ")
    assert b"in lower case: only under a condition" in done.stderr
    assert "* The light on Lamp Rock goes dark" in process("-C", str(small), "events", env=env).stdout.decode("ascii")
    overview = process("-C", str(small), "overview", env=env).stdout.decode("ascii")
    assert "Ll Tessaly Vane: 1 without a condition, 1 on a condition" in overview and "in lower case" in overview
    shown = process("-C", str(small), "show", "oda-brum", env=env).stdout.decode("ascii")
    assert "k keep (inferred) as a hypothesis" in shown


_IMPORTED = """
import sys
sys.argv = ["zeroline", *sys.argv[2:], ]
from zeroline.__main__ import main
code = main()
sys.stderr.write(" ".join(sorted(n for n in sys.modules if n in {"textual", "pydantic", "tantivy", "tomllib", "rich"})))
sys.exit(code)
"""


def imported(environment: dict[str, str], *arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _IMPORTED, "-", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    return set(done.stderr.decode().split())


def test_commands_import_no_more_than_they_need(environment: dict[str, str], run, small: Path) -> None:
    run("statements")  # compiles the index
    assert imported(environment, "--version") == set()
    assert imported(environment, "--help") & {"textual", "pydantic", "tantivy"} == set()
    assert imported(environment, "completion", "zsh") & {"textual", "pydantic", "tantivy"} == set()
    for command in ("statements", "speakers", "events", "overview", "info"):
        assert imported(environment, command, "-C", str(small)) & {"textual", "pydantic", "tomllib"} == set()
    assert "textual" not in imported(environment, "check", str(small))
    assert "textual" not in imported(environment, "show", "brum-1", "-C", str(small))


def test_stderr_may_be_closed_too(environment: dict[str, str], small: Path) -> None:
    command = f'"{sys.executable}" -m zeroline -C "{small}" show nobody-at-all 2>&-'
    done = subprocess.run(command, shell=True, env=environment, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, b"")
