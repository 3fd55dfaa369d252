"""Checking what a corpus says of its sources: hashes, lengths, passages, excerpts, and files that stay inside."""

import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from zeroline.corpus.check import check
from zeroline.corpus.load import load
from zeroline.corpus.passages import SourceText, read_source, source_file

FIXTURES = Path(__file__).parent.parent / "fixtures"
SMALL = FIXTURES / "corpora" / "small"
POST = FIXTURES / "texts" / "gull-post.txt"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


@pytest.fixture
def text(small: Path) -> Path:
    return small / "sources" / "harbour-hearing.txt"


def change(file: Path, old: str, new: str) -> int:
    """Replace the first ``old`` in a file by ``new``; return its line."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def said(folder: Path) -> list[str]:
    return [str(problem) for problem in check(load(folder), folder)]


def test_the_fixture_is_hard_enough(text: Path) -> None:
    """Offsets in bytes or UTF-16 units would not find its passages."""
    head = text.read_text(encoding="utf-8")[:300]
    assert max(head) > "\uffff"
    assert len(head.encode()) > len(head.encode("utf-16-le")) // 2 > len(head)


def test_every_locator_finds_its_passage(small: Path) -> None:
    hearing = read_source(small, "harbour-hearing.txt")
    post = SourceText(POST.read_text(encoding="utf-8"))
    for statement in load(small).statement:
        where, locator = hearing if statement.source == "hearing" else post, statement.locator
        assert locator is not None
        passage = where.text[locator.start : locator.end]
        assert sha256(passage.encode()).hexdigest() == locator.sha256
        assert statement.excerpt in passage
        assert where.paragraph(locator.start) == locator.paragraph
        assert passage in where.text.split("\n\n")[locator.paragraph - 1]


def test_the_detached_text_is_the_one_described(small: Path) -> None:
    source, post = load(small).source[1], SourceText(POST.read_text(encoding="utf-8"))
    assert source.text is None
    assert (source.sha256, source.characters, source.paragraphs) == (post.sha256, len(post.text), len(post.paragraphs))


# The text as a whole


def test_a_text_that_has_changed_is_told_from_the_source_and_from_each_passage_it_moves(
    small: Path, text: Path
) -> None:
    change(text, "Second sitting", "Second  sitting")
    problems = said(small)
    found = SourceText(text.read_text(encoding="utf-8"))
    rows = (small / "corpus.toml").read_text(encoding="utf-8").split("\n")
    for key, said_before, is_now in (
        ("sha256", load(small).source[0].sha256, found.sha256),
        ("characters", len(found.text) - 1, len(found.text)),
    ):
        line = next(number for number, row in enumerate(rows, 1) if row.startswith(key))
        message = f"is {said_before}, but sources/harbour-hearing.txt has {is_now}; has the text changed?"
        assert f"corpus.toml:{line}: {key}: {message}" in problems
    moved = [p for p in problems if p.startswith("statements.toml") and "locator.sha256" in p]
    assert len(moved) == 3, "the three passages after the change; those before it still fit"
    start = found.text.index("façade")
    assert any(p.endswith(f"stands at {start} to {start + 42}, in paragraph 8") for p in moved)


@pytest.mark.parametrize(
    "same",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace("û", "u\u0302").replace("ç", "c\u0327").replace("ï", "i\u0308").encode(),
    ],
    ids=["byte order mark", "Windows line ends", "old Mac line ends", "decomposed letters"],
)
def test_a_text_written_another_way_is_the_same_text(small: Path, text: Path, same: Callable[[str], bytes]) -> None:
    before = text.read_bytes()
    text.write_bytes(same(before.decode()))
    assert text.read_bytes() != before
    assert said(small) == []


@pytest.mark.parametrize(("key", "value"), [("characters", "1"), ("paragraphs", "9"), ("sha256", f'"{"0" * 64}"')])
def test_what_the_source_says_of_its_text_must_be_so(small: Path, key: str, value: str) -> None:
    corpus = small / "corpus.toml"
    old = next(row for row in corpus.read_text(encoding="utf-8").split("\n") if row.startswith(key))
    line = change(corpus, old, f"{key} = {value}")
    (problem,) = said(small)
    assert problem.startswith(
        f"corpus.toml:{line}: {key}: is {value.strip(chr(34))}, but sources/harbour-hearing.txt has "
    )


def test_a_text_that_is_not_there(small: Path, text: Path) -> None:
    text.unlink()
    (problem,) = said(small)
    assert problem.endswith(": text: there is no file sources/harbour-hearing.txt; put it there, or take text out")


def test_a_text_that_is_not_utf8(small: Path, text: Path) -> None:
    text.write_bytes("one\ntwo û".encode("latin-1"))
    (problem,) = said(small)
    assert problem.endswith(": text: sources/harbour-hearing.txt is not UTF-8 in line 2; save it as UTF-8")


# No way out of the sources folder


@pytest.mark.parametrize(
    "name",
    [
        "../corpus.txt",
        "/etc/passwd.txt",
        "a/b.txt",
        "..",
        ".",
        "",
        "a\\b.txt",
        "C:\\x.txt",
        "C:x.txt",
        "a\x00.txt",
        "passwd",
        "x.toml",
    ],
)
def test_a_text_by_any_other_name_is_refused(small: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"plain name of a file in the sources folder|must end in \.txt"):
        source_file(small, name)


def test_a_path_out_of_the_folder_is_a_problem(small: Path) -> None:
    (small / "secret.txt").write_text("a secret")
    line = change(small / "corpus.toml", 'text = "harbour-hearing.txt"', 'text = "../secret.txt"')
    assert said(small) == [
        f"corpus.toml:{line}: text: “../secret.txt” must be the plain name of a file in the sources folder"
    ]


def test_a_link_out_of_the_folder_is_a_problem(small: Path, text: Path, tmp_path: Path) -> None:
    text.rename(tmp_path / "elsewhere.txt")
    text.symlink_to(tmp_path / "elsewhere.txt")
    (problem,) = said(small)
    assert problem.endswith(": text: “harbour-hearing.txt” leads out of the sources folder")


def test_a_sources_folder_that_is_a_link_is_a_problem(small: Path, tmp_path: Path) -> None:
    (small / "sources").rename(tmp_path / "elsewhere")
    (small / "sources").symlink_to(tmp_path / "elsewhere")
    (problem,) = said(small)
    assert problem.endswith(": text: “harbour-hearing.txt” leads out of the sources folder")


def test_a_corpus_folder_that_is_a_link_is_fine(small: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(small)
    assert said(tmp_path / "link") == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(small: Path, text: Path) -> None:
    text.unlink()
    os.mkfifo(text)
    (problem,) = said(small)
    assert problem.endswith(": text: sources/harbour-hearing.txt cannot be read: it is not a regular file")


# Passages and excerpts


def test_a_locator_one_off_names_the_hash_it_finds_and_the_excerpts_place(small: Path) -> None:
    statements = small / "statements.toml"
    locator = load(small).statement[0].locator
    assert locator is not None
    line = change(
        statements, f"start = {locator.start}, end = {locator.end}", f"start = {locator.start + 1}, end = {locator.end}"
    )
    hearing = read_source(small, "harbour-hearing.txt").text
    digest = sha256(hearing[locator.start + 1 : locator.end].encode()).hexdigest()
    start = hearing.index("the lamp stays lit")
    assert said(small) == [
        f"statements.toml:{line}: locator.sha256: does not fit the passage at {locator.start + 1} to {locator.end}, "
        f"whose SHA-256 is {digest}; “the lamp stays lit” stands at {start} to {start + 18}, in paragraph 4"
    ]


def test_a_locator_beyond_the_end(small: Path) -> None:
    line = change(small / "statements.toml", "end = ", "end = 9")
    (problem,) = said(small)
    assert problem.startswith(f"statements.toml:{line}: locator.end: is 9")
    assert "but the source has" in problem


def test_a_wrong_paragraph(small: Path) -> None:
    line = change(small / "statements.toml", "paragraph = 4", "paragraph = 5")
    assert said(small) == [f"statements.toml:{line}: locator.paragraph: is 5, but the passage is in paragraph 4"]


def test_an_excerpt_that_was_not_said(small: Path) -> None:
    line = change(small / "statements.toml", '"the lamp stays lit"', '"the lamp stays dark"')
    assert said(small) == [f"statements.toml:{line}: excerpt: does not stand in the passage"]


def test_an_excerpt_from_another_passage_is_told_where_it_stands(small: Path) -> None:
    line = change(small / "statements.toml", '"the lamp stays lit"', '"Oil is dear"')
    (problem,) = said(small)
    assert problem.startswith(
        f"statements.toml:{line}: excerpt: does not stand in the passage; “Oil is dear” stands at "
    )


def test_an_excerpt_without_a_locator_must_stand_somewhere_in_the_text(small: Path) -> None:
    statements = small / "statements.toml"
    locator = next(row for row in statements.read_text(encoding="utf-8").split("\n") if row.startswith("locator"))
    change(statements, locator + "\n", "")
    assert said(small) == []
    line = change(statements, '"the lamp stays lit"', '"the lamp goes out"')
    assert said(small) == [f"statements.toml:{line}: excerpt: does not stand in the source"]


def test_an_excerpt_of_a_carried_text_may_be_long(small: Path) -> None:
    long = "If the ferry company pays for the glass, let them have the rooms,"
    change(small / "statements.toml", '"let them have the rooms"', f'"{long}"')
    assert len(long.split()) > 10
    assert said(small) == []


def test_an_excerpt_of_a_detached_text_has_ten_words_at_most(small: Path) -> None:
    ten = "a lease was being drawn up, should the council find"
    line = change(small / "statements.toml", '"a lease was being drawn up"', f'"{ten}"')
    assert said(small) == []
    change(small / "statements.toml", f'"{ten}"', f'"{ten} a"')
    assert said(small) == [
        f"statements.toml:{line}: excerpt: has 11 words; "
        "from a text the corpus does not carry it may have 10; shorten it"
    ]


def test_a_locator_beyond_a_detached_text(small: Path) -> None:
    statements = small / "statements.toml"
    locator = load(small).statement[-1].locator
    assert locator is not None
    size = load(small).source[1].characters
    line = change(statements, f"end = {locator.end}", "end = 9999")
    assert said(small) == [f"statements.toml:{line}: locator.end: is 9999, but the source has {size} characters"]
    change(statements, "end = 9999", f"end = {locator.end}")
    change(statements, f"paragraph = 4, start = {locator.start}", f"paragraph = 44, start = {locator.start}")
    assert said(small) == [f"statements.toml:{line}: locator.paragraph: is 44, but the source has 4 paragraphs"]


# Paragraphs


def test_paragraphs_are_parted_by_blank_lines_however_many_and_however_blank() -> None:
    text = SourceText("\n\n one\nstill one\n \t\n\n\ntwo \n\nthree")
    assert [text.text[start:end] for start, end in text.paragraphs] == [" one\nstill one", "two ", "three"]
    assert [text.paragraph(text.text.index(word)) for word in ("one", "still", "two", "three")] == [1, 1, 2, 3]
    assert not list(SourceText("").paragraphs)
    assert not list(SourceText(" \n \n").paragraphs)
