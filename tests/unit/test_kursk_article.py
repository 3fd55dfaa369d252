"""Every locator of the bundled corpus against the article, where a copy is at hand.

The article is not in the project: these tests run when ZEROLINE_TEST_ARTICLE names a copy of it.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path

import pytest

from zeroline.corpus.bundled import bundled
from zeroline.corpus.load import load
from zeroline.corpus.models import Locator, Statement, Study

ARTICLE = os.environ.get("ZEROLINE_TEST_ARTICLE", "")
pytestmark = pytest.mark.skipif(not ARTICLE, reason="ZEROLINE_TEST_ARTICLE names no copy of the article")


@pytest.fixture(scope="module")
def study() -> Study:
    return load(bundled())


@pytest.fixture(scope="module")
def article() -> str:
    return Path(ARTICLE).read_bytes().decode("utf-8")


def locator(s: Statement) -> Locator:
    assert s.locator is not None, f"{s.id} has no locator"
    return s.locator


def test_article_is_the_one_coded(study: Study, article: str) -> None:
    (source,) = study.source
    assert hashlib.sha256(article.encode()).hexdigest() == source.sha256
    assert len(article) == source.characters
    assert len(article.split("\n\n")) == source.paragraphs
    assert "\r" not in article and unicodedata.normalize("NFC", article) == article


def test_locators_are_exact(study: Study, article: str) -> None:
    begins = [0, *(m.end() for m in re.finditer(r"\n\n", article))]
    for one in study.statement:
        at = locator(one)
        passage = article[at.start : at.end]
        assert hashlib.sha256(passage.encode()).hexdigest() == at.sha256, one.id
        assert sum(begin <= at.start for begin in begins) == at.paragraph, one.id
        assert "\n" not in passage and passage == passage.strip(), one.id
        assert one.excerpt in passage and one.excerpt != passage.rstrip(".,"), one.id


def test_direct_speech_stands_between_quotation_marks_that_are_left_out(study: Study, article: str) -> None:
    for one in study.statement:
        at = locator(one)
        before, after = article[at.start - 1], article[at.end]
        if one.attribution == "direct":
            assert not set("“”") & set(article[at.start : at.end]), one.id
            assert after == "”", one.id
            assert before == "“" or "opening quotation mark is missing" in one.note, one.id
        else:
            assert before != "“" and after != "”", one.id


def test_every_quotation_is_coded_or_a_heading(study: Study, article: str) -> None:
    (source,) = study.source
    headings = {s.heading for s in source.section}
    coded = {(locator(s).start, locator(s).end) for s in study.statement if s.attribution == "direct"}
    # The one quotation whose opening mark is missing ends in a mark that closes nothing.
    quoted = {m.span(1) for m in re.finditer(r"“([^“”]*)”", article)}
    long = {(a, b) for a, b in quoted if len(article[a:b].split()) > 3 and article[a:b] not in headings}
    assert long == {(a, b) for a, b in coded if article[a - 1] == "“"}
    closing = {m.start() for m in re.finditer("”", article)} - {b for _, b in quoted}
    assert closing == {b for a, b in coded if article[a - 1] != "“"}


def test_headings_people_and_names_are_as_printed(study: Study, article: str) -> None:
    paragraphs = article.split("\n\n")
    (source,) = study.source
    assert [p for p, text in enumerate(paragraphs, 1) if re.fullmatch("“[^“”]*”", text)] == [
        s.paragraph for s in source.section
    ]
    for section in source.section:
        assert paragraphs[section.paragraph - 1] == f"“{section.heading}”"
    for person in study.person:
        assert person.name in paragraphs[person.paragraph - 1], person.id
    for one in study.speaker:
        for name in (one.name, *one.variants, one.callsign, one.unit):
            assert name is None or name in article, (one.id, name)


def test_paraphrases_are_our_own(study: Study, article: str) -> None:
    def words(text: str) -> list[str]:
        return re.findall(r"\w+(?:'\w+)*", text.lower().replace("’", "'"))

    printed = words(article)
    runs = {tuple(printed[i : i + 7]) for i in range(len(printed) - 6)}
    for one in study.statement:
        own = words(one.paraphrase)
        assert not {tuple(own[i : i + 7]) for i in range(len(own) - 6)} & runs, one.id
