"""Corpora that are broken, stale, empty, tiny or long-winded."""

from __future__ import annotations

import os
import shutil
import threading

import pytest
import tomli_w

from zeroline.index import cache

TINY = {
    "corpus": {"id": "tiny", "title": "Tiny", "version": "1"},
    "stance": [{"id": "keep", "label": "keep", "key": 1}],
    "source": [{"id": "note", "title": "A note", "date": "2031-06-01"}],
    "speaker": [{"id": "oda", "name": "Oda"}],
}
SAID = {"id": "oda-1", "speaker": "oda", "source": "note", "attribution": "direct", "paraphrase": "The lamp stays lit."}


@pytest.fixture
def corpus_of(home):
    def write(tables) -> object:
        folder = home / "written"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "corpus.toml").write_text(tomli_w.dumps(tables), encoding="utf-8")
        return folder

    return write


def statement(reader) -> str:
    return " ".join(reader.seen("#statement").replace("│", " ").replace("▐", " ").split())


def words(reader) -> str:
    return " ".join(reader.seen("#timeline").replace("│", " ").split())


def edit(file, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    before = file.stat()
    file.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 10_000_000_000))


ALL_KEYS = (
    "g G j k n N 1 4 f 0 x 0 v v v r r left_square_bracket right_square_bracket b m escape c y tab j enter escape"
)


async def every_key(reader) -> None:
    for key in (*ALL_KEYS.split(), "pagedown", "pageup", "tab", "j", "enter", "c", "b", "tab", "enter", "0"):
        await reader.press(key)
        if type(reader.app.screen).__name__ != "Explorer":
            await reader.press("escape")
    await reader.on("Explorer")
    assert reader.app.is_running


@pytest.mark.parametrize("size", [(120, 36), (60, 20), (1, 1)])
async def test_a_corpus_without_statements(explorer, corpus_of, size):
    async with explorer(size, ready=False, corpus=corpus_of(TINY)) as reader:
        await reader.until(lambda: reader.app.explorer.index is not None)
        await reader.until(lambda: reader.app.explorer.keeper is not None)
        await every_key(reader)
        assert reader.app.explorer.shown_item() is None


async def test_an_empty_corpus_says_so_in_full(explorer, corpus_of):
    async with explorer((120, 36), ready=False, corpus=corpus_of(TINY)) as reader:
        await reader.until(lambda: "This corpus has no statements and no" in words(reader))
        assert "and no events." in words(reader)
        assert "all 0" in reader.seen("#status")


@pytest.mark.parametrize("size", [(120, 36), (60, 20), (1, 1)])
async def test_a_corpus_of_one_statement(explorer, corpus_of, size):
    async with explorer(size, corpus=corpus_of(TINY | {"statement": [SAID]})) as reader:
        assert reader.app.explorer.shown_item()["id"] == "oda-1"
        await every_key(reader)
        await reader.until(lambda: reader.app.explorer.timeline.item_count() == 1)


async def test_an_undated_corpus(explorer, corpus_of):
    tables = TINY | {"source": [{"id": "note", "title": "A note"}], "statement": [SAID]}
    async with explorer(corpus=corpus_of(tables)) as reader:
        assert "Undated" in reader.seen("#timeline")
        assert "undated" in statement(reader)
        await reader.press("left_square_bracket")
        assert "no date under the cursor" in reader.seen("#status")
        assert reader.seen("#timeline").splitlines()[1].strip("│ ").strip() == ""
        await every_key(reader)


async def test_a_paraphrase_of_five_thousand_characters(explorer, corpus_of):
    words = " ".join(f"word{n:04d}" for n in range(556))
    assert len(words) > 5_000
    folder = corpus_of(TINY | {"statement": [SAID | {"paraphrase": words + " the-very-end"}]})
    async with explorer(corpus=folder) as reader:
        assert "word0000" in statement(reader)
        await reader.press("tab", "G")
        assert "the-very-end" in statement(reader)
        seen = statement(reader)
        for _ in range(200):
            if "word0000" in seen:
                break
            await reader.press("pageup")
            seen += statement(reader)
        assert all(f"word{n:04d}" in seen for n in range(556))


async def test_a_long_word_is_folded_not_lost(explorer, corpus_of):
    word = "x" * 200 + "end"
    async with explorer(corpus=corpus_of(TINY | {"statement": [SAID | {"paraphrase": word}]})) as reader:
        assert word in statement(reader).replace(" ", "")


async def test_a_broken_corpus_names_file_and_line_and_is_tried_again(explorer, home):
    shutil.rmtree(home / "cache")
    speakers = home / "small" / "speakers.toml"
    edit(speakers, 'callsign = "Лампа"', 'calsign = "Лампа"')
    async with explorer(ready=False) as reader:
        await reader.on("Trouble")
        words = " ".join(reader.seen("#trouble").replace("│", " ").split())
        assert "This corpus cannot be opened" in words
        assert "speakers.toml" in words
        assert "calsign" in words
        line = speakers.read_text(encoding="utf-8").split("\n").index('calsign = "Лампа"') + 1
        assert f":{line}" in words
        await reader.press("r")
        await reader.until(lambda: not reader.app.explorer.status.progress)
        await reader.on("Trouble")
        edit(speakers, 'calsign = "Лампа"', 'callsign = "Лампа"')
        await reader.press("r")
        await reader.on("Explorer")
        await reader.until(lambda: reader.app.explorer.detail is not None)
        assert "15" in reader.seen("#timeline")
        assert "speakers.toml" not in reader.seen("#status")


