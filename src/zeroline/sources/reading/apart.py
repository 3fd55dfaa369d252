"""Reading a file in a process of its own, which may take so much memory and time and no more.

HTML, DOCX, PDF and Markdown are read by large libraries, and a file can be made so that one of them takes all of the
machine, or dies. Here that is one clear refusal. The process is a fresh interpreter; it gets the bytes through a pipe,
and gives back the text or what is wrong with it. Systems without limits on memory (Windows, macOS) have that on time.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from zeroline.sources.errors import SourceError

MEMORY = 768 << 20
"""Bytes that reading may take."""

SECONDS = 60
"""Seconds that it may take: of work, where the system counts that."""

PATIENCE = 10
"""So many times that long it may take on a machine that is busy otherwise, where the system counts its work."""

_MEND = "attach its text"


class Task(msgspec.Struct):
    """What to read; the bytes stand behind it."""

    name: str
    form: str
    encoding: str | None
    about: str
    url: str
    memory: int
    seconds: int


class Answer(msgspec.Struct):
    """The text and what is worth saying of it; or what is wrong."""

    text: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""
    mend: str = ""
    here: str = ""
    asks: bool = False


def read_apart(data: bytes, name: str, form: str, encoding: str | None, about: str | Path, url: str) -> Answer:
    """The text in bytes, read by another process. Raises SourceError."""
    task = Task(name, form, encoding, str(about), url, MEMORY, SECONDS)
    command = [sys.executable, "-P", "-c", "from zeroline.sources.reading.apart import main; main()"]
    how: dict[str, Any] = {"env": {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}}
    if os.name == "posix":
        how["start_new_session"] = True  # what is typed at the terminal reaches us, and we end it
    try:
        done = subprocess.run(
            command, input=msgspec.json.encode(task) + b"\n" + data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=SECONDS * (PATIENCE if os.name == "posix" else 1), **how,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise SourceError(about, "takes too long to read", _MEND) from None
    except OSError as error:
        problem = f"cannot be read: no process can be started for it ({error.strerror or error})"
        raise SourceError(about, problem) from None
    try:
        answer = msgspec.json.decode(done.stdout, type=Answer)
    except msgspec.DecodeError:
        problem = "is damaged, or made to exhaust whoever reads it: what reads it gave up"
        raise SourceError(about, problem, _MEND) from None
    if answer.problem:
        raise SourceError(about, answer.problem, answer.mend, here=answer.here, asks=answer.asks)
    return answer


def main() -> None:
    """Read what stands on standard input, within limits, and write the answer."""
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # no library may write into the answer
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    task = msgspec.json.decode(head, type=Task)
    _limit(task)
    answer = _answer(task, data)
    with open(out, "wb") as file:  # noqa: PTH123 - no path: the pipe to whoever asked
        file.write(msgspec.json.encode(answer))
        file.flush()
    os._exit(0)  # at once, whatever a library would still do


def _limit(task: Task) -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (task.memory, task.memory))
        resource.setrlimit(resource.RLIMIT_CPU, (task.seconds, task.seconds + 1))


def _answer(task: Task, data: bytes) -> Answer:
    from zeroline.sources.reading import converted

    try:
        text, notes = converted(data, task.form, task.encoding, task.about, task.url)
        return Answer(text, notes)
    except SourceError as error:
        return Answer(problem=error.problem, mend=error.mend, here=error.here, asks=error.asks)
    except MemoryError:
        return Answer(problem=f"takes more than {task.memory >> 20} MB to read", mend=_MEND, here=_MEND)
