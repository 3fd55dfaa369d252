"""The bookmark file as text: TOML to bookmarks and back.

Keys that this version does not know are kept at every level. TOML has no null: what is None is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from zeroline.bookmarks.errors import BookmarkError
from zeroline.bookmarks.locate import line_at, line_of
from zeroline.bookmarks.model import Bookmark, Snapshot, in_utc, tidy_tags
from zeroline.bookmarks.schema import WrongShape, restore_item, without_none

FORMAT = 1
"""The format of the file that this version reads and writes."""

HEADER = """\
# Zeroline bookmarks: yours to read, edit, copy and keep. UTF-8 TOML; times are UTC.
# A bookmark needs only its two ids; note and tags are for you:
#
#     [[bookmark]]
#     corpus = "kursk-2025"
#     id = "the id of a statement or event"
#     note = "why it matters"
#     tags = ["to cite"]
#
# Their order here is the order on the screen. Keys of your own are kept; comments are not: Zeroline rewrites the
# file, and keeps the last three versions beside it (.bak-1 is the newest).
"""

_PLAIN = {"corpus", "id", "kind", "added", "note", "tags", "snapshot"}
_LABELS = ("stance_labels", "topic_labels", "place_names")
_SNAPSHOT = {"corpus_title", "corpus_version", "citation", "item", *_LABELS}
_WHERE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


@dataclass(frozen=True)
class Document:
    """A whole bookmark file; ``extra`` holds top-level keys that this version does not know."""

    bookmarks: tuple[Bookmark, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


def parse(data: bytes, path: Path) -> Document:
    """The file's bookmarks. Raises :class:`BookmarkError` with file, line, key and mend."""
    text = _decode(data, path)
    table = _toml(text, path)

    def wrong(error: WrongShape, number: int | None = None) -> BookmarkError:
        line = line_of(text, error.key, number)
        return BookmarkError(error.problem, path=path, line=line, key=error.key, mend="mend it or delete the bookmark")

    written = table.pop("format", FORMAT)
    if type(written) is not int or written < 1:
        raise BookmarkError(
            "must be a whole number", path=path, line=line_of(text, "format"), key="format", mend=f"write {FORMAT}"
        )
    if written > FORMAT:
        raise BookmarkError(
            f"the file has format {written}, written by a newer Zeroline; this one reads format {FORMAT}",
            path=path,
            line=line_of(text, "format"),
            key="format",
            mend="update Zeroline, or point ZEROLINE_DATA at another folder",
        )
    tables = table.pop("bookmark", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise BookmarkError(
            "must be tables", path=path, line=line_of(text, "bookmark"), key="bookmark", mend="head each [[bookmark]]"
        )
    bookmarks: dict[tuple[str, str], Bookmark] = {}
    for number, one in enumerate(tables):
        try:
            bookmark = _bookmark(one)
        except WrongShape as error:
            raise wrong(error, number) from None
        if bookmark.key in bookmarks:
            problem = f"there is a bookmark on {bookmark.id} (corpus {bookmark.corpus}) already"
            first = line_of(text, "id", list(bookmarks).index(bookmark.key))
            raise BookmarkError(
                f"{problem}, on line {first}" if first else problem,
                path=path,
                line=line_of(text, "id", number),
                key="id",
                mend="delete one of the two",
            )
        bookmarks[bookmark.key] = bookmark
    return Document(tuple(bookmarks.values()), table)


def render(document: Document, header: str = HEADER, text_of: Callable[[Bookmark], str] | None = None) -> str:
    """The text of the file; ``text_of`` may give the text of a bookmark that is known already.

    Raises :class:`BookmarkError` for text that UTF-8 cannot hold.
    """
    blocks = [f"{header}format = {FORMAT}\n{_dumps(document.extra)}"]
    blocks += [(text_of or render_bookmark)(bookmark) for bookmark in document.bookmarks]
    return "\n".join(blocks)


def render_bookmark(bookmark: Bookmark) -> str:
    """One ``[[bookmark]]`` and its tables."""
    known: dict[str, object] = {
        "corpus": bookmark.corpus,
        "id": bookmark.id,
        "kind": bookmark.kind,
        "added": bookmark.added,
        "note": bookmark.note or None,
        "tags": list(bookmark.tags) or None,
    }
    if bookmark.snapshot:
        snapshot = bookmark.snapshot
        known["snapshot"] = {
            "corpus_title": snapshot.corpus_title,
            "corpus_version": snapshot.corpus_version,
            "citation": snapshot.citation,
            **{name: getattr(snapshot, name) or None for name in _LABELS},
            "item": snapshot.item,
            **snapshot.extra,
        }
    # tomli-w writes a list of short tables as one inline array; beside a long one it writes them as [[bookmark]].
    text = _dumps({"bookmark": [_LONG, without_none({**known, **bookmark.extra})]}).removeprefix(_dumps_long())
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BookmarkError(
            f"the bookmark on {bookmark.id} holds U+{ord(text[error.start]):04X}, half of a character, which no file "
            "can hold",
            mend="leave it out (most often it is a byte that was not UTF-8)",
        ) from None
    return text


_LONG = {"x": "x" * 120}


def _dumps_long() -> str:
    return f'[[bookmark]]\nx = "{_LONG["x"]}"\n\n'


def _dumps(table: object) -> str:
    import tomli_w

    # A multi-line string would turn CR LF into LF: such text is written on one line, escaped.
    return tomli_w.dumps(table, multiline_strings=not _has_crlf(table))  # type: ignore[arg-type]


def _has_crlf(value: object) -> bool:
    if isinstance(value, str):
        return "\r\n" in value
    if isinstance(value, Mapping):
        return any(map(_has_crlf, value.values()))
    return isinstance(value, list | tuple) and any(map(_has_crlf, value))


def _decode(data: bytes, path: Path) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BookmarkError("the file is UTF-16, not UTF-8", path=path, mend="save it as UTF-8")
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        mend = f"the version before is in {path.name}.bak-1, if it is there"
        raise BookmarkError("the file is damaged: it holds NUL bytes", path=path, line=line, mend=mend)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BookmarkError("the file is not UTF-8", path=path, line=line, mend="save it as UTF-8") from None


def _toml(text: str, path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a TOMLDecodeError, or a number of more digits than Python takes
        if marks := re.search(r"^(?:<{7}|={7}|>{7})(?: |$)", text, re.MULTILINE):
            raise BookmarkError(
                "the file holds the marks of a merge that was not finished",
                path=path,
                line=line_at(text, marks.start()),
                mend="keep the lines you want and delete <<<<<<<, ======= and >>>>>>>",
            ) from None
        where = _WHERE.search(str(error))
        words = _WHERE.sub("", str(error)).strip()
        if isinstance(error, RecursionError):
            words = "it is nested too deep"
        line = None
        if where:
            line = int(where.group(1)) if where.group(1) else line_at(text, len(text.rstrip()))
        raise BookmarkError(
            f"the file is not TOML: {words[0].lower()}{words[1:]}", path=path, line=line, mend="mend that line"
        ) from None


def _bookmark(table: dict[str, Any]) -> Bookmark:
    snapshot = _snapshot(table["snapshot"]) if "snapshot" in table else None
    kind = table.get("kind", snapshot.item["kind"] if snapshot else None)
    if kind not in (None, "statement", "event"):
        raise WrongShape("kind", 'must be "statement" or "event"')
    tags = table.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise WrongShape("tags", 'must be a list of texts, such as ["to cite"]')
    return Bookmark(
        corpus=_id(table, "corpus"),
        id=_id(table, "id"),
        kind=kind,
        added=_moment(table["added"]) if "added" in table else None,
        note=_text(table.get("note", ""), "note"),
        tags=tidy_tags(tags),
        snapshot=snapshot,
        extra=_others(table, _PLAIN),
    )


def _snapshot(table: object) -> Snapshot:
    if not isinstance(table, dict):
        raise WrongShape("snapshot", "must be a table")

    def text(name: str) -> str:
        return _text(table.get(name, ""), f"snapshot.{name}")

    stances, topics, places = (_labels(table.get(name, {}), f"snapshot.{name}") for name in _LABELS)
    return Snapshot(
        item=restore_item(table.get("item"), "snapshot.item"),
        corpus_title=text("corpus_title"),
        corpus_version=text("corpus_version"),
        citation=text("citation"),
        stance_labels=stances,
        topic_labels=topics,
        place_names=places,
        extra=_others(table, _SNAPSHOT),
    )


def _id(table: dict[str, Any], key: str) -> str:
    if key not in table:
        raise WrongShape(key, "is missing: a bookmark needs `corpus` and `id`")
    if not _text(table[key], key).strip():
        raise WrongShape(key, "is empty")
    return str(table[key])


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise WrongShape(key, "must be text, in quotation marks")
    return value


def _labels(value: object, key: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise WrongShape(key, "must be a table")
    return {id: _text(label, f"{key}.{id}") for id, label in value.items()}


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        try:
            return in_utc(value)
        except OverflowError:
            raise WrongShape("added", "is out of the range of dates") from None
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    raise WrongShape("added", "must be a date or time, such as 2025-03-01 or 2025-03-01T10:00:00Z")


def _others(table: dict[str, Any], known: Iterable[str]) -> dict[str, object]:
    return {key: value for key, value in table.items() if key not in known}
