"""Messages that cross threads: workers post them, handlers on the screen change what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from zeroline.tui.asks import Answer

if TYPE_CHECKING:
    from zeroline.tui.copies import Told
    from zeroline.tui.keeper import Kept


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
