"""Two files made one: nothing that either reader wrote is dropped, with a common version or without."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from zeroline.bookmarks import backups, collection_edits, edits
from zeroline.bookmarks.backups import Backup
from zeroline.bookmarks.merging import common_version, merge
from zeroline.bookmarks.model import Bookmark, Collection, Document, Snapshot
from zeroline.bookmarks.record_merge import is_newer
from zeroline.bookmarks.store import BookmarkStore
from zeroline.bookmarks.three_way import SEPARATOR, three_notes, three_sets

NOW = datetime(2031, 8, 1, 12, tzinfo=UTC)


def document(*bookmarks: Bookmark, collections: tuple[Collection, ...] = ()) -> Document:
    return Document(bookmarks, collections)


def mark(id: str, note: str = "", tags: tuple[str, ...] = (), collections: tuple[str, ...] = ()) -> Bookmark:
    return Bookmark("c", id, note=note, tags=tags, collections=collections)


def ids(document: Document) -> str:
    return " ".join(one.id for one in document.bookmarks)


def merged(mine: Document, theirs: Document, base: Document | None) -> tuple[Document, list[str]]:
    done = merge(theirs, base)(mine, NOW)
    return done.document, done.result.lines()


def test_with_a_common_version_both_sides_changes_are_taken() -> None:
    base = document(mark("a", "n", ("x",)), mark("b"), mark("c", "why"), mark("d"))
    mine = document(mark("a", "n", ("x", "mine")), mark("b"), mark("c", "changed here"))
    theirs = document(mark("a", "their note", ()), mark("d"), mark("new"))
    result, said = merged(mine, theirs, base)
    assert {one.id: (one.note, one.tags) for one in result.bookmarks} == {
        "a": ("their note", ("mine",)),
        "c": ("changed here", ()),
        "new": ("", ()),
    }
    assert said == [
        "new: new here",
        "a: changed there: taken over",
        "b: removed there and not changed here: removed",
        "c: removed by one and changed by the other: kept",
    ]


def test_without_one_nothing_is_removed() -> None:
    mine, theirs = document(mark("a", "x"), mark("b")), document(mark("a", "y"), mark("z"))
    result, said = merged(mine, theirs, None)
    assert ids(result) == "a z b" and result.bookmarks[0].note == "x\n\n---\n\ny"
    assert said[0] == "z: new here" and "only here: kept" in said[-1]


def test_an_order_that_only_they_have_changed_is_taken() -> None:
    base = document(mark("a"), mark("b"), mark("c"))
    theirs = document(mark("c"), mark("t"), mark("a"), mark("b"))
    mine = document(mark("a"), mark("m"), mark("b"), mark("c"))
    assert ids(merged(mine, theirs, base)[0]) == "c t a m b"
    assert ids(merged(theirs, mine, base)[0]) == "c t a m b"


def test_collections_are_put_together() -> None:
    base = document(mark("a"), mark("b"), collections=(Collection("L", "n", ("c/a", "c/b")), Collection("Gone")))
    mine = document(*base.bookmarks, collections=(Collection("L", "n", ("c/b", "c/a")), Collection("Gone")))
    theirs = document(
        mark("a", collections=("New",)),
        mark("b"),
        collections=(Collection("L", "why", ("c/a", "c/b")), Collection("New")),
    )
    result, said = merged(mine, theirs, base)
    assert result.collections == (Collection("L", "why", ("c/b", "c/a")), Collection("New"))
    assert result.bookmarks[0].collections == ("New",) and "“L”, “New”" in said[-1]


def test_what_was_changed_last_settles_keys_of_the_readers_own() -> None:
    mine = document(replace(mark("a"), extra={"rank": 1, "mine": 1}, changed=NOW))
    theirs = document(replace(mark("a"), extra={"rank": 2, "theirs": 2}, changed=NOW + timedelta(hours=1)))
    result, said = merged(mine, theirs, None)
    assert result.bookmarks[0].extra == {"rank": 2, "mine": 1, "theirs": 2}
    assert any("keys of your own" in line for line in said)
    assert merged(theirs, mine, None)[0].bookmarks[0].extra["rank"] == 2


NOTES = st.sampled_from(["", "one", "two", "one\ntwo", "three", "on", "a\n\n---\n\nb", "b"])
TAGS = st.lists(st.sampled_from("xyz"), unique=True, max_size=3).map(tuple)
MARKS = st.lists(
    st.builds(mark, st.sampled_from("abcdef"), NOTES, TAGS, TAGS), max_size=5, unique_by=lambda one: one.id
)
DOCUMENTS = MARKS.map(lambda marks: document(*marks))


def pieces(note: str) -> set[str]:
    return {part.strip() for part in note.split(SEPARATOR)} - {""}


@given(DOCUMENTS, DOCUMENTS, st.none() | DOCUMENTS)
def test_no_note_is_ever_dropped(mine: Document, theirs: Document, base: Document | None) -> None:
    result, _ = merged(mine, theirs, base)
    found = {one.id: one for one in result.bookmarks}
    before = {one.id: one for one in base.bookmarks} if base else {}
    for side in (mine, theirs):
        for one in side.bookmarks:
            was = before.get(one.id)
            if was is None or one.note != was.note:  # somebody wrote this: it is there, whole
                there = found[one.id].note
                assert all(
                    any(held == part or held.startswith(f"{part}\n") for held in pieces(there))
                    for part in pieces(one.note)
                )
    if base is None:
        assert {*found} == {one.id for side in (mine, theirs) for one in side.bookmarks}
        tags = {one.id: set(one.tags) for one in mine.bookmarks}
        assert all(tags[id] <= set(found[id].tags) for id in tags)
    assert merged(result, theirs, theirs)[0] == result
    assert merged(mine, mine, base)[0] == mine


@given(NOTES, NOTES)
def test_two_notes_are_put_together_once(mine: str, theirs: str) -> None:
    both = three_notes("", mine, theirs)
    assert three_notes("", both, theirs) == both and three_notes("", both, mine) == both


@given(TAGS, TAGS, TAGS)
def test_sets_take_what_either_added_and_drop_what_either_dropped(base, mine, theirs) -> None:
    result = set(three_sets(base, mine, theirs))
    assert result == {t for t in "xyz" if (t in mine and t in theirs) or (t not in base and (t in mine or t in theirs))}


def test_a_common_version_is_found_among_what_is_kept(tmp_path: Path) -> None:
    mine, theirs = BookmarkStore(tmp_path / "a" / "bookmarks.toml"), BookmarkStore(tmp_path / "b" / "bookmarks.toml")
    mine.restore(mark("shared"), 0)
    theirs.path.parent.mkdir()
    theirs.path.write_bytes(mine.path.read_bytes())
    shared = mine.path.read_bytes()
    mine.restore(mark("mine"), 1)
    theirs.edit("c", "shared", note="theirs")
    found = common_version(mine.path, theirs.path)
    assert found is not None and found.read_bytes() == shared
    other = BookmarkStore(tmp_path / "c" / "bookmarks.toml")
    other.restore(mark("other"), 0)
    assert common_version(mine.path, other.path) is None


def test_a_merge_is_undone_as_one_change(tmp_path: Path) -> None:
    store = BookmarkStore(tmp_path / "bookmarks.toml")
    store.restore(mark("a", "mine"), 0)
    before = store.document()
    store.apply(merge(document(mark("a", "theirs"), mark("b"), collections=(Collection("L"),)), None))
    after = store.document()
    assert len(after.bookmarks) == 2 and store.undo() and store.document() == before
    assert store.redo() and store.document() == after


def test_changes_of_many_bookmarks_and_of_collections_are_undone_as_one(tmp_path: Path) -> None:
    store = BookmarkStore(tmp_path / "bookmarks.toml", clock=lambda: NOW)
    for number, id in enumerate("abcde"):
        store.restore(mark(id), number)
    keys = [("c", id) for id in "bde"]
    changes = [
        edits.tag(keys, ["x"]),
        collection_edits.collect("L", keys),
        collection_edits.describe_collection("L", "why"),
        collection_edits.move_in("L", ("c", "e"), 0),
        collection_edits.rename_collection("L", "M"),
        edits.tag([("c", "b")], ["y"], ["x"]),
        collection_edits.uncollect("M", [("c", "b")]),
        edits.remove(keys),
        collection_edits.new_collection("N"),
        collection_edits.delete_collection("M"),
        edits.move(("c", "c"), 0),
    ]
    states = [store.document()]
    for change in changes:
        store.apply(change)
        states.append(BookmarkStore(store.path).document())
    assert len({repr(state) for state in states}) == len(states)
    for _ in range(2):
        for state in reversed(states[:-1]):
            assert store.undo() and BookmarkStore(store.path).document() == state
        for state in states[1:]:
            assert store.redo() and BookmarkStore(store.path).document() == state


def version(hours: float, size: int = 1) -> Backup:
    return Backup(Path(f"{hours}"), NOW - timedelta(hours=hours), size)


def test_versions_are_thinned_out_with_age() -> None:
    every = [version(minutes / 60) for minutes in range(0, 60 * 24 * 400, 40)]
    gone = set(backups.surplus(every, NOW))
    kept = [one for one in every if one not in gone]
    assert len(kept) <= backups.NEWEST + backups.HOURS + backups.DAYS + backups.MONTHS + 4
    ages = [(NOW - one.when) for one in kept]
    assert sum(age < timedelta(hours=24) for age in ages) >= 24
    assert sum(timedelta(1) < age < timedelta(30) for age in ages) >= 28
    assert sum(timedelta(31) < age for age in ages) >= 11 and max(ages) < timedelta(366)


def test_versions_take_only_so_much_room_but_the_newest_stay(monkeypatch) -> None:
    monkeypatch.setattr(backups, "BYTES", 1_000)
    every = [version(n, 400) for n in range(20)]
    assert len(every) - len(backups.surplus(every, NOW)) == backups.SURE
    every = [version(n, 100) for n in range(20)]
    assert len(every) - len(backups.surplus(every, NOW)) == 10


def test_old_versions_stay_while_there_are_few() -> None:
    every = [version(24 * 365 * n) for n in range(backups.NEWEST)]
    assert backups.surplus(every, NOW) == []


def saved(condition: str | None, version: str = "1.0", note: str = "", changed: datetime | None = None) -> Bookmark:
    """A bookmark on a statement whose position has a condition, or none."""
    position = {"stance": "hold", "force": "conditional" if condition else "plain", "condition": condition}
    item = {"id": "a", "kind": "statement", "positions": [position], "excerpt": "x"}
    snapshot = Snapshot(item=item, corpus_title="C", corpus_version=version, citation=f"C {note}")  # type: ignore[arg-type]
    return Bookmark("c", "a", "statement", NOW, note, snapshot=snapshot, changed=changed)


def conditions(document: Document) -> list[object]:
    return [one.snapshot.item["positions"][0]["condition"] for one in document.bookmarks if one.snapshot]  # type: ignore[typeddict-item]


def test_a_later_note_never_takes_a_condition_away() -> None:
    mine = document(saved("only if asked"))
    theirs = document(saved(None, note="a later note", changed=NOW + timedelta(days=1)))
    result, said = merged(mine, theirs, None)
    assert conditions(result) == ["only if asked"] and result.bookmarks[0].note == "a later note"
    assert any(line.startswith("a (positions): the record there is another") for line in said)
    same = document(saved(None, changed=NOW + timedelta(days=1)))
    result, said = merged(mine, same, None)
    assert conditions(result) == ["only if asked"] and "nothing to merge" not in " ".join(said) and "a (pos" in said[0]


def test_a_record_of_a_newer_corpus_is_taken_by_name_and_an_older_one_never() -> None:
    old, new = document(saved(None, "1.9", changed=NOW)), document(saved("only if asked", "1.10"))
    result, said = merged(old, new, None)
    assert conditions(result) == ["only if asked"] and "version 1.9 here, 1.10 there" in said[0]
    assert conditions(merged(new, old, None)[0]) == ["only if asked"]
    assert conditions(merged(new, old, new)[0]) == ["only if asked"]
    base = document(saved(None, "1.0"))
    assert conditions(merged(base, document(saved("if")), base)[0]) == ["if"]
    assert conditions(merged(document(saved("if")), base, base)[0]) == ["if"]


def test_versions_are_compared_as_people_mean_them() -> None:
    for newer, older in (
        ("1.10", "1.9"),
        ("2.0", "2.0-rc1"),
        ("2025-03-01", "2024-12-31"),
        ("v2", "1.9"),
        ("1.0rc2", "1.0b3"),
    ):
        assert is_newer(newer, older) and not is_newer(older, newer)
    for one, other in (("1.0", "1"), ("spring", "autumn"), ("", "1"), ("1.0+x", "1.0"), ("1.0 final", "1.0")):
        assert not is_newer(one, other) and not is_newer(other, one)


def test_names_that_differ_in_case_alone_are_one_collection_as_the_reader_spells_it() -> None:
    mine = document(mark("a", collections=("Ch 2",)), collections=(Collection("Ch 2", "mine"),))
    theirs = document(mark("a", collections=("CH 2",)), mark("b", collections=("ch 2", "New", "NEW")),
                      collections=(Collection("CH 2", "mine", ("c/a",)), Collection("ch 2")))  # fmt: skip
    result, said = merged(mine, theirs, None)
    assert [one.collections for one in result.bookmarks] == [("Ch 2",), ("Ch 2", "New")]
    assert [one.name for one in result.collections] == ["Ch 2"] and any(
        "“CH 2” is “Ch 2” here" in line for line in said
    )
