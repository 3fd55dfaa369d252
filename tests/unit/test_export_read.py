"""What was exported and is read back is the same bookmarks; what is not understood is refused with its place."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zeroline.bookmarks.codec import parse
from zeroline.bookmarks.errors import BookmarkError
from zeroline.bookmarks.model import Bookmark, Collection, CorpusContext, Document, Snapshot, bookmark_of, tidy_tags
from zeroline.bookmarks.store import BookmarkStore
from zeroline.export import FORMATS, Options
from zeroline.export.read import READ, parse_export, read_export, sniff
from zeroline.records import EventRecord, StatementRecord

FOLDER = Path(__file__).parent.parent / "fixtures" / "export"
DAY = date(2025, 3, 1)
HERE = Path("mine")


def exported(format: str, bookmarks: Any, style: str = "plain") -> bytes:
    return b"".join(FORMATS[format].pieces(bookmarks, Options(DAY, style)))


def test_the_formats_that_say_they_are_read_back_are() -> None:
    assert tuple(sorted(READ)) == tuple(sorted(name for name, format in FORMATS.items() if format.reads))


@pytest.mark.parametrize("format", READ)
@pytest.mark.parametrize("style", ["plain", "mla"])
def test_the_same_bookmarks_come_back(format: str, style: str) -> None:
    if style != "plain":
        pytest.importorskip("citeproc")
    path = FOLDER / "bookmarks.toml"
    bookmarks = parse(path.read_bytes(), path).bookmarks
    data = exported(format, bookmarks, style)
    assert parse_export(data, HERE).bookmarks == bookmarks
    assert parse_export(data, HERE, format).bookmarks == bookmarks


SHELVES = (
    Collection("Chapter 2", "For **August**\u2028", ("gulls/b", "gulls/a"), {"mine": [1, "two"]}),
    Collection("[list]", "", ("gulls/a",)),
)


@pytest.mark.parametrize("format", READ)
def test_collections_come_back_with_notes_and_orders(format: str) -> None:
    marks = tuple(Bookmark("gulls", id, collections=("Chapter 2", "[list]")) for id in "ab")
    data = b"".join(FORMATS[format].pieces(marks, Options(DAY, collections=SHELVES)))
    read = parse_export(data, HERE, format)
    assert read == Document(marks, SHELVES) == parse_export(data, HERE)
    again = b"".join(FORMATS[format].pieces(marks[::-1], Options(DAY, collections=SHELVES)))
    assert parse_export(again, HERE, format).collections == SHELVES
    if format in ("json", "jsonl"):
        assert data.count(b'"Chapter 2"') == 3 and data.count(b"August") == 1, "the note stands once"


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ('[{"note": "n"}]', "is missing: a collection needs a name"),
        ('[{"name": "a", "order": "b"}]', "must be a list of texts"),
        ('[{"name": "a"}, {"name": "a"}]', "two collections have the name"),
        ('[{"name": "a", "own_keys": 1}]', "must be an object"),
        ('[{"name": "a", "place": "1"}]', "must be a whole number"),
        ('["a"]', "must be a list of objects"),
        ('"a"', "must be a list of objects"),
    ],
)
def test_a_collection_that_is_not_understood_is_refused_with_its_line(tables: str, words: str) -> None:
    lines = [
        f'{{"corpus": {{"id": "c"}}, "id": "{n}", "collection_tables": {t}}}' for n, t in enumerate(("[]", tables))
    ]
    with pytest.raises(BookmarkError, match=words) as error:
        parse_export("\n".join(lines).encode(), HERE, "jsonl")
    assert error.value.line == 2
    with pytest.raises(BookmarkError, match=words):
        parse_export(f"[{','.join(lines)}]".encode(), HERE, "json")
    page = '{"@context": 1, "first": {"items": []}, "zeroline:collections": '
    with pytest.raises(BookmarkError, match=words):
        parse_export(f"{page}{tables}}}".encode(), HERE, "jsonld")


@pytest.mark.parametrize("name", [name for name, format in FORMATS.items() if not format.reads])
def test_a_format_that_is_not_read_back_is_called_by_its_name(name: str) -> None:
    format = FORMATS[name]
    with pytest.raises(BookmarkError, match="is not read back: only TOML, JSON, JSON Lines and Web Annotation"):
        parse_export(b"anything", Path(f"notes.{format.ending}"))


TEXT = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    ["\x85\u2028\r\n", '"', "\\", "</script>", "'''"]
)
OWN = st.dictionaries(
    TEXT.filter(
        lambda key: key not in ("corpus", "id", "kind", "note", "tags", "snapshot", "added", "changed", "item")
    ),
    st.recursive(
        TEXT | st.integers(-(2**60), 2**60) | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
        max_leaves=4,
    ),
    max_size=2,
)
LABELS = st.dictionaries(TEXT, TEXT, max_size=2)
MOMENTS = st.none() | st.datetimes(timezones=st.just(UTC), min_value=datetime(1000, 1, 1))
ITEMS: st.SearchStrategy[Any] = st.from_type(StatementRecord) | st.from_type(EventRecord)


def finite(value: object) -> bool:
    """JSON has neither infinity nor NaN: the format says so."""
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    if isinstance(value, list):
        return all(map(finite, value))
    return not isinstance(value, float) or abs(value) < float("inf")


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    return Snapshot(
        item=draw(ITEMS.filter(finite)),
        corpus_title=draw(TEXT),
        corpus_version=draw(TEXT),
        citation=draw(TEXT),
        stance_labels=draw(LABELS),
        topic_labels=draw(LABELS),
        place_names=draw(LABELS),
        stance_shapes=draw(LABELS),
        stance_colours=draw(LABELS),
        extra=draw(OWN.filter(lambda own: not set(own) & set(Snapshot.__dataclass_fields__))),
    )


@st.composite
def marks(draw: st.DrawFn) -> list[Bookmark]:
    keys = draw(st.lists(st.tuples(TEXT, TEXT).filter(lambda key: all(map(str.strip, key))), max_size=3, unique=True))
    found = []
    for corpus, id in keys:
        snapshot = draw(st.none() | snapshots())
        found.append(
            Bookmark(
                corpus,
                id,
                kind=snapshot.item["kind"] if snapshot else None,
                added=draw(MOMENTS),
                note=draw(TEXT),
                tags=tidy_tags(draw(st.lists(TEXT, max_size=2))),
                snapshot=snapshot,
                extra=draw(OWN.filter(lambda own: "collections" not in own)),
                collections=tidy_tags(draw(st.lists(TEXT, max_size=2))),
                changed=draw(MOMENTS),
            )
        )
    return found


@settings(max_examples=25, deadline=None)
@given(marks(), st.sampled_from(READ))
def test_any_bookmarks_come_back_the_same(bookmarks: list[Bookmark], format: str) -> None:
    assert list(parse_export(exported(format, bookmarks), HERE, format).bookmarks) == bookmarks


def test_into_a_store_and_out_again(tmp_path: Path) -> None:
    from zeroline.bookmarks.merging import merge

    store, bookmarks = BookmarkStore(tmp_path / "bookmarks.toml"), parse((FOLDER / "bookmarks.toml").read_bytes(), HERE)
    (tmp_path / "out.jsonld").write_bytes(exported("jsonld", bookmarks.bookmarks))
    store.apply(merge(read_export(tmp_path / "out.jsonld"), None))
    assert store.load() == bookmarks.bookmarks


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        (b"", "x", "toml"),
        (b"[[bookmark]]\n", "x", "toml"),
        (b"[]\n", "x", "json"),
        (b'\xef\xbb\xbf[\n  {"a": 1}\n]\n', "x", "json"),
        (b'{"a": 1}\n{"a": 2}\n', "x", "jsonl"),
        (b'{\n  "@context": [', "x.json", "jsonld"),
        (b'{"@context": [], "first": {}}', "x", "jsonld"),
        (b"{", "x.toml", "toml"),
        (b"", "x.JSONL", "jsonl"),
    ],
)
def test_what_a_file_is(data: bytes, name: str, format: str) -> None:
    assert sniff(data, name) == format


TWICE = b'{"corpus": {"id": "c"}, "id": "i"}\n{"corpus": {"id": "c"}, "id": "i"}'


@pytest.mark.parametrize(
    ("data", "format", "words"),
    [
        (b"[1]", "json", "mine: must be an object (object 1); export it anew"),
        (b'[{"corpus": "c", "id": "i"}]', "json", "mine: `corpus`: must be an object with the id of"),
        (b'[{"corpus": {"id": "c"}, "id": 5}]', "json", "mine: `id`: must be text, in quotation marks (object 1)"),
        (b'[{"corpus": {"id": "c"}}]', "json", "mine: `id`: is missing"),
        (b'{"corpus": {"id": "c"}, "id": "i"}\n\n{"id": 1}', "jsonl", "mine:3: `corpus`: must be an object"),
        (TWICE, "jsonl", "mine:2: `id`: line 2 is on i (corpus c), as is line 1; delete one of the two"),
        (b"{}\n{", "jsonl", "mine:1: `corpus`: must be an object"),
        (b"[\n1,", "json", "mine:2: the file is not JSON: expecting value"),
        (b"[" * 100_000, "json", "the file is not JSON"),
        (b"\xff[]", "json", "mine:1: the file is not UTF-8; save it as UTF-8"),
        (b"{}", "jsonld", "mine: the file holds no bookmarks that were exported"),
        (b'{"@context": 1, "first": {"items": [{"type": "A"}]}}', "jsonld", "annotation 1 was not made by Zeroline"),
        (b'{"@context": 1, "first": "urn:x"}', "jsonld", "`first.items`: the annotation collection has no page"),
        (b'[{"corpus": {"id": "c"}, "id": "i", "added": "soon"}]', "json", "`added`: must be a time, such as 2025"),
        (b'[{"corpus": {"id": "c"}, "id": "i", "record": {}}]', "json", "`snapshot.item.kind`: must be"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_its_place(data: bytes, format: str, words: str) -> None:
    with pytest.raises(BookmarkError) as refused:
        parse_export(data, HERE, format)
    assert words in str(refused.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BookmarkError, match="the file cannot be read: no such file"):
        read_export(tmp_path / "none.json")


def test_bookmarks_of_an_export_of_before_are_read_as_far_as_it_tells() -> None:
    source = {
        "id": "s", "title": "S", "title_supplied": False, "outlet": None, "author": None, "date": None, "credit": "",
        "url": None,
    }  # fmt: skip
    item: Any = {
        "kind": "event", "id": "e", "date": "2000", "title": "T", "asserted_by": "s", "asserted_by_name": "S",
        "source": source, "paragraph": None, "description": "", "figures": [], "topics": [], "places": [], "note": "",
    }  # fmt: skip
    mark = bookmark_of(item, CorpusContext("c", "T", "1", {}, {}, {}), datetime(2025, 1, 2, tzinfo=UTC), note="n")
    (old,) = json.loads(exported("json", [mark]))
    for later in ("labels", "saved_citation", "collections", "changed", "own_keys", "own_snapshot_keys"):
        del old[later]
    (read,) = parse_export(json.dumps([old]).encode(), HERE).bookmarks
    assert (read.key, read.note, read.added) == (mark.key, mark.note, mark.added)
    assert read.snapshot and read.snapshot.item == item and read.snapshot.citation == ""
    assert parse_export(b"[]", HERE) == Document()


@pytest.mark.parametrize("format", ["toml", "json", "jsonl", "jsonld"])
def test_collections_with_nothing_in_them_come_back(format: str) -> None:
    collections = (Collection("Empty", "to come"), Collection("Full"), Collection("Empty too"))
    marks = tuple(Bookmark("c", id, collections=("Full",)) for id in "ab")
    options = Options(date(2025, 3, 1), collections=collections, extra={"mine": 1})
    data = b"".join(FORMATS[format].pieces(marks, options))
    found = parse_export(data, Path(f"x.{format}"))
    assert (found.bookmarks, found.collections) == (marks, collections)
    assert found.extra == ({"mine": 1} if format == "toml" else {})


def test_no_cut_of_an_exported_toml_is_taken_in() -> None:
    marks = (Bookmark("c", "a", note="x\n# end\ny"), Bookmark("c", "b"))
    data = b"".join(FORMATS["toml"].pieces(marks, Options(date(2025, 3, 1), collections=(Collection("L"),))))
    every = parse_export(data, Path("x.toml"))
    for at in range(len(data)):
        try:
            assert parse_export(data[:at], Path("x.toml")) == every, at
        except BookmarkError as error:
            assert "cut short" in str(error) or at == 0
    old = data.replace(b"# The last line", b"# Some line").removesuffix(b"\n# end\n")  # as versions before exported
    assert parse_export(old, Path("x.toml")) == every
