"""Every command of the bookmarks screen, defined once: keys, footer and help page come from here."""

from __future__ import annotations

from textual.binding import Binding

from zeroline.tui.commands import Command

SECTION = "In the bookmarks"

BOOKMARK_COMMANDS: tuple[Command, ...] = (
    Command("open", ("enter",), "open", "Open it in the explorer", SECTION, 1, built_in=True),
    Command("note", ("m",), "note", "Change its note and tags", SECTION, 2),
    Command("delete", ("d", "delete"), "delete", "Take the bookmark off; u brings it back", SECTION, 3),
    Command("undo", ("u",), "undo", "Undo the last change of a bookmark", SECTION, 4),
    Command("redo", ("U",), "redo", "Do it again", SECTION),
    Command("earlier", ("K", "ctrl+up"), "move up", "Move it up in your order", SECTION, 8),
    Command("later", ("J", "ctrl+down"), "move down", "Move it down in your order", SECTION, 7),
    Command("filter", ("slash",), "filter", "Only those with these words, as you type: lamp tag:lead", SECTION, 5),
    Command("export", ("e",), "export", "Write bookmarks to a file", SECTION, 6),
    Command("pane", ("tab",), "pane", "From the list to the whole bookmark, and back", SECTION, built_in=True),
    Command("theme", ("ctrl+t",), "theme", "Dark or light", SECTION),
    Command("back", ("escape",), "back", "Drop the filter, or back to the explorer", SECTION, 9),
    Command("leave", ("q", "B"), "leave", "Back to the explorer", SECTION),
    Command("help", ("question_mark", "f1"), "help", "The help page", SECTION, 99),
)


def bookmark_bindings() -> list[Binding]:
    """The bindings of the bookmarks screen."""
    return [
        Binding(",".join(c.keys), f"command('{c.id}')", c.label, show=False)
        for c in BOOKMARK_COMMANDS
        if not c.built_in
    ]


def bookmark_footer() -> list[Command]:
    """Its footer, the most wanted first and help last."""
    return sorted((c for c in BOOKMARK_COMMANDS if c.footer is not None), key=lambda c: c.footer or 0)
