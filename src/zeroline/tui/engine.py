"""The threads that ask the index. The screen hands them requests and gets answers back as messages.

They know nothing of Textual: ``deliver`` is called from them with each answer. Of each kind of request only the newest
waits. An answer carries the generation of its request, so that one that comes late is dropped by whoever asked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from zeroline.index.cache import CacheError, Found, build, find, still_fits
from zeroline.index.reader import Index
from zeroline.tui.answering import PassageOf, answer, beginning
from zeroline.tui.prefetch import Prefetch
from zeroline.tui.requests import (
    Answer,
    CompareRequest,
    DetailRequest,
    FacetsRequest,
    Failed,
    Opened,
    Progress,
    Request,
    RestRequest,
    RowsRequest,
    SpeakersRequest,
)

_ROWS: tuple[type, ...] = (RowsRequest, DetailRequest, SpeakersRequest, CompareRequest)
_COUNTS: tuple[type, ...] = (RestRequest, FacetsRequest)
"""What each of the two threads answers, the first before the others."""
SOON = 0.008
"""Seconds that the screen waits at most for rows: half a frame, in which nearly every search is answered."""


class Engine:
    """Answers requests on one index, off the screen's thread; opens it, and makes it anew when it is stale.

    It has two threads: rows, and what the reader asks for by hand, never wait for the counts of a search before.
    """

    def __init__(self, corpus: Path) -> None:
        self.corpus = corpus
        self.index: Index | None = None
        self.passage_of: PassageOf | None = None
        """Set once the reader's copies are open: asked for what the detail pane shows, in these threads."""
        self._waiting: dict[type, Request] = {}
        self._awaited: Request | None = None  # the screen's thread is waiting for its answer
        self._got: Answer | None = None
        self._busy = False  # with rows
        self._changed = threading.Condition()
        self._stopped = False
        self._rebuilding = False
        self._early: list[Answer] = []
        self._deliver: Callable[[Answer], object] | None = None
        self._thread = threading.Thread(target=self._run, name="zeroline-engine", daemon=True)

    def start(self) -> None:
        """Open the corpus and begin to answer."""
        self._thread.start()

    def listen(self, deliver: Callable[[Answer], object]) -> list[Answer]:
        """Name who gets the answers from now on; those that came before are returned, in order."""
        with self._changed:
            early, self._early, self._deliver = self._early, [], deliver
            self._changed.notify_all()
        return early

    def ask(self, request: Request) -> None:
        """Put a request; a waiting one of the same kind is dropped."""
        with self._changed:
            self._waiting[type(request)] = request
            self._changed.notify_all()

    def ask_soon(self, request: RowsRequest, seconds: float = SOON) -> Answer | None:
        """Put a request and wait a moment for its answer; None where it will be delivered later.

        Two threads that hand each other messages lose more time than most rows take to find. Nothing is waited for
        while rows of another request are still being found.
        """
        with self._changed:
            self._waiting[type(request)] = request
            self._changed.notify_all()
            if self._busy or self.index is None:
                return None
            self._awaited = request
            self._changed.wait_for(lambda: self._got is not None, seconds)
            got, self._got, self._awaited = self._got, None, None
        return got

    def stop(self) -> None:
        """End the thread after the answer it is at."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def reload(self) -> None:
        """Compile the corpus anew, in a thread of its own, and swap it in; not while that is being done."""
        with self._changed:
            if self._rebuilding:
                return
            self._rebuilding = True
        threading.Thread(target=self._rebuild, args=(False,), name="zeroline-compile", daemon=True).start()

    def _tell(self, answer: Answer) -> None:
        with self._changed:
            deliver = self._deliver
            if deliver is None:
                self._early.append(answer)
                return
        deliver(answer)

    def _run(self) -> None:
        found = find(self.corpus)
        if found is None or not self._open(found):
            self._rebuild(fatal=True)
        threading.Thread(target=self._count, name="zeroline-counts", daemon=True).start()
        self._serve(_ROWS)

    def _open(self, found: Found) -> bool:
        """Show what an index begins with; False for one that is damaged: it is only a cache, and made anew."""
        try:
            first = beginning(found.index, stale=not found.looks_fresh)
        except Exception:  # noqa: BLE001 - whatever is wrong with it
            return False
        self.index = found.index
        self._tell(first)
        if not found.looks_fresh:
            threading.Thread(target=self._refresh, args=(found,), name="zeroline-compile", daemon=True).start()
        return True

    def _count(self) -> None:
        """Serve counts once somebody listens: until then the screen is being imported, and is not to be held up."""
        with self._changed:
            self._changed.wait_for(lambda: self._deliver is not None or self._stopped)
        self._serve(_COUNTS)

    def _serve(self, kinds: tuple[type, ...]) -> None:
        """Answer requests of some kinds, those named first before the others."""
        prefetch = Prefetch()
        while not self._stopped:
            rest = prefetch.rest(self.index) if kinds is _COUNTS else None
            request, index = self._next(kinds, rest), self.index
            if request is None:
                prefetch.step(index)
            elif index is not None:
                found = answer(index, request, self.passage_of)
                if not self._hand_over(request, found):
                    self._tell(found)
                prefetch.follow(found)

    def _hand_over(self, request: Request, found: Answer) -> bool:
        """Give an answer to the thread that waits for it; False where none does any more."""
        with self._changed:
            if self._awaited is not request:
                return False
            self._got, self._busy = found, False
            self._changed.notify_all()
            return True

    def _next(self, kinds: tuple[type, ...], patience: float | None = None) -> Request | None:
        """The next request of some kinds; None once it is over, or if nothing at all is asked for so many seconds."""
        rows = kinds is _ROWS
        with self._changed:
            if rows:
                self._busy = False
            while not self._stopped:
                for kind in kinds:
                    if (self.index is not None) and kind in self._waiting:
                        self._busy = self._busy or rows
                        return self._waiting.pop(kind)
                if not self._changed.wait(patience):
                    break
        return None

    def _refresh(self, found: Found) -> None:
        if still_fits(self.corpus, found):
            self._tell(Opened(found.index, stale=False))
        else:
            self._rebuild(fatal=False)

    def _rebuild(self, fatal: bool) -> None:
        self._rebuilding = True
        try:
            self._build(fatal)
        finally:
            self._rebuilding = False

    def _build(self, fatal: bool) -> None:
        from zeroline.corpus.problems import CorpusError
        from zeroline.text.pace import Pace

        pace = Pace("statements", "writing the last")
        self._tell(Progress(0, 0))
        try:
            index = build(self.corpus, lambda done, total: self._tell(Progress(done, total, pace.words(done, total))))
        except (CorpusError, CacheError) as error:
            self._tell(Failed(tuple(str(error).splitlines()), fatal))
            return
        first = self.index is None
        with self._changed:
            self.index = index
            self._changed.notify_all()
        self._tell(beginning(index, stale=False) if first else Opened(index, stale=False))
