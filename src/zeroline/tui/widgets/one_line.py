"""What is pasted into a field of one line: all of it, whatever lines it comes in."""

from __future__ import annotations

import re
from typing import ClassVar

from textual import events
from textual.widgets import Input

_ENDS = re.compile(r"[\r\n]+")


class OneLine(Input):
    """A line to type in. Textual takes the first line of what is pasted, without a word; here the rest comes too."""

    joint: ClassVar[str] = " "
    """What stands in a paste where a line ended."""

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines as one; a terminal sends their ends as it likes. What is one line stays as it is."""
        lines = _ENDS.split(event.text)
        if len(lines) > 1:
            lines = [bare for line in lines if (bare := line.strip(f"{self.joint} \t"))]
        self.replace(self.joint.join(lines), *self.selection)
        event.prevent_default()
        event.stop()
