from __future__ import annotations

from rich.cells import cell_len

from zeroline.corpus.models import Shape
from zeroline.records import PositionRecord, StanceCount
from zeroline.text.glyphs import EVENT_GLYPH, NONE_GLYPH, glyph, position_glyphs, stance_glyphs

SHAPES: tuple[str, ...] = Shape.__args__  # type: ignore[attr-defined]


def count(stance: str, unconditional: int = 0, conditional: int = 0, hypothetical: int = 0) -> StanceCount:
    return {
        "stance": stance,
        "unconditional": unconditional,
        "conditional": conditional,
        "hypothetical": hypothetical,
    }


def position(stance: str, force: str) -> PositionRecord:
    return {
        "stance": stance,
        "force": force,  # type: ignore[typeddict-item]
        "condition": None,
        "otherwise": None,
        "certainty": "high",
        "basis": "stated",
        "rationale": "",
    }


def test_every_shape_has_two_signs_of_its_own_and_one_column() -> None:
    signs = [glyph(shape, filled) for shape in SHAPES for filled in (True, False)]
    assert len({*signs, NONE_GLYPH, EVENT_GLYPH}) == 2 * len(SHAPES) + 2
    assert {cell_len(sign) for sign in signs} == {1}


def test_signs_of_the_design() -> None:
    assert [glyph(shape, True) for shape in ("up", "diamond", "down")] == ["▲", "◆", "▼"]
    assert [glyph(shape, False) for shape in ("up", "diamond", "down")] == ["△", "◇", "▽"]


def test_speaker_who_takes_a_stance_both_ways_has_both_signs() -> None:
    counts = [count("hold", unconditional=2, conditional=1), count("trade", hypothetical=1), count("leave", 3)]
    shapes = {"hold": "up", "trade": "diamond", "leave": "down"}
    assert stance_glyphs(counts, shapes.__getitem__) == [
        ("hold", "▲"),
        ("hold", "△"),
        ("trade", "◇"),
        ("leave", "▼"),
    ]
    assert stance_glyphs([], shapes.__getitem__) == []


def test_statement_has_each_sign_once() -> None:
    positions = [position("hold", "conditional"), position("hold", "hypothetical"), position("trade", "unconditional")]
    shapes = {"hold": "up", "trade": "diamond"}
    assert position_glyphs(positions, shapes.__getitem__) == [("hold", "△"), ("trade", "◆")]
