"""How far something long has come, in words: what is done, of how much, how quickly, and how long it will take yet."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Follows one piece of work; ``noun`` is what is counted, in the plural; ``last`` what is done at the end."""

    def __init__(self, noun: str = "", last: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self._noun, self._last, self._clock = f" {noun}" if noun else "", last, clock
        self._began: float | None = None

    def words(self, done: int, total: int) -> str:
        """The state in words, what matters most first; "" before anything can be said.

        ``total`` is 0 as long as nobody knows it: then things are only being counted.
        """
        if not total:
            return f"reading · {done:,}{self._noun}" if done else ""
        now = self._clock()
        if self._began is None:
            self._began = now
        seconds = now - self._began
        said = [f"{100 * done // total} %"]
        if done >= total and self._last:
            return f"{said[0]} · {self._last}"
        if seconds > 1 and done:
            said.append(f"{clock_words(seconds * (total - done) / done)} left")
        said.append(f"{done:,} of {total:,}{self._noun}")
        if seconds > 1:
            said.append(f"{done / seconds:,.0f}/s")
        return " · ".join(said)


def clock_words(seconds: float) -> str:
    """A span of time as a clock shows it: 0:05, 12:30, 1:02:03."""
    minutes, second = divmod(round(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"
