"""Dates as tables write them, made EDTF: ISO, day and month in either order, months by name, Unix time, a format given.

Only the order of “03/04/2024” cannot be told from one value; :func:`order_of` tells it from many. Two digits for a
year are never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple

from zeroline.importing.errors import NoDate
from zeroline.text.edtf_words import MONTHS

KEPT = 50_000
"""How many different dates are remembered, so that each is read once."""

ORDERS = {"dmy": "day/month/year", "mdy": "month/day/year"}
"""The orders that :class:`Style` knows by name."""

_CLOCK = r"(?:(?:T|,?\s+|\s*at\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?)?"
_ZONE = r"(?:\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_CLOCK}{_ZONE}")
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2}))?(Z)?")
_NUMBERS = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_CLOCK}{_ZONE}")
_UNIX = re.compile(r"(-?\d{9,10}|\d{13}|\d{16})(\.\d+)?")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DAY_MONTH = re.compile(rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+(\d{{4}}){_CLOCK}{_ZONE}", re.I)
_MONTH_DAY = re.compile(rf"{_WEEKDAY}{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_CLOCK}{_ZONE}", re.I)
_TWITTER = re.compile(rf"{_WEEKDAY}{_MONTH}\s+(\d{{1,2}})\s+(\d{{2}}):(\d{{2}}):(\d{{2}})\s+(\S+)\s+(\d{{4}})", re.I)
_MONTH_ALONE = re.compile(rf"{_MONTH},?\s+(\d{{4}})", re.I)
_MONTHS = {month[:3].lower(): n for n, month in enumerate(MONTHS, 1)}
_YEAR_MONTH = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")


class Style(NamedTuple):
    """How a column's dates are read. ``order``: "dmy", "mdy" or "" where no date needs it; ``form``: of strptime."""

    order: str = ""
    form: str = ""
    clock: bool = False


def style_of(text: str, clock: bool) -> Style:
    """The style that ``--date-format`` names: “dmy”, “mdy” or a format of strptime. Raises ValueError."""
    if text.lower() in ORDERS:
        return Style(text.lower(), clock=clock)
    if "%" not in text:
        raise ValueError(f"“{text}” is neither dmy, mdy nor a format like %d.%m.%y")
    try:
        datetime.strptime(datetime(2024, 8, 6).strftime(text), text)
    except ValueError as error:
        raise ValueError(f"“{text}” is no format of dates: {error}") from None
    return Style("", text, clock)


def order_of(values: Iterable[str]) -> str:
    """The order of day and month in a column, "dmy" or "mdy"; "" where none needs it, "?" where it cannot be told."""
    needed = False
    firsts = seconds = dots = 0
    for value in values:
        match = _NUMBERS.fullmatch(value.strip())
        if match:
            needed = True
            firsts += int(match[1]) > 12
            seconds += int(match[3]) > 12
            dots += match[2] == "."
    if not needed:
        return ""
    if firsts or seconds:
        return "?" if firsts and seconds else "dmy" if firsts else "mdy"
    return "dmy" if dots else "?"  # only the day stands before a dot, in every country that writes so


