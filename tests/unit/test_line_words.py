"""Excerpts made ready together are what each is alone; what is blank between lines shifts no record."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zeroline.corpus.check import load_checked
from zeroline.corpus.lines import Line
from zeroline.index.compile import compile_study
from zeroline.index.filter import Filter
from zeroline.index.line_words import excerpts
from zeroline.index.prefixes import begins, begins_of_lines
from zeroline.index.reader import Index
from zeroline.text.fold import fold

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from('ab1 \n\\n"\t\x10\x00,-’é'), max_size=30)
PLAIN = st.text(st.characters(max_codepoint=127, exclude_characters="\n"), max_size=40)

CORPUS = """[corpus]
id = "lines"
title = "Lines"
version = "1"

[[stance]]
id = "keep"
label = "keep"
"""


def line(excerpt: str) -> Line:
    return Line("s", "who", excerpt)


@given(st.lists(PLAIN))
def test_words_cut_together_are_those_cut_one_by_one(texts: list[str]) -> None:
    folded = [fold(text) for text in texts]
    cut = begins_of_lines("\n".join(folded))
    assert [one.split() for one in cut] == [begins(text).split() for text in folded or [""]]


@given(st.lists(TEXTS))
def test_excerpts_made_ready_together_are_those_made_ready_one_by_one(texts: list[str]) -> None:
    said, begun = excerpts([line(text) for text in texts])
    assert [json.loads(f'"{one}"') for one in said] == [fold(text) for text in texts]
    assert [one.split() for one in begun] == [begins(fold(text)).split() for text in texts]
    assert all(not one or one.startswith(" ") for one in begun)


@pytest.mark.parametrize("gap", ["\n", "  \n\n", ""])
def test_what_is_blank_between_lines_shifts_no_record(tmp_path: Path, gap: str) -> None:
    corpus, into = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    into.mkdir()
    (corpus / "corpus.toml").write_text(CORPUS, encoding="utf-8")
    ids = [f"s{number}" for number in range(30)]
    texts = [f"word{n} “Élan”" if n % 3 else "back\\slash" for n in range(len(ids))]
    who = {"id": "p", "name": "Somebody"}
    made = [json.dumps({"id": id, "speaker": who, "excerpt": text}) for id, text in zip(ids, texts, strict=True)]
    text = gap + f"\n{gap}".join(made) + "\n" + gap
    (corpus / "statements.jsonl").write_text(text, encoding="utf-8")
    compile_study(load_checked(corpus), into, corpus)
    index = Index(into)

    def found(wanted: Filter) -> list[str]:
        return [row.item["id"] for row in index.page(wanted, offset=0, limit=40).rows]

    assert found(Filter()) == ids
    assert found(Filter(query="word7 el*")) == ["s7"]
    assert len(found(Filter(query="slash"))) == 10
