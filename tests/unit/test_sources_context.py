"""The very words of a passage among other words than in the text coded: shown, and never taken without a person."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from zeroline.corpus.passages import SourceText, digest
from zeroline.sources.context import Beside
from zeroline.sources.decisions import settle
from zeroline.sources.ladder import anchor
from zeroline.sources.model import Anchored, Decision, Part
from zeroline.sources.passages_sought import Need, Wanted, print_of
from zeroline.sources.words import Words

HELD = "We will hold the north bridge until the thaw comes"
SOLD = "The old lock should be sold before it falls into the river"
WHOLE = "Nobody here wants the mill to close, and nobody will say so aloud."
SHORT = "the weir can wait"
PARAGRAPHS = [
    "The council met on Tuesday in the schoolroom above the harbour, and the doors were kept open for the cold air.",
    f"First to speak was the miller, Jonas Reed, who told the meeting: “{HELD},” and the benches applauded him.",
    WHOLE,
    f"“{SOLD},” Marta Lund said, putting down her glasses. She had counted the stones of it twice that spring.",
    f"The clerk added that {SHORT} for another year, since the money for the paint had not come from the county yet.",
]
PASSAGES = {"held": HELD, "sold": SOLD, "whole": WHOLE, "short": SHORT}
TEXT = "\n\n".join(PARAGRAPHS)
SURE = ("verbatim", "normalised")


def wanted(*, known: bool = False, old: bool = False) -> Wanted:
    """The passages; ``old`` has the anchors of before there were ``lead`` and ``trail``."""
    near, needs = Beside(Words(TEXT)), []
    for id, passage in PASSAGES.items():
        start = TEXT.index(passage)
        need = Need(id, id, "direct", " ".join(passage.split()[:4]), start, start + len(passage), None, digest(passage))
        need.print = print_of(need, near)
        assert need.print is not None
        if old:
            need.print = type(need.print)(
                **{f: getattr(need.print, f) for f in need.print.__struct_fields__ if f not in ("lead", "trail")}
            )
        if known:
            need.passage = passage
            need.beside = near.wording(*near.words.touching(need.start, need.end))
        needs.append(need)
    return Wanted("s", "", digest(TEXT), None, [], None, needs)


def look(copy: str, **how: bool) -> dict[str, Anchored]:
    return {a.id: a for a in anchor(wanted(**how), SourceText(copy))}


def with_(at: int, paragraph: str) -> str:
    return "\n\n".join([*PARAGRAPHS[:at], paragraph, *PARAGRAPHS[at + 1 :]])


DENIED: dict[str, tuple[str, str]] = {
    "in a denial": ("held", with_(1, f"It is false that the miller ever stood up to say “{HELD}” to anybody at all.")),
    "by somebody else": ("held", with_(1, f"“{HELD},” shouted a boy from the window, and was sent away at once.")),
    "another verb before": ("held", with_(1, PARAGRAPHS[1].replace("told the meeting", "told no meeting"))),
    "a denial before the whole lead-in": (
        "held",
        with_(1, f"Nobody believes it was so that f{PARAGRAPHS[1][1:]}"),
    ),
    "another name behind": ("sold", with_(3, PARAGRAPHS[3].replace("Marta Lund said", "Piet Vos said"))),
    "another verb behind": ("sold", with_(3, PARAGRAPHS[3].replace("Lund said", "Lund denied"))),
    "a sentence where a paragraph began": ("held", with_(1, f"He lied. {PARAGRAPHS[1]}")),
    "a lead-in where a paragraph began": ("sold", with_(3, f"It is a lie that {PARAGRAPHS[3]}")),
    "a lead-in in the paragraph before": (
        "sold", "\n\n".join([*PARAGRAPHS[:3], "The paper invented this:", f"“{SOLD}.”", PARAGRAPHS[4]]),
    ),
    "a whole paragraph in a denial": ("whole", with_(2, f"The mayor denied having said: {WHOLE}")),
    "a whole paragraph and a denial behind": ("whole", with_(2, f"{WHOLE} That is what he never said.")),
    "a negation beside a short one": ("short", with_(4, PARAGRAPHS[4].replace("added that", "did not add that"))),
}  # fmt: skip


@pytest.mark.parametrize("known", [False, True], ids=["detached", "carried"])
@pytest.mark.parametrize("case", DENIED)
def test_the_same_words_among_others_are_only_proposed(case: str, known: bool) -> None:
    id, copy = DENIED[case]
    found = look(copy, known=known)
    it = found.pop(id)
    assert it.state == "proposed" and it.proposal is not None, it.why
    assert it.proposal.similarity == 1 and [part.kind for part in it.proposal.parts] == ["same"]
    assert copy[it.start : it.end] == PASSAGES[id]
    shown = [part for part in [*it.proposal.before, *it.proposal.after] if part.kind != "same"]
    assert shown and "not those of the text coded" in it.why
    assert {a.state for a in found.values() if a.id != "whole" or id == "whole"} <= {*SURE}, found


@pytest.mark.parametrize("known", [False, True], ids=["detached", "carried"])
def test_the_difference_shows_the_words_beside_it(known: bool) -> None:
    copy = with_(3, PARAGRAPHS[3].replace("Lund said", "Lund denied"))
    it = look(copy, known=known)["sold"]
    assert it.proposal is not None and not it.proposal.before
    after = it.proposal.after
    if known:
        (changed,) = [part for part in after if part.kind != "same"]
        assert (copy[changed.start : changed.end], changed.theirs, changed.kind) == ("denied", "said", "changed")
    else:
        (unsure,) = after
        assert unsure.kind == "unsure" and unsure.theirs is None
        assert copy[unsure.start : unsure.end] == "Marta Lund denied, putting down her glasses"
    lead = look(with_(3, f"It is a lie that {PARAGRAPHS[3]}"), known=known)["sold"].proposal
    assert lead is not None and not lead.after
    assert [part.kind for part in lead.before] == ["added"]


def test_where_the_nearest_words_agree_only_those_beyond_are_marked() -> None:
    copy = with_(1, PARAGRAPHS[1].replace("was the miller", "was a miller"))
    proposal = look(copy)["held"].proposal
    assert proposal is not None
    assert [(part.kind, copy[part.start : part.end]) for part in proposal.before] == [
        ("unsure", "First to speak was a miller, Jonas Reed"),
        ("same", "who told the meeting"),
    ]


SAME: dict[str, Callable[[str], str]] = {
    "the same": lambda t: t + "\n",
    "paragraphs turned round": lambda t: "\n\n".join(reversed(t.split("\n\n"))),
    "wrapped": lambda t: "\n\n".join(textwrap.fill(p, 40) for p in t.split("\n\n")),
    "no blank lines, wrapped": lambda t: textwrap.fill(t.replace("\n\n", " "), 60),
    "no blank lines, a line each": lambda t: t.replace("\n\n", "\n"),
    "straight quotes": lambda t: t.replace("“", '"').replace("”", '"'),
    "a heading before": lambda t: f"The council of Tuesday\n\n{t}",
    "another paragraph between each": lambda t: "\n\nAn advertisement stands here.\n\n".join(t.split("\n\n")),
    "other paragraphs edited": lambda t: t.replace("schoolroom above", "schoolroom below"),
    "another word far off in the paragraph": lambda t: t.replace("twice that spring", "twice that autumn"),
}


@pytest.mark.parametrize("old", [False, True], ids=["new anchors", "old anchors"])
@pytest.mark.parametrize("case", SAME)
def test_what_does_not_touch_a_passage_does_not_matter(case: str, old: bool) -> None:
    copy = SAME[case](TEXT)
    moved = case in ("paragraphs turned round", "another paragraph between each", "a heading before")
    for id, it in look(copy, old=old).items():
        if old and moved and id in ("whole", "sold"):  # old anchors do not know where a paragraph ends
            assert it.state in ("proposed", *SURE), (id, it.why)
        else:
            assert it.state in SURE, (id, it.why)
        assert " ".join(copy[it.start : it.end].split()).replace('"', "") == PASSAGES[id].replace("“", "")


@pytest.mark.parametrize("id", ["held", "sold", "whole"])
def test_at_the_edge_of_a_copy_nothing_stands_that_could_differ(id: str) -> None:
    """A clipping that begins, or ends, with the passage; and one that is nothing else."""
    at = TEXT.index(PASSAGES[id])
    begins, ends = look(TEXT[at:])[id], look(TEXT[: at + len(PASSAGES[id])])[id]
    assert begins.state == ends.state == "verbatim", (begins.why, ends.why)
    alone = look(PASSAGES[id])[id]
    if id == "whole":  # it was a paragraph, and is one
        assert alone.state == "verbatim"
    else:
        assert alone.state == "proposed" and "nothing stands beside it" in alone.why


def test_a_quotation_that_stands_alone_as_a_paragraph_has_nobody_who_says_it() -> None:
    copy = "\n\n".join(["Ten things that the paper made up.", f"“{SOLD}.”", WHOLE, "That is all of them."])
    found = look(copy)
    assert found["sold"].state == "proposed" and "shows whose words" in found["sold"].why
    assert found["whole"].state == "verbatim", "it was a paragraph, and paragraphs may be moved"


def test_old_anchors_tell_denials_too() -> None:
    for case in ("in a denial", "by somebody else", "another verb before", "another verb behind"):
        id, copy = DENIED[case]
        assert look(copy, old=True)[id].state == "proposed", case


def test_accepted_it_is_what_its_words_are_and_a_decision_is_about_the_words_beside_it() -> None:
    id, copy = DENIED["another verb behind"]
    it = look(copy)[id]
    assert it.proposal is not None
    settle(it, Decision("c", id, digest(SOLD), it.proposal.found, "accepted", "Ada", "2026-01-01T00:00:00Z"))
    assert it.state == "verbatim" and it.proposal.decision is not None
    settle(it, None)
    assert it.state == "proposed"
    other = look(with_(3, PARAGRAPHS[3].replace("Lund said", "Lund invented")))[id]
    assert other.proposal is not None and other.proposal.found != it.proposal.found
    wrapped = look(copy.replace("putting down", "putting\ndown"))[id]
    assert wrapped.proposal is not None and wrapped.proposal.found == it.proposal.found


def test_an_edited_passage_shows_the_words_beside_it_too() -> None:
    copy = with_(1, PARAGRAPHS[1].replace("until the thaw", "until the flood").replace("told the", "lied to the"))
    proposal = look(copy, known=True)["held"].proposal
    assert proposal is not None and proposal.words is None
    assert [part.kind for part in proposal.parts] == ["same", "changed", "same"]
    assert any(part.kind == "changed" and part.theirs == "told" for part in proposal.before), proposal.before
    alone = look(copy.replace("lied to the", "told the"), known=True)["held"].proposal
    assert alone is not None and alone.before == alone.after == [] and alone.found != proposal.found


def test_parts_cover_the_words_beside_a_place() -> None:
    _, copy = DENIED["by somebody else"]
    it = look(copy, known=True)["held"]
    assert it.proposal is not None
    for parts in (it.proposal.before, it.proposal.after):
        assert all(isinstance(part, Part) and part.start <= part.end for part in parts)
        assert [part.start for part in parts] == sorted(part.start for part in parts)
    assert all(part.end <= it.start for part in it.proposal.before)
    assert all(part.start >= it.end for part in it.proposal.after)


INTERVIEW = [
    "Marta Lund keeps the lower lock of the harbour and has kept it for eleven years without a day of leave, she says.",
    "“Half the gates are rotten and the other half are painted over,” the keeper told us by the stove that evening.",
    "“We will hold the north bridge until the thaw comes. Nobody has asked me what I think of it,” she says.",
    "The wind went round in the night, and those who had slept in the shed were glad of the stove until the morning.",
]
BRIDGE = "We will hold the north bridge until the thaw comes"
LAST = "Half the gates are rotten and the other half are painted over"
STOVE = "those who had slept in the shed were glad of the stove until the morning"


def spoken(copy: str, passage: str, attribution: str = "direct") -> Anchored:
    text = "\n\n".join(INTERVIEW)
    start = text.index(passage)
    need = Need("n", "Marta Lund", attribution, " ".join(passage.split()[:4]), start, start + len(passage), None,
                digest(passage), names=("Marta Lund", "Gull"))  # fmt: skip
    need.print = print_of(need, Beside(Words(text)))
    (it,) = anchor(Wanted("s", "", digest(text), None, [], None, [need]), SourceText(copy))
    return it


def test_without_quotation_marks_a_direct_quotation_is_only_proposed() -> None:
    text = "\n\n".join(INTERVIEW) + "\n"
    bare = text.replace("“", "").replace("”", "")
    it = spoken(bare, BRIDGE)
    assert it.state == "proposed" and "no quotation marks" in it.why and it.proposal is not None
    assert it.proposal.words == "verbatim"
    accepted = Decision("c", "n", digest(BRIDGE), it.proposal.found, "accepted", "Ada", "2026-01-01T00:00:00Z")
    settle(it, accepted)
    assert it.state == "verbatim" and it.proposal.found != digest(BRIDGE), "accepted for this doubt, not for another"
    one = text.replace("“We will", "We will").replace("of it,”", "of it,")
    assert spoken(one, BRIDGE).state == "proposed", "the marks of the paragraph before are not its own"
    assert spoken(bare, BRIDGE, "reported").state == "verbatim"


@pytest.mark.parametrize(
    "marks", ["\"\"", "«»", "„“", "»«", "「」", ("« ", " »"), ("''", "''"), ("— ", "")],
    ids=["straight", "guillemets", "low", "inward", "corner", "spaced", "doubled", "dash"],
)  # fmt: skip
def test_other_quotation_marks_are_as_good(marks: str | tuple[str, str]) -> None:
    copy = "\n\n".join(INTERVIEW).replace("“", marks[0]).replace("”", marks[1])
    assert spoken(copy, BRIDGE).state in SURE


def test_a_sentence_that_goes_on_in_the_next_paragraph_is_another() -> None:
    for more in ("— which he never said.", "is what he never said.", "… was never said.", "”, he lied."):
        copy = "\n\n".join([*INTERVIEW, more])
        it = spoken(copy, STOVE, "reported")
        assert it.state == "proposed" and "behind it" in it.why, more
    assert spoken("\n\n".join([*INTERVIEW, "A bus came."]), STOVE, "reported").state == "verbatim"


def test_another_name_where_the_speaker_is_named() -> None:
    text = "\n\n".join(INTERVIEW) + "\n"
    for passage in (BRIDGE, LAST):
        it = spoken(text.replace("Marta Lund", "Piet Vos"), passage)
        assert it.state == "proposed" and "named nowhere" in it.why, it.why
        once = spoken(text.replace("Marta Lund", "Old Vos") + "\n\nMarta Lund was away.", passage)
        assert once.state == "proposed" and "another word stands" in once.why, once.why
    moved = "\n\n".join([INTERVIEW[2], *[INTERVIEW[3]] * 9, INTERVIEW[0]])
    it = spoken(moved, BRIDGE)
    assert it.state == "verbatim" and "not named near it" in it.why, it.why
    by_callsign = spoken(text.replace("Marta Lund keeps", "The one they call Gull keeps"), BRIDGE)
    assert by_callsign.state == "verbatim", by_callsign.why


def test_struck_out_in_plain_text_is_only_proposed() -> None:
    text = "\n\n".join(INTERVIEW) + "\n"
    assert spoken(text.replace(BRIDGE, f"~~{BRIDGE}~~"), BRIDGE).state == "proposed"
    assert spoken(text.replace(INTERVIEW[0], f"~~{INTERVIEW[0]}~~"), BRIDGE).state == "verbatim"


def test_where_the_same_stands_twice_that_is_said() -> None:
    text = "\n\n".join(INTERVIEW)
    it = spoken(f"The following is made up.\n\n{text}\n\nThe real one:\n\n{text}", BRIDGE)
    assert it.state == "verbatim" and "it stands there 2 times" in it.why


MARKED: dict[str, Callable[[str], str]] = {
    "a mark in brackets": lambda t: t.replace("”", "”[1]"),
    "a raised mark": lambda t: t.replace("”", "”¹²"),
    "a mark of Markdown": lambda t: t.replace("”", "”[^1]"),
    "a mark as printed": lambda t: t.replace("”", "”7"),
    "marks of sentences": lambda t: t.replace(". ", ".³ "),
    "numbered": lambda t: "\n\n".join(f"{n}. {p}" for n, p in enumerate(t.split("\n\n"), 1)),
    "numbered in brackets": lambda t: "\n\n".join(f"[{n}] {p}" for n, p in enumerate(t.split("\n\n"), 1)),
    "numbered and moved": lambda t: "\n\n".join(f"({n}) {p}" for n, p in enumerate(reversed(t.split("\n\n")), 1)),
    "numbers as paragraphs": lambda t: "\n\n".join(f"{n}\n\n{p}" for n, p in enumerate(t.split("\n\n"), 1)),
}


@pytest.mark.parametrize("case", MARKED)
def test_marks_of_footnotes_and_numbers_of_paragraphs_are_no_words(case: str) -> None:
    copy = MARKED[case](TEXT)
    for id, it in look(copy).items():
        assert it.state == "verbatim" and copy[it.start : it.end] == PASSAGES[id], (id, it.why)
    assert spoken(MARKED[case]("\n\n".join(INTERVIEW)), BRIDGE).state == "verbatim"


@pytest.mark.parametrize("mark", ["[1]", "¹", "[sic]"])
def test_a_mark_within_a_passage_is_part_of_it(mark: str) -> None:
    it = look(TEXT.replace("until the", f"until{mark} the"))["held"]
    assert it.state == "proposed", it.why


@pytest.mark.parametrize("sign", ["\u202e", "\u2067", "\u00ad", "\u200b", "\u200f"])
def test_nothing_is_forgiven_between_digits(sign: str) -> None:
    text = "They said that we counted 37 boats at the lower lock on the day, and they wrote it down."
    start, end = text.index("we counted"), text.index(" on the day")
    need = Need("n", "", "reported", "we counted", start, end, None, digest(text[start:end]))
    need.print = print_of(need, Beside(Words(text)))
    wanted = Wanted("s", "", digest(text), None, [], None, [need])
    copies = [text.replace("37", f"3{sign}7"), *([text.replace("37", f"{sign}37")] if sign == "\u202e" else [])]
    assert {anchor(wanted, SourceText(copy))[0].state for copy in copies} == {"proposed"}
    assert anchor(wanted, SourceText(text.replace("lower", f"low{sign}er")))[0].state == (
        "normalised" if sign in "\u00ad\u200b" else "proposed"
    )
