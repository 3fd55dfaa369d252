"""When a line is: where on the timeline it stands, and the numbers its document has for that."""

from __future__ import annotations

from array import array

from zeroline.index.order import moment_of
from zeroline.text.dates import span

UNDATED = 1
"""The ordinal that undated lines are ranked by: before everything."""


class Day:
    """The lines of one day: the rank of the next, and where the records of those begin that are not yet put down."""

    __slots__ = ("first", "rank", "starts")

    def __init__(self, rank: int) -> None:
        self.first = self.rank = rank
        self.starts = array("Q")


class When:
    """A date, worked out once for all lines that have it; ``lines`` counts them, ``day`` is where they are numbered.

    ``moment`` is an ordinal day, ``month`` months since year 0 (None for undated), ``json`` the document's numbers.
    """

    __slots__ = ("code", "day", "json", "lines", "moment", "month")

    def __init__(self, edtf: str | None) -> None:
        """Raises ValueError, in words for the reader, for what is no date."""
        self.lines = 0
        self.day = Day(0)
        self.month: int | None = None
        self.code = " lacks:date" if edtf is None else ""
        if edtf is None:
            self.moment, first_day, last_day, month = UNDATED, 0, 0, ""
        else:
            first, last = span(edtf)
            moment = moment_of(edtf, first, last)
            self.moment, first_day, last_day = moment.toordinal(), first.toordinal(), last.toordinal()
            self.month = moment.year * 12 + moment.month - 1
            month = f'"month":{self.month},'
        until = f'"to_day":{last_day},' if last_day != first_day else ""
        self.json = f'{month}"from_day":{first_day},{until}'
