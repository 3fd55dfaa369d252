"""The bundled Kursk corpus: that it is whole, keeps its own rules, and codes the tricky passages fairly.

What needs the article's text, which is not in the project, is in test_kursk_article.py.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from zeroline.corpus.bundled import bundled
from zeroline.corpus.load import load
from zeroline.corpus.models import EXCERPT_WORDS, Locator, Position, Speaker, Statement, Study
from zeroline.text.dates import span


@pytest.fixture(scope="module")
def study() -> Study:
    return load(bundled())


def statement(study: Study, id: str) -> Statement:
    return next(s for s in study.statement if s.id == id)


def speaker(study: Study, id: str) -> Speaker:
    return next(s for s in study.speaker if s.id == id)


def positions(study: Study, speaker_id: str) -> list[Position]:
    return [p for s in study.statement if s.speaker == speaker_id for p in s.positions]


def forces(study: Study, statement_id: str) -> set[tuple[str, str]]:
    return {(p.stance, p.force) for p in statement(study, statement_id).positions}


def locator(s: Statement) -> Locator:
    assert s.locator is not None, f"{s.id} has no locator"
    return s.locator


# -- whole ------------------------------------------------------------------------------------------------------


def test_everybody_with_a_voice_is_a_speaker(study: Study) -> None:
    kinds = Counter(s.kind for s in study.speaker)
    assert kinds == {"soldier": 9, "official": 2}
    voices = {s.speaker for s in study.statement}
    assert voices == {s.id for s in study.speaker}


def test_statements_of_each_speaker(study: Study) -> None:
    assert Counter(s.speaker for s in study.statement) == {
        "hohi": 12, "rogue": 8, "norman": 6, "solo": 6, "mario": 4, "melnyk": 4, "viktor": 4,
        "zelenskyy": 3, "klim": 2, "liber": 2, "syrskyi": 1,
    }  # fmt: skip


def test_statement_ids_count_up_in_the_order_of_the_text(study: Study) -> None:
    for one in study.speaker:
        said = [s for s in study.statement if s.speaker == one.id]
        assert [s.id for s in said] == [f"{one.id}-{n:02}" for n in range(1, len(said) + 1)]
        starts = [locator(s).start for s in said]
        assert starts == sorted(starts)


def test_the_file_follows_the_text(study: Study) -> None:
    starts = [locator(s).start for s in study.statement]
    assert starts == sorted(starts)


def test_ids_are_unique(study: Study) -> None:
    for table in (study.stance, study.topic, study.kind, study.source, study.place, study.speaker, study.person):
        assert len({r.id for r in table}) == len(table)
    assert len({r.id for r in (*study.statement, *study.event)}) == len(study.statement) + len(study.event)


def test_references_resolve(study: Study) -> None:
    stances, topics, places = ({r.id for r in t} for t in (study.stance, study.topic, study.place))
    speakers, sources = {r.id for r in study.speaker}, {r.id for r in study.source}
    assert {s.kind for s in study.speaker} == {k.id for k in study.kind}
    assert {s.placed.place for s in study.speaker if s.placed and s.placed.place} <= places
    assert {p.within for p in study.place if p.within} <= places
    assert {r.source for r in (*study.statement, *study.event, *study.person)} <= sources
    assert {e.asserted_by for e in study.event} <= speakers | sources
    for record in (*study.statement, *study.event):
        assert set(record.topics) <= topics, record.id
        assert set(record.places) <= places, record.id
    for one in study.statement:
        assert {p.stance for p in one.positions} <= stances, one.id
        assert {p.otherwise for p in one.positions if p.otherwise} <= stances, one.id


def test_codebook_is_used_and_defined(study: Study) -> None:
    assert {s.id: (s.key, s.shape, s.colour) for s in study.stance} == {
        "hold": (1, "up", "sky"),
        "trade": (2, "diamond", "orange"),
        "withdraw": (3, "down", "purple"),
    }
    assert all(s.definition and s.include and s.exclude for s in study.stance)
    assert all(t.definition for t in study.topic)
    used = {t for r in (*study.statement, *study.event) for t in r.topics}
    assert used == {t.id for t in study.topic}


def test_places_are_used_and_have_coordinates_with_their_precision(study: Study) -> None:
    used = {p for r in (*study.statement, *study.event) for p in r.places}
    assert used == {p.id for p in study.place}
    for place in study.place:
        assert place.latitude is not None and place.longitude is not None and place.precision, place.id


def test_every_speaker_is_placed_or_said_not_to_be(study: Study) -> None:
    unplaced = {s.id for s in study.speaker if s.placed and not s.placed.place}
    assert all(s.placed for s in study.speaker)
    assert unplaced == {"zelenskyy", "syrskyi", "liber", "norman", "klim", "solo"}


def test_pictured_or_named_people_are_no_speakers(study: Study) -> None:
    assert {p.name: p.how for p in study.person} == {
        "Vitalii": "pictured",
        "Yurii": "pictured",
        "Trump": "named",
        "Putin": "named",
        "David Kirichenko": "named",
    }
    assert not {p.id for p in study.person} & {s.id for s in study.speaker}
    # Two men are called Yurii: the record of each says that they may not be one.
    shared = {p.name for p in study.person} & {s.name for s in study.speaker}
    assert shared == {"Yurii"}
    assert "one man" in speaker(study, "mario").note
    assert "one man" in next(p.note for p in study.person if p.name == "Yurii")


def test_source_is_detached_and_its_sections_in_order(study: Study) -> None:
    (source,) = study.source
    assert source.text is None and source.sha256 and source.characters and source.normalisation
    assert source.title_supplied and source.title[0] + source.title[-1] == "[]"
    assert source.outlet is None and source.author is None and source.date == "2025-02-27"
    assert [s.paragraph for s in source.section] == [12, 31, 42]
    assert not {s.paragraph for s in source.section} & {locator(s).paragraph for s in study.statement}


def test_dates_are_edtf_and_events_lie_within_the_story(study: Study) -> None:
    for event in study.event:
        first, last = span(event.date)
        assert first <= last
        assert first.isoformat() <= "2025-02-27", f"{event.id} begins after publication"
    dates = {e.id: e.date for e in study.event}
    assert dates["incursion"] == "2024-08-06"
    assert dates["battle-of-kursk"] == "1943"
    assert dates["counteroffensive-ends"] == "2023-11"
    assert dates["troops-diverted"] == "2024-09"
    assert dates["drones-busier"] == "/2025-02~", "the article names no month for the beginning"
    assert dates["peace-talks"] == "2025-02~", "the article names no day for the talks"
    assert statement(study, "zelenskyy-01").date == "2024-09"


def test_figures(study: Study) -> None:
    figures = {(f.value, f.unit): f for e in study.event for f in e.figures}
    assert set(figures) == {
        (40000, "troops"), (16000, "soldiers"), (1000, "pieces of equipment"), (900, "prisoners of war"),
        (3, "exchanges"), (1200, "km²"), (463, "sq mi"), (2, "thirds"), (37, "pieces of equipment"),
    }  # fmt: skip
    assert {f.claimant for f in figures.values()} == {"the article", "Zelenskyy", "Ihor “Rogue”"}
    assert figures[900, "prisoners of war"].qualifier == "nearly"
    assert figures[40000, "troops"].claimant == "Zelenskyy"
    assert figures[37, "pieces of equipment"].claimant == "Ihor “Rogue”"


# -- its own rules ----------------------------------------------------------------------------------------------


def test_excerpts_are_phrases(study: Study) -> None:
    for one in study.statement:
        assert one.excerpt, one.id
        assert len(one.excerpt.split()) <= EXCERPT_WORDS, one.id
        assert not one.excerpt.startswith("“") and not one.excerpt.endswith("”"), one.id


def test_provisos_are_written_down(study: Study) -> None:
    for one in study.statement:
        for position in one.positions:
            assert bool(position.condition) == (position.force == "conditional"), one.id


def test_statements_without_a_position_say_why(study: Study) -> None:
    for one in study.statement:
        assert one.positions or one.note.startswith("No position: "), one.id
        assert not (one.positions and one.note.startswith("No position")), one.id


def test_primary_is_a_stance_of_the_speaker_or_its_lack_is_explained(study: Study) -> None:
    for one in study.speaker:
        assert bool(one.primary) != bool(one.no_primary), one.id
        if one.primary:
            assert one.primary.stance in {p.stance for p in positions(study, one.id)}, one.id


def test_primaries(study: Study) -> None:
    assert {s.id: s.primary.stance for s in study.speaker if s.primary} == {
        "zelenskyy": "trade", "hohi": "hold", "mario": "hold", "melnyk": "trade", "viktor": "hold", "klim": "hold",
    }  # fmt: skip


def test_one_passage_shared_by_two_is_coded_alike_with_a_note(study: Study) -> None:
    shared: dict[tuple[int, int], list[Statement]] = {}
    for one in study.statement:
        shared.setdefault((locator(one).start, locator(one).end), []).append(one)
    pairs = [pair for pair in shared.values() if len(pair) > 1]
    assert [sorted(s.id for s in pair) for pair in pairs] == [["mario-04", "rogue-01"], ["melnyk-04", "norman-01"]]
    for first, second in pairs:
        assert first.speaker != second.speaker
        assert forces(study, first.id) == forces(study, second.id)
        assert second.id in first.note and first.id in second.note


def test_passages_overlap_only_where_shared(study: Study) -> None:
    passages = sorted({(locator(s).start, locator(s).end) for s in study.statement})
    assert all(end <= start for (_, end), (start, _) in pairwise(passages))


# -- the tricky passages ----------------------------------------------------------------------------------------


def test_norman_takes_every_position_on_a_condition(study: Study) -> None:
    assert positions(study, "norman")
    assert {p.force for p in positions(study, "norman")} == {"conditional"}
    assert {p.stance for p in positions(study, "norman")} == {"hold", "trade", "withdraw"}


def test_norman_falls_back_to_no_one_stance(study: Study) -> None:
    (advance,) = statement(study, "norman-03").positions
    assert (advance.stance, advance.otherwise) == ("hold", None), "a grey zone or concessions: either, not trade alone"
    for words in (advance.rationale, statement(study, "norman-03").note):
        assert "grey zone or concessions" in words
    assert forces(study, "norman-04") == {("trade", "conditional")}
    assert "opening quotation mark" in statement(study, "norman-04").note
    assert forces(study, "norman-06") == {("withdraw", "conditional")}


@pytest.mark.parametrize("id", ["mario-02", "solo-01", "rogue-08"])
def test_words_that_look_like_a_stance_are_none(study: Study, id: str) -> None:
    assert re.search(r"\bhold", statement(study, id).excerpt)
    assert statement(study, id).positions == ()


def test_held_for_negotiations_is_hold_and_trade(study: Study) -> None:
    assert forces(study, "hohi-01") == {("hold", "unconditional"), ("trade", "unconditional")}


def test_a_hedge_is_no_condition(study: Study) -> None:
    (worth_it,) = statement(study, "hohi-04").positions
    assert (worth_it.stance, worth_it.force, worth_it.certainty) == ("hold", "unconditional", "medium")


def test_prisoners_for_kursk(study: Study) -> None:
    assert forces(study, "liber-02") == {("trade", "unconditional"), ("withdraw", "unconditional")}
    assert ("trade", "unconditional") in forces(study, "melnyk-01")
    asked = {
        s.speaker for s in study.statement
        if "prisoner-exchange" in s.topics and any(p.stance == "trade" for p in s.positions)
    }  # fmt: skip
    assert asked == {"liber", "melnyk"}


def test_a_warning_of_loss_is_hold_without_condition(study: Study) -> None:
    assert {(p.stance, p.force) for p in positions(study, "viktor")} == {("hold", "unconditional")}


def test_a_wish_for_more_weapons_is_no_condition(study: Study) -> None:
    assert forces(study, "klim-02") == {("hold", "unconditional")}


def test_praise_of_the_past_is_none_and_the_waste_is_withdraw(study: Study) -> None:
    for id in ("solo-02", "solo-05", "solo-06", "syrskyi-01", "zelenskyy-01"):
        assert statement(study, id).positions == (), id
    assert {p.stance for p in positions(study, "solo")} == {"withdraw"}


def test_the_articles_reading_of_the_president_is_hypothetical(study: Study) -> None:
    assert forces(study, "zelenskyy-02") == {("trade", "unconditional")}
    assert forces(study, "zelenskyy-03") == {("trade", "hypothetical")}


def test_costs_are_no_position(study: Study) -> None:
    for id in ("hohi-02", "hohi-05", "mario-04", "rogue-01", "rogue-03", "liber-01", "melnyk-03"):
        assert statement(study, id).positions == (), id


def test_contradictions_of_the_article_are_noted_where_a_reader_looks(study: Study) -> None:
    hohi, mario = speaker(study, "hohi"), speaker(study, "mario")
    assert hohi.callsign == "Hohi" and hohi.variants == ("Hori",) and "Hori" in hohi.note
    assert "Hori" in statement(study, "hohi-04").note
    assert "infantryman" in mario.note and "infantryman" in statement(study, "mario-03").note
    assert [s.date for s in mario.service] == ["2014/2015", None]
    assert "nearby" in speaker(study, "rogue").note
    for one, other in (("liber", "Klim"), ("klim", "Liber")):
        assert other in speaker(study, one).note
