"""EDTF taken apart and said in English, without importing the EDTF library.

The library turns words into EDTF but not EDTF into words, and takes 100 ms to import; dates are shown on the warm path.
So this module reads the notation with one regular expression and only ever *says* a date: whether a date is valid, and
which days it spans, is for the library to decide (:func:`zeroline.text.dates.span`). What it does not know, it returns
as None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_HEMISPHERES = {0: "", 1: " (northern hemisphere)", 2: " (southern hemisphere)"}
SEASONS = ("spring", "summer", "autumn", "winter")
_ORDINALS = ("first", "second", "third", "fourth")
_PARTS_OF_YEAR = {33: (4, "quarter"), 37: (3, "third"), 40: (2, "half")}
_HEDGES = {"~": "about", "?": "possibly", "%": "possibly about"}
_DOUBTS = {"~": "approximate", "?": "uncertain", "%": "uncertain and approximate"}

_LONG_YEAR = re.compile(r"Y(-?)([0-9]{1,18})(?:E([0-9]{1,2}))?(?:S[0-9]+)?")
_DATE = re.compile(
    r"(?P<yb>[?~%]?)(?P<year>-?[0-9X]{4})(?P<digits>S[0-9]+)?(?P<ya>[?~%]?)"
    r"(?:-(?P<mb>[?~%]?)(?P<month>[0-9X]{2})(?P<ma>[?~%]?)"
    r"(?:-(?P<db>[?~%]?)(?P<day>[0-9X]{2})(?P<da>[?~%]?))?)?"
    r"(?:T(?P<time>[0-9]{2}:[0-9]{2})(?::[0-9]{2})?(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """One date: ``year``, ``month`` (or season) and ``day`` as written, "" for what is not given.

    ``hedge`` is the sign ("~", "?", "%") that qualifies all of it, ``doubts`` what qualifies only some of it, in words.
    """

    year: str
    month: str = ""
    day: str = ""
    hedge: str = ""
    doubts: str = ""
    time: str = ""


def parts(text: str) -> Parts | None:
    """The date taken apart; None for what is no single date (an interval, a set, a very long year, no EDTF at all)."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    found = match.groupdict("")
    # A sign before a component qualifies it alone; one after it qualifies it and everything to its left.
    signs = [found["da"] or found["db"], found["ma"] or found["mb"], found["ya"] or found["yb"]]
    if found["da"]:
        signs = [found["da"]] * 3
    elif found["ma"]:
        signs[1:] = [found["ma"]] * 2
    given = [name for name in ("day", "month", "year") if found[name]]
    signs = signs[-len(given) :]
    hedge = signs[0] if len(set(signs)) == 1 else ""
    doubted = [f"{name} {_DOUBTS[sign]}" for name, sign in zip(given, signs, strict=True) if sign]
    clock = ""
    if found["time"]:
        zone = {"": "", "Z": " UTC"}.get(found["zone"], f" (UTC{found['zone']})")
        clock = f", {found['time']}{zone}"
    if found["digits"] and not hedge:
        hedge = "~"  # 1950S2: an estimate, exact to so many digits
    return Parts(found["year"], found["month"], found["day"], hedge, "" if hedge else ", ".join(doubted), clock)


def year_words(year: str) -> str | None:
    """A year in words: "2024", "2020s", "1900 to 1999", "AD 79", "44 BC"; None when its digits cannot be read."""
    long = _LONG_YEAR.fullmatch(year)
    if long:
        number = int(long[2]) * 10 ** int(long[3] or 0) * (-1 if long[1] else 1)
        return _year_number(number) if abs(number) < 10**12 else None
    if year.strip("-") == "XXXX":
        return "an unknown year"
    if re.fullmatch(r"[0-9]{3}X", year) and year >= "1":
        return year.replace("X", "0s")
    if not re.fullmatch(r"-?[0-9]+X*", year):
        return None
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first == last:
        return _year_number(first)
    return f"{_year_number(min(first, last))} to {_year_number(max(first, last))}"


def _year_number(year: int) -> str:
    # EDTF counts astronomically: the year 0 is 1 BC.
    if year < 1:
        return f"{1 - year} BC"
    return f"AD {year}" if year < 1000 else str(year)


