"""Lines are found by the callsign and the unit of who said them, as the statements of the tables are."""

import json

import pytest

from zeroline.corpus.check import load_checked
from zeroline.index import process_pool
from zeroline.index.compile import compile_study
from zeroline.index.filter import Filter
from zeroline.index.reader import Index

CORPUS = """[corpus]
id = "units"
title = "Units"
version = "1"

[[kind]]
id = "keeper"
label = "Keepers"

[[speaker]]
id = "ada"
name = "Ada"
callsign = "Gull"
unit = "7th Lamp Écrin"
kind = "keeper"

[[source]]
id = "log"
title = "Log"

[[statement]]
id = "table"
speaker = "ada"
source = "log"
attribution = "direct"
paraphrase = "Lit."
"""
PEOPLE = [
    "ada",
    {"id": "bea", "name": "Bea", "callsign": "Wren-2", "unit": "9th Foghorn Żagiel"},
    {"id": "cyd", "name": "Cyd", "unit": "Lamp reserve"},
    {"id": "dot", "name": "Dot", "callsign": " ", "unit": ""},
]


@pytest.fixture(scope="module", params=["alone", "in shares"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("units")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "corpus.toml").write_text(CORPUS, encoding="utf-8")
    with (folder / "corpus" / "statements.jsonl").open("w", encoding="utf-8") as file:
        for number in range(40):
            line = {"id": f"n{number:02}", "speaker": PEOPLE[number % 4], "excerpt": "oil"}
            file.write(json.dumps(line) + "\n")
    (folder / "index").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "in shares":
            patch.setattr(process_pool, "SHARE_LEAST", 1_000)
            patch.setattr(process_pool, "_cores", lambda: 2)
        compile_study(load_checked(folder / "corpus"), folder / "index", folder / "corpus")
    return Index(folder / "index")


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("callsign:wren", {"bea"}),
        ("callsign:gull", {"ada"}),
        ("unit:zagiel", {"bea"}),
        ('unit:"9th foghorn"', {"bea"}),
        ("unit:lamp", {"ada", "cyd"}),
        ("foghorn", {"bea"}),
        ("ecrin", {"ada"}),
        ("z*", {"bea"}),
        ("e*", {"ada"}),
        ("foghor*", {"bea"}),
        ("callsign:*", {"ada", "bea"}),
        ("unit:*", {"ada", "bea", "cyd"}),
        ("speaker:*", {"ada", "bea", "cyd", "dot"}),
        ("unit:gull", set()),
    ],
)
def test_lines_are_found_by_callsign_and_unit(index: Index, query: str, who: set[str]) -> None:
    found = [item for item in index.each(Filter(query=query)) if item["kind"] == "statement"]
    assert {item["speaker"]["id"] for item in found} == who
    assert len(found) == 10 * len(who) + ("ada" in who)
