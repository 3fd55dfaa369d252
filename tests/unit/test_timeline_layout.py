"""Lines and items of the timeline, against a list of lines made by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zeroline.index.summary import Group
from zeroline.tui.timeline_layout import TimelineLayout

PATHS = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(tuple), max_size=12)


@st.composite
def layouts(draw):
    """A layout, and its lines as ("heading", level, text) and ("item", rank)."""
    groups = [Group(path) for path in draw(PATHS)]
    counts = {n: draw(st.integers(0, 4)) for n in range(len(groups))}
    lines, before, rank = [], (), 0
    for number, group in enumerate(groups):
        if not counts[number]:
            continue
        level = 0
        while level < len(group.path) and level < len(before) and before[level] == group.path[level]:
            level += 1
        lines += [("heading", depth, group.path[depth]) for depth in range(level, len(group.path))]
        for _ in range(counts[number]):
            lines.append(("item", rank))
            rank += 1
        before = group.path
    return TimelineLayout(rank, groups, counts), lines, rank


@given(layouts())
def test_every_line_is_what_counting_one_by_one_says(made):
    layout, lines, total = made
    assert layout.lines == len(lines)
    assert layout.total == total
    for number, line in enumerate(lines):
        heading, item = layout.heading_at(number), layout.item_at(number)
        if line[0] == "heading":
            assert item is None
            assert heading is not None
            assert (heading.level, heading.text) == line[1:]
        else:
            assert heading is None
            assert item == line[1]
            assert layout.line_of(item) == number


@given(layouts())
def test_line_of_and_item_at_are_inverse(made):
    layout, _, total = made
    lines = [layout.line_of(item) for item in range(total)]
    assert lines == sorted(set(lines))
    assert [layout.item_at(line) for line in lines] == list(range(total))


@given(layouts())
def test_beyond_the_lines_is_nothing(made):
    layout, lines, _ = made
    assert layout.item_at(-1) is None
    assert layout.item_at(len(lines)) is None
    assert layout.heading_at(len(lines)) is None


@given(st.integers(0, 10_000_000))
def test_without_groups_an_item_is_its_line(total):
    layout = TimelineLayout(total)
    assert layout.lines == total
    for item in {0, total // 2, total - 1} if total else set():
        assert layout.line_of(item) == item
        assert layout.item_at(item) == item
    assert layout.item_at(total) is None
