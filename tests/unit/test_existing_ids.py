"""Which of many ids an index has."""

from __future__ import annotations

import json

import pytest

from zeroline.corpus.check import load_checked
from zeroline.index.compile import compile_study
from zeroline.index.existing_ids import TOGETHER, there
from zeroline.index.reader import Index

CORPUS = '[corpus]\nformat = 1\nid = "c"\ntitle = "C"\nversion = "1"\n'
MANY = 3 * TOGETHER


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """One of many statements, the ids of two of which differ in capitals alone."""
    folder = tmp_path_factory.mktemp("there")
    ids = [f"n{number}" for number in range(MANY)] + ["Lamp", "lamp", "Oil"]
    lines = [json.dumps({"id": id, "speaker": {"id": "p", "name": "P"}, "excerpt": "x"}) for id in ids]
    (folder / "corpus").mkdir()
    (folder / "corpus" / "corpus.toml").write_text(CORPUS, encoding="utf-8")
    (folder / "corpus" / "statements.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "index").mkdir()
    compile_study(load_checked(folder / "corpus"), folder / "index", folder / "corpus")
    return Index(folder / "index")


def test_all_that_are_there_are_asked_for_together(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def one(id: str) -> None:
        raise AssertionError(f"{id} was looked up by itself")

    monkeypatch.setattr(index, "get", one)
    ids = [f"n{number}" for number in range(MANY)]
    assert there(index, [*ids, *ids]) == dict.fromkeys(ids, True)
    assert there(index, ()) == {}


def test_the_few_that_are_missing_are_told(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    real = index.get
    monkeypatch.setattr(index, "get", lambda id: looked.append(id) or real(id))
    ids = [f"n{number}" for number in range(0, MANY + 2)]
    found = there(index, ids)
    assert [id for id, is_there in found.items() if not is_there] == [f"n{MANY}", f"n{MANY + 1}"]
    assert len(looked) < 20


def test_capitals_count_as_in_a_look_up_of_one(index: Index) -> None:
    ids = ["Lamp", "lamp", "LAMP", "Oil", "oil", "N7", "n7", "N-7", *(f"n{number}" for number in range(20))]
    assert there(index, ids) == {id: index.get(id) is not None for id in ids}
    assert not there(index, ids)["N-7"] and there(index, ids)["oil"]
