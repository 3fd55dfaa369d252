"""Messages that cross threads: workers post them, handlers on the screen change what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from zeroline.tui.requests import Answer

if TYPE_CHECKING:
    from zeroline.tui.bookmark_worker import Kept
    from zeroline.tui.copies_worker import Told


class Answered(Message):
    """The engine answered."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class BookmarksChanged(Message):
    """The keeper did something, or could not."""

    def __init__(self, kept: Kept) -> None:
        super().__init__()
        self.kept = kept


class CopiesChanged(Message):
    """Something became of the reader's copies, or could not."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told
