"""Every command of the explorer, defined once: its keys, its place in the footer, the palette, the help page and the
README's table all come from here."""

from __future__ import annotations

from typing import Literal, NamedTuple

from textual.binding import Binding

Place = Literal["any", "speakers", "timeline", "statement"]

SHOWN_KEYS = {
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "Esc",
    "backspace": "Backspace",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "enter": "Enter",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "f1": "F1",
    "space": "Space",
    "delete": "Del",
}


class Command(NamedTuple):
    """Something the explorer does.

    ``keys`` are Textual key names; ``label`` is the one or two words of the footer; ``help`` a sentence. ``built_in``
    commands belong to a list or to Textual: they are described here and bound there. ``footer`` orders the footer,
    None leaves a command out of it; ``places`` are the panes in whose footer it stands.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    section: str
    footer: int | None = None
    places: tuple[Place, ...] = ("any",)
    built_in: bool = False
    palette: bool = True

    @property
    def shown_key(self) -> str:
        """The first key as people write it."""
        return shown_key(self.keys[0])

    @property
    def shown_keys(self) -> str:
        """All keys as people write them."""
        return ", ".join(shown_key(k) for k in self.keys)


def shown_key(key: str) -> str:
    """A Textual key name as people write it: “ctrl+r” becomes “^r”."""
    if key in SHOWN_KEYS:
        return SHOWN_KEYS[key]
    return key.replace("ctrl+", "^")


MOVE, FIND, KEEP, SEE = "Moving", "Finding", "Keeping", "Seeing"

COMMANDS: tuple[Command, ...] = (
    Command("next_pane", ("tab",), "pane", "Go to the next pane", MOVE, 3),
    Command("previous_pane", ("shift+tab",), "back", "Go to the pane before", MOVE),
    Command("down", ("j", "down"), "down", "Down one", MOVE, built_in=True, palette=False),
    Command("up", ("k", "up"), "up", "Up one", MOVE, built_in=True, palette=False),
    Command("page_down", ("pagedown",), "page down", "Down a page", MOVE, built_in=True, palette=False),
    Command("page_up", ("pageup",), "page up", "Up a page", MOVE, built_in=True, palette=False),
    Command("first", ("g", "home"), "first", "To the first", MOVE, built_in=True, palette=False),
    Command("last", ("G", "end"), "last", "To the last", MOVE, built_in=True, palette=False),
    Command(
        "choose",
        ("enter",),
        "only them",
        "On a speaker: show only what they said, or everybody again; in the timeline: go to the statement; "
        "in the statement: follow the link",
        MOVE,
        2,
        ("speakers",),
        built_in=True,
        palette=False,
    ),
    Command("return", ("backspace",), "return", "Back to what was shown before a link was followed", MOVE),
    Command("search", ("slash",), "search", "Search as you type; Enter goes to the hits, Esc leaves", FIND, 1),
    Command("next", ("n",), "next", "Next statement or event, from any pane: the next hit of a search", FIND, 10),
    Command("previous", ("N",), "previous", "The one before", FIND),
    Command("clear", ("0",), "clear", "Drop every filter", FIND, 12),
    Command("back", ("escape",), "undo filter", "Undo the last filter", FIND),
    Command("force", ("f",), "force", "Only without a condition; only conditional or hypothetical; all", FIND, 11),
    Command("marked", ("x",), "bookmarked", "Only what is bookmarked, or all again", FIND),
    Command("kinds", ("v",), "kinds", "Only statements; only events; both", FIND),
    Command("since", ("left_square_bracket",), "from here", "From the date under the cursor on", FIND),
    Command("until", ("right_square_bracket",), "to here", "Up to the date under the cursor", FIND),
    Command("order", ("r",), "order", "By time, or the best match of the search first", FIND),
    Command("bookmark", ("b",), "bookmark", "Bookmark this statement or event, or take the bookmark off", KEEP, 5),
    Command("note", ("m",), "note", "Write a note, in Markdown, and tags (bookmarks it)", KEEP, 6),
    Command(
        "bookmarks", ("B",), "bookmarks", "All bookmarks: open, note, tag, collect, order, filter, delete", KEEP, 8
    ),
    Command("copy", ("y",), "cite", "Copy as a citation, through the terminal (OSC 52)", KEEP, 9),
    Command("style", ("Y",), "style", "Copy it in the next style: Chicago, APA, MLA, plain again", KEEP),
    Command(
        "attach",
        ("A",),
        "attach",
        "Attach your copy of a source, a file, a web address or pasted text: every passage is found in it and checked",
        KEEP,
    ),
    Command("detach", ("D",), "detach", "Forget your copy of the source, when you have said yes", KEEP),
    Command("export", ("e",), "export", "Write bookmarks to a file", KEEP, 7),
    Command("undo", ("u",), "undo", "Undo the last change of a bookmark", KEEP),
    Command("redo", ("U",), "redo", "Do it again", KEEP),
    Command(
        "read", ("o",), "source", "Read the source around the statement; without a copy of it, its skeleton", SEE, 7
    ),
    Command(
        "difference", ("d",), "difference", "How a passage that is only proposed differs; accept or refuse it", SEE
    ),
    Command("compare", ("c",), "compare", "Put a speaker aside; on another one, see both side by side", SEE),
    Command("theme", ("ctrl+t",), "theme", "Dark or light", SEE),
    Command("reload", ("ctrl+r",), "reload", "Compile the corpus anew", SEE),
    Command("palette", ("ctrl+p",), "palette", "Find any command, topic, place or speaker by name", SEE, built_in=True),
    Command("quit", ("q", "ctrl+q"), "quit", "Quit", SEE, 4),
    Command("help", ("question_mark", "f1"), "help", "This page", SEE, 99),
)


OPENING = frozenset({"search", "note", "bookmarks", "export", "attach", "read"})
"""Commands after which one types: they are done before the next key is looked at, however soon it comes."""


ON_ITEM = frozenset(
    (
        "choose",
        "bookmark",
        "note",
        "copy",
        "style",
        "read",
        "difference",
        "compare",
        "since",
        "until",
        "attach",
        "return",
    )
)
"""Commands on what is shown: where that is still to come they wait for it."""

ON_ROWS = frozenset(["down", "up", "page_down", "page_up", "first", "last", "next", "previous"])
"""Commands on the rows: they wait for those of the filter that was changed before."""

_COMMAND_OF_KEY = {key: command.id for command in COMMANDS for key in command.keys}


def waits_for(key: str) -> Literal["", "rows", "item"]:
    """What must be there before a key is used."""
    command = _COMMAND_OF_KEY.get(key)
    return "item" if command in ON_ITEM else "rows" if command in ON_ROWS else ""


def bindings() -> list[Binding]:
    """The explorer's bindings: every command that is not bound elsewhere."""
    return [
        Binding(
            ",".join(c.keys),
            f"command('{c.id}')",
            c.label,
            show=False,
            id=c.id,
            priority=c.id.endswith("_pane") or c.id in OPENING,
        )
        for c in COMMANDS
        if not c.built_in
    ]


def footer(place: Place) -> list[Command]:
    """The footer's commands where the focus is in ``place``, the most wanted first and help last."""
    wanted = [c for c in COMMANDS if c.footer is not None and ("any" in c.places or place in c.places)]
    return sorted(wanted, key=lambda c: c.footer or 0)


def clashes() -> list[str]:
    """Keys that two commands claim, and ids that stand twice: both must be none (Textual ignores them silently)."""
    keys: dict[str, str] = {}
    found = []
    for command in COMMANDS:
        for key in command.keys:
            if key in keys:
                found.append(f"{key}: {keys[key]} and {command.id}")
            keys[key] = command.id
    ids = [c.id for c in COMMANDS]
    return found + [f"{id} stands twice" for id in set(ids) if ids.count(id) > 1]
