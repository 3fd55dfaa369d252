"""Compiling from the command line as a process: what is left when a signal ends it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("fcntl", reason="signals and locks are a thing of Unix")

CORPUS = '[corpus]\nformat = 1\nid = "weir"\ntitle = "A weir, made up"\nversion = "1"\n'
LINES = 150_000
SIGNALS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]

_RUN = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
signal.signal(signal.SIGHUP, signal.SIG_IGN if "nohup" in sys.argv else signal.SIG_DFL)
sys.argv = ["zeroline", "overview", "-C", sys.argv[1]]
from zeroline.__main__ import main
sys.exit(main())
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus that takes some seconds to compile."""
    folder = tmp_path_factory.mktemp("weir")
    (folder / "corpus.toml").write_text(CORPUS, encoding="utf-8")
    with (folder / "statements.jsonl").open("w", encoding="utf-8") as file:
        for n in range(LINES):
            line = {"id": f"a{n}", "speaker": {"id": f"p{n % 90}", "name": "Ada"}, "excerpt": f"word {n}"}
            file.write(json.dumps(line) + "\n")
    return folder


def start(large: Path, environment: dict[str, str], *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _RUN, str(large), *more]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_for(found: Callable[[], list[Path]]) -> None:
    """Until there is what is looked for, and a moment longer."""
    end = time.monotonic() + 60
    while not found():
        assert time.monotonic() < end
        time.sleep(0.01)
    time.sleep(0.2)


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_signal_leaves_no_half_index(
    number: int, code: int, environment: dict[str, str], tmp_path: Path, large: Path
) -> None:
    cache = tmp_path / "cache"
    child = start(large, {**environment, "ZEROLINE_CACHE": str(cache)})
    wait_for(lambda: list(cache.glob("*/gen-*/records")))
    child.send_signal(number)
    said, complaints = child.communicate(timeout=60)
    assert (child.returncode, said) == (code, b"") and b"Traceback" not in complaints, complaints
    assert list(cache.glob("*/*")) == []


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_signal_leaves_no_temporary_index(
    number: int, code: int, environment: dict[str, str], tmp_path: Path, large: Path
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    (tmp_path / "file").touch()
    where = {"ZEROLINE_CACHE": str(tmp_path / "file" / "cache"), "TMPDIR": str(temporary)}
    child = start(large, {**environment, **where})
    wait_for(lambda: list(temporary.glob("zeroline-*/index/records")))
    child.send_signal(number)
    _, complaints = child.communicate(timeout=60)
    assert child.returncode == code and b"Traceback" not in complaints, complaints
    assert list(temporary.iterdir()) == []


def test_a_hangup_that_is_ignored_stays_so(environment: dict[str, str], tmp_path: Path, large: Path) -> None:
    cache = tmp_path / "cache"
    child = start(large, {**environment, "ZEROLINE_CACHE": str(cache)}, "nohup")
    wait_for(lambda: list(cache.glob("*/gen-*/records")))
    child.send_signal(signal.SIGHUP)
    said, _ = child.communicate(timeout=60)
    assert child.returncode == 0 and said
