"""What readers type and paste, made into what the parser takes."""

import pytest
import tantivy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zeroline.index.schema import FIELDS
from zeroline.index.tidy_query import DEEPEST, LONGEST, tidy

SIGNS = [*"\"'“”‘’«»()[]{}<>:^~\\/*?+-!|&`,.…—_=\0\x1f\u200b\u00ad\ufeff\N{COMBINING ACUTE ACCENT}"]
WORDS = ["lamp", "Ёлка", "façade", "हिन्दी", "AND", "OR", "NOT", "TO", "IN", "2031-06", "sic", "x", "1e9", "𝔘", "naïve"]
FIELD_NAMES = [*FIELDS, "said", "text", "é", "a.b-c", "_x"]
odd_texts = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from([*SIGNS, *WORDS, *(f"{f}:" for f in FIELD_NAMES), " ", " ", "\t", "\xa0"]), max_size=40
    ).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(odd_texts, st.booleans())
@example("(" * DEEPEST + "a", True)
@example('-"', False)
@example("a AND OR NOT", False)
@example("NOT " * 400 + "a", False)
@example('topic:IN ["', True)
@example("date:[2031 TO", True)
@example('lamp^٣ "a b"~٣ date:>٢٠٣١', False)
def test_tantivy_never_complains_of_what_is_tidied(text: str, typing: bool) -> None:
    tidied = tidy(text, typing=typing)
    if tidied.text:
        assert tantivy.parse_query_lenient(tidied.text)[1] == []


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("lamp oil", "lamp oil"),
        ("  lamp \t oil\xa0dear ", "lamp oil dear"),
        ("“we keep” it", '"we keep" it'),
        ("‘we don’t keep’ it", '"we don\'t keep" it'),
        ("the crews’ lamp", "the crews lamp"),
        ("’tis dark", "tis dark"),
        ("hole [sic] thing", "hole sic thing"),
        ("[sic]", "sic"),
        ("he said: no", "he said no"),
        ("note: no", "note no"),
        ("note:", "note"),
        ("note:—", "note"),
        (":) lamp", "lamp"),
        ("lamp^ oil~ dear: why\\", "lamp oil dear why"),
        ("10:30", "10.30"),
        ("https://gull-post.example/lamp?a=b", "https...gull-post.example/lamp?a=b"),
        ("lamp(s)", "lamp.s"),
        ("(the lamp) and", "(the lamp) and"),
        ("a) the lamp", "a the lamp"),
        ("a – b — c - d -- e", "a b c d e"),
        ("**lamp** and lam*", "lamp and lam*"),
        ("<lamp> {oil} `x` a/b", "lamp oil x a/b"),
        ("... ?! “” ‘’ [] {} () —", ""),
        ("IN THE LAMP TO", "in THE LAMP to"),
        ("Speaker:brum", "speaker:brum"),
        ("speaker:-brum", "speaker:brum"),
        ("speaker:a:b", "speaker:a.b"),
        ("lamp -oil +dear", "lamp -oil +dear"),
        ("- oil", "oil"),
        ("NOT NOT lamp", "lamp"),
        ("NOT -lamp", "lamp"),
        ("AND lamp OR", "lamp"),
        ("lamp AND OR oil", "lamp AND oil"),
        ("lamp OR oil dear", "+(lamp OR oil) dear"),
        ("a OR b c OR d", "+(a OR b) +(c OR d)"),
        ("a OR b AND c", "a OR b AND c"),
        ("stance:(keep OR lease)", "stance:(keep OR lease)"),
        ("topic:IN [light “the ferry”]", 'topic:("light" OR "the ferry")'),
        ("date:[2031-01 TO 2031-06]", "date:[2031-01 TO 2031-06]"),
        ("date:{2031 to *]", "date:{2031 TO *]"),
        ("date:[2031]", "date:2031"),
        ("date:>=2031-05", "date:>=2031-05"),
        (">5", "5"),
        ("condition:* lamp*^2 (a b)^1.5", "condition:* lamp*^2 (a b)^1.5"),
        ("lamp^9999999 oil^-1", "lamp.9999999 oil.-1"),
        ('"a b"~3 "a b"* "a b"~9999', '"a b"~3 "a b"* "a b"'),
        ("*", "*"),
    ],
)
def test_what_the_parser_gets(typed: str, taken: str) -> None:
    for typing in (True, False):
        tidied = tidy(typed, typing=typing)
        assert (tidied.text, tidied.problems) == (taken, ())


