"""Processes that make an index together, each a share of the lines: Python's lock lets one process use one core only.

Each is a fresh interpreter (nothing is forked: there may be threads, and a screen) that runs
:mod:`zeroline.index.worker`. All hash texts alike, so that ids can be compared across shares. They are in a process
group of their own: what is typed at the terminal reaches only whoever started them.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import queue
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from zeroline.corpus.ids import Ids
from zeroline.index.share import Unsound
from zeroline.index.share_messages import Counts, Known, Plan, Survey
from zeroline.index.worker import Answer, Job, Trouble

SHARE_LEAST = 4 << 20
"""A share has at least so many bytes, some 10,000 lines: a process takes a fifth of a second to start."""

MOST = 8
"""So many processes at most: each has its own segments, and every segment has its price in every search."""

LARGE_PAGES = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.arena_max=1"
"""How glibc, where that is the C library, gets the memory that tantivy gathers words in: as one piece in large pages.

Each word of a line goes to another place of hundreds of megabytes, and where these are in ordinary pages a tenth of the
time is spent on finding them.
"""

LARGE_PAGES_MOST = 200 << 20
"""A share of more bytes fills all that tantivy may gather: it has ordinary pages, of which it takes 20 MB less."""

Told = TypeVar("Told", Survey, Counts)


class PoolLost(Exception):
    """A process could not be started, or is gone without a word."""


def spans(records: Path, begin: int, end: int) -> list[tuple[int, int]]:
    """The lines between two bytes, cut into a share for each core; one where there are few."""
    shares = min(_cores(), MOST, (end - begin) // SHARE_LEAST) if sys.executable else 1
    cuts = [begin]
    with records.open("rb") as file:
        for number in range(1, shares):
            file.seek(begin + (end - begin) * number // shares)
            file.readline()
            cuts.append(file.tell())
    cuts.append(end)
    return [(first, last) for first, last in pairwise(cuts) if first < last]


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class ProcessPool:
    """One process for each share. ``parts`` are the folders that their documents go to."""

    def __init__(self, records: Path, shares: list[tuple[int, int]], known: Known) -> None:
        """Start all. Raises PoolLost."""
        folder = records.parent
        self.parts = [folder / f"items-{number}" for number in range(len(shares))]
        self._ids = [folder / f"ids-{number}" for number in range(len(shares))]
        self._answers: queue.SimpleQueue[tuple[int, Answer | None]] = queue.SimpleQueue()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._ears: list[threading.Thread] = []
        atexit.register(self.stop)  # the thread that waits for them may be one that is not waited for
        try:
            command, how = _how_to_start(max(end - begin for begin, end in shares))
            for number, (begin, end) in enumerate(shares):
                process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **how)
                self._processes.append(process)
                ear = threading.Thread(target=self._listen, args=(number, process), daemon=True)
                ear.start()
                self._ears.append(ear)
                self._tell(process, Job(records, begin, end, known, self.parts[number], self._ids[number]))
                known = known._replace(ids=())  # of all shares only one must have them
        except OSError as error:
            self.stop()
            raise PoolLost from error
        except BaseException:
            self.stop()
            raise

    def survey(self, tell: Callable[[int], None] | None = None) -> list[Survey]:
        """What each share has. Raises Unsound, PoolLost; OSError and ValueError where one cannot read or write."""
        return self._gather(Survey, tell)

    def feed(self, plans: list[Plan], tell: Callable[[int], None] | None = None) -> list[Counts]:
        """What each share counted, once all documents are on disk. Raises as :meth:`survey` does."""
        try:
            for process, plan in zip(self._processes, plans, strict=True):
                self._tell(process, plan)
        except OSError as error:
            raise PoolLost from error
        return self._gather(Counts, tell)

    def ids(self) -> list[Ids]:
        """The ids of each share; their files are taken away. Raises OSError, EOFError."""
        found = []
        for file in self._ids:
            found.append(Ids.read(file))
            file.unlink()
        return found

    def stop(self) -> None:
        """End all, whatever they are at, and wait until they are gone."""
        atexit.unregister(self.stop)
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
            with contextlib.suppress(OSError):  # what it did not read is not written any more
                process.stdin.close()  # type: ignore[union-attr]
        for ear in self._ears:  # nothing comes any more: they end too, and must before Python does
            ear.join()

    def _tell(self, process: subprocess.Popen[bytes], what: Job | Plan) -> None:
        assert process.stdin is not None
        pickle.dump(what, process.stdin)
        process.stdin.flush()

    def _listen(self, number: int, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        with process.stdout as pipe:
            while True:
                try:
                    answer = pickle.load(pipe)
                except (EOFError, OSError, pickle.UnpicklingError):
                    self._answers.put((number, None))
                    return
                self._answers.put((number, answer))

    def _gather(self, wanted: type[Told], tell: Callable[[int], None] | None) -> list[Told]:
        found: dict[int, Told] = {}
        done = [0] * len(self._processes)
        while len(found) < len(done):
            number, answer = self._answers.get()
            if isinstance(answer, int):
                done[number] = answer
                if tell:
                    tell(sum(done))
            elif isinstance(answer, wanted):
                found[number] = answer
            elif isinstance(answer, Trouble):
                raise _raised(answer)
            elif number not in found:
                raise PoolLost
        return [found[number] for number in range(len(done))]


def _raised(trouble: Trouble) -> Exception:
    if trouble.errno is not None:
        return OSError(trouble.errno, trouble.why)
    return ValueError(trouble.why) if trouble.why else Unsound()


def _how_to_start(share: int) -> tuple[list[str], dict[str, Any]]:
    """The command of a process, and how it is run: it finds the same modules, and hashes texts as the others do.

    ``share`` is how many bytes the largest share has.
    """
    # -P: what lies in the working folder is never imported.
    command = [sys.executable, "-P", "-c", "from zeroline.index.worker import main; main()"]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONHASHSEED": str(random.SystemRandom().randrange(1, 1 << 32)),
    }
    if share <= LARGE_PAGES_MOST:
        environment.setdefault("GLIBC_TUNABLES", LARGE_PAGES)
    how: dict[str, Any] = {"env": environment, "stderr": subprocess.DEVNULL}
    if os.name == "posix":
        how["process_group"] = 0
    else:
        how["creationflags"] = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    return command, how