class Dates:
    """Reads the dates of one column, each different one once."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._known: dict[str, str] = {}

    def read(self, text: str) -> str:
        """The date as EDTF: the day, with its time of day where the style keeps it. Raises NoDate, in words."""
        known = self._known.get(text)
        if known is None:
            known = self._read(text.strip())
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[text] = known
        return known

    def _read(self, text: str) -> str:
        if self._style.form:
            return self._by_form(text)
        for pattern, taken in _READERS:
            match = pattern.fullmatch(text)
            if match:
                try:
                    return taken(self, match)
                except (ValueError, OverflowError, OSError) as error:
                    why = "" if isinstance(error, NoDate) else ": there is no such day or time"
                    raise NoDate(f"{_shown(text)} is no date{why or f': {error}'}") from None
        return _edtf(text)

    def _by_form(self, text: str) -> str:
        form = self._style.form
        try:
            when = datetime.strptime(text, form)
        except ValueError:
            raise NoDate(f"{_shown(text)} is not a date like {form}") from None
        if "%d" in form or any(sign in form for sign in ("%j", "%c", "%x", "%s")):
            zone = when.strftime("%z") if when.tzinfo else ""
            return self._day(when.year, when.month, when.day, str(when.hour), str(when.minute), str(when.second), zone)
        return f"{when.year:04}-{when.month:02}" if any(s in form for s in ("%m", "%b", "%B")) else f"{when.year:04}"

    def _day(
        self,
        year: int | str,
        month: int | str,
        day: int | str,
        hour: str | None = None,
        minute: str | None = None,
        second: str | None = None,
        zone: str | None = None,
        half: str | None = None,
    ) -> str:
        """The day as EDTF; raises ValueError where the calendar has none such. Year 0 is beyond Python's."""
        told = date(int(year), int(month), int(day)).isoformat()
        if hour is None or minute is None:
            return told
        hours = int(hour)
        if half:
            if not 1 <= hours <= 12:
                raise ValueError(hour)
            hours = hours % 12 + (12 if half[0] in "Pp" else 0)
        if hours > 23 or int(minute) > 59 or int(second or 0) > 60:
            raise ValueError(hour)
        if not self._style.clock:
            return told
        return f"{told}T{hours:02}:{int(minute):02}:{min(int(second or 0), 59):02}{_zone(zone)}"

    def _iso(self, m: re.Match[str]) -> str:
        year, month, day, hour, minute, second, half, zone = m.groups()
        return self._day(year, month, day, hour, minute, second, zone, half)

    def _basic(self, m: re.Match[str]) -> str:
        return self._day(*m.groups())

    def _numbers(self, m: re.Match[str]) -> str:
        first, _, second_number, year, hour, minute, second, half, zone = m.groups()
        if not self._style.order:
            raise NoDate("whether day or month stands first is not known (see --date-format)")
        day, month = (first, second_number) if self._style.order == "dmy" else (second_number, first)
        if int(month) > 12:
            raise NoDate(f"it has no month in the order {ORDERS[self._style.order]}")
        return self._day(year, month, day, hour, minute, second, zone, half)

    def _day_month(self, m: re.Match[str]) -> str:
        day, month, year, hour, minute, second, half, zone = m.groups()
        return self._day(year, _month(month), day, hour, minute, second, zone, half)

    def _month_day(self, m: re.Match[str]) -> str:
        month, day, year, hour, minute, second, half, zone = m.groups()
        return self._day(year, _month(month), day, hour, minute, second, zone, half)

    def _twitter(self, m: re.Match[str]) -> str:
        month, day, hour, minute, second, zone, year = m.groups()
        return self._day(year, _month(month), day, hour, minute, second, zone)

    def _unix(self, m: re.Match[str]) -> str:
        """Seconds, milliseconds or microseconds since 1970, in UTC."""
        number = int(m[1]) // {13: 1_000, 16: 1_000_000}.get(len(m[1]), 1)
        when = datetime.fromtimestamp(number, UTC)
        return self._day(when.year, when.month, when.day, str(when.hour), str(when.minute), str(when.second), "Z")


_READERS: tuple[tuple[re.Pattern[str], Callable[[Dates, re.Match[str]], str]], ...] = (
    (_ISO, Dates._iso),
    (_NUMBERS, Dates._numbers),
    (_TWITTER, Dates._twitter),
    (_DAY_MONTH, Dates._day_month),
    (_MONTH_DAY, Dates._month_day),
    (_MONTH_ALONE, lambda _, m: f"{m[2]}-{_month(m[1]):02}"),
    (_UNIX, Dates._unix),
    (_BASIC, Dates._basic),
)


def _month(name: str) -> int:
    return _MONTHS[name[:3].lower()]


def _zone(zone: str | None) -> str:
    """A time zone as EDTF has it."""
    if not zone:
        return ""
    if not re.fullmatch(r"[+-]\d{2}(:?\d{2})?", zone):
        return "Z" if zone in ("Z", "UTC", "GMT") else ""
    hours, minutes = zone[:3], zone[3:].lstrip(":") or "00"
    return "Z" if hours[1:] == minutes == "00" else f"{hours}:{minutes}"


def _edtf(text: str) -> str:
    """What is EDTF already, kept as it is. Raises NoDate."""
    if _YEAR_MONTH.fullmatch(text):
        return text
    if len(text) > 40 or not re.fullmatch(r"[0-9XYESTZ?~%.,:/+\[\]{}-]+", text):
        raise NoDate(f"{_shown(text)} is no date")
    from zeroline.text.dates import span  # takes long to import, and few tables need it

    try:
        span(text)
    except ValueError:
        raise NoDate(f"{_shown(text)} is no date") from None
    return text


def _shown(text: str) -> str:
    return f"“{text if len(text) <= 60 else text[:60] + '…'}”"
