"""The reader's copies off the screen's thread: opened after the first frame, attached, decided on, each told of.

Nothing of :mod:`zeroline.sources` is imported before the first frame: it is imported here, in this module's own thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from zeroline.sources.attached import Attached
    from zeroline.sources.attaching import Outcome
    from zeroline.sources.model import Verdict
    from zeroline.sources.reading import Read
    from zeroline.tui.passages import Passage


class Told(NamedTuple):
    """What became of something asked for: ``attached`` is the corpus with its copies as they are now.

    ``attached`` is None while nothing is known of them, or where nothing is attached and nobody asked for the sources.
    ``wanted`` is what was asked for, in a word: look, open, attach, detach, decide. Of an ``error`` there is one line.
    """

    wanted: str
    attached: Attached | None
    outcome: Outcome | None = None
    done: str = ""
    error: str = ""
    progress: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()


Listener = Callable[[Told], object]

TELL_EVERY = 0.1
"""Seconds between two words on how far it is."""


class Copies:
    """Does one thing at a time and tells every listener, from its own thread."""

    def __init__(self, folder: Path, corpus: str, deliver: Listener) -> None:
        self.folder, self.corpus = folder, corpus
        self.attached: Attached | None = None
        self._listeners: tuple[Listener, ...] = (deliver,)
        self._all = False  # whether somebody asked for the sources even where nothing is attached to them
        self._seen: object = None  # how the reader's files looked when they were read last
        self._looking = False  # whether it is going to be looked if they have changed
        self._waiting: SimpleQueue[tuple[str, Callable[[], Told | None], threading.Event]] = SimpleQueue()
        self._promised: list[threading.Event] = []  # set once what changes the reader's files is done
        self._thread = threading.Thread(target=self._run, name="zeroline-copies", daemon=True)
        self._thread.start()

    def listen(self, deliver: Listener) -> None:
        """Tell this one too."""
        self._listeners = (*self._listeners, deliver)

    def leave(self, deliver: Listener) -> None:
        """And no longer."""
        self._listeners = tuple(one for one in self._listeners if one != deliver)

    def passage(self, statement: str) -> Passage | None:
        """How a statement stands in its source; None before anything is known of it. Reads a text: not for the screen's
        own thread.
        """
        if self.attached is None:
            return None
        from zeroline.tui.passages import passage_of

        return passage_of(self.attached, statement)

    # --- asking --------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Take in what is attached; a corpus without any copy or text of its own is left alone."""
        self._do("look", lambda: self._look(False))

    def open(self) -> None:
        """Take in the sources, whether anything is attached to them or not."""
        self._do("open", lambda: self._look(True))

    def attach(self, read: Callable[[], Read], source: str | None, force: bool) -> None:
        """Attach what ``read`` reads."""
        self._do("attach", lambda: self._attach(read, source, force))

    def detach(self, source: str) -> None:
        """Forget the copy of a source."""
        self._do("detach", lambda: self._detach(source))

    def look_again(self) -> None:
        """Take in what another process has attached, detached or decided; where nothing has, nobody is told."""
        if not self._looking:
            self._looking = True
            self._do("again", self._look_again)

    def decide(self, statement: str, verdict: Verdict | None) -> None:
        """Accept or refuse what is proposed for a statement, or take that back."""
        self._do("decide", lambda: self._decide(statement, verdict))

    def stop(self) -> None:
        """Let what changes the reader's files be finished: a copy once attached is on disk before the program ends."""
        for done in self._promised:
            done.wait()

    # --- in the thread -------------------------------------------------------------------------------------------

    def _do(self, wanted: str, work: Callable[[], Told | None]) -> None:
        done = threading.Event()
        if wanted in ("attach", "detach", "decide"):
            self._promised = [event for event in self._promised if not event.is_set()] + [done]
        self._waiting.put((wanted, work, done))

    def _run(self) -> None:
        while True:
            wanted, work, done = self._waiting.get()
            try:
                self._work(wanted, work)
            finally:
                done.set()

    def _work(self, wanted: str, work: Callable[[], Told | None]) -> None:
        from zeroline.corpus.problems import CorpusError
        from zeroline.sources.errors import SourceError

        try:
            told = work()
        except SourceError as error:
            told = Told(wanted, self.attached, error=error.on_screen)
        except CorpusError as error:
            first = str(error).splitlines()[0]
            told = Told(wanted, self.attached, error=f"the corpus has problems: {first} (zeroline check says all)")
        except Exception as error:  # noqa: BLE001 - a thread that dies would leave the screen waiting without a word
            told = Told(wanted, self.attached, error=f"the copies cannot be opened: {error}")
        if told is not None:
            self._tell(told)

    def _look(self, all: bool, quietly: bool = False) -> Told:
        from zeroline.sources import attached

        wanted = "open" if all else "look"
        self._all, self._seen = all or self._all, attached.looks()
        found = attached.find(self.folder)
        if found is None and (all or self._anything()):
            found = attached.build(self.folder, None if quietly else self._progress(wanted))
        self.attached = found
        return Told(wanted, found)

    def _anything(self) -> bool:
        from zeroline.corpus.files import SOURCES
        from zeroline.sources.store import copies

        return bool(copies(self.corpus)) or any((self.folder / SOURCES).glob("*.txt"))

    def _attach(self, read: Callable[[], Read], source: str | None, force: bool) -> Told:
        from zeroline.sources import attached, attaching

        copy = read()
        outcome = attaching.attach(self.folder, copy, source, force, self._progress("attach"))
        self.attached = attached.open(self.folder)
        self._seen = attached.looks()
        return Told("attach", self.attached, outcome, notes=outcome.notes)

    def _detach(self, source: str) -> Told:
        from zeroline.sources import attached, store

        gone = store.detach(self.corpus, source)
        self._look(True)
        self._seen = attached.looks()
        return Told("detach", self.attached, done=f"your copy ({gone.file or gone.url}) is detached")

    def _look_again(self) -> Told | None:
        from zeroline.sources import attached

        self._looking = False
        if self._seen is None or attached.looks() == self._seen:
            return None
        before = self.attached
        told = self._look(self._all or before is not None, quietly=True)
        if (before.views if before else None) == (told.attached.views if told.attached else None):
            return None
        return told._replace(wanted="again", done="taken in: the copies of sources were changed from outside")

    def _decide(self, statement: str, verdict: Verdict | None) -> Told:
        if self.attached is None:
            return Told("decide", None, error="nothing is attached to decide on")
        from zeroline.sources import attached

        self.attached.decide(statement, verdict)
        self._seen = attached.looks()
        done = f"{verdict}: kept with your name and the time" if verdict else "open again: the decision is taken back"
        return Told("decide", self.attached, done=done)

    def _progress(self, wanted: str) -> Callable[[int, int], None]:
        last = 0.0

        def tell(done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last > TELL_EVERY:
                last = now
                self._tell(Told(wanted, self.attached, progress=(done, total)))

        return tell

    def _tell(self, told: Told) -> None:
        for listener in self._listeners:
            listener(told)
