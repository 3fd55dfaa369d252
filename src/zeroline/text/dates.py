"""EDTF dates: which days they span, how they read in a sentence, how they fit the timeline's date column.

EDTF (ISO 8601-2) says how exact a date is: ``2024-08-06`` a day, ``2024-09`` a month, ``2025-02~`` about then,
``2024?`` perhaps then, ``2024-08/2025-02`` from then until then, ``202X`` some year of the twenties.

Only :func:`span` decides what is EDTF, and only it imports the EDTF library. :func:`in_words` and :func:`short` are for
the screen: they are quick, never fail, and give back what they cannot read.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from functools import lru_cache

from zeroline.text.edtf_words import MONTHS, SEASONS, Parts, date_words, interval_words, parts, set_words, year_words

OPEN_YEARS = 10
"""How far an interval that is open, or whose end is unknown, is taken to reach beyond its known end."""

SHORT_COLUMNS = 7
"""The width of the timeline's date column."""

_LONGEST = 200
_SIGNS = re.compile(r"[0-9XYESTZ?~%.,:/+\[\]{}-]+")
# A time of day, and the zone it is of, make no difference to the day.
_TIME = r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])?"
_PLAIN = re.compile(rf"([0-9]{{4}})(?:-([0-9]{{2}})(?:-([0-9]{{2}})(?:{_TIME})?)?)?")
# What the library cannot take: powers of ten it would work out in full, a month or day of which only one digit is
# open, significant digits together with anything else.
_BEYOND = re.compile(r"E[0-9]{4}|-[?~%]?(?:[0-9]X|X[0-9])(?![0-9X])|[?~%].*S[0-9]|S[0-9]+[^0-9]|X.*S")

Span = tuple[datetime.date, datetime.date]


@lru_cache(maxsize=8192)
def span(edtf: str) -> Span:
    """The earliest and the latest day of a date.

    An approximate or uncertain date has its plain span, without padding; a set spans all its dates. An interval's open
    or unknown end is taken to lie OPEN_YEARS beyond its known one. Python's calendar has the years 1 to 9999: a day
    before or after them is brought to its first or last day, so that such dates still sort. Seasons are the library's:
    meteorological, the winter of a year its December. Raises ValueError, in words for the reader, for what is no date.
    """
    text = edtf.strip()
    if plain := _plain(text):
        return plain
    if len(text) > _LONGEST or not _SIGNS.fullmatch(text):
        raise ValueError(_no_date(edtf))
    # Ends and members are read one by one: the library keeps intervals that run backwards, and fails on some it
    # should keep (“2024-XX/2025”, “{..2023,2024}”).
    if text[0] in "[{":
        return _span_of_set(text)
    first, slash, last = text.partition("/")
    return _span_between(first, last, edtf) if slash else _span_of_one(text)


def _plain(text: str) -> Span | None:
    """The span of a plain year, month, day or day with a time of day, as most dates are: the library takes a thousand
    times as long for it. None for whatever else, which may be a date or not.
    """
    match = _PLAIN.fullmatch(text)
    if not match:
        return None
    year, month, day = match.groups()
    try:
        first = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:  # 2024-02-30, or a season: 2024-21
        return None
    if day:
        return first, first
    last_month = int(month or 12)
    return first, datetime.date(first.year, last_month, monthrange(first.year, last_month)[1])


def day_of(edtf: str) -> str | None:
    """The day of a day with a time of day ("2024-08-06T12:30:00Z"), None for every other date."""
    return edtf[:10] if len(edtf) > 10 and edtf[10] == "T" and _plain(edtf) else None


def _span_between(first: str, last: str, edtf: str) -> Span:
    """From the first day of ``first`` to the last of ``last``; "" and ".." are ends that are unknown or open."""
    left = None if first in ("", "..") else _span_of_one(first)
    right = None if last in ("", "..") else _span_of_one(last)
    if left and right:
        if left[0] > right[1]:
            raise ValueError(f"“{edtf}” ends before it begins")
        return left[0], right[1]
    if left:
        return left[0], _years_on(left[1], OPEN_YEARS)
    if right:
        return _years_on(right[0], -OPEN_YEARS), right[1]
    raise ValueError(f"“{edtf}” has neither a beginning nor an end")


def _span_of_set(text: str) -> Span:
    """From the first to the last day of a set's members: dates and ranges (“a..b”, “..b”, “a..”)."""
    if text[-1] != {"[": "]", "{": "}"}[text[0]]:
        raise ValueError(_no_date(text))
    spans = []
    for member in text[1:-1].split(","):
        first, dots, last = member.strip().partition("..")
        spans.append(_span_between(first, last, member) if dots else _span_of_one(member.strip()))
    return min(first for first, _ in spans), max(last for _, last in spans)


