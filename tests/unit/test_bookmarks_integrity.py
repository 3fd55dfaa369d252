"""No cut of a bookmark file goes unseen, whatever stands in its notes, and each is said to be one."""

from __future__ import annotations

from pathlib import Path

import pytest

from zeroline.bookmarks import codec
from zeroline.bookmarks.errors import BookmarkError
from zeroline.bookmarks.model import Bookmark, Collection, Document
from zeroline.bookmarks.store import BookmarkStore

PATH = Path("bookmarks.toml")
IMITATION = Document(
    (
        Bookmark("c", "a", note="my draft\n# end\nmörè"),
        Bookmark("c", "b", note="# end"),
        Bookmark("c", "d", note="x\n# end\n"),
    ),
    (Collection("L", note="first\n# end\n"),),
)
CONFLICT = "before\n<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> other\nafter"


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
@pytest.mark.parametrize("long", [codec.LONG, 0])
def test_no_cut_goes_unseen_and_each_is_said_to_be_one(ends: bytes, long: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "LONG", long)
    whole = codec.render(IMITATION).encode().replace(b"\n", ends)
    every = codec.parse(whole, PATH)
    for at in range(1, len(whole)):
        try:
            assert codec.parse(whole[:at], PATH) == every, at
        except BookmarkError as error:
            assert "cut short" in error.problem and "zeroline bookmarks restore" in error.mend, (at, str(error))


def test_what_is_written_below_the_end_by_hand_is_read() -> None:
    text = codec.render(IMITATION) + '\n[[bookmark]]\ncorpus = "c"\nid = "by-hand"\n'
    assert [one.id for one in codec.parse(text.encode(), PATH).bookmarks] == ["a", "b", "d", "by-hand"]


@pytest.mark.parametrize("long", [codec.LONG, 0])
def test_marks_of_a_merge_within_a_note_are_refused(long: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "LONG", long)
    text = codec.render(Document((Bookmark("c", "a", note="one\nTWO\nthree"),))).replace("TWO", CONFLICT)
    with pytest.raises(BookmarkError, match=r"marks of a merge.*<<<<<<<") as caught:
        codec.parse(text.encode(), PATH)
    assert text.splitlines()[(caught.value.line or 0) - 1] == "<<<<<<< HEAD"


def test_a_note_about_merges_locks_nobody_out(tmp_path: Path) -> None:
    store = BookmarkStore(tmp_path / "bookmarks.toml")
    store.restore(Bookmark("c", "a"), 0)
    store.edit("c", "a", note=CONFLICT)
    assert BookmarkStore(store.path).load()[0].note == CONFLICT
    store.edit("c", "a", note="a heading\n=======\nand words")
    assert "\n=======\n" in store.path.read_text(encoding="utf-8")
