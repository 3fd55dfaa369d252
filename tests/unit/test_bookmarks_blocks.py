"""A file read block by block and written in copies of what it was, by two stores and by hand, at random: never anything
but what reading it whole gives, and every acknowledged change in it."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from zeroline.bookmarks import blocks, codec, collection_edits, edits
from zeroline.bookmarks.model import CorpusContext
from zeroline.bookmarks.store import BookmarkStore

RUNS = int(os.environ.get("ZEROLINE_TEST_BLOCKS", "6"))
CONTEXT = CorpusContext("gulls", "Gull Harbour", "1.2", {"keep": "Keep"}, {"money": "Money"}, {})
NOTES = (
    "plain", "", 'two\nlines\n[[bookmark]]\ncorpus = "x"\nid = "y"\n', "\n[bookmark.snapshot]\n", "'''", '"""', "# end",
    "\n# end\n", "tab\there", "“quoted” ␀ é \U0001f54a", "cr\r\nlf", "\\", "[[bookmark]]",
)  # fmt: skip


def statement(n: int):
    return {
        "kind": "statement", "id": f"s-{n}", "attribution": "direct", "date": None, "date_of": None,
        "speaker": {"id": "b", "name": "Ada", "callsign": None, "unit": None}, "excerpt": "keep it",
        "paraphrase": NOTES[n % len(NOTES)], "locator": {"paragraph": 1, "start": 1, "end": 2, "sha256": "0" * 64},
        "positions": [{
            "stance": "keep", "force": "conditional", "condition": "the ferry pays", "otherwise": None,
            "certainty": "low", "basis": "stated", "rationale": "so",
        }],
        "topics": ["money"], "places": [], "note": "",
        "source": {
            "id": "g", "title": "After", "title_supplied": True, "outlet": None, "author": None, "date": None,
            "credit": "", "url": None,
        },
    }  # fmt: skip


def by_hand(rng: random.Random, path: Path) -> None:
    """What people and editors do to a file without asking."""
    text = path.read_bytes().decode()
    match rng.randrange(6):
        case 0:
            text = text.replace("\n\n[[bookmark]]\ncorpus", "\n\n# a comment\n\n[[bookmark]]\ncorpus", 1)
        case 1:
            text = text.replace("\r\n", "\n").replace("\n", "\r\n")
        case 2:
            text = "\ufeff" + text.removeprefix("\ufeff")
        case 3:
            at = rng.randrange(10**6)
            text = (
                text.removesuffix("# end\n") + f'[[bookmark]]\ncorpus = "hand"\nid = "h-{at}"\nmine.x = {at}\n\n# end\n'
            )
        case 4:
            text = text.replace("[[bookmark]]\ncorpus", "  [[ bookmark ]]\ncorpus", 1)
        case 5:
            text = text.replace('id = "s-1"\n', 'id = "s-1"   # mine\n', 1)
    path.write_bytes(text.encode())


def change(rng: random.Random, store: BookmarkStore) -> None:
    keys = [one.key for one in store.load()]
    some = rng.sample(keys, min(len(keys), 3))
    match rng.randrange(9):
        case 0 | 1 | 2:
            store.add(statement(rng.randrange(12)), CONTEXT, note=rng.choice(NOTES))  # type: ignore[arg-type]
        case 3:
            store.apply(edits.tag(some, [rng.choice("abc")], [rng.choice("abc")]))
        case 4:
            store.apply(edits.remove(some[:1]))
        case 5:
            store.apply(collection_edits.collect("Chapter", some))
        case 6 if some:
            store.move(*some[0], rng.randrange(5))
        case 7 if some:
            store.edit(*some[0], note=rng.choice(NOTES))
        case 8:
            rng.choice([store.undo, store.redo])()


@pytest.mark.parametrize("seed", range(RUNS))
def test_what_is_copied_is_what_stands_there(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "LONG", 0)
    rng, path = random.Random(seed), tmp_path / "bookmarks.toml"
    stores = [BookmarkStore(path), BookmarkStore(path)]
    quick = 0
    for _ in range(40):
        store = rng.choice(stores)
        change(rng, store)
        if not path.exists():
            continue
        data = path.read_bytes()
        whole = codec._document(codec.decode(data, path), path)
        assert store.document() == whole
        assert store._read is not None
        found = store._read[1].found
        for one in whole.bookmarks:  # each block is the bookmark that it is said to be
            here = next(own for own in store.load() if own.key == one.key)
            block = found.get(id(here))
            if block is None:  # its heading is written otherwise
                continue
            apart = codec._document(data[block.start : block.end].decode(), path)
            assert apart.bookmarks == (one,)
        quick += blocks.read(data, {}) is not None
        if rng.random() < 0.4:
            by_hand(rng, path)
            data = path.read_bytes()
            whole = codec._document(codec.decode(data, path), path)
            assert rng.choice(stores).document() == whole
    assert quick > 10, "the quick way was taken"
