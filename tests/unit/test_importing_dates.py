"""Dates as tables write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zeroline.importing.dates import KEPT, Dates, Style, order_of, style_of
from zeroline.importing.errors import NoDate
from zeroline.text.dates import span


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2031-04-05", "2031-04-05"),
        ("2031-04-05T20:19:24Z", "2031-04-05"),
        ("2031-04-05 20:19", "2031-04-05"),
        ("2031-04-05 20:19:24.123456+00:00", "2031-04-05"),
        ("2031/4/5", "2031-04-05"),
        ("20310405", "2031-04-05"),
        ("20310405T201924Z", "2031-04-05"),
        ("2031", "2031"),
        ("2031-04", "2031-04"),
        ("2031-04~", "2031-04~"),
        ("2031-04/2031-06", "2031-04/2031-06"),
        ("  2031-04-05 ", "2031-04-05"),
        ("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10"),
        ("Wed, 10 Oct 2018 20:19:24 +0000", "2018-10-10"),
        ("10 Oct 2018", "2018-10-10"),
        ("10-Oct-2018", "2018-10-10"),
        ("October 10th, 2018", "2018-10-10"),
        ("Oct 10, 2018 8:19 PM", "2018-10-10"),
        ("Sept 2018", "2018-09"),
        ("1539202764", "2018-10-10"),
        ("1539202764.25", "2018-10-10"),
        ("1539202764000", "2018-10-10"),
    ],
)
def test_dates_that_need_no_order(text: str, edtf: str) -> None:
    assert Dates(Style()).read(text) == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2031-04-05T20:19:24Z", "2031-04-05T20:19:24Z"),
        ("2031-04-05 20:19", "2031-04-05T20:19:00"),
        ("2031-04-05 20:19:24.123456+00:00", "2031-04-05T20:19:24Z"),
        ("2031-04-05 20:19:24+0230", "2031-04-05T20:19:24+02:30"),
        ("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24Z"),
        ("Oct 10, 2018 12:19 AM", "2018-10-10T00:19:00"),
        ("1539202764", "2018-10-10T20:19:24Z"),
        ("2031-04", "2031-04"),
    ],
)
def test_times_of_day_are_kept_when_wanted(text: str, edtf: str) -> None:
    made = Dates(Style(clock=True)).read(text)
    assert made == edtf
    span(made)  # and it is EDTF


@pytest.mark.parametrize(
    "text",
    ["yesterday", "2031-13-01", "2031-02-30", "2031-04-05T25:00", "5/4/31", "2031-04-05 13:00 PM", "x" * 500,
     "31.02.2031", "99999999999999999999", "2031-04-05T20:61", "03/04/2031"],
)  # fmt: skip
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(NoDate) as error:
        Dates(Style()).read(text)
    assert len(str(error.value)) < 200


def test_day_and_month_in_either_order() -> None:
    assert Dates(Style("dmy")).read("03/04/2031 14:05") == "2031-04-03"
    assert Dates(Style("mdy")).read("03/04/2031 2:05 PM") == "2031-03-04"
    assert Dates(Style("dmy")).read("3.4.2031") == "2031-04-03"
    with pytest.raises(NoDate, match="month"):
        Dates(Style("dmy")).read("03/13/2031")


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["2031-04-05", "1 May 2031"], ""),
        (["03/04/2031", "05/06/2031"], "?"),
        (["03/04/2031", "25/06/2031"], "dmy"),
        (["03/04/2031", "06/25/2031"], "mdy"),
        (["13/04/2031", "06/25/2031"], "?"),
        (["3.4.2031"], "dmy"),
        ([], ""),
    ],
)
def test_order_is_told_from_many(values: list[str], order: str) -> None:
    assert order_of(values) == order


def test_a_format_of_ones_own() -> None:
    assert Dates(style_of("%d.%m.%y", False)).read("03.04.31") == "2031-04-03"
    assert Dates(style_of("%B %Y", False)).read("April 2031") == "2031-04"
    assert Dates(style_of("%Y", False)).read("2031") == "2031"
    assert Dates(style_of("%Y-%m-%d %H:%M", True)).read("2031-04-03 07:08") == "2031-04-03T07:08:00"
    with pytest.raises(NoDate, match="%B %Y"):
        Dates(style_of("%B %Y", False)).read("2031-04")
    for wrong in ("d/m/y", "%", "%Q"):
        with pytest.raises(ValueError, match="format"):
            style_of(wrong, False)


@given(
    st.dates(date(1000, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%Y/%m/%d", "%a %b %d 10:00:00 +0000 %Y"]),
)
def test_every_day_comes_back(day: date, form: str) -> None:
    assert Dates(Style()).read(day.strftime(form)) == day.isoformat()


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_said_to_be_none(text: str) -> None:
    for style in (Style("dmy", clock=True), Style()):
        with suppress(NoDate):
            span(Dates(style).read(text))


def test_memory_of_dates_is_bounded() -> None:
    dates = Dates(Style())
    for number in range(KEPT + 10):
        dates.read(str(1_500_000_000 + number))
    assert len(dates._known) <= KEPT
