"""What the process holds of an index's files is given back, and nothing that it says changes."""

import re
import sys
from pathlib import Path

import pytest

from zeroline.index import memory
from zeroline.index.cache import build
from zeroline.index.filter import Filter

KURSK = Path(__file__).parents[2] / "corpus" / "kursk"


def held(folder: Path) -> int:
    """KiB in memory of the files in a folder."""
    parts = re.split(r"^(?=[0-9a-f]+-[0-9a-f]+ )", Path("/proc/self/smaps").read_text(), flags=re.MULTILINE)
    return sum(int(re.search(r"Rss: +(\d+)", part)[1]) for part in parts if f"{folder.resolve()}/" in part)  # type: ignore[index]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux says what is mapped where")
def test_pages_are_given_back_once_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    index = build(KURSK)
    before = index.page(Filter(query="w"), typing=True).rows, index.facets(Filter(query="wa"))
    assert held(index.folder) > 0
    index.give_back()
    assert held(index.folder) > 0  # they are few
    monkeypatch.setattr(memory, "MOST", 0)
    index.give_back()
    assert held(index.folder) > 0  # what every search needs
    monkeypatch.setattr(memory, "KEPT", ())
    index.give_back()
    assert held(index.folder) == 0
    index._counter._kept._packed.clear()
    assert (index.page(Filter(query="w"), typing=True).rows, index.facets(Filter(query="wa"))) == before
    assert held(index.folder) > 0


def test_where_nothing_says_what_is_mapped_nothing_is_done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(memory, "MOST", 0)
    monkeypatch.setattr(memory, "_STATM", tmp_path / "statm")
    assert not memory.give_back(tmp_path)
