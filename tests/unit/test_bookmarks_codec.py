"""The bookmark file as text: nothing is lost on the way there and back, and what cannot be read is said plainly."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zeroline.bookmarks import codec
from zeroline.bookmarks.codec import HEADER, parse, render
from zeroline.bookmarks.errors import BookmarkError
from zeroline.bookmarks.integrity import END
from zeroline.bookmarks.model import Bookmark, Collection, Document, Snapshot, tidy_tags
from zeroline.bookmarks.rewriting import rewrite
from zeroline.records import EventRecord, StatementRecord

PATH = Path("bookmarks.toml")

HARD = [
    '"""',
    "'''",
    "a\r\nb",
    "\r",
    "\x00\x1b[31m\x7f\x85",
    "\u202eoverride\u2066isolate",
    "🕯\ufe0f👩\u200d🚒",
    "\\",
    "\\\n",
    "\n\n",
    " ",
    "[[bookmark]]\ncorpus = 1",
    "# not a comment",
    "\U000e0041\ufeff\u2028",
]
TEXT = st.text() | st.sampled_from(HARD)
IDS = TEXT.filter(str.strip)
KEYS = TEXT.map(lambda key: f"my {key}")  # no key of our own
MOMENTS = st.datetimes(timezones=st.just(UTC))
TOML_VALUES: st.SearchStrategy[Any] = st.recursive(
    TEXT
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.dates()
    | st.times()
    | st.datetimes()
    | MOMENTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
EXTRA = st.dictionaries(KEYS, TOML_VALUES, max_size=2)
SOME = settings(max_examples=settings.get_profile("zeroline").max_examples // 2)
"""Half as many examples: making a document takes most of the time, and each is tried in three tests."""
LABELS = st.dictionaries(TEXT, TEXT, max_size=2)


def without_nan(item: Any) -> Any:
    """NaN is not equal to itself, so that it would fail a comparison, not the store."""
    for figure in item.get("figures", []):
        if figure["value"] != figure["value"]:
            figure["value"] = 0.0
    return item


ITEMS = st.builds(
    lambda item, extra: {**without_nan(item), **extra},
    st.from_type(StatementRecord) | st.from_type(EventRecord),
    EXTRA,
)
SNAPSHOTS = st.builds(Snapshot, ITEMS, TEXT, TEXT, TEXT, LABELS, LABELS, LABELS, LABELS, LABELS, EXTRA)


@st.composite
def bookmarks(draw: st.DrawFn) -> Bookmark:
    snapshot = draw(st.none() | SNAPSHOTS)
    kind = snapshot.item["kind"] if snapshot else draw(st.sampled_from(["statement", "event", None]))
    tags, names = (tidy_tags(draw(st.lists(TEXT, max_size=3))) for _ in range(2))
    added, changed = draw(st.none() | MOMENTS), draw(st.none() | MOMENTS)
    return Bookmark(draw(IDS), draw(IDS), kind, added, draw(TEXT), tags, snapshot, draw(EXTRA), names, changed)


COLLECTIONS = st.builds(
    Collection,
    TEXT.map(lambda name: " ".join(name.split())).filter(bool),
    TEXT,
    st.lists(TEXT, max_size=3, unique=True).map(tuple),
    EXTRA,
)


DOCUMENTS = st.builds(
    lambda found, collections, extra: Document(
        tuple({one.key: one for one in found}.values()), tuple({one.name: one for one in collections}.values()), extra
    ),
    st.lists(bookmarks(), max_size=4),
    st.lists(COLLECTIONS, max_size=2),
    EXTRA,
)


@given(DOCUMENTS)
def test_every_document_comes_back_as_it_was(document: Document) -> None:
    written = render(document).encode()
    assert parse(written, PATH) == document
    once = render(parse(written, PATH))
    assert render(parse(once.encode(), PATH)) == once


@SOME
@given(DOCUMENTS)
def test_a_long_file_is_read_in_blocks_as_it_is_read_whole(document: Document) -> None:
    """By another library, a bookmark at a time: where that gives anything it gives the same."""
    data = render(document).encode()
    quickly = codec._in_blocks(data, {})
    assert quickly is None or quickly.document == document
    for written in filter(None, (quickly, codec.read(data, PATH))):
        again, there = rewrite(written.document, data, written)
        assert parse(b"".join(again), PATH) == document
        assert set(there.found) >= set(written.found)
        known = codec._in_blocks(b"".join(again), there.known())
        assert known is None or known.document == document


@pytest.mark.parametrize(
    "line",
    [
        r'note = "\e[31m"', r'note = "\x41"', "x = {a = 1,}", "x = {\na = 1}", "x = inf", "x = 99999999999999999999",
        "added = 2025-02-30", "added = 2025-02-28T23:59:60Z", "added = 2025-02-28T23:59:59.123456789", 'id = "b"',
        "added = 2025-02-28 23:59:59", "x = 23:59:59", 'note = "\x01"', r'note = "\ud800"',
        "x = " + "[" * 9999 + "]" * 9999,
        "x = 1e999", "x = 0x1F", "x = 1_000", "x.y = 1\nx.z = 2", "note = '''\r\na\r\n'''",
    ],
)  # fmt: skip
def test_both_ways_of_reading_take_and_refuse_the_same(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = f'[[bookmark]]\ncorpus = "c"\nid = "a"\n{line}\n'.encode()
    told = []
    for long in (0, 10**9):
        monkeypatch.setattr(codec, "LONG", long)
        try:
            told.append(repr(parse(data, PATH)))
        except BookmarkError as error:
            told.append(str(error))
    assert told[0] == told[1]


@SOME
@given(DOCUMENTS, TEXT)
def test_a_new_note_leaves_the_snapshot_as_it_was_written(document: Document, note: str) -> None:
    """It is copied, not written anew; what stands in the file is the same either way."""
    data = render(document).encode()
    before = codec.read(data, PATH)
    changed = replace(document, bookmarks=tuple(replace(one, note=note) for one in before.document.bookmarks))
    again, there = rewrite(changed, data, before)
    assert parse(b"".join(again), PATH) == changed
    once_more, _ = rewrite(there.document, b"".join(again), there)
    assert b"".join(once_more) == b"".join(again)


def test_every_bookmark_is_headed_so_that_a_person_can_move_it() -> None:
    text = render(
        Document((Bookmark("c", "a"), Bookmark("c", "b", note="two\nlines"), Bookmark("c", "d")), extra={"mine": 1})
    )
    assert text.startswith(HEADER)
    body = text.removeprefix(HEADER)
    assert body == (
        'format = 1\nmine = 1\n\n[[bookmark]]\ncorpus = "c"\nid = "a"\n\n'
        '[[bookmark]]\ncorpus = "c"\nid = "b"\nnote = """\ntwo\nlines"""\n\n[[bookmark]]\ncorpus = "c"\nid = "d"\n'
        "\n# end\n"
    )


def test_the_header_shows_a_bookmark_that_can_be_pasted() -> None:
    example = "\n".join(line.removeprefix("#     ") for line in HEADER.splitlines() if line.startswith("#     "))
    (found,) = parse(example.encode(), PATH).bookmarks
    assert (found.corpus, found.tags, found.note) == ("kursk-2025", ("to cite",), "why it matters")
    assert found.collections == ("Chapter 2",)


def test_a_file_cut_short_anywhere_is_never_taken_for_whole() -> None:
    """Every byte of the file is the last in turn: what is still good TOML is refused too, unless all is there."""
    whole = render(Document((Bookmark("c", "a", note="one\ntwo"), Bookmark("c", "b")), (Collection("List", "why"),)))
    data = whole.encode()
    cut = data.index(END.encode(), len(HEADER)) + len(END)
    for length in range(1, cut):
        with pytest.raises(BookmarkError) as caught:
            parse(data[:length], PATH)
        assert "restore" in str(caught.value) or "not TOML" in str(caught.value)
    assert parse(data[:cut], PATH) == parse(data, PATH)
    assert len(parse(data + b'[[bookmark]]\ncorpus = "c"\nid = "by hand"\n', PATH).bookmarks) == 3
    assert parse(data.replace(b"\n", b"\r\n"), PATH) == parse(data, PATH)


def test_a_hand_written_bookmark_needs_only_its_two_ids() -> None:
    (found,) = parse(b'[[bookmark]]\ncorpus = "kursk"\nid = "x-1"\n', PATH).bookmarks
    assert found == Bookmark("kursk", "x-1")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-03-01", datetime(2025, 3, 1, tzinfo=UTC)),
        ("2025-03-01T10:00:00", datetime(2025, 3, 1, 10, tzinfo=UTC)),
        ("2025-03-01T10:00:00+02:00", datetime(2025, 3, 1, 8, tzinfo=UTC)),
    ],
)
def test_a_date_written_by_hand_is_read_in_utc(written: str, moment: datetime) -> None:
    (found,) = parse(f'[[bookmark]]\ncorpus = "c"\nid = "i"\nadded = {written}\n'.encode(), PATH).bookmarks
    assert found.added == moment and found.added.tzinfo is UTC


def test_a_file_saved_on_windows_is_read() -> None:
    data = b'\xef\xbb\xbfformat = 1\r\n[[bookmark]]\r\ncorpus = "c"\r\nid = "i"\r\nnote = """\r\na\r\nb"""\r\n'
    (found,) = parse(data, PATH).bookmarks
    assert found.note == "a\nb"


def test_unknown_values_of_every_kind_survive() -> None:
    extra: dict[str, object] = {
        "day": date(2025, 1, 2),
        "hour": time(7, 30),
        "zoned": datetime(2025, 1, 2, 3, tzinfo=timezone(timedelta(hours=2))),
        "mixed": [1, "a", [True, {"deep": [{"er": 1}]}]],
        "": {"": ""},
        "tables": [{"long": "x" * 200}, {"b": {"c": "d\r\ne"}}],
    }
    found = parse(render(Document((Bookmark("c", "i", extra=extra),), extra=extra)).encode(), PATH)
    assert found.extra == extra and found.bookmarks[0].extra == extra


def test_half_a_character_is_refused_and_named() -> None:
    with pytest.raises(BookmarkError, match=r"bookmark on i holds U\+DC80"):
        render(Document((Bookmark("c", "i", note="bad \udc80 byte"),)))


HEAD = b'format = 1\n\n[[bookmark]]\ncorpus = "c"\nid = "i"\n'
SNAP = HEAD + b'[bookmark.snapshot]\n[bookmark.snapshot.item]\nkind = "statement"\nid = "i"\n'


@pytest.fixture(params=[codec.LONG, 0], ids=["short", "long"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as a whole, and block by block as a long file is."""
    monkeypatch.setattr(codec, "LONG", request.param)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("data", "line", "key", "words"),
    [
        (HEAD + b"note = what\n", 6, None, "not TOML"),
        (HEAD + b'note = "open\n', 6, None, "not TOML"),
        (HEAD + b'tags = ["open"\n', 6, None, "not TOML"),
        (HEAD + b"n = " + b"[" * 100_000, None, None, "nested too deep"),
        (HEAD + b"n = " + b"9" * 10_000 + b"\n", None, None, "not TOML"),
        (HEAD + b"<<<<<<< mine\nnote = 'a'\n=======\nnote = 'b'\n>>>>>>> theirs\n", 6, None, "merge"),
        (HEAD + b"note = '\xff'\n", 6, None, "not UTF-8"),
        (HEAD.decode().encode("utf-16"), None, None, "UTF-16"),
        (HEAD + b"\0\0\0\0", 6, None, "NUL"),
        (b"format = 2\n", 1, "format", "newer"),
        (b"\n\nformat = true\n", 3, "format", "whole number"),
        (b"format = 0\n", 1, "format", "whole number"),
        (b"bookmark = 3\n", 1, "bookmark", r"must be tables"),
        (HEAD + b"note = 3\n", 6, "note", "must be text"),
        (HEAD + b"tags = 'a'\n", 6, "tags", "list of texts"),
        (HEAD + b"tags = [1]\n", 6, "tags", "list of texts"),
        (HEAD + b"collections = 'a'\n", 6, "collections", "list of texts"),
        (HEAD + b"changed = 1\n", 6, "changed", "date or time"),
        (b"[[collection]]\nname = ' '\n", 2, "collection.name", "needs a name"),
        (b"[[collection]]\nname = 'a'\n[[collection]]\nname = 'a'\n", None, "collection.name", "two collections"),
        (b"collection = 1\n", 1, "collection", "must be tables"),
        (HEAD + b"added = 'today'\n", 6, "added", "date or time"),
        (HEAD + b"added = 0001-01-01T00:00:00+12:00\n", 6, "added", "range"),
        (HEAD + b"kind = 'speaker'\n", 6, "kind", "statement"),
        (HEAD + b"snapshot = 1\n", 6, "snapshot", "must be a table"),
        (HEAD + b"\n[[bookmark]]\nid = 'j'\n", 7, "corpus", "is missing"),
        (HEAD + b"\n[[bookmark]]\ncorpus = 'c'\nid = ' '\n", 9, "id", "is empty"),
        (HEAD + b"\n[[bookmark]]\ncorpus = 'c'\n\nid = 'i'\n", 10, "id", "already, on line 5"),
        (HEAD + b'note = """\n[[bookmark]]\n"""\n[[bookmark]]\ncorpus = 4\n', 10, "corpus", "must be text"),
        (SNAP, None, "snapshot.item.speaker", "is missing"),
        (SNAP + b"speaker = 4\n", 10, "snapshot.item.speaker", "must be a table"),
        (
            SNAP + b"paraphrase = 4\nspeaker = { id = 's', name = 'S' }\nattribution = 'direct'\n",
            10,
            "snapshot.item.paraphrase",
            "text",
        ),
        (
            SNAP + b"speaker = { id = 's', name = 'S' }\nattribution = 'sung'\n",
            11,
            "snapshot.item.attribution",
            "direct",
        ),
        (SNAP.replace(b"statement", b"rumour"), 8, "snapshot.item.kind", "event"),
        (HEAD + b"[bookmark.snapshot]\nstance_labels = { a = 1 }\n", 7, "snapshot.stance_labels.a", "text"),
    ],
    ids=lambda value: str(value)[:20] if isinstance(value, int | str) else "",
)
def test_what_cannot_be_read_is_said_with_line_and_key(
    data: bytes, line: int | None, key: str | None, words: str
) -> None:
    with pytest.raises(BookmarkError, match=words) as caught:
        parse(data, PATH)
    error = caught.value
    assert (error.path, error.key) == (PATH, key)
    if line is not None:
        assert error.line == line and str(error).startswith(f"bookmarks.toml:{line}: ")
    assert error.mend and "\n" not in str(error)


def test_a_snapshot_of_an_older_version_gets_what_may_be_empty() -> None:
    data = SNAP + (
        b"attribution = 'direct'\nspeaker = { id = 's', name = 'S' }\n"
        b"source = { id = 'q', title = 'T', title_supplied = false }\n"
    )
    (found,) = parse(data, PATH).bookmarks
    assert found.snapshot and found.kind == "statement"
    item = found.snapshot.item
    assert item["kind"] == "statement"
    assert item["speaker"] == {"id": "s", "name": "S", "callsign": None, "unit": None}
    assert (item["locator"], item["positions"], item["paraphrase"], item["source"]["date"]) == (None, [], "", None)


def test_none_is_never_written_and_empty_text_is_kept() -> None:
    data = SNAP + (
        b"attribution = 'direct'\nspeaker = { id = 's', name = 'S', unit = '' }\n"
        b"source = { id = 'q', title = 'T', title_supplied = false }\n"
    )
    (found,) = parse(data, PATH).bookmarks
    again = tomllib.loads(render(Document((replace(found, note=""),))))
    (table,) = again["bookmark"]
    assert table["snapshot"]["item"]["speaker"] == {"id": "s", "name": "S", "unit": ""}
    assert "note" not in table and "tags" not in table and "locator" not in table["snapshot"]["item"]