async def test_every_problem_is_said_and_q_quits(explorer, home):
    shutil.rmtree(home / "cache")
    edit(home / "small" / "speakers.toml", 'id = "oda-brum"', 'id = "nobody"')
    async with explorer((60, 12), ready=False) as reader:
        await reader.on("Trouble")
        pane = reader.app.screen.query_one("#trouble")
        assert "problems" in reader.seen(pane)
        assert pane.max_scroll_y > 0
        await reader.press("G")
        assert "press r to try again" in reader.seen(pane)
        await reader.press("q")
        await reader.until(lambda: not reader.app.is_running)


async def test_markup_in_a_broken_corpus_is_shown_as_it_is(explorer, home):
    shutil.rmtree(home / "cache")
    edit(home / "small" / "speakers.toml", 'kind = "official"', 'kind = "[/]"')
    async with explorer(ready=False) as reader:
        await reader.on("Trouble")
        assert "[/]" in reader.seen("#trouble")


async def test_a_folder_that_is_none(explorer, home):
    async with explorer(ready=False, corpus=home / "never-there") as reader:
        await reader.on("Trouble")
        assert "never-there" in reader.seen("#trouble")


async def test_a_stale_corpus_is_shown_at_once_and_swapped_for_the_new(explorer, home, monkeypatch):
    edit(home / "small" / "statements.toml", "so it has to go on burning", "so it has to go on glowing")
    go_on = threading.Event()
    build = cache.build
    from zeroline.tui import engine

    def wait(*args, **kwargs):
        go_on.wait(20)
        return build(*args, **kwargs)

    monkeypatch.setattr(engine, "build", wait)
    async with explorer() as reader:
        await reader.go_to("brum-1")
        assert "go on burning" in statement(reader)
        await reader.until(lambda: "compiling" in reader.seen("#status"))
        old = reader.app.explorer.index
        go_on.set()
        await reader.until(lambda: reader.app.explorer.index is not old)
        await reader.until(lambda: "go on glowing" in statement(reader))
        assert reader.app.explorer.timeline.current.item["id"] == "brum-1"
        assert "compiling" not in reader.seen("#status")
        assert "Oda Brûm" in reader.seen("#speakers")
    async with explorer() as reader:
        await reader.go_to("brum-1")
        assert "go on glowing" in statement(reader)


@pytest.mark.parametrize("size", [(120, 36), (60, 20)])
async def test_the_first_index_shows_how_far_it_is(explorer, corpus_of, monkeypatch, size):
    go_on = threading.Event()
    build = cache.build
    from zeroline.tui import engine

    def wait(corpus, progress):
        progress(250, 1_000)
        assert go_on.wait(20)
        return build(corpus, progress)

    monkeypatch.setattr(engine, "build", wait)
    async with explorer(size, corpus=corpus_of(TINY | {"statement": [SAID]}), ready=False) as reader:
        await reader.until(lambda: "Making the index" in reader.seen("#timeline"))
        shown = reader.seen("#timeline")
        filled, left = shown.count("━"), sum(line.strip("│ ╭╮╰╯").count("─") for line in shown.splitlines()[1:-1])
        assert filled == (filled + left) // 4 > 5
        assert "250 of 1,000 statements" in words(reader)
        assert "25 %" in reader.seen("#status")
        go_on.set()
        await reader.until(lambda: reader.app.explorer.index is not None)
        await reader.until(lambda: "Making the index" not in reader.seen("#timeline"))
        assert "compiling" not in reader.seen("#status")


async def test_a_stale_corpus_that_broke_keeps_the_old_index_and_says_why(explorer, home):
    edit(home / "small" / "speakers.toml", 'callsign = "Лампа"', 'calsign = "Лампа"')
    async with explorer() as reader:
        await reader.until(lambda: "calsign" in reader.seen("#status"))
        assert "speakers.toml" in reader.seen("#status")
        assert reader.app.explorer.timeline.item_count() == 15
        edit(home / "small" / "speakers.toml", 'calsign = "Лампа"', 'callsign = "Lantern"')
        await reader.press("ctrl+r")
        await reader.until(lambda: "Lantern" in reader.seen("#speakers"))
        await reader.until(lambda: "calsign" not in reader.seen("#status"))


async def test_a_corpus_that_shrinks_under_the_cursor(explorer, home):
    async with explorer() as reader:
        await reader.press("1")
        await reader.until(lambda: reader.app.explorer.timeline.item_count() == 5)
        await reader.press("G")
        statements = home / "small" / "statements.toml"
        text = statements.read_text(encoding="utf-8")
        speakers = home / "small" / "speakers.toml"
        kept = [s for s in speakers.read_text(encoding="utf-8").splitlines() if not s.startswith("primary")]
        speakers.write_text("\n".join(kept), encoding="utf-8")
        statements.write_text(text[: text.index("[[statement]]", text.index("brum-1"))], encoding="utf-8")
        await reader.press("ctrl+r")
        await reader.until(lambda: reader.app.explorer.timeline.item_count() == 1)
        await reader.until(lambda: reader.app.explorer.shown_item()["id"] == "brum-1")


@pytest.mark.parametrize("size", [(160, 40), (120, 36), (60, 20)])
async def test_stances_without_a_chip_are_counted(explorer, corpus_of, size):
    stances = [{"id": f"s{n}", "label": f"S{n}"} | ({"key": n} if n < 10 else {}) for n in range(1, 13)]
    async with explorer(size, corpus=corpus_of(TINY | {"stance": stances, "statement": [SAID]})) as reader:
        await reader.until(lambda: "+" in reader.seen("#chips"))
        *chips, left = reader.seen("#chips").split()
        assert chips.count("0") + int(left) == len(stances) + 1  # each chip that shows has a count
