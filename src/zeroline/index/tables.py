"""Speakers and sources of an index, by id or in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

import tantivy

from zeroline.index import schema
from zeroline.index.json_reading import read_json
from zeroline.index.table_words import Tabled
from zeroline.records import SourceRecord, SpeakerRecord, SpeakerRef

KEPT = 4_096
"""How many sources, speakers and names of speakers are kept at hand."""

REFERRED = 20_000
"""Of so many speakers it is kept at hand how rows name them: some hundred bytes each."""


def short_name(speaker: SpeakerRecord | SpeakerRef) -> str:
    """How a list calls somebody: by callsign, else by the whole name."""
    return speaker["callsign"] or speaker["name"]


def record_of(doc: Any) -> Any:
    """What is stored with a document."""
    return read_json(bytes(doc.get_first("record")))


def _reference_to(speaker: SpeakerRecord) -> SpeakerRef:
    return {"id": speaker["id"], "name": speaker["name"], "callsign": speaker["callsign"], "unit": speaker["unit"]}


class Tables:
    """The tables of one index, open for reading. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open the tables in ``folder``. Raises ValueError where they are not whole."""
        self._index = schema.register(tantivy.Index.open(str(folder)))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        # lru_cache has a lock of its own, unlike a dictionary that one fills oneself.
        self.speaker_name = lru_cache(KEPT)(self._speaker_name)
        self.known_source = lru_cache(KEPT)(self._known_source)
        self._referred: dict[str, SpeakerRef] = {}
        self._heard: dict[int, SpeakerRecord] = {}

    def words(self, ids: Mapping[str, Sequence[str]]) -> Tabled:
        """The words that items leave to these tables; ``ids`` are those of all topics and places."""
        return Tabled(self._index, self._searcher, schema.words_analyzer(), ids)

    def speaker(self, id: str) -> SpeakerRecord | None:
        """A speaker by id."""
        return cast("SpeakerRecord | None", self._row("speaker", id))

    def source(self, id: str) -> SourceRecord | None:
        """A source by id."""
        return cast("SourceRecord | None", self._row("source", id))

    def speakers(self, offset: int, limit: int) -> list[SpeakerRecord]:
        """Speakers in the order of the list, from ordinal ``offset`` on."""
        return [cast(SpeakerRecord, r) for r in self._rows("speaker", offset, limit)]

    def speakers_of(self, ordinals: Sequence[int]) -> list[SpeakerRecord]:
        """Speakers by their ordinals, in that order."""
        heard, new = self._heard, {}
        missing = [ordinal for ordinal in ordinals if ordinal not in heard]
        if missing:
            wanted = tantivy.Query.term_set_query(self._schema, "ordinal", missing)
            found = self._searcher.search(self._and(self._code("kind", "speaker"), wanted), len(missing))
            rows = [cast(SpeakerRecord, record_of(self._searcher.doc(address))) for _, address in found.hits]
            new = {row["ordinal"]: row for row in rows}
            # Another dictionary: what another thread holds stays as it is.
            self._heard = {**(heard if len(heard) + len(new) <= KEPT else {}), **new}
        return [row for ordinal in ordinals if (row := new.get(ordinal) or heard.get(ordinal))]

    def sources(self, offset: int, limit: int) -> list[SourceRecord]:
        """Sources in the corpus's order, from ordinal ``offset`` on."""
        return [cast(SourceRecord, r) for r in self._rows("source", offset, limit)]

    @cached_property
    def only_source(self) -> SourceRecord | None:
        """The source of a corpus that has just one."""
        some = self.sources(0, 2)
        return some[0] if len(some) == 1 else None

    def reference(self, id: str) -> SpeakerRef:
        """How rows name a speaker. Raises ValueError where there is none of that id."""
        known = self._referred.get(id)
        if known is None:
            found = self.speaker(id)
            if found is None:
                raise ValueError(f"the index has no speaker {id!r}")
            if len(self._referred) >= REFERRED:
                self._referred = {}  # what another thread is at stays as it is
            known = self._referred[id] = _reference_to(found)
        return known

    def know(self, offset: int, limit: int) -> bool:
        """Keep at hand how rows name the speakers from ordinal ``offset`` on; whether there are more worth keeping."""
        found = self.speakers(offset, min(limit, REFERRED - offset))
        self._referred.update({speaker["id"]: _reference_to(speaker) for speaker in found})
        return len(found) == limit

    def _speaker_name(self, id: str) -> str:
        record = self.speaker(id)
        return short_name(record) if record else id

    def _known_source(self, id: str) -> SourceRecord:
        found = self.source(id)
        if found is None:
            raise ValueError(f"the index has no source {id!r}")
        return found

    def _row(self, kind: str, id: str) -> object | None:
        """A row by its very id; else one whose id differs only in capitals and white space."""
        for code in "exactly", "id":
            query = self._and(self._code("kind", kind), self._code("id", schema.code(code, id)))
            if hits := self._searcher.search(query, 1).hits:
                row: object = record_of(self._searcher.doc(hits[0][1]))
                return row
        return None

    def _rows(self, kind: str, offset: int, limit: int) -> list[object]:
        offset, limit = max(offset, 0), min(limit, self._searcher.num_docs)
        if limit < 1 or offset > self._searcher.num_docs:
            return []
        ordinals = tantivy.Query.range_query(
            self._schema, "ordinal", tantivy.FieldType.Unsigned, offset, offset + limit - 1
        )
        query = self._and(self._code("kind", kind), ordinals)
        found = self._searcher.search(query, limit, order_by_field="ordinal", order=tantivy.Order.Asc)
        return [record_of(self._searcher.doc(address)) for _, address in found.hits]

    def _code(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, "basic")

    def _and(self, *queries: tantivy.Query) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, q) for q in queries])
