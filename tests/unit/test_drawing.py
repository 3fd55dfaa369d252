"""Cutting, filling and highlighting text: columns are those of a terminal, and nothing gets lost."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from zeroline.text.fold import fold
from zeroline.text.safe import one_line, visible
from zeroline.tui.drawing import fit, fit_around, highlighted, hits, join, mark_hits, pad, safe_text, sought

TEXTS = st.text() | st.text("漢字かなａ🕯👩\u200d👩\u200d👧é\u0301ש\u202e\x1b[]/ \t\n…", max_size=40)
WIDTHS = st.integers(0, 60)
WORDS = st.lists(st.text("abcdeéÉß", min_size=1, max_size=4), max_size=4)
PROSE = st.text("abcdeéÉß -,“”\u0301🕯漢", max_size=60)


@given(TEXTS, WIDTHS)
@example("漢字", 3)
@example("👩\u200d👩\u200d👧 family", 4)
def test_fit_is_never_wider_than_asked(text, width):
    assert cell_len(fit(text, width)) <= width


@given(TEXTS, WIDTHS)
def test_fit_leaves_alone_what_fits_and_says_what_it_cut(text, width):
    whole = one_line(text)
    if cell_len(whole) <= width:
        assert fit(text, width) == whole
    elif width:
        assert fit(text, width).endswith("…")


@given(PROSE, WIDTHS, WORDS, WORDS)
@example("a b c d e f g h bb", 8, ["bb"], [])
@example("aaaaaaaaaaaa-bb", 8, ["bb"], [])
@example("漢漢漢漢漢 b", 4, ["b"], [])
def test_the_first_hit_shows_wherever_it_stands(text, width, words, beginnings):
    wanted = sought(frozenset(words), frozenset(beginnings))
    shown = fit_around(text, width, wanted)
    assert cell_len(shown) <= width
    whole = one_line(text)
    first = next(hits(whole, words, beginnings), None)
    if first is None or cell_len(whole) <= width:
        assert shown == fit(text, width)
    elif cell_len(word := whole[first[0] : first[1]]) + 2 <= width:
        assert word in shown
        assert shown.removeprefix("…").removesuffix("…").rstrip() in whole


def test_words_before_a_hit_show_as_far_as_there_is_room():
    text = "The oil costs a lot, and the keeper says that the lamp must stay lit"
    assert fit_around(text, 30, sought(frozenset(["lamp"]), frozenset())) == "…that the lamp must stay lit"
    assert fit_around(text, 24, sought(frozenset(["oil"]), frozenset())) == "The oil costs a lot, an…"


@example(text="\u200d0", width=0, right=False)
@given(TEXTS, WIDTHS, st.booleans())
@example("漢", 1, True)
@example("\u200d", 1, False)
@example("\u200da", 4, True)
@example("漢字漢字", 5, False)
def test_pad_is_exactly_as_wide_as_asked(text, width, right):
    assert cell_len(pad(text, width, right)) == width


@given(TEXTS)
def test_a_negative_width_is_none(text):
    assert pad(text, -3) == ""


@given(TEXTS, WIDTHS)
def test_nothing_raw_comes_out(text, width):
    for made in (fit(text, width), safe_text(text).plain.replace("\n", "").replace("\t", "")):
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in made)


@given(TEXTS)
@example("[sic] [/] [bold]x[/bold] [@click=app.quit]x[/]")
def test_safe_text_reads_no_markup(text):
    assert safe_text(text).plain == visible(text)
    assert safe_text(text).spans == []


@given(PROSE, WORDS, WORDS)
def test_highlighted_segments_make_up_the_text(text, words, beginnings):
    plain, hit = Style(italic=True), Style(reverse=True)
    segments = highlighted(text, plain, hit, words, beginnings)
    assert "".join(s.text for s in segments) == text
    assert all(s.text for s in segments)
    marked = [s.text for s in segments if s.style and s.style.reverse]
    assert marked == [text[a:b] for a, b in hits(text, words, beginnings)]


@given(PROSE, WORDS)
def test_hits_are_the_words_and_in_order(text, words):
    spans = list(hits(text, words, ()))
    assert spans == sorted(spans)
    assert all(a < b for a, b in spans)
    assert all(fold(text[a:b]) in {fold(w) for w in words} for a, b in spans)


def test_hits_do_not_care_for_case_or_diacritics():
    assert [("Naïve dream"[a:b]) for a, b in hits("Naïve dream", ["naive"], [])] == ["Naïve"]
    assert list(hits("dreams", ["dream"], [])) == []
    assert list(hits("dreams", ["dream"], ["dream"])) == [(0, 6)]


@given(PROSE, WORDS)
def test_marks_on_rich_text_are_the_same(text, words):
    marked = mark_hits(Text(text), Style(reverse=True), words, ())
    assert marked.plain == text
    assert [(s.start, s.end) for s in marked.spans] == list(hits(text, words, ()))


def test_join_leaves_out_what_is_empty():
    segments = join([("a", Style()), ("", Style()), ("b", Style())])
    assert [s.text for s in segments] == ["a", "b"]
