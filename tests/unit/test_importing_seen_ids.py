"""What is remembered of every row: in little memory, and on disk beyond it."""

from __future__ import annotations

from pathlib import Path

import pytest

from zeroline.importing.codebook import Speakers
from zeroline.importing.seen_ids import Owners, Seen
from zeroline.importing.slugs import slug, telling_slug


@pytest.mark.parametrize("slots", [1 << 24, 512])
def test_an_id_is_new_once(slots: int, tmp_path: Path) -> None:
    seen = Seen(tmp_path / "ids", slots)
    ids = [f"tweet-{number}" for number in range(3_000)]
    assert all(map(seen.add, ids))
    assert not any(map(seen.add, ids))
    assert seen.add("another")
    assert (tmp_path / "ids").exists() == (slots == 512)
    seen.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("most", [250_000, 100])
def test_an_id_belongs_to_the_first_name_that_claims_it(most: int, tmp_path: Path) -> None:
    owners = Owners(tmp_path / "owners", most)
    for _ in range(2):
        assert all(owners.claim(f"p{number}", f"Person {number}") for number in range(500))
    assert not any(owners.claim(f"p{number}", "Somebody else") for number in range(500))
    assert owners.count == 500
    assert (tmp_path / "owners").exists() == (most == 100)
    owners.close()
    assert list(tmp_path.iterdir()) == []


def test_no_place_for_the_file_is_said(tmp_path: Path) -> None:
    owners = Owners(tmp_path / "nowhere" / "owners", 0)
    with pytest.raises(OSError, match="unable to open"):
        owners.claim("ada", "Ada")
    owners.close()


def test_the_same_name_has_the_same_id_and_another_another(tmp_path: Path) -> None:
    speakers = Speakers(tmp_path / "speakers")
    names = ["Ada Millward", "ada millward", "Ada-Millward", "Лампа", "Ключ", "李", "  ", "!!!", "Øyvind", "Zoë", "Zoe"]
    names += ["Ada" + "!" * n for n in range(20)]
    ids = [speakers.id_of(name) for name in names]
    assert len(set(ids)) == len(names)
    assert ids == [speakers.id_of(name) for name in names]
    assert ids[:3] == ["ada-millward", "ada-millward-2", "ada-millward-3"]
    assert all(slug(id) == id and 0 < len(id) <= 120 for id in ids)
    assert speakers.count == len(names)


def test_slugs() -> None:
    assert slug("Zoë  O'Neil, Jr.") == "zoe-o-neil-jr"
    assert slug("Лампа") == ""
    assert telling_slug("Zoë", "speaker") == "zoe"
    assert telling_slug("Лампа", "speaker").startswith("speaker-")
    assert telling_slug("Ada Лампа", "speaker").startswith("ada-")
    assert telling_slug("Лампа", "speaker") != telling_slug("Лампы", "speaker")
