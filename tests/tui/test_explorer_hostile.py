"""Words of a corpus that would take over a terminal, or be taken for markup, in every field there is."""

from __future__ import annotations

import shutil
import unicodedata

import pytest
import tomli_w

from zeroline.text.safe import one_line

MARKUP = "[sic] [/] [@click=app.quit]x[/] [bold]y[/bold] $z \\"
TERMINAL = "a\u001b[31mred\u001b]52;c;ZXZpbA==\u0007 \u009b2J \u202egnp \u200b\U000e0041 \u0000 b"
SCRIPTS = "漢字仮名交じり文 🕯👩‍👩‍👧🇺🇦 עברית العربية é́́ ﷽ ß"
LINES = "first line\nsecond\tline\r\nthird"
HOSTILE = f"{MARKUP} {SCRIPTS} {TERMINAL} {LINES}"


def everywhere(words: str) -> dict[str, list[dict]]:
    """A corpus that has these words wherever it may have words."""
    position = {"certainty": "high", "basis": "stated", "rationale": words}
    conditional = {"stance": "s2", "force": "conditional", "condition": words, "otherwise": "s1", **position}
    statement = {
        "speaker": "p1",
        "source": "t1",
        "paraphrase": words,
        "note": words,
        "topics": ["o1"],
        "places": ["l1"],
    }
    return {
        "corpus": {"id": "hostile", "title": words, "question": words, "version": words, "description": words},
        "stance": [
            {"id": "s1", "label": words, "key": 1, "definition": words, "include": [words], "exclude": [words]},
            {"id": "s2", "label": words, "key": 2},
        ],
        "topic": [{"id": "o1", "label": words, "definition": words}],
        "kind": [{"id": "k1", "label": words}],
        "source": [
            {
                "id": "t1",
                "title": words,
                "outlet": words,
                "author": words,
                "date": "2031",
                "credit": words,
                "note": words,
            }
        ],
        "place": [{"id": "l1", "name": words, "kind": words, "note": words}],
        "speaker": [
            {
                "id": f"p{n}",
                "name": words,
                "callsign": words,
                "unit": words,
                "role": words,
                "kind": "k1",
                "placed": {"place": "l1", "note": words},
                "service": [{"unit": words, "role": words, "note": words}],
                "no_primary": words,
                "note": words,
            }
            for n in (1, 2)
        ],
        "statement": [
            {"id": "a1", "attribution": "direct", "positions": [conditional], **statement},
            {"id": "a2", "attribution": "reported", **{**statement, "speaker": "p2"}},
        ],
        "event": [
            {
                "id": "e1",
                "date": "2030",
                "title": words,
                "asserted_by": "p1",
                "source": "t1",
                "description": words,
                "figures": [
                    {"value": 2, "unit": words, "what": words, "qualifier": words, "claimant": words, "note": words}
                ],
                "topics": ["o1"],
                "places": ["l1"],
                "note": words,
            }
        ],
    }


@pytest.fixture
def corpus_of(home):
    """Writes a corpus of given tables."""

    def write(tables) -> object:
        folder = home / "written"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "corpus.toml").write_text(tomli_w.dumps(tables), encoding="utf-8")
        return folder

    return write


def raw(reader) -> list[str]:
    """Every line of the screen, as segments of text that go to the terminal."""
    app = reader.app
    lines = []
    for screen in app.screen_stack:
        for widget in screen.walk_children(with_self=True):
            if widget.display and widget.region.area:
                lines.append(reader.seen(widget))
    return lines


def nothing_raw(reader) -> None:
    for lines in raw(reader):
        for line in lines.split("\n"):
            bad = [c for c in line if unicodedata.category(c) in ("Cc", "Cs") or c in "\u202e\u200b\U000e0041"]
            assert not bad, (bad, line, lines)


