"""Several tantivy indexes made into one: their segments put side by side.

A segment is a few files named after a random id that nothing else has; ``meta.json`` says which segments an index has.
So indexes of one schema become one by moving files and writing one list: nothing is read or merged. tantivy itself does
the same within a writer of several threads, but offers Python no way to do it between processes.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

META, MANAGED = "meta.json", ".managed.json"


def join(index: Path, parts: list[Path]) -> None:
    """Move the segments of ``parts`` into ``index``; no writer may be open on any. The folders of parts go.

    Raises OSError, and ValueError for parts that are not of one kind with the index.
    """
    meta = json.loads((index / META).read_text(encoding="utf-8"))
    for part in parts:
        more = json.loads((part / META).read_text(encoding="utf-8"))
        if any(more[key] != meta[key] for key in ("schema", "index_settings")):
            raise ValueError(f"{part.name} is no part of this index")
        for file in part.iterdir():
            if file.name == META or file.name.startswith("."):
                file.unlink()
            else:
                file.rename(index / file.name)
        part.rmdir()
        meta["segments"] += more["segments"]
        meta["opstamp"] = max(meta["opstamp"], more["opstamp"])
    # What tantivy counts as its own, to be deleted once no segment needs it.
    own = [META, *(f.name for f in index.iterdir() if not f.name.startswith(".") and f.name != META)]
    _replace(index / MANAGED, json.dumps(own))
    _replace(index / META, json.dumps(meta, indent=2))


def _replace(file: Path, text: str) -> None:
    fresh = file.with_name(f".{file.name}.tmp")
    with fresh.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
