"""A process that makes the documents of one share. Started by :mod:`zeroline.index.process_pool`, talks through its
pipes.

It gets a job, answers with a survey, gets a plan, answers with what it counted; in between it says how far it is. When
whoever started it is gone there is nobody to say that to, and it ends.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from zeroline.index.records import Starts
from zeroline.index.schema import build_schema
from zeroline.index.share import Share, Unsound
from zeroline.index.share_messages import Counts, Known, Plan, Survey
from zeroline.index.writer import Writer


class Job(NamedTuple):
    """The lines of ``records`` between two bytes; their documents go into ``into``, their ids into ``ids``."""

    records: Path
    begin: int
    end: int
    known: Known
    into: Path
    ids: Path


class Trouble(NamedTuple):
    """What a share could not do: something is wrong with the lines, or with where it writes (then ``why``)."""

    errno: int | None = None
    why: str = ""


Answer = int | Survey | Counts | Trouble
"""How many lines are done, or what was asked for, or why not."""


def main() -> None:
    """Do one job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this one decides
    gc.disable()  # nothing made here refers to itself
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library might print is no answer

    def say(answer: Answer) -> None:
        try:
            pickle.dump(answer, replies)
            replies.flush()
        except OSError:
            os._exit(1)

    def read() -> object:
        try:
            return pickle.load(sys.stdin.buffer)
        except EOFError:
            os._exit(1)

    try:
        _work(read, say)
    except Unsound:
        say(Trouble())
    except OSError as error:
        say(Trouble(error.errno, error.strerror or str(error)))
    except ValueError as error:  # tantivy's word for a disk that is full
        say(Trouble(None, str(error)))
    os._exit(0)  # tantivy's threads, if any are left, have nothing more to do


def _work(read: Callable[[], object], say: Callable[[Answer], None]) -> None:
    job = read()
    assert isinstance(job, Job)
    share = Share(job.records, job.begin, job.end, job.known)
    say(share.survey(say))
    plan = read()
    assert isinstance(plan, Plan)
    writer = Writer(job.into, build_schema())
    with contextlib.closing(Starts(job.records.parent)) as starts:
        counts = share.feed(plan, writer, starts, say)
    share.ids.write(job.ids)
    writer.close()
    say(counts)
