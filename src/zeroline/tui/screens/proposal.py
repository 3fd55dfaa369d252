"""The dialog on a passage that is only proposed: how it differs from what was coded, to accept or refuse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from zeroline.sources.errors import SourceError
from zeroline.sources.model import Anchored, Proposal
from zeroline.text.dates import in_words
from zeroline.tui.commands import Command
from zeroline.tui.copies_worker import Copies, Told
from zeroline.tui.detail_parts import Part, blank
from zeroline.tui.difference_words import difference, legend
from zeroline.tui.drawing import safe_text
from zeroline.tui.messages import CopiesChanged
from zeroline.tui.passages import copy_name
from zeroline.tui.theme import Look, look_for
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.detail import Detail
from zeroline.tui.widgets.fields import DialogKeys

if TYPE_CHECKING:
    from zeroline.sources.attached import Attached

SECTION = "A proposed passage"

PROPOSAL_COMMANDS: tuple[Command, ...] = (
    Command("accept", ("a",), "accept", "It is the passage: quote it as such", SECTION, 1),
    Command("refuse", ("r",), "refuse", "It is not the passage", SECTION, 2),
    Command("undecide", ("u",), "undo", "Take the decision back", SECTION, 3),
    Command("close", ("escape", "q", "d"), "close", "Leave it as it is", SECTION, 4),
)


class ProposalDialog(ModalScreen[None]):
    """Shows the difference; a decision is kept with the reader's name and the time."""

    DEFAULT_CSS = """
    ProposalDialog { align: center middle; background: $background 60%; }
    #proposal-box {
        width: 92%; max-width: 96; height: 85%; max-height: 34; background: $surface;
    }
    #proposal {
        height: 1fr; border: round $primary; background: $background; padding: 0 1;
        border-title-color: $primary; border-title-style: bold;
        scrollbar-color: $secondary 60%; scrollbar-background: $background;
    }
    #proposal-keys { padding: 0 1; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(c.keys), f"command('{c.id}')", c.label, show=False) for c in PROPOSAL_COMMANDS
    ]

    def __init__(self, copies: Copies, statement: str) -> None:
        super().__init__()
        self._copies, self._statement = copies, statement

    def compose(self) -> ComposeResult:
        """The difference, and the keys."""
        with Vertical(id="proposal-box"):
            yield Detail(id="proposal")
            yield DialogKeys(id="proposal-keys")

    def on_mount(self) -> None:
        """Show it; listen to what becomes of it."""
        self._copies.listen(self._told)
        self.query_one(KeyBar).show(PROPOSAL_COMMANDS)
        self._show()
        self.query_one(Detail).focus()

    def on_unmount(self) -> None:
        """Nobody is told any more."""
        self._copies.leave(self._told)

    def _told(self, told: Told) -> None:
        self.post_message(CopiesChanged(told))

    def on_copies_changed(self, message: CopiesChanged) -> None:
        """A decision is kept, or could not be."""
        if message.told.progress is None:
            self._show(message.told.error)

    # --- what is shown -------------------------------------------------------------------------------------------

    def _show(self, error: str = "") -> None:
        pane, attached = self.query_one(Detail), self._copies.attached
        look = look_for(self.app.current_theme.dark)
        pane.frame_title = "Is this the passage?"
        if attached is None:
            pane.show([Part(safe_text(error or "The copies are no longer open.", look.error))])
            return
        try:
            parts = tuple(self._parts(attached, look))
        except SourceError as problem:
            parts = (Part(safe_text(str(problem), look.error)),)
        head = (Part(safe_text(error, look.error)), blank()) if error else ()
        pane.show((*head, *parts), keep_place=True)

    def _parts(self, attached: Attached, look: Look) -> Iterator[Part]:
        it, said, view = attached.of(self._statement), attached.said(self._statement), attached.view_of(self._statement)
        proposal = it.proposal
        text = attached.text(view.id) if view is not None else None
        if proposal is None or said is None or view is None or text is None:
            yield Part(Text("Nothing is proposed for this statement any more.", look.text))
            return
        yield Part(safe_text(said.speaker, look.strong))
        if said.excerpt:
            yield Part(safe_text(f"The corpus quotes: “{said.excerpt}”", look.dim))
        yield blank()
        yield from _decision(it, look)
        where = copy_name(view.copy) if view.copy else "the copy"
        place = f", ¶{it.paragraph}" if it.paragraph else ""
        yield Part(safe_text(f"Found in {where}{place}:", look.dim))
        yield blank()
        yield Part(difference(text.text, it, look), indent=2)
        yield blank()
        yield from (Part(words) for words in legend(proposal, look))
        yield blank()
        yield Part(safe_text(_measure(it, proposal), look.dim))

    # --- commands ------------------------------------------------------------------------------------------------

    @on(KeyBar.Pressed)
    def _key_pressed(self, message: KeyBar.Pressed) -> None:
        self.action_command(message.command)

    def action_command(self, id: str) -> None:
        """Accept, refuse, take back, or close."""
        match id:
            case "accept":
                self._copies.decide(self._statement, "accepted")
            case "refuse":
                self._copies.decide(self._statement, "refused")
            case "undecide":
                self._copies.decide(self._statement, None)
            case "close":
                self.dismiss(None)


def _decision(it: Anchored, look: Look) -> Iterator[Part]:
    decision = it.proposal.decision if it.proposal else None
    if decision is None:
        return
    sign, style = ("✓", look.ok) if decision.verdict == "accepted" else ("✗", look.error)
    words = f"{decision.verdict} by {decision.by} on {in_words(decision.at[:10])}; u takes it back"
    yield Part(safe_text(words, style), lead=Text(f"{sign} ", style))
    yield blank()


def _measure(it: Anchored, proposal: Proposal) -> str:
    why = it.why or f"{100 * proposal.similarity:.0f}% alike"
    return f"{why[:1].upper()}{why[1:]}; {proposal.ahead}."
