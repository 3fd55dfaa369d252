"""What can go wrong with bookmarks, said for people."""

from __future__ import annotations

from pathlib import Path


class BookmarkError(Exception):
    """A bookmark file that cannot be read or written; it is left as it was.

    ``str`` gives one line: file, line, key, what is wrong, and how to mend it, as far as each is known.
    """

    def __init__(
        self, problem: str, *, path: Path | None = None, line: int | None = None, key: str | None = None, mend: str = ""
    ) -> None:
        self.problem, self.path, self.line, self.key, self.mend = problem, path, line, key, mend
        place = str(path) if path else ""
        if path and line:
            place += f":{line}"
        words = ": ".join(part for part in (place, f"`{key}`" if key else "", problem) if part)
        super().__init__(f"{words}; {mend}" if mend else words)


class NoSuchBookmark(BookmarkError):
    """There is no bookmark on that statement or event (any more)."""

    def __init__(self, corpus: str, id: str, path: Path | None = None) -> None:
        self.corpus, self.id = corpus, id
        super().__init__(f"there is no bookmark on {id} (corpus {corpus})", path=path)