def _span_of_one(text: str) -> Span:
    """The span of one date, season or long year."""
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    if not text or _BEYOND.search(text) or set("/[]{},").intersection(text):
        raise ValueError(_no_date(text))
    try:
        date = parse_edtf(text)
        first, last = date.lower_strict(), date.upper_strict()
    except (EDTFParseException, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValueError(_no_date(text)) from error
    # Where digits are open the last day may be one its month has not (“20XX-02-29” ends in 2099).
    return _day(first, text), _day(last, text, cut="X" in text)


def _day(when: tuple[int, ...], text: str, cut: bool = False) -> datetime.date:
    """The library's day as a date of Python's calendar, brought into its years."""
    year, month, day = when[:3]
    if year < datetime.MINYEAR:
        return datetime.date.min
    if year > datetime.MAXYEAR:
        return datetime.date.max
    last = monthrange(year, month)[1]
    if day > last and not cut:
        raise ValueError(f"“{text}” is no day of the calendar: {MONTHS[month - 1]} {year} has {last} days")
    return datetime.date(year, month, min(day, last))


def _years_on(day: datetime.date, years: int) -> datetime.date:
    year = day.year + years
    if year < datetime.MINYEAR:
        return datetime.date.min
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _no_date(text: str) -> str:
    return f"“{text}” is no EDTF date (like 2024-08-06, 2024-09, 2025-02~ or 2024-08/2025-02)"


@lru_cache(maxsize=8192)
def in_words(edtf: str) -> str:
    """A date as it reads in a sentence: "6 August 2024", "about February 2025", "August 2024 to February 2025".

    What cannot be read is given back as it is.
    """
    text = edtf.strip()
    if len(text) > _LONGEST:
        return edtf
    if text[:1] in ("[", "{"):
        return set_words(text) or edtf
    first, slash, last = text.partition("/")
    return (interval_words(first, last) if slash else date_words(text)) or edtf


@lru_cache(4_096)
def short(edtf: str) -> str:
    """A date for the timeline's date column: at most SHORT_COLUMNS wide, without the year unless it is only a year.

    "6 Aug", "Sep", "2014", "c. Feb" and "~6 Aug" (approximate), "Feb?" (uncertain), "Aug–Feb"; "26 Aug–" when only the
    beginning has room, "–Aug" when only the end is known. A time within a range, which is not all of it, has no dash:
    "≥6 Aug" is then or later, "≤2024" then or earlier; a set's first date is followed by "…". What cannot be read, or
    has no room, is cut short with "…".
    """
    text = edtf.strip()
    first, slash, last = text[:_LONGEST].partition("/")
    said = _short_interval(first, last) if slash else _short_date(text)
    said = said or _short_set(text) or text
    return said if len(said) <= SHORT_COLUMNS else said[: SHORT_COLUMNS - 1] + "…"


def _short_interval(first: str, last: str) -> str | None:
    """An interval: both ends, or the one that is known or has room."""
    start, end = _short_date(first, SHORT_COLUMNS - 1), _short_date(last, SHORT_COLUMNS - 1)
    if not start:
        return f"–{end}" if end and first in ("", "..") else None
    left, right = parts(first), parts(last)
    if not end or not left or not right:
        return f"{start}–" if end or last in ("", "..") else None
    if start == end and left.year == right.year:
        return start
    both = f"{start}–{end}"
    if left.day and right.day and (left.year, left.month) == (right.year, right.month):
        both = f"{start.split()[0]}–{end}"
    elif not left.month and not right.month and left.year[:2] == right.year[:2] and end.isdigit():
        both = f"{start}–{end[2:]}"
    return both if len(both) <= SHORT_COLUMNS and bool(left.month) == bool(right.month) else f"{start}–"


def _short_set(text: str) -> str | None:
    """A set: its first date, and a sign that there is more.

    "[a..b]" is one date within the range: it must not look like "a/b" or "{a..b}", which are the whole of it.
    """
    if text[:1] not in ("[", "{"):
        return None
    first, dots, last = re.split(r"[,\]}]", text[1:_LONGEST], maxsplit=1)[0].strip().partition("..")
    if dots and text[0] == "[":
        said = _short_within(first, last)
    else:
        said = _short_interval(first, last) if dots else _short_date(first)
    return f"{said[: SHORT_COLUMNS - 1].rstrip()}…" if said and "," in text else said


def _short_within(first: str, last: str) -> str | None:
    """One date of a range: not before its beginning; not after its end where only that is known."""
    if start := _short_date(first, SHORT_COLUMNS - 1):
        return f"≥{start}"
    end = _short_date(last, SHORT_COLUMNS - 1)
    return f"≤{end}" if end and first in ("", "..") else None


def _short_date(text: str, room: int = SHORT_COLUMNS) -> str | None:
    """One date in at most ``room`` columns; None when it is not one."""
    date = parts(text)
    if date is None:
        long = year_words(text) if text.startswith("Y") else None
        return (long if len(long) <= room else text) if long else None
    said = _short_day(date)
    if said is None or not date.hedge:
        return said
    uncertain = "?" if date.hedge in "?%" and len(said) < room else ""
    if date.hedge == "?":
        return f"{said}{uncertain}"
    forms = [f"{about}{said}{mark}" for mark in (uncertain, "") for about in ("c. ", "c.", "~")]
    return next((form for form in forms if len(form) <= room), said)


def _short_day(date: Parts) -> str | None:
    month = int(date.month) if date.month.isdigit() else 0
    if 1 <= month <= 12:
        name = MONTHS[month - 1][:3]
        return f"{int(date.day)} {name}" if date.day.isdigit() else name
    if 21 <= month <= 32:
        return SEASONS[(month - 21) % 4]
    for start, months in ((33, 3), (37, 4), (40, 6)):
        if start <= month < start + 12 // months:
            begin = (month - start) * months
            return f"{MONTHS[begin][:3]}–{MONTHS[begin + months - 1][:3]}"
    if date.month not in ("", "XX"):
        return None
    year = year_words(date.year)
    return year.removeprefix("AD ") if year and len(year) <= SHORT_COLUMNS else date.year
