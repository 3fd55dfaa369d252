"""The search field draws itself: what is typed, selected and scrolled, and the cursor."""

from __future__ import annotations

import pytest
from textual import events


def drawn(reader) -> list[tuple[str, bool]]:
    """The field's text in pieces, and whether each is the cursor."""
    strip = reader.app.explorer.search.render_line(0)
    return [(s.text, bool(s.style and s.style.reverse)) for s in strip]


def cursor(reader) -> str:
    return "".join(text for text, reverse in drawn(reader) if reverse)


async def test_an_empty_field_says_what_may_be_typed(explorer):
    async with explorer((120, 36)) as reader:
        assert reader.seen("#search").strip().startswith("search: words")
        assert not cursor(reader)
        await reader.press("slash")
        assert reader.seen("#search").strip().startswith("search: words") and cursor(reader) == "s"


async def test_the_cursor_and_what_is_selected(explorer):
    async with explorer((120, 36)) as reader:
        await reader.press("slash")
        await reader.type("lamps")
        assert cursor(reader) == " "
        await reader.press("left", "left", "shift+left")
        assert cursor(reader) == "m"
        look = reader.app.explorer.search.look
        marked = [s.text for s in reader.app.explorer.search.render_line(0) if s.style.bgcolor == look.cursor.bgcolor]
        assert marked == ["m"]
        await reader.press("x")
        assert reader.app.explorer.search.value == "laxps"
        await reader.press("escape")
        assert not cursor(reader)
        assert reader.seen("#search").strip() == "laxps"


@pytest.mark.parametrize("letter", ["x", "灯", "🙂"])
async def test_a_long_search_is_scrolled_to_its_end(explorer, letter):
    async with explorer((60, 20)) as reader:
        await reader.press("slash")
        search = reader.app.explorer.search
        search.value = letter * 100 + "END"
        await reader.press("end")
        await reader.until(lambda: reader.seen("#search").rstrip().endswith("END"))
        assert cursor(reader) == " "
        assert len(reader.seen("#search").splitlines()) == 1
        await reader.press("home")
        await reader.until(lambda: cursor(reader) == letter)
        assert search.scroll_offset.x == 0


async def test_nothing_a_terminal_acts_on_is_typed(explorer):
    async with explorer() as reader:
        await reader.press("slash")
        reader.app.explorer.search.value = "a\x1b[31mb\u202ec"
        assert "\x1b" not in reader.app.explorer.search.value and "\u202e" not in reader.app.explorer.search.value


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["a", "b", "backspace", "c", "left", "d"], "adc"),
        (["a", "b", "home", "c", "end", "d", "left", "left", "delete", "x"], "caxd"),
        (["a", " ", "b", "ctrl+w", "c", "paste", "d"], "a cpasteDd"),
        (["a", "b", "shift+home", "c"], "c"),
        (["a", "ctrl+u", "b", "f9", "c", "d"], "bcd"),
    ],
)
async def test_keys_in_one_burst_are_done_in_order(explorer, keys, value):
    async with explorer((120, 36)) as reader:
        await reader.press("slash")
        for key in keys:
            event = events.Paste("pasteD") if key == "paste" else events.Key(key, key if len(key) == 1 else None)
            reader.app.post_message(event)
        search = reader.app.explorer.search
        await reader.until(lambda: search.value == value, value)
        await reader.until(lambda: reader.app.explorer.wanted.filter.query == value)
        reader.app.post_message(events.Key("z", "z"))  # one that nothing is in front of
        await reader.until(lambda: "z" in search.value)
        assert search.value.replace("z", "") == value


@pytest.mark.parametrize(
    ("pasted", "value"),
    [
        ("to mend the\r  harbour lamps\r", "to mend the harbour lamps"),
        ("one\n\ntwo\r\nthree", "one two three"),
        ("a phrase", "a phrase"),
        ("\n", ""),
        ("a\x0b\nb", "a␋ b"),
    ],
)
async def test_all_that_is_pasted_is_one_line(explorer, pasted, value):
    async with explorer((120, 36)) as reader:
        await reader.press("slash")
        reader.app.post_message(events.Paste("gone"))
        search = reader.app.explorer.search
        await reader.until(lambda: search.value == "gone")
        await reader.press("shift+home")
        reader.app.post_message(events.Paste(pasted))
        await reader.until(lambda: search.value == value, value)
        await reader.until(lambda: reader.app.explorer.wanted.filter.query == value)
        assert search.cursor_at_end


async def test_letters_for_another_screen_are_not_typed(explorer):
    async with explorer((120, 36)) as reader:
        await reader.press("slash", "a", "f1")
        await reader.press("z")
        assert reader.app.explorer.search.value == "a"
