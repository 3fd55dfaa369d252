"""Every command of the reader screen, defined once: keys, footer and help page come from here."""

from __future__ import annotations

from textual.binding import Binding

from zeroline.tui.commands import Command

SECTION = "Reading a source"

READER_COMMANDS: tuple[Command, ...] = (
    Command("next", ("n",), "next", "Next statement, of those the filter lets through", SECTION, 1),
    Command("previous", ("p", "N"), "previous", "The one before", SECTION, 2),
    Command("back", ("escape", "enter", "q"), "explorer", "Back to the explorer, on this statement", SECTION, 3),
    Command(
        "select",
        ("v",),
        "select",
        "Select, beginning with the whole statement: arrows, w and b move its end, o turns to the other end; "
        "Shift+arrows and the mouse select too; Esc drops it",
        SECTION,
        4,
    ),
    Command(
        "copy",
        ("y",),
        "cite",
        "Copy what is selected, or the statement, with its citation, through the terminal (OSC 52)",
        SECTION,
        5,
    ),
    Command("find", ("slash",), "find", "Find words in the text; Enter goes to the next, Esc leaves", SECTION, 6),
    Command("style", ("Y",), "style", "Copy it in the next style: Chicago, APA, MLA, plain again", SECTION),
    Command("attach", ("A",), "attach", "Attach your copy of this source", SECTION, 7),
    Command("detach", ("D",), "detach", "Forget your copy of this source, when you have said yes", SECTION),
    Command(
        "lost", ("x",), "not found", "To the statements that were not found in this copy; they stand last", SECTION
    ),
    Command("sources", ("s",), "sources", "Read another source of the corpus", SECTION, 8),
    Command("difference", ("d",), "difference", "How a passage that is only proposed differs", SECTION, 9),
    Command("bookmark", ("b",), "bookmark", "Bookmark this statement, or take the bookmark off", SECTION, 10),
    Command("turn", ("o",), "turn", "Back to the explorer; while selecting: move the other end", SECTION),
    Command("force", ("f",), "force", "Only without a condition; only conditional or hypothetical; all", SECTION),
    Command("clear", ("0",), "clear", "Drop every filter", SECTION),
    Command("pane", ("tab",), "pane", "From the text to the statement beside it, and back", SECTION, built_in=True),
    Command("theme", ("ctrl+t",), "theme", "Dark or light", SECTION),
    Command("help", ("question_mark", "f1"), "help", "The help page", SECTION, 99),
)


FINDING_COMMANDS: tuple[Command, ...] = (
    Command("find_again", ("enter",), "next found", "The next place with these words", SECTION, 1),
    Command("back", ("escape",), "text", "Back to the text", SECTION, 2),
)
"""What the keys at the foot say while words to find are typed."""

OPENING = frozenset({"find", "attach"})
"""Commands after which one types: they are done before the next key is looked at, however soon it comes."""


def reader_bindings() -> list[Binding]:
    """The bindings of the reader screen."""
    return [
        Binding(",".join(c.keys), f"command('{c.id}')", c.label, show=False, priority=c.id in OPENING)
        for c in READER_COMMANDS
        if not c.built_in
    ]


def reader_footer() -> list[Command]:
    """Its footer, the most wanted first and help last."""
    return sorted((c for c in READER_COMMANDS if c.footer is not None), key=lambda c: c.footer or 0)
