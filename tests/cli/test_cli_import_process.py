"""``zeroline import`` as a process: its terminal, its memory, and how it ends when it is ended."""

from __future__ import annotations

import fcntl
import os
import re
import resource
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="pseudo-terminals and signals are a thing of Unix")

ROWS = 300_000
MEMORY_MOST = 100
"""Megabytes; the command line alone takes some 35."""

_RUN = """
import resource, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from zeroline.__main__ import main
sys.argv = ["zeroline", *sys.argv[1:]]
code = main()
try:
    print(open("/proc/self/status").read())  # the figure of getrusage counts the parent's memory at the fork
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print("VmHWM:", peak // (1 << 10 if sys.platform == "darwin" else 1), "kB")
sys.exit(code)
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of many rows and as many speakers and ids."""
    path = tmp_path_factory.mktemp("large") / "large.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("id,speaker,text,date,stance\n")
        for n in range(ROWS):
            file.write(f"tweet-{n},Person {n % 100_000},the {n}th word on the bridge,20{n % 30 + 10}-04-05,{n % 3}\n")
    return path


def start(environment: dict[str, str], folder: Path, *arguments: str, **more) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, "import", *arguments],
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **more,
    )


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_leaves_nothing(
    number: int, code: int, environment: dict[str, str], tmp_path: Path, large: Path
) -> None:
    child = start(environment, tmp_path, str(large), "--into", "c")
    wait_for_half(tmp_path)
    child.send_signal(number)
    said, complaints = child.communicate(timeout=60)
    assert child.returncode == code and b"nothing of the import is left" in complaints, (said, complaints)
    assert b"Traceback" not in complaints
    assert list(tmp_path.iterdir()) == []


def test_a_kill_makes_no_half_corpus_and_the_next_import_clears_up(
    environment: dict[str, str], tmp_path: Path, large: Path
) -> None:
    child = start(environment, tmp_path, str(large), "--into", "c")
    wait_for_half(tmp_path)
    child.kill()
    child.communicate(timeout=60)
    assert not (tmp_path / "c").exists() and len(list(tmp_path.iterdir())) == 1
    (tmp_path / "t.csv").write_text("text\nx\n", encoding="utf-8")
    again = start(environment, tmp_path, "t.csv", "--into", "c")
    assert again.wait(60) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c", "t.csv"]


def wait_for_half(folder: Path) -> None:
    """Until something is written, and not all."""
    for _ in range(6_000):
        if any(path.stat().st_size for path in folder.glob(".c.importing-*/statements.jsonl")):
            return
        time.sleep(0.01)
    raise AssertionError("nothing was written")


def test_a_file_that_may_not_grow_is_said_and_leaves_nothing(
    environment: dict[str, str], tmp_path: Path, large: Path
) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    child = start(environment, tmp_path, str(large), "--into", "c", preexec_fn=limit)
    _, complaints = child.communicate(timeout=60)
    assert child.returncode == 1 and b"too large" in complaints and len(complaints.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("mounting a small disk is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_said_and_leaves_nothing(environment: dict[str, str], small_disk: Path, large: Path) -> None:
    (small_disk / "t.csv").write_text("text\nx\n", encoding="utf-8")
    assert start(environment, small_disk, "t.csv", "--into", "c").wait(60) == 0
    before = (small_disk / "c" / "statements.jsonl").read_bytes()
    for arguments in (["--into", "d"], ["--into", "c", "--replace"]):
        child = start(environment, small_disk, str(large), *arguments)
        _, complaints = child.communicate(timeout=60)
        assert child.returncode == 1 and b"no space left on device" in complaints.lower()
        assert len(complaints.splitlines()) == 1
    assert sorted(p.name for p in small_disk.iterdir()) == ["c", "t.csv"]
    assert (small_disk / "c" / "statements.jsonl").read_bytes() == before


def _own_terminal() -> None:
    """Make the terminal the process's own, so that Ctrl-C is a signal to it, whoever ignores that signal now."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def converse(
    environment: dict[str, str], folder: Path, answers: dict[bytes, bytes], *arguments: str, program=("-m", "zeroline")
) -> tuple[int, str]:
    """Run on a terminal, giving each answer when its question has been asked."""
    outer, inner = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, *program, "import", *arguments],
        env=environment, cwd=folder, stdin=inner, stdout=inner, stderr=inner, start_new_session=True,
        preexec_fn=_own_terminal,
    )  # fmt: skip
    os.close(inner)
    said = b""
    waiting = dict(answers)
    try:
        patience = 30
        while patience:
            if not select.select([outer], [], [], 2)[0]:
                patience -= 1
                if b"\x03" in answers.values() and not waiting:
                    os.write(outer, b"\x03")  # a signal just before a read blocks waits for the next
                continue
            part = os.read(outer, 65_536)
            if not part:
                break
            said += part
            for question in [q for q in waiting if q in said]:
                os.write(outer, waiting.pop(question))
    except OSError:  # how Linux says that the other side has been closed
        pass
    finally:
        os.close(outer)
        if not patience:
            child.kill()
    assert patience and not waiting, said
    return child.wait(60), said.decode()


@pytest.mark.parametrize(("answer", "code"), [(b"\n", 0), (b"what\ny\n", 0), (b"n\n", 1), (b"\x04", 1), (b"\x03", 130)])
def test_a_terminal_is_shown_and_asked(answer: bytes, code: int, environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("who,c2\nAda,they ought to mend the bridge\n", encoding="utf-8")
    done, said = converse(environment, tmp_path, {b"Import into c? [Y/n]": answer}, "t.csv", "--into", "c")
    assert done == code and "text (guessed)" in said and "--map speaker=who,text=c2" in said
    assert (tmp_path / "c").exists() == (code == 0) and "Traceback" not in said


def test_memory_is_bounded_and_progress_is_shown_on_a_terminal_and_gone_at_the_end(
    environment: dict[str, str], tmp_path: Path, large: Path
) -> None:
    done, said = converse(environment, tmp_path, {}, str(large), "--into", "c", "--yes", program=("-c", _RUN))
    peak = re.search(r"VmHWM:\s*(\d+) kB", said)
    assert peak and int(peak[1]) < MEMORY_MOST * 1024 and "300,000 statements, 100,000 speakers" in said
    assert done == 0 and "/s" in said and " left" in said and "━" in said and "100% · 300,000 rows" in said
    assert said.rindex("\r\x1b[K") < said.index("300,000 statements")


def test_commands_of_importing_load_no_more_than_they_need(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("text,date\nx,2031-04-05\n", encoding="utf-8")
    code = (
        "import sys; from zeroline.cli.app import run; run(['import', 't.csv', '--into', 'c']);"
        "print(*sorted(set(sys.modules) & {'textual', 'pydantic', 'tantivy', 'edtf', 'sqlite3'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == ""