def _month_words(date: Parts, year: str) -> str | None:
    """A month or season with its year."""
    if date.month == "XX":
        return f"some month of {year}"
    if not date.month.isdigit():
        return None
    number = int(date.month)
    if 1 <= number <= 12:
        return f"{MONTHS[number - 1]} {year}"
    return _season_words(number, year)


def _season_words(code: int, year: str) -> str | None:
    if 21 <= code <= 32:
        return f"{SEASONS[(code - 21) % 4]} {year}{_HEMISPHERES[(code - 21) // 4]}"
    for start, (count, name) in _PARTS_OF_YEAR.items():
        if start <= code < start + count:
            return f"{_ORDINALS[code - start]} {name} of {year}"
    return None


def _day_words(date: Parts, year: str) -> str | None:
    """A day with its month and year, either of which may be left open."""
    if date.month == "XX":
        return f"some day of {year}" if date.day == "XX" else f"day {date.day.lstrip('0')} of some month of {year}"
    month = _month_words(date, year)
    if month is None or not 1 <= int(date.month) <= 12:
        return None
    if date.day == "XX":
        return f"some day in {month}"
    return f"{int(date.day)} {month}" if date.day.isdigit() and 1 <= int(date.day) <= 31 else None


def date_words(text: str) -> str | None:
    """One date in words, or None when it is not one."""
    date = parts(text)
    if date is None:
        return year_words(text) if text.startswith("Y") else None
    year = year_words(date.year)
    if year is None:
        return None
    if date.day:
        said = _day_words(date, year)
    elif date.month:
        said = _month_words(date, year)
    else:
        said = year
    if said is None:
        return None
    hedge = f"{_HEDGES[date.hedge]} " if date.hedge else ""
    doubts = f" ({date.doubts})" if date.doubts else ""
    return f"{hedge}{said}{date.time}{doubts}"


def interval_words(first: str, last: str) -> str | None:
    """An interval in words; what both ends share is said once. "" is an unknown end, ".." an open one."""
    start, end = date_words(first), date_words(last)
    if end and first in ("", ".."):
        return f"until {end}" + ("" if first else ", start unknown")
    if start and last in ("", ".."):
        return f"from {start} on" if last else f"from {start}, end unknown"
    if not start or not end or first == last:
        return start and end
    left, right = parts(first), parts(last)
    if left and right and _plain(left) and _plain(right) and left.year == right.year:
        if left.month == right.month and left.day and right.day and left.day != right.day:
            start = str(int(left.day))
        elif left.month and right.month and bool(left.day) == bool(right.day) and left != right:
            start = (date_words(first) or start).removesuffix(f" {year_words(left.year)}")
    return f"{start} to {end}"


def _plain(date: Parts) -> bool:
    """Whether the date is a year, a month or a day, nothing about it hedged or left open."""
    numbers = (date.month or "01") + (date.day or "01")
    return date == replace(date, hedge="", doubts="", time="") and numbers.isdigit() and int(date.month or "1") <= 12


def set_words(text: str) -> str | None:
    """A set in words: "[a,b]" is one of its dates ("a or b"), "{a,b}" all of them ("a and b")."""
    if len(text) < 3 or text[0] + text[-1] not in ("[]", "{}"):
        return None
    one = text[0] == "["
    said = [_member_words(member.strip(), one) for member in text[1:-1].split(",")]
    members = [member for member in said if member]
    if len(members) != len(said):
        return None
    joint = " or " if one else " and "
    return joint.join([", ".join(members[:-1]), members[-1]]) if len(members) > 1 else members[0]


def _member_words(member: str, one: bool) -> str | None:
    first, dots, last = member.partition("..")
    if not dots:
        return date_words(member)
    start, end = date_words(first), date_words(last)
    if start and end:
        return f"some time from {start} to {end}" if one else f"{start} to {end}"
    if end and not first:
        return f"{end} or earlier" if one else f"{end} and earlier"
    if start and not last:
        return f"{start} or later" if one else f"{start} and later"
    return None
