"""What an import says while it works."""

from __future__ import annotations

from zeroline.cli.import_report import Meter
from zeroline.text.pace import Pace, clock_words


def test_bar_rows_rate_and_time_left() -> None:
    now = [0.0]
    said: list[str] = []
    meter = Meter("talks\n.csv", said.append, lambda: now[0])
    meter(0, 0, 1_000)
    now[0] = 10.0
    meter(50_000, 250, 1_000)
    now[0] = 40.0
    meter(200_000, 1_000, 1_000)
    assert said == [
        "talks .csv ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌   0% · 0 rows · 0/s",
        "talks .csv ━━━━╌╌╌╌╌╌╌╌╌╌╌╌  25% · 50,000 rows · 5,000/s · 0:30 left",
        "talks .csv ━━━━━━━━━━━━━━━━ 100% · 200,000 rows · 5,000/s · 0:00 left",
    ]


def test_an_empty_file_divides_by_nothing() -> None:
    said: list[str] = []
    Meter("x", said.append)(0, 0, 0)
    assert "100%" in said[0]


def test_clock() -> None:
    assert [clock_words(s) for s in (4.6, 750, 3723)] == ["0:05", "12:30", "1:02:03"]


def test_pace_says_what_can_be_known() -> None:
    now = [0.0]
    pace = Pace("statements", "writing the last", lambda: now[0])
    assert (pace.words(0, 0), pace.words(70_000, 0)) == ("", "reading · 70,000 statements")
    assert pace.words(0, 1_000_000) == "0 % · 0 of 1,000,000 statements"
    now[0] = 4.0
    assert pace.words(250_000, 1_000_000) == "25 % · 0:12 left · 250,000 of 1,000,000 statements · 62,500/s"
    now[0] = 16.0
    assert pace.words(1_000_000, 1_000_000) == "100 % · writing the last"
    assert Pace().words(3, 4) == "75 % · 3 of 4"
