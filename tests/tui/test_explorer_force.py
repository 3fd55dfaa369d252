"""A position that hangs on something is never shown as plain: in both corpora, for every statement and speaker."""

from __future__ import annotations

from pathlib import Path

import pytest

from zeroline.index.cache import build
from zeroline.index.filter import Filter
from zeroline.text.glyphs import glyph
from zeroline.tui.detail_parts import Says
from zeroline.tui.requests import ItemDetail, SpeakerDetail
from zeroline.tui.theme import look_for

ROOT = Path(__file__).parents[2]
CORPORA = {"small": ROOT / "tests" / "fixtures" / "corpora" / "small", "kursk": ROOT / "corpus" / "kursk"}


@pytest.fixture(params=CORPORA)
def corpus(request, home) -> Path:
    return CORPORA[request.param]


def everything(index):
    page = index.page(Filter(), limit=10_000)
    assert len(page.rows) == page.total
    return page.rows


def shapes(index) -> dict[str, str]:
    return {s.id: s.shape for s in index.summary.stances}


def hollow(index, position) -> str:
    return glyph(shapes(index)[position["stance"]], filled=False)


def filled(index, position) -> str:
    return glyph(shapes(index)[position["stance"]], filled=True)


def hanging(positions):
    return [p for p in positions if p["force"] != "unconditional"]


def plain(parts) -> str:
    """The words of parts on one line, what stands before them included."""
    words = [f"{part.label} {part.lead.plain if part.lead else ''} {part.text.plain}" for part in parts]
    return " ".join(" ".join(words).split())


def test_the_statement_pane_says_every_condition(corpus):
    index = build(corpus)
    says = Says(index, look_for(True))
    number = 0
    for row in everything(index):
        item = row.item
        if item["kind"] != "statement":
            continue
        shown = plain(says.item(ItemDetail(row, index.speaker(item["speaker"]["id"]), (), 0), None))
        signs = {p["stance"]: p["force"] for p in item["positions"] if p["force"] == "unconditional"}
        for position in hanging(item["positions"]):
            number += 1
            label = index.stance_label(position["stance"])
            assert f"{hollow(index, position)} {label}" in shown
            if position["stance"] not in signs:
                assert f"{filled(index, position)} {label}" not in shown
            if position["condition"]:
                bare = position["condition"].rstrip(".;").removeprefix("if ").removeprefix("only if ")
                assert " ".join(bare.split()) in shown
            assert "only if" in shown or "condition" in shown or "hypothesis" in shown
            if position["otherwise"]:
                assert f"otherwise {glyph(shapes(index)[position['otherwise']], False)}" in shown
    assert number > 3


def test_a_speaker_is_as_mixed_as_their_statements(corpus):
    index = build(corpus)
    says = Says(index, look_for(True))
    number = 0
    for speaker in index.speakers(0, 1_000):
        shown = plain(says.speaker(SpeakerDetail(speaker, (), 0)))
        for count in speaker["stances"]:
            label = index.stance_label(count["stance"])
            sign = hollow(index, count)
            if count["conditional"] or count["hypothetical"]:
                number += 1
                assert f"{sign} {label}" in shown
            if not count["unconditional"]:
                assert f"{filled(index, count)} {label}" not in shown
            if count["conditional"]:
                assert "condition" in shown
            if count["hypothetical"]:
                assert "as a hypothesis" in shown
    assert number > 2


async def test_rows_and_speakers_show_hollow_signs(explorer, corpus):
    async with explorer((160, 300), corpus=corpus) as reader:
        await check_hollow_signs(reader)
        for width in (80, 60, 40):
            await reader.resize((width, 300))
            reader.app.explorer.go("timeline")  # where one pane shows
            await reader.pilot.pause()
            await check_hollow_signs(reader)


async def check_hollow_signs(reader):
    index = reader.app.explorer.index
    timeline, speakers = reader.app.explorer.timeline, reader.app.explorer.speakers
    await reader.until(lambda: speakers.item_count() == index.summary.speakers)
    lines = [timeline.render_line(y).text for y in range(timeline.size.height)]
    number = 0
    for rank, row in timeline.rows.items():
        if row.item["kind"] != "statement" or not hanging(row.item["positions"]):
            continue
        number += 1
        line = lines[timeline.lines_of(rank).start + timeline.HEAD - timeline.scroll_offset.y]
        firm = {p["stance"] for p in row.item["positions"] if p["force"] == "unconditional"}
        assert any(hollow(index, p) in line for p in hanging(row.item["positions"])), line
        for position in hanging(row.item["positions"]):
            if position["stance"] not in firm:
                assert filled(index, position) not in line, line
    assert number > 3
    speakers.focus()
    await reader.press("g")
    lines = [speakers.render_line(y).text for y in range(speakers.size.height)]
    for rank in range(speakers.item_count()):
        speaker = speakers.speakers[speakers.ordinals[rank]]
        line = lines[speakers.lines_of(rank).start]
        for count in speaker["stances"]:
            assert (hollow(index, count) in line) == bool(count["conditional"] or count["hypothetical"]), line
            assert (filled(index, count) in line) == bool(count["unconditional"]), line


async def test_a_row_with_more_stances_than_fit_still_shows_that_one_hangs_on_something(explorer, home):
    statements = home / "small" / "statements.toml"
    text = statements.read_text(encoding="utf-8")
    firm = '{{ stance = "{}", force = "unconditional", certainty = "high", basis = "stated", rationale = "r" }}'
    hangs = firm.format("keep").replace('"unconditional"', '"conditional", condition = "c"')
    taken = ", ".join([*(firm.format(stance) for stance in ("keep", "lease", "close")), hangs])
    old = text[text.index("positions = [") : text.index("\n", text.index("positions = ["))]
    statements.write_text(text.replace(old, f"positions = [{taken}]", 1), encoding="utf-8")
    async with explorer() as reader:
        await reader.go_to("brum-2")
        line = next(line for line in reader.seen("#timeline").splitlines() if "▌" in line)
        assert "△" in line
        assert "+" in line
