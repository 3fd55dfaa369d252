"""The store: what each change does to the file, and that nothing of the reader's is lost."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zeroline.bookmarks.merging import merge
from zeroline.bookmarks.model import Bookmark, CorpusContext
from zeroline.bookmarks.store import BookmarkError, BookmarkStore, NoSuchBookmark
from zeroline.records import EventRecord, Item, StatementRecord

CONTEXT = CorpusContext(
    "gulls",
    "Gull Harbour",
    "1.2",
    {"keep": "Keep", "lease": "Lease", "close": "Close"},
    {"money": "Money", "light": "Light"},
    {"rock": "Lamp Rock", "quay": "Quay"},
)
SOURCE = {
    "id": "gull-post",
    "title": "[After the lamp]",
    "title_supplied": True,
    "outlet": "Gull Post",
    "author": None,
    "date": "1902-11",
    "credit": "",
    "url": None,
}


def statement(id: str = "brum-1") -> StatementRecord:
    return {
        "kind": "statement",
        "id": id,
        "speaker": {"id": "brum", "name": "Ada", "callsign": "Brum", "unit": None},
        "attribution": "direct",
        "date": None,
        "date_of": None,
        "excerpt": "keep it burning",
        "paraphrase": "She would keep the lamp.",
        "locator": {"paragraph": 3, "start": 10, "end": 25, "sha256": "0" * 64},
        "positions": [
            {
                "stance": "lease",
                "force": "conditional",
                "condition": "the ferry pays",
                "otherwise": "keep",
                "certainty": "medium",
                "basis": "stated",
                "rationale": "Says so.",
            }
        ],
        "topics": ["money"],
        "places": ["rock"],
        "source": SOURCE,  # type: ignore[typeddict-item]
        "note": "",
    }


EVENT: EventRecord = {
    "kind": "event",
    "id": "dark",
    "date": "1902-10~",
    "title": "The light goes dark",
    "asserted_by": "gull-post",
    "asserted_by_name": "Gull Post",
    "source": SOURCE,  # type: ignore[typeddict-item]
    "paragraph": None,
    "description": "",
    "figures": [{"value": 2.0, "unit": "boats", "what": "", "qualifier": "", "claimant": "Ada", "note": ""}],
    "topics": [],
    "places": ["quay"],
    "note": "",
}
NOW = datetime(2025, 3, 1, 9, 30, 15, 999, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> BookmarkStore:
    return BookmarkStore(tmp_path / "data" / "bookmarks.toml", clock=lambda: NOW)


def fill(store: BookmarkStore, *ids: str) -> None:
    for id in ids:
        store.add(statement(id), CONTEXT)


def order(store: BookmarkStore) -> str:
    return " ".join(bookmark.id for bookmark in store.load())


def test_without_a_file_there_are_no_bookmarks_and_none_is_made(store: BookmarkStore) -> None:
    assert store.load() == () and store.ids("gulls") == frozenset() and store.get("gulls", "x") is None
    assert store.remove("gulls", "x") is None and store.undo() is None and store.redo() is None
    assert not store.path.exists()


def test_a_bookmark_holds_all_that_its_item_needs_to_be_shown(store: BookmarkStore) -> None:
    made = store.add(statement(), CONTEXT, note="why", tags=[" a ", "b", "a", ""])
    (read,) = BookmarkStore(store.path).load()
    assert read == made
    assert (read.corpus, read.id, read.kind, read.note, read.tags) == (
        "gulls",
        "brum-1",
        "statement",
        "why",
        ("a", "b"),
    )
    assert read.added == datetime(2025, 3, 1, 9, 30, 15, tzinfo=UTC)
    assert read.snapshot is not None and read.snapshot.item == statement()
    assert (read.snapshot.corpus_title, read.snapshot.corpus_version) == ("Gull Harbour", "1.2")
    assert read.snapshot.stance_labels == {"lease": "Lease", "keep": "Keep"}
    assert (read.snapshot.topic_labels, read.snapshot.place_names) == ({"money": "Money"}, {"rock": "Lamp Rock"})
    assert "Ada “Brum”" in read.snapshot.citation and "¶3" in read.snapshot.citation


def test_the_snapshot_is_a_copy(store: BookmarkStore) -> None:
    item = statement()
    made = store.add(item, CONTEXT)
    item["topics"].append("light")
    assert made.snapshot and made.snapshot.item["topics"] == ["money"]


def test_an_event_is_bookmarked_too(store: BookmarkStore) -> None:
    assert store.toggle(EVENT, CONTEXT) is True
    (read,) = BookmarkStore(store.path).load()
    assert read.kind == "event" and read.snapshot and read.snapshot.item == EVENT
    assert store.toggle(EVENT, CONTEXT) is False
    assert BookmarkStore(store.path).load() == ()


def test_ids_are_those_of_one_corpus(store: BookmarkStore) -> None:
    fill(store, "a", "b")
    store.add(statement("c"), replace(CONTEXT, id="other"))
    assert store.ids("gulls") == {"a", "b"} and store.ids("other") == {"c"}


def test_adding_again_keeps_place_note_and_tags_unless_given(store: BookmarkStore) -> None:
    store.add(statement("a"), CONTEXT, note="first", tags=["t"])
    fill(store, "b", "a")
    assert order(store) == "a b"
    assert (store.load()[0].note, store.load()[0].tags) == ("first", ("t",))
    store.add(statement("a"), CONTEXT, tags=["u"])
    assert (store.load()[0].note, store.load()[0].tags) == ("first", ("u",))


def test_edit_sets_what_is_given(store: BookmarkStore) -> None:
    fill(store, "a")
    store.edit("gulls", "a", note="n", tags=["x"])
    assert store.edit("gulls", "a", note="").tags == ("x",)
    assert (store.load()[0].note, store.load()[0].tags) == ("", ("x",))


def test_what_is_not_there_cannot_be_edited_or_moved(store: BookmarkStore) -> None:
    with pytest.raises(NoSuchBookmark, match="no bookmark on a"):
        store.edit("gulls", "a", note="n")
    with pytest.raises(NoSuchBookmark):
        store.move("gulls", "a", 0)


@pytest.mark.parametrize(
    ("id", "to", "expected"),
    [("a", 2, "b c a"), ("c", 0, "c a b"), ("b", 1, "a b c"), ("a", 99, "b c a"), ("c", -5, "c a b")],
)
def test_moving(store: BookmarkStore, id: str, to: int, expected: str) -> None:
    fill(store, "a", "b", "c")
    store.move("gulls", id, to)
    assert order(store) == expected


def test_a_removed_bookmark_can_be_restored_in_its_place(store: BookmarkStore) -> None:
    fill(store, "a", "b", "c")
    removed = store.remove("gulls", "b")
    assert removed is not None and order(store) == "a c"
    store.restore(removed, 1)
    assert order(store) == "a b c"
    store.edit("gulls", "b", note="newer")
    assert store.restore(removed, 0).note == "newer" and order(store) == "a b c"


def test_every_change_is_undone_and_redone_in_words(store: BookmarkStore) -> None:
    states = [store.load()]

    def done() -> None:
        states.append(store.load())

    fill(store, "a"), done()
    fill(store, "b"), done()
    store.edit("gulls", "a", note="n"), done()
    store.edit("gulls", "a", note="m", tags=["t"]), done()
    store.move("gulls", "b", 0), done()
    store.remove("gulls", "a"), done()
    store.toggle(statement("b"), CONTEXT), done()
    words = [
        "bookmarked a",
        "bookmarked b",
        "changed the note on a",
        "changed the note and tags on a",
        "moved the bookmark on b",
        "removed the bookmark on a",
        "removed the bookmark on b",
    ]
    for _ in range(2):
        for number in reversed(range(len(words))):
            assert store.undo() == words[number]
            assert BookmarkStore(store.path).load() == states[number]
        assert store.undo() is None
        for number in range(len(words)):
            assert store.redo() == words[number]
            assert BookmarkStore(store.path).load() == states[number + 1]
        assert store.redo() is None


def test_a_new_change_ends_what_could_be_redone(store: BookmarkStore) -> None:
    fill(store, "a")
    store.undo()
    fill(store, "b")
    assert store.redo() is None and order(store) == "b"


def test_undo_leaves_what_another_process_did(store: BookmarkStore) -> None:
    other = BookmarkStore(store.path)
    fill(store, "a", "b")
    store.edit("gulls", "a", note="mine")
    other.edit("gulls", "a", tags=["theirs"])
    other.add(statement("c"), CONTEXT)
    store.undo()
    assert [(one.id, one.note, one.tags) for one in store.load()] == [
        ("a", "", ("theirs",)),
        ("b", "", ()),
        ("c", "", ()),
    ]
    store.redo()
    assert (store.load()[0].note, store.load()[0].tags) == ("mine", ("theirs",))


def test_undoing_an_addition_remembers_the_note_another_process_wrote(store: BookmarkStore) -> None:
    fill(store, "a")
    BookmarkStore(store.path).edit("gulls", "a", note="theirs")
    store.undo()
    assert store.load() == ()
    store.redo()
    assert store.load()[0].note == "theirs"


def test_undo_when_another_process_has_removed_it_already(store: BookmarkStore) -> None:
    fill(store, "a")
    BookmarkStore(store.path).remove("gulls", "a")
    assert store.undo() == "bookmarked a" and store.load() == ()
    assert store.redo() == "bookmarked a" and order(store) == "a"


def test_undoing_a_removal_keeps_what_was_bookmarked_anew(store: BookmarkStore) -> None:
    fill(store, "a")
    store.remove("gulls", "a")
    BookmarkStore(store.path).add(statement("a"), CONTEXT, note="anew")
    store.undo()
    assert [one.note for one in store.load()] == ["anew"]
    store.redo()
    assert store.load() == ()


def test_no_change_writes_nothing(store: BookmarkStore) -> None:
    store.add(statement("a"), CONTEXT, note="n", tags=["t"])
    before = store.path.stat()
    store.edit("gulls", "a", note="n")
    store.move("gulls", "a", 0)
    store.add(statement("a"), CONTEXT, note="n")
    assert store.path.stat() == before
    assert store.undo() == "bookmarked a"


def test_the_versions_before_are_kept(store: BookmarkStore) -> None:
    versions = []
    for id in "abcde":
        fill(store, id)
        versions.append(store.path.read_bytes())
    assert [backup.path.read_bytes() for backup in store.backups()] == [
        versions[3],
        versions[2],
        versions[1],
        versions[0],
    ]
    assert [backup.count() for backup in store.backups()] == [4, 3, 2, 1]


def test_a_hand_written_file_is_changed_but_nothing_in_it_is_lost(store: BookmarkStore) -> None:
    store.path.parent.mkdir()
    store.path.write_text(
        'mine = "top"\n[[bookmark]]\ncorpus = "gulls"\nid = "brum-1"\ncolour = "red"\n'
        'note = """\nfirst\n\tsecond "quoted"\n"""\n[bookmark.deep]\nkey = [1, { a = 2 }]\n[other]\nx = 2025-01-01\n'
    )
    store.toggle(EVENT, CONTEXT)
    text = store.path.read_text()
    first, second = BookmarkStore(store.path).load()
    assert first == Bookmark(
        "gulls",
        "brum-1",
        note='first\n\tsecond "quoted"\n',
        extra={"colour": "red", "deep": {"key": [1, {"a": 2}]}},
    )
    assert second.id == "dark" and 'mine = "top"' in text and "[other]" in text and "format = 1" in text


def test_a_hand_written_bookmark_gets_its_snapshot(store: BookmarkStore) -> None:
    store.path.parent.mkdir()
    store.path.write_text(
        '[[bookmark]]\ncorpus = "gulls"\nid = "brum-1"\nnote = "n"\n\n[[bookmark]]\ncorpus = "gulls"\nid = "gone"\n'
    )
    items: dict[str, Item] = {"brum-1": statement()}
    assert store.complete(items.get, CONTEXT) == 1
    first, second = BookmarkStore(store.path).load()
    assert first.snapshot and first.snapshot.item == statement() and first.note == "n" and first.added
    assert second == Bookmark("gulls", "gone")
    before = store.path.stat()
    assert store.complete(items.get, CONTEXT) == 0 and store.path.stat() == before
    assert store.complete(items.get, replace(CONTEXT, id="other")) == 0


def test_adding_a_hand_written_bookmark_completes_it(store: BookmarkStore) -> None:
    store.path.parent.mkdir()
    store.path.write_text('[[bookmark]]\ncorpus = "gulls"\nid = "brum-1"\nadded = 2024-01-01\n')
    made = store.add(statement(), CONTEXT)
    assert made.snapshot and made.kind == "statement" and made.added == datetime(2024, 1, 1, tzinfo=UTC)


def test_a_change_by_hand_is_seen_and_kept(store: BookmarkStore) -> None:
    fill(store, "a", "b")
    store.path.write_text(store.path.read_text().replace('id = "a"\nkind', 'id = "a"\nnote = "by hand"\nkind'))
    assert store.load()[0].note == "by hand"
    fill(store, "c")
    assert BookmarkStore(store.path).load()[0].note == "by hand"


def test_a_link_stays_a_link(store: BookmarkStore, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles" / "marks.toml"
    kept.parent.mkdir()
    kept.write_text("# mine\n")
    store.path.parent.mkdir()
    store.path.symlink_to(kept)
    fill(store, "a")
    assert store.path.is_symlink() and "[[bookmark]]" in kept.read_text()


def test_a_new_file_is_private_and_the_rights_of_an_old_one_are_kept(store: BookmarkStore) -> None:
    fill(store, "a")
    assert store.path.stat().st_mode & 0o777 == 0o600
    store.path.chmod(0o640)
    fill(store, "b")
    assert store.path.stat().st_mode & 0o777 == 0o640


def test_the_file_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZEROLINE_DATA", str(tmp_path))
    assert BookmarkStore().path == tmp_path / "bookmarks.toml"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZEROLINE_DATA", "here")
    assert BookmarkStore().path == tmp_path / "here" / "bookmarks.toml"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ZEROLINE_DATA", "~/there")
    assert BookmarkStore().path == tmp_path / "there" / "bookmarks.toml"
    monkeypatch.delenv("ZEROLINE_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert BookmarkStore().path.parts[-2:] == ("zeroline", "bookmarks.toml")


def test_half_a_character_is_refused_and_nothing_changes(store: BookmarkStore) -> None:
    fill(store, "a")
    before = store.path.read_bytes()
    with pytest.raises(BookmarkError, match=r"U\+DCFF"):
        store.edit("gulls", "a", note="\udcff")
    assert store.path.read_bytes() == before and store.undo() == "bookmarked a"


def test_nothing_heavy_is_imported_before_the_first_read() -> None:
    code = (
        "import sys; from zeroline.bookmarks.store import BookmarkStore; BookmarkStore();"
        "heavy = ('pydantic', 'tomllib', 'tomli_w', 'edtf', 'textual', 'platformdirs');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_version_brought_back_can_be_undone_with_its_order(store: BookmarkStore) -> None:
    fill(store, "a", "b", "c")
    store.move("gulls", "c", 0)
    store.edit("gulls", "b", note="later")
    store.remove("gulls", "a")
    now = store.document()
    before = store.put_backup(store.backups()[2])
    assert [one.id for one in before.bookmarks] == ["a", "b", "c"] and store.document() == before
    words = store.undo()
    assert words is not None and words.startswith("brought back the version replaced on ")
    assert store.document() == now
    assert store.redo() == words and store.document() == before
    assert BookmarkStore(store.path).document() == before


def test_a_merge_that_takes_another_order_over_is_undone_with_it(store: BookmarkStore) -> None:
    fill(store, "a", "b", "c")
    base = store.document()
    theirs = replace(base, bookmarks=base.bookmarks[::-1])
    store.apply(merge(theirs, base))
    assert [one.id for one in store.load()] == ["c", "b", "a"]
    store.undo()
    assert store.document() == base
    store.redo()
    assert store.document() == theirs
