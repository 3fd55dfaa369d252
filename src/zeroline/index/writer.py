"""Writing a tantivy index: a new folder, one thread, few large segments."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

import tantivy

from zeroline.index import schema

HEAP = 250_000_000
"""Bytes that tantivy gathers before it writes a segment: few segments are quicker to write and to search."""

SMALL_HEAP = 32_000_000
"""Enough for what holds no more than a few thousand documents."""


class Writer:
    """A tantivy writer on a new folder. Its single thread fills few large segments, in the order they are given."""

    def __init__(self, folder: Path, made: tantivy.Schema, heap: int = HEAP) -> None:
        folder.mkdir()
        self._writer = schema.register(tantivy.Index(made, str(folder))).writer(heap, 1)
        self.add = self._writer.add_document
        self.add_json = self._writer.add_json

    def add_row(self, kind: str, id: str, words: Mapping[str, str], ordinal: int, record: bytes = b"") -> None:
        """A row of the tables index. ``words`` are those that lines leave to it, folded, by field."""
        doc = tantivy.Document()
        doc.add_text("kind", " ".join([kind, *(schema.code("has", field) for field in words)]))
        doc.add_text("id", f"{schema.code('exactly', id)} {schema.code('id', id)}")
        for field, text in words.items():
            doc.add_text(field, text)
        doc.add_unsigned("ordinal", ordinal)
        doc.add_bytes("record", record)
        self.add(doc)

    def close(self) -> None:
        """Write the rest and wait until all is on disk."""
        self._writer.commit()
        self._writer.wait_merging_threads()

    def abandon(self) -> None:
        """Write no more, and wait until nobody does: only then can the folder be deleted."""
        with contextlib.suppress(ValueError, RuntimeError, OSError):  # closed already, or its disk is full
            self._writer.rollback()
            self._writer.wait_merging_threads()