@pytest.mark.parametrize(
    ("typed", "while_typing", "typed_out"),
    [
        ("id:brum-", 'id:("brum-"* OR "brum")', 'id:("brum-" OR "brum")'),
        ("-id:#4^2", '-id:("#4" OR "4")^2', '-id:("#4" OR "4")^2'),
        ("id:br-*", 'id:("br-"*)', 'id:("br-"*)'),
        ("id:#a., b", '+id:("#a.," OR "#a." OR "#a" OR "a") b', '+id:("#a.," OR "#a." OR "#a" OR "a") b'),
        ("id:(a. b/c)", 'id:(+("a." OR "a") b/c)', 'id:(+("a." OR "a") b/c)'),
        ("source:q!", 'source:("q!"* OR "q")', 'source:("q!" OR "q")'),
        ("speaker:brum-", "speaker:brum", "speaker:brum"),
    ],
)
def test_signs_around_an_id_may_be_its_own(typed: str, while_typing: str, typed_out: str) -> None:
    assert (tidy(typed, typing=True).text, tidy(typed, typing=False).text) == (while_typing, typed_out)


@pytest.mark.parametrize(
    ("typed", "taken", "open"),
    [
        ("lam", "lam", True),
        ("lamp ", "lamp", False),
        ("lamp.", "lamp", False),
        ("lam*", "lam*", False),
        ("lamp^2", "lamp^2", False),
        ("(lamp oi", "(lamp oi)", True),
        ("(lamp)", "(lamp)", False),
        ('"lamp oi', '"lamp oi"', True),
        ('"lamp oil ', '"lamp oil"', False),
        ('"lamp oil"', '"lamp oil"', False),
        ('lamp "', "lamp", False),
        ("lamp AND", "lamp", False),
        ("(lamp NOT", "(lamp)", False),
        ("NOT", "not", True),  # it may become NOTE
        (" OR", "or", True),
        ("AND ", "", False),
        ("(NOT", "(not)", True),
        ("NOTE", "NOTE", True),
        ("stance:ke", "stance:ke", True),
        ("date:2", "", False),
        ("date:203", "", False),
        ("date:2031-", "date:2031", False),
        ("date:2031-0", "date:2031", False),
        ("date:2031-06-", "date:2031-06", False),
        ("date:2031-06", "date:2031-06", True),
        ("date:[", "", False),
        ("date:[2031-0", "date:[2031 TO *]", False),
        ("date:[2031-01 T", "date:[2031-01 TO *]", False),
        ("date:[2031-01 TO 2031-0", "date:[2031-01 TO 2031]", False),
        ("date:[2031-01 TO 20", "date:[2031-01 TO *]", False),
        ("date:>=20", "", False),
        ("lamp date:>2031-1", "lamp date:>2031", False),
    ],
)
def test_what_is_still_being_typed_is_no_mistake(typed: str, taken: str, open: bool) -> None:
    tidied = tidy(typed, typing=True)
    assert (tidied.text, tidied.open, tidied.problems) == (taken, open, ())


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ('"lamp oil', "a quotation mark is not closed"),
        ('5" gun', "a quotation mark is not closed"),
        ("(lamp", "a bracket is not closed"),
        ("date:[2031 TO", "a range is written with both its ends: [2024-08 TO 2025]"),
    ],
)
def test_what_is_left_unfinished_is_said(typed: str, why: str) -> None:
    assert tidy(typed, typing=False).problems == (why,)


@pytest.mark.parametrize("typing", [True, False])
def test_long_and_deep_queries_are_refused_before_they_are_parsed(typing: bool) -> None:
    long = tidy("x" * (LONGEST + 1), typing=typing)
    assert long.refused and long.problems == ("a query may be 2,000 characters long, this one has 2,001",)
    for deep in ("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "speaker:(" * (DEEPEST + 1), "-(" * 900):
        refused = tidy(deep, typing=typing)
        assert refused.refused and refused.problems == (f"brackets may be nested {DEEPEST} deep at most",)
    whole = tidy("(" * DEEPEST + "a" + ")" * DEEPEST, typing=typing)
    assert not whole.refused and not whole.problems


def test_each_kind_of_nesting_is_counted_apart_from_what_is_closed() -> None:
    assert tidy("(a) " * 100, typing=False).text == " ".join(["(a)"] * 100)
