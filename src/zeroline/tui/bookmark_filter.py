"""Which bookmarks the words of a filter let through: every word somewhere in one, ``tag:`` in its tags."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zeroline.bookmarks.model import Bookmark
from zeroline.text.fold import fold

_TERM = re.compile(r"""(?P<tag>tag:|\#)?(?:["“](?P<phrase>[^"”]*)["”]?|(?P<word>\S+))""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sieve:
    """Words and beginnings of tags, folded: case and diacritics make no difference."""

    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.tags)

    def lets_through(self, bookmark: Bookmark, haystack: str) -> bool:
        """Whether a bookmark matches; ``haystack`` is what :func:`haystack` makes of it."""
        if not all(word in haystack for word in self.words):
            return False
        tags = [fold(tag) for tag in bookmark.tags]
        return all(any(tag.startswith(wanted) for tag in tags) for wanted in self.tags)


def sieve(text: str) -> Sieve:
    """What somebody typed: words, “phrases”, ``tag:lead``, ``tag:"to cite"``, ``#lead``."""
    words, tags = [], []
    for term in _TERM.finditer(text):
        wanted = " ".join(fold(term["word"] if term["phrase"] is None else term["phrase"]).split())
        if wanted and term["tag"]:
            tags.append(wanted)
        elif wanted and wanted != "tag:":  # somebody is about to type the tag
            words.append(wanted)
    return Sieve(tuple(words), tuple(tags))


def haystack(bookmark: Bookmark) -> str:
    """All the words of a bookmark, folded, one field a line."""
    fields = [bookmark.id, bookmark.corpus, bookmark.note, *bookmark.tags, *bookmark.collections]
    if snapshot := bookmark.snapshot:
        item = snapshot.item
        if item["kind"] == "statement":
            speaker = item["speaker"]
            fields += [speaker["name"], speaker["callsign"] or "", speaker["unit"] or ""]
            fields += [item["excerpt"], item["paraphrase"]]
        else:
            fields += [item["title"], item["description"], item["asserted_by_name"]]
        fields += [snapshot.corpus_title, item["source"]["title"], item["note"]]
        for labels in (snapshot.stance_labels, snapshot.topic_labels, snapshot.place_names):
            fields += labels.values()
    return "\n".join(fold(" ".join(field.split())) for field in fields)
