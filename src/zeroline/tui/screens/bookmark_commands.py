"""Every command of the bookmarks screen, defined once: keys, footer and help page come from here."""

from __future__ import annotations

from textual.binding import Binding

from zeroline.tui.commands import Command

SECTION = "In the bookmarks"

BOOKMARK_COMMANDS: tuple[Command, ...] = (
    Command("open", ("enter",), "open", "Open it in the explorer", SECTION, 1, built_in=True),
    Command("note", ("m",), "note", "Change its note (Markdown) and tags", SECTION, 2),
    Command("select", ("space",), "select", "Select it, or no longer, and go to the next", SECTION, 3),
    Command("select_all", ("a",), "all", "Select all that show, or none", SECTION),
    Command("tag", ("t",), "tag", "Give what is selected tags, or take them off; else the one you are on", SECTION, 4),
    Command(
        "collect", ("c",), "collect", "Into collections, or out of them: what is selected, else this one", SECTION, 5
    ),
    Command(
        "collections", ("C",), "collections", "Show a collection; make, rename, describe or dissolve one", SECTION, 6
    ),
    Command("order", ("s",), "order", "By speaker, stance, topic, date, day of saving, or in your order", SECTION, 9),
    Command("order_back", ("S",), "order back", "The order before", SECTION),
    Command(
        "delete", ("d", "delete"), "delete", "Take the bookmark off, or all selected; u brings it back", SECTION, 10
    ),
    Command("take_out", ("x",), "take out", "Out of the collection that shows; it stays bookmarked", SECTION),
    Command("undo", ("u",), "undo", "Undo the last change of a bookmark or collection", SECTION, 11),
    Command("redo", ("U",), "redo", "Do it again", SECTION),
    Command(
        "earlier", ("K", "ctrl+up"), "move up", "Move it up in your order, or in that of the collection", SECTION, 15
    ),
    Command("later", ("J", "ctrl+down"), "move down", "Move it down", SECTION, 14),
    Command("filter", ("slash",), "filter", "Only those with these words, as you type: lamp tag:lead", SECTION, 7),
    Command("export", ("e",), "export", "Write bookmarks to a file", SECTION, 8),
    Command("copy", ("y",), "copy", "Copy its citation, or those of all selected, through the terminal", SECTION, 13),
    Command("style", ("Y",), "style", "Copy in the next style: Chicago, APA, MLA, plain again", SECTION),
    Command("versions", ("v",), "versions", "Versions of before: what one would bring back, and doing it", SECTION, 16),
    Command("pane", ("tab",), "pane", "From the list to the whole bookmark, and back", SECTION, built_in=True),
    Command("theme", ("ctrl+t",), "theme", "Dark or light", SECTION),
    Command(
        "back", ("escape",), "back", "Drop selection, filter, collection, in turn; then to the explorer", SECTION, 12
    ),
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
