"""A terminal that goes away, or takes nothing any more, ends the explorer: no process is left behind."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")
SMALL = Path(__file__).parents[1] / "fixtures" / "corpora" / "small"
PATIENCE = 60.0  # seconds: the explorer draws what was pressed, on a machine that may be busy


def until_painted(fd: int) -> None:
    """Read what is drawn until the rows are there and nothing more comes."""
    seen, end = b"", time.monotonic() + PATIENCE
    while time.monotonic() < end:
        ready = select.select([fd], [], [], 0.3)[0]
        if not ready and "Timeline ·".encode() in seen:
            return
        if ready:
            seen += os.read(fd, 1 << 16)
    raise AssertionError("the explorer never showed its rows")


def ended(pid: int) -> bool:
    """Whether a process ends in time; it is killed otherwise."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return True
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return False


@pytest.mark.parametrize("read", [True, False])
def test_no_explorer_outlives_its_terminal(read: bool, tmp_path: Path) -> None:
    pid, fd = pty.fork()
    if pid == 0:  # pragma: no cover - the explorer itself
        folders = {"ZEROLINE_DATA": str(tmp_path / "data"), "ZEROLINE_CACHE": str(tmp_path / "cache")}
        environment = os.environ | folders | {"TERM": "xterm-256color"}
        os.execve(sys.executable, [sys.executable, "-m", "zeroline", str(SMALL)], environment)
    until_painted(fd)
    if not read:  # it draws until the terminal takes no more, and then waits
        for _ in range(300):
            os.write(fd, b"\x14")  # another theme, all of it drawn anew
            time.sleep(0.01)
    os.close(fd)
    assert ended(pid)