async def tour(reader, check) -> None:
    """Everything that shows words of a corpus, one after another."""
    press = reader.press
    for key in ("g", "j", "j"):
        await press(key)
        await reader.until(lambda: reader.app.explorer.shown_item() == reader.app.explorer.timeline.current.item)
        check()
    await press("b")
    await reader.until(lambda: reader.app.explorer.bookmarks)
    check()
    await press("tab", "G")
    check()
    await press("tab", "j")
    check()
    await press("enter", "1")
    check()
    await press("0", "n")  # a profile has no one statement to write a note on
    await reader.until(reader.app.explorer.shown_item)
    for key, screen in (
        ("question_mark", "Help"),
        ("B", "BookmarksScreen"),
        ("e", "ExportDialog"),
        ("m", "NoteEditor"),
    ):
        await press(key)
        await reader.on(screen)
        check()
        await press("escape")
        await reader.on("Explorer")
    await press("g", "c", "j", "c")
    await reader.on("Compare")
    check()
    await press("escape", "ctrl+p")
    await reader.on("PaletteScreen")
    for word in ("topic", "stance", "speaker", "place"):
        reader.app.screen.query_one("#palette-field").value = word
        await reader.until(lambda word=word: word in reader.seen("#palette-list").casefold())
        check()
    await press("down", "enter")
    await reader.on("Explorer")
    await reader.pilot.pause()
    check()


@pytest.mark.parametrize(
    ("size", "words"),
    [((120, 36), HOSTILE), ((60, 20), HOSTILE), ((30, 9), HOSTILE), ((60, 20), LINES)],
    ids=["120x36", "60x20", "30x9", "lines"],
)
async def test_nothing_raw_reaches_the_terminal(explorer, corpus_of, words, size):
    async with explorer(size, corpus=corpus_of(everywhere(words))) as reader:
        await tour(reader, lambda: nothing_raw(reader))
        assert reader.app.is_running


async def test_markup_is_shown_letter_by_letter(explorer, corpus_of):
    async with explorer((400, 200), corpus=corpus_of(everywhere(MARKUP))) as reader:
        for pane in ("#title", "#speakers", "#timeline", "#statement", "#chips"):
            assert "[sic] [/] [@click" in reader.seen(pane), pane
        for pane in ("#title", "#timeline", "#statement"):
            assert MARKUP in reader.seen(pane), pane
        await reader.press("1")
        await reader.until(lambda: "[sic] [/]" in reader.seen("#status"))
        await reader.press("0", "shift+tab", "c", "j", "c")
        await reader.on("Compare")
        for side in ("#left", "#right"):
            assert f"─ {MARKUP} ─" in reader.seen(side).splitlines()[0]
        await reader.press("escape", "ctrl+p")
        await reader.on("PaletteScreen")
        await reader.type("topic: [sic]")
        await reader.until(lambda: f"Topic: {MARKUP}" in reader.seen("#palette-list"))


async def test_terminal_controls_are_shown_as_signs(explorer, corpus_of):
    async with explorer((400, 200), corpus=corpus_of(everywhere(TERMINAL))) as reader:
        assert "a␛[31mred␛]52;c;" in reader.seen("#speakers")
        for pane in ("#title", "#timeline", "#statement"):
            assert one_line(TERMINAL) in reader.seen(pane), pane
        assert "␛[31mred␛]52;c;ZXZpbA==␇" in reader.seen("#statement")


async def test_wide_letters_never_push_a_line_over_the_edge(explorer, corpus_of):
    from textual.geometry import Region

    async with explorer((7, 7), corpus=corpus_of(everywhere(SCRIPTS))) as reader:
        for size in ((7, 7), (120, 36), (80, 24), (60, 20), (2, 8), (1, 1)):
            await reader.resize(size)
            for widget in reader.app.screen.walk_children():
                if widget.display and widget.region.area:
                    for strip in widget.render_lines(Region(0, 0, *widget.outer_size)):
                        assert strip.cell_length == widget.outer_size.width, (size, widget, strip.text)
