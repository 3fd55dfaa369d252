"""EDTF dates: the days they span, how they read, how they fit seven columns."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zeroline.text import dates
from zeroline.text.dates import OPEN_YEARS, SHORT_COLUMNS, day_of, in_words, short, span

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)

# EDTF, first day, last day, in words, for the date column.
DATES = [
    ("2024-08-06", date(2024, 8, 6), date(2024, 8, 6), "6 August 2024", "6 Aug"),
    ("2024-09", date(2024, 9, 1), date(2024, 9, 30), "September 2024", "Sep"),
    ("2024", date(2024, 1, 1), date(2024, 12, 31), "2024", "2024"),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024", "Feb"),
    # Qualified: the plain span, no padding.
    ("2025-02~", date(2025, 2, 1), date(2025, 2, 28), "about February 2025", "c. Feb"),
    ("2024?", date(2024, 1, 1), date(2024, 12, 31), "possibly 2024", "2024?"),
    ("2014~", date(2014, 1, 1), date(2014, 12, 31), "about 2014", "c. 2014"),
    ("2014%", date(2014, 1, 1), date(2014, 12, 31), "possibly about 2014", "c.2014?"),
    ("2025-02%", date(2025, 2, 1), date(2025, 2, 28), "possibly about February 2025", "c. Feb?"),
    ("2024-08-06~", date(2024, 8, 6), date(2024, 8, 6), "about 6 August 2024", "c.6 Aug"),
    ("2024-08-26~", date(2024, 8, 26), date(2024, 8, 26), "about 26 August 2024", "~26 Aug"),
    ("2024-08-26?", date(2024, 8, 26), date(2024, 8, 26), "possibly 26 August 2024", "26 Aug?"),
    ("2024?-08-06", date(2024, 8, 6), date(2024, 8, 6), "6 August 2024 (year uncertain)", "6 Aug"),
    ("2024-~08-?06", date(2024, 8, 6), date(2024, 8, 6), "6 August 2024 (day uncertain, month approximate)", "6 Aug"),
    ("2024-08~-06", date(2024, 8, 6), date(2024, 8, 6), "6 August 2024 (month approximate, year approximate)", "6 Aug"),
    ("1950S2", date(1950, 1, 1), date(1950, 12, 31), "about 1950", "c. 1950"),
    # Intervals: what the ends share is said once.
    ("2024-08/2025-02", date(2024, 8, 1), date(2025, 2, 28), "August 2024 to February 2025", "Aug–Feb"),
    ("2024-08/2024-10", date(2024, 8, 1), date(2024, 10, 31), "August to October 2024", "Aug–Oct"),
    ("2024-08-06/2024-08-09", date(2024, 8, 6), date(2024, 8, 9), "6 to 9 August 2024", "6–9 Aug"),
    ("2024-08-26/2024-08-30", date(2024, 8, 26), date(2024, 8, 30), "26 to 30 August 2024", "26 Aug–"),
    ("2024-08-06/2024-09-03", date(2024, 8, 6), date(2024, 9, 3), "6 August to 3 September 2024", "6 Aug–"),
    ("2024-08-06/2025-08-06", date(2024, 8, 6), date(2025, 8, 6), "6 August 2024 to 6 August 2025", "6 Aug–"),
    ("2024-08-06/2024-08-06", date(2024, 8, 6), date(2024, 8, 6), "6 August 2024", "6 Aug"),
    ("2024-08/2025-08", date(2024, 8, 1), date(2025, 8, 31), "August 2024 to August 2025", "Aug–Aug"),
    ("2014/2015", date(2014, 1, 1), date(2015, 12, 31), "2014 to 2015", "2014–15"),
    ("1998/2003", date(1998, 1, 1), date(2003, 12, 31), "1998 to 2003", "1998–"),
    ("2024-08-06/2025", date(2024, 8, 6), date(2025, 12, 31), "6 August 2024 to 2025", "6 Aug–"),
    (
        "2024-11~/2025-02~",
        date(2024, 11, 1),
        date(2025, 2, 28),
        "about November 2024 to about February 2025",
        "c. Nov–",
    ),
    (
        "2024-08-26~/2024-08-30",
        date(2024, 8, 26),
        date(2024, 8, 30),
        "about 26 August 2024 to 30 August 2024",
        "26 Aug–",
    ),
    ("2024-XX/2025", date(2024, 1, 1), date(2025, 12, 31), "some month of 2024 to 2025", "2024–"),
    # Open and unknown ends are bounded OPEN_YEARS from the known one.
    ("../2024", date(2014, 1, 1), date(2024, 12, 31), "until 2024", "–2024"),
    ("/2025-02-27", date(2015, 2, 27), date(2025, 2, 27), "until 27 February 2025, start unknown", "–27 Feb"),
    ("2024/..", date(2024, 1, 1), date(2034, 12, 31), "from 2024 on", "2024–"),
    ("2024-02-29/", date(2024, 2, 29), date(2034, 2, 28), "from 29 February 2024, end unknown", "29 Feb–"),
    # Digits left open.
    ("202X", date(2020, 1, 1), date(2029, 12, 31), "2020s", "2020s"),
    ("202X~", date(2020, 1, 1), date(2029, 12, 31), "about 2020s", "c.2020s"),
    ("20XX", date(2000, 1, 1), date(2099, 12, 31), "2000 to 2099", "20XX"),
    ("2024-XX", date(2024, 1, 1), date(2024, 12, 31), "some month of 2024", "2024"),
    ("2024-XX-XX", date(2024, 1, 1), date(2024, 12, 31), "some day of 2024", "2024"),
    ("2024-09-XX", date(2024, 9, 1), date(2024, 9, 30), "some day in September 2024", "Sep"),
    ("2024-XX-05", date(2024, 1, 5), date(2024, 12, 5), "day 5 of some month of 2024", "2024"),
    ("20XX-02-29", date(2000, 2, 29), date(2099, 2, 28), "29 February 2000 to 2099", "29 Feb"),
    ("XXXX", FIRST, LAST, "an unknown year", "XXXX"),
    # Seasons, quarters, thirds, halves.
    ("2024-21", date(2024, 3, 1), date(2024, 5, 31), "spring 2024", "spring"),
    ("2024-24", date(2024, 12, 1), date(2024, 12, 31), "winter 2024", "winter"),
    ("2024-30", date(2024, 12, 1), date(2024, 12, 31), "summer 2024 (southern hemisphere)", "summer"),
    ("2024-33", date(2024, 1, 1), date(2024, 3, 31), "first quarter of 2024", "Jan–Mar"),
    ("2024-38", date(2024, 5, 1), date(2024, 8, 31), "second third of 2024", "May–Aug"),
    ("2024-41", date(2024, 7, 1), date(2024, 12, 31), "second half of 2024", "Jul–Dec"),
    # Sets: one of, and all of.
    ("[2024,2025]", date(2024, 1, 1), date(2025, 12, 31), "2024 or 2025", "2024…"),
    ("{2024-08,2024-10,2025}", date(2024, 8, 1), date(2025, 12, 31), "August 2024, October 2024 and 2025", "Aug…"),
    (
        "[2024-08-06..2025-02-27]",
        date(2024, 8, 6),
        date(2025, 2, 27),
        "some time from 6 August 2024 to 27 February 2025",
        "≥6 Aug",
    ),
    ("[2024-08-26..]", date(2024, 8, 26), date(2034, 8, 26), "26 August 2024 or later", "≥26 Aug"),
    ("[2024-08..2025-02]", date(2024, 8, 1), date(2025, 2, 28), "some time from August 2024 to February 2025", "≥Aug"),
    ("[2025-02~..]", date(2025, 2, 1), date(2035, 2, 28), "about February 2025 or later", "≥c. Feb"),
    ("[..2024]", date(2014, 1, 1), date(2024, 12, 31), "2024 or earlier", "≤2024"),
    ("[2024..]", date(2024, 1, 1), date(2034, 12, 31), "2024 or later", "≥2024"),
    (
        "[2024-08..2024-09,2025]",
        date(2024, 8, 1),
        date(2025, 12, 31),
        "some time from August 2024 to September 2024 or 2025",
        "≥Aug…",
    ),
    ("{2024-08..2024-10}", date(2024, 8, 1), date(2024, 10, 31), "August 2024 to October 2024", "Aug–Oct"),
    ("{..2023,2024}", date(2013, 1, 1), date(2024, 12, 31), "2023 and earlier and 2024", "–2023…"),
    # With a time of day.
    ("2024-08-06T12:05:00Z", date(2024, 8, 6), date(2024, 8, 6), "6 August 2024, 12:05 UTC", "6 Aug"),
    ("2024-08-06T12:05:00+03:00", date(2024, 8, 6), date(2024, 8, 6), "6 August 2024, 12:05 (UTC+03:00)", "6 Aug"),
    # Years outside Python's calendar sort first or last; EDTF counts the year 0.
    ("0079", date(79, 1, 1), date(79, 12, 31), "AD 79", "79"),
    ("0000", FIRST, FIRST, "1 BC", "1 BC"),
    ("-0043-03-15", FIRST, FIRST, "15 March 44 BC", "15 Mar"),
    ("-01XX", FIRST, FIRST, "200 BC to 101 BC", "-01XX"),
    ("-0043/0014", FIRST, date(14, 12, 31), "44 BC to AD 14", "44 BC–"),
    ("Y-17000", FIRST, FIRST, "17001 BC", "Y-17000"),
    ("Y17E7", LAST, LAST, "170000000", "Y17E7"),
    ("0004/..", date(4, 1, 1), date(14, 12, 31), "from AD 4 on", "4–"),
    ("../0004", FIRST, date(4, 12, 31), "until AD 4", "–4"),
    ("9995/..", date(9995, 1, 1), LAST, "from 9995 on", "9995–"),
]


@pytest.mark.parametrize(("edtf", "first", "last", "words", "column"), DATES, ids=[row[0] for row in DATES])
def test_a_date(edtf: str, first: date, last: date, words: str, column: str) -> None:
    assert span(edtf) == (first, last)
    assert in_words(edtf) == words
    assert short(edtf) == column


@pytest.mark.parametrize(("first", "last"), [("2024-08-06", "2025-02-27"), ("2024-08", "2024-10"), ("", "2024")])
def test_a_time_within_a_range_does_not_look_like_the_whole_of_it(first: str, last: str) -> None:
    assert short(f"[{first}..{last}]") != short(f"{first}/{last}")


def test_open_years_is_what_the_table_supposes() -> None:
    assert OPEN_YEARS == 10


NO_DATES = [
    "", " ", "yesterday", "2024-8-6", "2024-13", "2024-00", "2024-09-31", "2024-02-30", "06.08.2024", "2024-08-06x",
    "2024/2025/2026", "[2024", "{2024]", "{}", "[,]", "[2024/2025]", "2024-1X", "2024-08-3X", "1950S2~", "Y1E9999",
    "２０２４", "2024\n2025", "2024\x1b[31m", "Y" + "9" * 300,
]  # fmt: skip


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_refused_in_plain_words(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="is no EDTF date") as refused:
        span(text)
    assert "like 2024-08-06" in str(refused.value)
    assert capsys.readouterr().out == "", "the library prints when it stumbles: it must not get that far"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2023-02-29", "“2023-02-29” is no day of the calendar: February 2023 has 28 days"),
        ("2025/2024", "“2025/2024” ends before it begins"),
        ("2024-08-06/2024-08-01", "“2024-08-06/2024-08-01” ends before it begins"),
        ("../..", "“../..” has neither a beginning nor an end"),
        ("/", "“/” has neither a beginning nor an end"),
        ("[..]", "“..” has neither a beginning nor an end"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError, match="“") as refused:
        span(text)
    assert str(refused.value) == why


@pytest.mark.parametrize(
    "text", ["yesterday", "2024-13", "2024-00-01", "2024-8-6", "../..", "[,]", "[bold]", "Y1E99", ""]
)
def test_what_cannot_be_read_is_given_back(text: str) -> None:
    assert in_words(text) == text
    assert short(text) == (text if len(text) <= 7 else f"{text[:6]}…")


def test_white_space_around_a_date_does_not_matter() -> None:
    assert span(" 2024-09 ") == span("2024-09")
    assert in_words(" 2024-09\n") == "September 2024"
    assert short(" 2024-09 ") == "Sep"


YEARS = st.one_of(
    st.integers(0, 9999).map("{:04d}".format), st.sampled_from(["202X", "20XX", "XXXX", "-0043", "-01XX"])
)
SIGNS = st.sampled_from(["", "", "", "?", "~", "%"])
TWO = st.one_of(st.integers(0, 42).map("{:02d}".format), st.sampled_from(["XX", "1X", "X1"]))
ONE = (
    st.builds("".join, st.tuples(SIGNS, YEARS, SIGNS))
    | st.builds("{}{}-{}{}{}".format, YEARS, SIGNS, SIGNS, TWO, SIGNS)
    | st.builds("{}-{}-{}{}{}".format, YEARS, TWO, SIGNS, TWO, SIGNS)
)
END = st.one_of(ONE, st.sampled_from(["", ".."]))
EDTF_LIKE = st.one_of(
    ONE,
    st.builds("{}/{}".format, END, END),
    st.lists(st.one_of(ONE, st.builds("{}..{}".format, ONE, ONE)), min_size=1, max_size=4).map(
        lambda members: f"[{','.join(members)}]"
    ),
    st.text("0123456789XYEST-/.,~?%[]{}:Z+ ", max_size=24),
)


@given(EDTF_LIKE)
@example("2024-XX-3X")
@example("{..2023-XX,2024}")
def test_a_span_is_in_order_or_refused(text: str) -> None:
    try:
        first, last = span(text)
    except ValueError as refused:
        assert str(refused).startswith("“")
        return
    assert FIRST <= first <= last <= LAST
    assert in_words(text)
    assert short(text)


@given(st.one_of(EDTF_LIKE, st.text()))
@example("Y" + "9" * 10_000)
@example("[" * 10_000)
@example("2024," * 5_000)
def test_words_never_fail_and_the_column_is_never_too_wide(text: str) -> None:
    in_words(text)
    assert len(short(text)) <= SHORT_COLUMNS


@given(st.dates())
def test_every_day_of_the_calendar_spans_itself(day: date) -> None:
    assert span(day.isoformat()) == (day, day)


def test_words_and_column_do_not_import_the_library() -> None:
    code = (
        "import sys; from zeroline.text.dates import in_words, short; "
        "[(in_words(x), short(x)) for x in ('2024-08-06', '2024/..', '[2024,2025]', 'x', '202X~', 'Y17E7')]; "
        "sys.exit('edtf' in sys.modules or 'pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(
    st.integers(1, 9999),
    st.integers(0, 13),
    st.integers(0, 32),
    st.sampled_from(
        ["", "T00:00:00", "T23:59:59Z", "T12:30:00+05:45", "T12:30:00-13:59", "T24:00:01", "T12:30", "T1:00:00"]
    ),
    st.integers(4, 24),
)
def test_plain_dates_are_what_the_library_says(year: int, month: int, day: int, time: str, length: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}{time}"[:length]

    def by_the_library() -> object:
        with pytest.MonkeyPatch.context() as slow:
            slow.setattr(dates, "_plain", lambda text: None)
            span.cache_clear()
            return result(text)

    def result(text: str) -> object:
        try:
            return span(text)
        except ValueError as error:
            return str(error)

    expected = by_the_library()
    span.cache_clear()
    assert result(text) == expected


def test_the_day_of_a_time() -> None:
    assert day_of("2024-08-06T12:30:00Z") == day_of("2024-08-06T23:59:59") == "2024-08-06"
    for other in ("2024-08-06", "2024-08", "2024-08-06T99:00:00", "2024-02-30T12:00:00", "2024-08-06~", "", "T" * 11):
        assert day_of(other) is None
