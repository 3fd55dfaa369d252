"""Passages of a few common words, one of which was changed: found where the statements beside them say."""

from __future__ import annotations

import random

from zeroline.corpus.passages import SourceText, digest
from zeroline.sources.fingerprint import fingerprint
from zeroline.sources.ladder import anchor
from zeroline.sources.model import Anchored
from zeroline.sources.passages_sought import Need, Wanted

COMMON = ["ba", "ke", "li", "mo", "nu", "pa", "re", "si"]


def made() -> tuple[str, Wanted]:
    """Sentences of eight words alone, each of which stands there some 800 times, and every fortieth is a passage."""
    dice = random.Random(3)
    sentences = [" ".join(dice.choices(COMMON, k=8)).capitalize() + "." for _ in range(800)]
    text = "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))
    needs, at = [], 0
    for number, sentence in enumerate(sentences):
        at = text.index(sentence, at)
        if number % 40 == 21:
            need = Need(f"s-{number}", "", "direct", sentence[:-1], at, at + len(sentence), 1, digest(sentence))
            needs.append(need)
        at += len(sentence)
    wanted = Wanted("s", "", digest(text), None, [], None, needs)
    prints = fingerprint(wanted, SourceText(text)).prints
    for need in needs:
        need.print = prints[need.id]
    return text, wanted


def look(wanted: Wanted, copy: str) -> dict[str, Anchored]:
    return {it.id: it for it in anchor(wanted, SourceText(copy))}


def test_a_passage_of_common_words_with_one_changed_is_proposed_where_it_stands() -> None:
    text, wanted = made()
    for need in wanted.needs[1:-1:6]:
        passage = text[need.start : need.end].split(" ")
        passage[4] = "zebra"
        copy = f"{text[: need.start]}{' '.join(passage)}{text[need.end :]}"
        found = look(wanted, copy)
        it = found.pop(need.id)
        assert it.state == "proposed" and it.start == need.start and it.proposal is not None, it.why
        assert any("zebra" in copy[part.start : part.end] for part in it.proposal.parts if part.kind != "same")
        assert {other.state for other in found.values()} == {"verbatim"}


def test_other_words_in_its_place_are_not_proposed() -> None:
    text, wanted = made()
    for need in wanted.needs[::6]:
        for other in ("Nu si ba re zebra zebra li pa.", ""):
            it = look(wanted, text[: need.start] + other + text[need.end :])[need.id]
            assert it.state == "orphan" or abs(it.start - need.start) > 100, it.why
