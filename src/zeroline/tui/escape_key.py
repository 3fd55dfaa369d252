"""The Esc key, told from the beginning of a sequence as soon as that can be known.

A terminal sends Esc as the byte that every arrow key begins with too. Textual takes a byte that comes within a tenth of
a second for the rest of a sequence, so that Esc lags, and Esc and a key soon behind it become another key. Here the
byte alone is given a moment; then it is passed on as the sequence that stands for Esc and nothing else.
"""

from __future__ import annotations

import os
import select
import signal
import threading

ESC, ESC_SEQUENCE = b"\x1b", b"\x1b[27u"
"""The byte, and the key in the kitty protocol, which Textual reads."""

WAIT = 0.03
"""Seconds that a byte alone waits for more, unless ``ESCDELAY`` (in milliseconds) says otherwise."""

AT_ONCE = 4096
"""Bytes read at once."""


def escape_wait() -> float:
    """Seconds, from ``ESCDELAY`` where that is a number of milliseconds."""
    try:
        return max(int(os.environ.get("ESCDELAY", "")), 1) / 1000
    except ValueError:
        return WAIT


class EscapeFilter:
    """Copies what a terminal sends from ``source`` to a pipe, whose other end is :attr:`reads`, until it is closed."""

    def __init__(self, source: int) -> None:
        self._source, self._wait = source, escape_wait()
        self.reads, self._writes = os.pipe()
        self._over, self._end = os.pipe()
        self._thread = threading.Thread(target=self._run, name="zeroline-escape", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Copy no more."""
        os.close(self._end)
        os.close(self.reads)  # before the thread is waited for: it may be writing what nobody reads any more
        self._thread.join()
        os.close(self._writes)
        os.close(self._over)

    def _run(self) -> None:
        try:
            while self._over not in (ready := self._ready(None)):
                data = os.read(self._source, AT_ONCE) if ready else b""
                if not data:
                    break
                if data.endswith(ESC):
                    os.write(self._writes, data[:-1])
                    data = ESC_SEQUENCE if self._source not in self._ready(self._wait) else self._more(ESC)
                os.write(self._writes, data)
        except OSError:
            pass
        if self._over not in select.select([self._over], [], [], 0)[0]:
            os.kill(os.getpid(), signal.SIGHUP)  # the terminal has gone, and nobody else may say so

    def _ready(self, seconds: float | None) -> list[int]:
        return select.select([self._source, self._over], [], [], seconds)[0]

    def _more(self, data: bytes) -> bytes:
        return data + os.read(self._source, AT_ONCE)
