"""The filter of the bookmarks screen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from zeroline.bookmarks.model import Bookmark, CorpusContext, bookmark_of
from zeroline.records import StatementRecord
from zeroline.tui.bookmark_filter import Sieve, haystack, sieve

ITEM: StatementRecord = {
    "kind": "statement",
    "id": "brum-9",
    "speaker": {"id": "brum", "name": "Oda Brûm", "callsign": "Lantern", "unit": "2nd Lamp Watch"},
    "attribution": "direct",
    "date": "2031",
    "date_of": "statement",
    "excerpt": "the lamp stays",
    "paraphrase": "She keeps  it lit.",
    "locator": None,
    "positions": [],
    "topics": ["light"],
    "places": ["rock"],
    "source": {
        "id": "s", "title": "Minutes", "title_supplied": False, "outlet": None, "author": None, "date": None,
        "credit": "", "url": None,
    },
    "note": "",
}  # fmt: skip
CONTEXT = CorpusContext("gulls", "Gull Harbour", "1", {}, {"light": "The light"}, {"rock": "Lamp Rock"})
SAVED = bookmark_of(ITEM, CONTEXT, datetime(2031, 1, 1, tzinfo=UTC), "Ask: who PAYS?", ["to cite", "Évidence"])


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "lamp", "LAMP stays", "brum", "brûm", "lantern watch", "pays?", "tag:to", "#to", "tag:evid", "TAG:to",
        'tag:"to cite"', "tag:“to cite”", '"keeps it lit"', "harbour", "tag:", "tag:to tag:evi lamp", "brum-9",
        '"lamp stays', "rock",
    ],
)  # fmt: skip
def test_lets_through(text):
    assert sieve(text).lets_through(SAVED, haystack(SAVED))


@pytest.mark.parametrize("text", ["ferry", "lamp ferry", "tag:cite", "tag:lamp", '"stays lamp"', "#to #lamp"])
def test_keeps_back(text):
    assert not sieve(text).lets_through(SAVED, haystack(SAVED))


def test_a_bookmark_written_by_hand_is_found_by_what_it_has():
    bare = Bookmark("gulls", "finch-1", note="Look up", tags=("x",))
    assert sieve("finch tag:x look").lets_through(bare, haystack(bare))
    assert not sieve("lamp").lets_through(bare, haystack(bare))


def test_nothing_wanted():
    assert not sieve(" \t tag: ")
    assert sieve("a")
    assert sieve("Ä tag:B") == Sieve(("a",), ("b",))
