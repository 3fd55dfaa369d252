"""Nothing that comes from a corpus or a reader is markup in exported Markdown: a Markdown parser is the judge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from zeroline.bookmarks.model import Bookmark, CorpusContext, bookmark_of
from zeroline.export.markdown import escape, escape_lines, to_markdown
from zeroline.records import EventRecord, StatementRecord

COMMONMARK = MarkdownIt("commonmark")
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NASTY = st.text(alphabet="\\`*_{}[]()<>#+-.!|~$&;:=\"'%^@/\n\t 0123aéя") | st.text()
EXAMPLES = [
    "# heading",
    "- item\n- item",
    "1. one\n2) two",
    "=====",
    "---",
    "a\n===",
    "    code",
    "```\ncode\n```",
    "~~~\ncode",
    "~~gone~~",
    "**bold** __bold__ _it_ *it*",
    "<script>alert(1)</script>",
    "<!-- gone",
    "<https://example.org>",
    "![image](x) [link](javascript:alert(1))",
    "[ref]: https://example.org",
    "[^1]: note",
    "&lt;b&gt; &#42; &copy; AT&T",
    "a | b\n--- | ---\nc | d",
    "a\n:-:",
    "> quote\n> [!NOTE]",
    "line  \nbreak\\\nbreak",
    "\\*not\\*",
    "$x$ `code` :smile:",
    "snake_case _x_ __init__ a__b",
    "[sic]",
]


def plain(text: str) -> str:
    """White space does not count; a parser shows NUL as a replacement character."""
    return " ".join(text.replace("\0", "\ufffd").split())


def shown(tokens: list[Token]) -> str:
    """The text of paragraphs. Fails on anything that is more than text."""
    parts = []
    for token in tokens:
        for child in token.children or []:
            assert child.type in ("text", "softbreak", "hardbreak"), child.type
            parts.append(child.content if child.type == "text" else "\n")
        parts.append("\n")
    return plain("".join(parts))


@given(NASTY)
def test_any_text_reads_as_it_was_written(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", EXAMPLES)
def test_what_would_be_markup_reads_as_it_was_written(text: str) -> None:
    check(text)


def check(text: str) -> None:
    lines = escape_lines(text)
    for parser in (COMMONMARK, GITHUB):
        for prefix, allowed in (("", set()), ("> ", {"blockquote_open", "blockquote_close"})):
            tokens = parser.parse("\n".join(f"{prefix}{line}" for line in lines))
            assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close", *allowed}
            assert shown(tokens) == plain(text)
        (*_, item) = [token for token in parser.parse(f"- {escape(text)}") if token.type == "inline"] or [
            Token("", "", 0)
        ]
        assert shown([item]) == plain(text)


BLOCKS = {
    f"{name}_{end}" for name in ("blockquote", "paragraph", "bullet_list", "list_item") for end in ("open", "close")
} | {"inline", "hr"}
CONTEXT = CorpusContext("c", "*T* <b>", "1", {}, {}, {})


@given(
    st.lists(st.from_type(StatementRecord) | st.from_type(EventRecord), min_size=1, max_size=2),
    NASTY,
    st.lists(NASTY, max_size=2),
)
@example([], "# note\n```", ["<b>"])
def test_a_whole_export_holds_only_our_own_markup(items: list[Any], note: str, tags: list[str]) -> None:
    marks = [bookmark_of(item, CONTEXT, datetime(2025, 1, 2, tzinfo=UTC), note, tags) for item in items]
    marks.append(Bookmark("c*", "<i>", note=note))
    tokens = GITHUB.parse(to_markdown(marks, date(2025, 3, 1)))
    assert {token.type for token in tokens} <= BLOCKS
    assert sum(token.type == "hr" for token in tokens) == len(marks) - 1
    inline = [child.type for token in tokens for child in token.children or []]
    assert set(inline) <= {"text", "softbreak", "hardbreak", "strong_open", "strong_close"}
    assert inline.count("strong_open") == len(marks)


def test_a_record_full_of_markup_is_shown_letter_for_letter() -> None:
    nasty = "\n".join(EXAMPLES)
    item: Any = {
        "kind": "statement",
        "id": "x",
        "speaker": {"id": "s", "name": "**S**", "callsign": "_c_", "unit": "<u>"},
        "attribution": "direct",
        "date": None,
        "date_of": None,
        "excerpt": nasty,
        "paraphrase": nasty,
        "locator": None,
        "positions": [
            {
                "stance": "t",
                "force": "conditional",
                "condition": "# [c](d)\n- e",
                "otherwise": None,
                "certainty": "low",
                "basis": "stated",
                "rationale": "",
            }
        ],
        "topics": [],
        "places": [],
        "source": {
            "id": "q",
            "title": "<T>",
            "title_supplied": True,
            "outlet": None,
            "author": None,
            "date": None,
            "credit": "`c`",
            "url": None,
        },
        "note": nasty,
    }
    mark = bookmark_of(item, CONTEXT, datetime(2025, 1, 2, tzinfo=UTC), nasty, ["#tag", "[x]"])
    text = to_markdown([replace(mark)], date(2025, 3, 1))
    tokens = COMMONMARK.parse(text)
    words = plain("\n".join("".join(c.content or "\n" for c in token.children or []) for token in tokens))
    assert words.count(plain(nasty)) == 4
    assert "**S** “_c_”, <u> (direct quotation)" in words
    assert "t — only if # [c](d) - e (low certainty, stated)" in words
    assert "in [<T>], author and outlet unknown, undated (credit: `c`)." in words and "Tags: #tag, [x]" in words


def test_only_a_speaker_s_own_words_stand_in_quotation_marks() -> None:
    item: Any = {
        "kind": "statement",
        "id": "x",
        "speaker": {"id": "s", "name": "S", "callsign": None, "unit": None},
        "attribution": "reported",
        "date": None,
        "date_of": None,
        "excerpt": "so it is said",
        "paraphrase": "",
        "locator": None,
        "positions": [],
        "topics": [],
        "places": [],
        "source": {
            "id": "q",
            "title": "T",
            "title_supplied": False,
            "outlet": None,
            "author": None,
            "date": None,
            "credit": "",
            "url": None,
        },
        "note": "",
    }

    def first(attribution: str) -> str:
        mark = bookmark_of({**item, "attribution": attribution}, CONTEXT, datetime(2025, 1, 2, tzinfo=UTC))
        return to_markdown([mark], date(2025, 3, 1)).split("\n")[0]

    assert first("direct") == "> “so it is said”"
    assert first("reported") == first("caption") == "> so it is said"
    assert "No position coded." in to_markdown(
        [bookmark_of(item, CONTEXT, datetime(2025, 1, 2, tzinfo=UTC))], date(2025, 3, 1)
    )


def test_addresses_and_numbers_are_not_cluttered() -> None:
    assert escape("https://example.org/a_b?c=d") == "https://example.org/a_b?c=d"
    assert escape("2.5 months") == "2.5 months" and escape("40 000") == "40 000"
