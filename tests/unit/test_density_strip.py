"""The density strip: every item falls into one column, and a click on a column gives its months back."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from zeroline.tui.theme import look_for
from zeroline.tui.widgets.density import BARS, DensityStrip

COUNTS = st.dictionaries(st.integers(1900 * 12, 2100 * 12), st.integers(1, 50), min_size=1, max_size=30)
WIDTHS = st.integers(1, 160)


def strip_of(all, shown=None):
    strip = DensityStrip()
    strip.all = all
    strip.shown = all if shown is None else shown
    return strip


def line(strip, width):
    return "".join(text for text, _, _ in strip.draw(width, look_for(True)))


def bars(strip, width):
    """Column of the screen to the bar drawn there."""
    return {column: bar for column, (bar, _) in drawn(strip, width).items()}


def drawn(strip, width):
    """Column of the screen to the bar drawn there and its style."""
    pieces = strip.draw(width, look_for(True))
    bars = [(bar, style) for text, style, _ in pieces[1:-1] for bar in text]
    return dict(enumerate(bars, len(pieces[0][0])))


def room(strip, width):
    return len(bars(strip, width))


@given(COUNTS, st.integers(20, 160))
def test_it_is_as_wide_as_asked(all, width):
    assert len(line(strip_of(all), width)) == width


@given(COUNTS, WIDTHS)
def test_every_column_is_a_bar_and_the_highest_is_full(all, width):
    drawn = bars(strip_of(all), width)
    assert set(drawn.values()) <= set(BARS[1:])
    assert BARS[-1] in drawn.values()


@given(COUNTS, WIDTHS)
def test_a_click_on_any_column_gives_months_of_the_strip(all, width):
    strip = strip_of(all)
    for column in bars(strip, width):
        first, last = strip.pick(column, width)
        assert first <= last
        assert last <= max(all)
        assert first >= min(all)


@given(COUNTS, st.integers(20, 160))
def test_pick_is_the_inverse_of_draw(all, width):
    """Months picked column by column: each month of the strip once where there are more months than columns, and
    whatever has a bar is picked by it."""
    strip = strip_of(all)
    picked = {column: strip.pick(column, width) for column in bars(strip, width)}
    for month, count in all.items():
        alone = strip_of(all, {month: count})
        raised = [column for column, bar in bars(alone, width).items() if bar != "▁"]
        if not raised:  # before the cut
            continue
        (column,) = raised
        first, last = picked[column]
        assert first <= month <= last


@given(COUNTS, st.integers(20, 160))
def test_bins_hold_everything_after_the_cut(all, width):
    strip = strip_of(all)
    months = {m for column in bars(strip, width) for m in range(*_open(strip.pick(column, width)))}
    held = sum(all[m] for m in months & all.keys())
    cut = sum(count for month, count in all.items() if month < min(months))
    assert held + cut == sum(all.values())


def _open(picked):
    first, last = picked
    return first, last + 1


@given(COUNTS, st.integers(20, 160))
def test_outside_the_bars_nothing_is_picked(all, width):
    strip = strip_of(all)
    columns = bars(strip, width)
    assert strip.pick(min(columns) - 1, width) is None
    assert strip.pick(max(columns) + 1, width) is None
    assert strip.pick(-1, width) is None


@given(COUNTS, st.integers(20, 160))
def test_a_filter_that_hides_all_leaves_a_flat_strip(all, width):
    assert set(bars(strip_of(all, {}), width).values()) == {"▁"}


@given(COUNTS, st.integers(20, 160))
def test_the_cursor_stands_in_the_column_that_holds_its_month(all, width):
    strip = strip_of(all)
    month = max(all)
    strip.current = month
    look = look_for(True)
    columns = [n for n, (_, style) in drawn(strip, width).items() if style.bgcolor == look.cursor.bgcolor]
    assume(columns)
    first, last = strip.pick(columns[0], width)
    assert first <= month <= last


@given(COUNTS, st.lists(st.tuples(st.integers(20, 60), st.booleans(), st.integers(1900 * 12, 2100 * 12))))
def test_what_was_drawn_before_makes_no_difference(all, steps):
    strip = strip_of(all)
    shown = {month: count for month, count in all.items() if month % 2}
    for width, filtered, month in steps:
        strip.shown = shown if filtered else all
        strip.marked = frozenset({month})
        strip.current = month
        fresh = strip_of(all, strip.shown)
        fresh.marked, fresh.current = strip.marked, month
        assert strip.draw(width, look_for(True)) == fresh.draw(width, look_for(True))


def test_without_anything_dated_there_is_no_strip():
    strip = DensityStrip()
    assert strip.draw(80, look_for(True)) == []
    assert strip.pick(3, 80) is None
