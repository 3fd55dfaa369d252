"""The reader screen: the source's text with its statements, its skeleton, attaching, deciding, selecting, copying."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from textual.events import Paste
from textual.geometry import Region

from zeroline.sources import attached, store
from zeroline.tui.text_layout import Layout, columns_of

MINUTES = """[Minutes of the mill bridge meeting]

The parish met by the [@click=app.quit]mill[/] on a wet evening, and the clerk \u001b[31mread\u202e the letter.

“If the county pays for the stone, mend the old bridge,” said Ada Millward, “and mend it before the frost.”

Bo Carter would not hear of it. “Close it, and let the carts go round by the ford,” he said.

Nobody else spoke.
"""
ADA = "If the county pays for the stone, mend the old bridge"
BO = "Close it, and let the carts go round by the ford"

CORPUS = """
[corpus]
id = "bridge"
title = "The mill bridge"
version = "1.0"

[[stance]]
id = "mend"
label = "mend"
key = 1
shape = "up"
colour = "sky"

[[stance]]
id = "close"
label = "close"
key = 2
shape = "down"
colour = "purple"

[[source]]
id = "minutes"
title = "Minutes of the meeting"
date = "2031-04"
sha256 = "{sha}"
characters = {characters}
paragraphs = 5
section = [{{ id = "close", heading = "The end of it", paragraph = 5 }}]

[[speaker]]
id = "ada"
name = "Ada Millward"
placed = {{ note = "Nowhere in particular." }}

[[speaker]]
id = "bo"
name = "Bo Carter"
placed = {{ note = "Nowhere in particular." }}
"""
STATEMENT = """
[[statement]]
id = "{id}"
speaker = "{speaker}"
source = "minutes"
attribution = "direct"
excerpt = "{excerpt}"
paraphrase = "{paraphrase}"
locator = {{ paragraph = {paragraph}, start = {start}, end = {end}, sha256 = "{sha}" }}
[[statement.positions]]
stance = "{stance}"
force = "{force}"
{condition}
certainty = "high"
basis = "stated"
rationale = "In so many words."
"""


@pytest.fixture
def bridge(home):
    """A corpus of two statements in a source that is detached; its text lies beside it."""
    from zeroline.corpus.passages import SourceText, digest

    text = SourceText(MINUTES)

    def said(id, speaker, words, excerpt, paraphrase, stance, force, condition=""):
        start = text.text.index(words)
        return STATEMENT.format(
            id=id, speaker=speaker, excerpt=excerpt, paraphrase=paraphrase, paragraph=text.paragraph(start),
            start=start, end=start + len(words), sha=digest(words), stance=stance, force=force, condition=condition,
        )  # fmt: skip

    folder = home / "bridge"
    folder.mkdir()
    tables = CORPUS.format(sha=text.sha256, characters=len(text.text))
    tables += said("ada-1", "ada", ADA, "mend the old bridge", "She would mend it at the county's cost.", "mend",
                   "conditional", 'condition = "the county pays"')  # fmt: skip
    tables += said("bo-1", "bo", BO, "let the carts go round", "He would shut it.", "close", "unconditional")
    (folder / "corpus.toml").write_text(tables, encoding="utf-8")
    (home / "work" / "minutes.txt").write_text(MINUTES, encoding="utf-8")
    return folder


def fingerprinted(folder):
    """The corpus with anchors made from the text."""
    from zeroline.corpus.check import load_checked
    from zeroline.corpus.passages import SourceText
    from zeroline.sources.fingerprint import fingerprint, write
    from zeroline.sources.passages_sought import gather

    study = load_checked(folder)
    wanted = gather(study, folder)["minutes"]
    write(study, folder, fingerprint(wanted, SourceText(MINUTES)).prints, wanted.needs)
    return folder


def words_of(reader):
    """The words of the text pane, without what stands in its margin."""
    return " ".join(re.sub("[▌△▼]", " ", reader.words("#text")).split())


def text_of(reader):
    return reader.app.screen.text


async def copied(reader, *keys):
    """What pressing keys, the last of which copies, sends to the clipboard."""
    reader.app.copy_to_clipboard("")
    await reader.press(*keys)
    await reader.until(lambda: reader.app.clipboard, "something is copied")
    return reader.app.clipboard


async def open_reader(reader):
    await reader.press("o")
    await reader.on("Reader")
    await reader.until(lambda: text_of(reader).document is not None, "the source is read")
    await reader.until(lambda: reader.app.screen.about is not None, "the statement is known")


async def test_without_a_copy_the_skeleton_then_attached_then_read(explorer, bridge):
    async with explorer((120, 36), corpus=bridge) as reader:
        await reader.go_to("ada-1")
        await open_reader(reader)
        words = words_of(reader)
        assert "No copy of this source is attached" in words and "A attaches your copy" in words
        assert "¶1 to ¶2 · nobody is quoted or reported" in words
        assert "Ada Millward · direct quotation “mend the old bridge” She would mend it" in words
        assert "The end of it" in words and ADA not in words
        await reader.press("v")
        assert "there is no text to select" in reader.seen("#reader-status")

        await reader.press("A")
        await reader.on("AttachDialog")
        await reader.type("nowhere/at-all.txt")
        await reader.press("enter")
        await reader.until(lambda: "there is no such file" in reader.words("#attach-notice"))
        assert "--" not in reader.words("#attach-notice")
        reader.app.screen.query_one("#attach-path").value = ""
        await reader.type("mi")
        await reader.until(lambda: "minutes.txt" in reader.seen("#attach-files"))
        await reader.press("tab")
        assert reader.app.screen.query_one("#attach-path").value == "minutes.txt"
        await reader.press("enter")
        await reader.until(lambda: "minutes.txt attached: 2 verbatim" in reader.words("#attach-outcome"))
        await reader.press("enter")
        await reader.on("Reader")
        await reader.until(lambda: text_of(reader).document.copy is not None, "the text is read")

        words = words_of(reader)
        assert "[@click=app.quit]mill[/] on a wet evening" in words
        assert "␛[31mread⟨U+202E⟩ the letter" in words
        assert "2 verbatim" in reader.seen("#reader-title")
        assert text_of(reader).current.id == "ada-1"
        lines = reader.seen("#text").splitlines()
        assert re.search(r"▌△ +“If the county", next(line for line in lines if "If the county" in line))
        assert re.search(r" ▼ +Bo Carter", next(line for line in lines if "Bo Carter" in line))

        await reader.press("2")
        await reader.until(lambda: "1 of 2 statements match: close" in reader.words("#reader-status"))
        await reader.press("n")
        assert text_of(reader).current.id == "bo-1"
        await reader.press("n")
        assert "that was the last statement that matches the filter" in reader.words("#reader-status")
        await reader.press("0")
        await reader.until(lambda: "2 statements marked" in reader.words("#reader-status"))
        await reader.press("enter")
        await reader.on("Explorer")
        await reader.until(lambda: reader.app.explorer.shown_item()["id"] == "bo-1", "back on that statement")
        await reader.until(lambda: f"“{BO},” he said." in reader.words("#statement"), "the passage in its paragraph")
        assert "✓ verbatim in your copy (minutes.txt), ¶4" in reader.words("#statement")


async def test_a_passage_is_selected_and_copied_with_its_citation(explorer, bridge, home):
    from zeroline.sources.reading import read_file

    store.attach("bridge", "minutes", read_file(home / "work" / "minutes.txt"))
    attached.open(bridge)
    async with explorer((80, 24), corpus=bridge) as reader:
        await reader.go_to("bo-1")
        await open_reader(reader)
        words = await copied(reader, "y")
        assert words.startswith(f"“{BO}” Bo Carter (direct quotation), in “Minutes")
        assert "Wording: verbatim in paragraph 4 of minutes.txt, attached " in words
        await reader.press("v")
        assert f"{len(BO)} characters selected" in reader.seen("#text")
        words = await copied(reader, "b", "b", "y")
        assert words.startswith("“Close it, and let the carts go round by” Bo Carter")
        words = await copied(reader, "v", "o", *["shift+left"] * 5, "y")
        assert words.startswith("“it. “Close it, and let the carts go round by the ford” In “Minutes")
        assert "¶4. Wording: minutes.txt, attached " in words
        await reader.type("/OLD  bridge/A")
        assert reader.app.screen.finding.value == "OLD  bridge/A"
        assert reader.seen("#reader-keys").split() == ["Enter", "next", "found", "Esc", "text"]
        await reader.press("backspace", "backspace")
        await reader.press("enter")
        await reader.until(lambda: text_of(reader).selection is not None, "the words are found")
        assert text_of(reader).current.id == "ada-1"
        await reader.press("escape")
        assert "n next" in reader.seen("#reader-keys")
        assert (await copied(reader, "y")).startswith("“old bridge” Ada Millward")
        await reader.press("slash")
        reader.app.screen.finding.value = "no such words"
        await reader.press("enter")
        await reader.until(lambda: "these words are not in the text" in reader.seen("#reader-status"))
        await reader.press("escape", "v", "escape")
        assert text_of(reader).selection is None
        line = next(n for n, line in enumerate(reader.seen("#text").splitlines()) if "Bo Carter" in line)
        column = reader.seen("#text").splitlines()[line].index("Carter")
        await reader.pilot.mouse_down("#text", offset=(column, line))
        await reader.pilot.hover("#text", offset=(column + 6, line))
        await reader.pilot.mouse_up("#text", offset=(column + 6, line))
        assert (await copied(reader, "y")).startswith("“Carter” In “Minutes")
        await reader.press("escape")
        await reader.on("Explorer")


async def test_a_proposal_shows_its_difference_and_is_decided_on(explorer, bridge):
    async with explorer((120, 36), corpus=fingerprinted(bridge)) as reader:
        await reader.go_to("bo-1")
        await reader.press("d")
        assert "nothing is proposed for this statement" in reader.seen("#status")
        await reader.press("A")
        await reader.on("AttachDialog")
        reader.app.screen.query_one("#attach-path").post_message(
            Paste(MINUTES.replace("carts go round", "wagons go round"))
        )
        await reader.until(lambda: "characters pasted, beginning “[Minutes of" in reader.words("#attach-notice"))
        await reader.press("enter")
        await reader.until(lambda: "pasted text attached: 1 verbatim, 1 proposed" in reader.words("#attach-outcome"))
        await reader.press("escape")
        await reader.on("Explorer")
        await reader.until(lambda: "? proposed" in reader.words("#statement"), "it is only proposed")
        assert "wagons" not in await copied(reader, "y")

        await reader.press("d")
        await reader.on("ProposalDialog")
        assert "wagons" in reader.words("#proposal")
        assert re.search(r"[+~][^+~]*wagons[^+~]*[+~]", reader.words("#proposal"))
        await reader.press("a")
        await reader.until(lambda: "✓ accepted by" in reader.words("#proposal"))
        await reader.press("escape")
        await reader.until(lambda: "accepted by you" in reader.words("#statement"))
        words = await copied(reader, "y")
        assert "wagons go round" in words and "accepted by" in words

        await reader.press("d", "r")
        await reader.until(lambda: "✗ refused by" in reader.words("#proposal"))
        await reader.press("escape")
        await reader.until(lambda: "✗ you refused" in reader.words("#statement"))
        assert "“let the carts go round”" in reader.words("#statement") and "wagons" not in reader.words("#statement")
        await open_reader(reader)
        assert text_of(reader).current.id == "bo-1" and "▼✗" in reader.seen("#text")


async def test_a_text_of_no_passage_is_attached_only_when_asked(explorer, bridge, home):
    (home / "work" / "other.txt").write_text("Quite another text.\n", encoding="utf-8")
    async with explorer((60, 20), corpus=bridge) as reader:
        await reader.press("A")
        await reader.on("AttachDialog")
        await reader.type("other.txt")
        await reader.press("enter")
        await reader.until(lambda: "ctrl+f attaches it all the same" in reader.words("#attach-notice"))
        assert store.copies("bridge") == []
        await reader.press("ctrl+f")
        await reader.until(lambda: "2 not found" in reader.words("#attach-outcome"))
        await reader.press("escape")
        await reader.go_to("ada-1")
        await reader.press("o")
        await reader.on("Reader")
        await reader.until(lambda: "Not found in this copy" in text_of(reader).document.text, "the text is read")
        assert text_of(reader).document.text.startswith("Quite another text.\n")
        assert "2 not found (x)" in reader.words("#reader-status")
        await reader.until(lambda: "Ada Millward · direct quotation “mend the old bridge”" in words_of(reader))
        assert "She would mend it at the county's cost." in words_of(reader)
        assert "not there character for character" in words_of(reader)
        await reader.press("v")
        assert "nothing to select" in reader.words("#reader-status")
        await reader.press("n")
        assert text_of(reader).current.id == "bo-1"
        await reader.press("x")
        assert text_of(reader).current.id == "ada-1"
        text_of(reader).select(len("Quite another"), len("Quite another text.\n") + 30)
        assert (await copied(reader, "y")).startswith("“text.” In “Minutes")


async def test_what_is_said_last_of_a_copy_is_what_is_attached(explorer, bridge, home):
    """A text pasted twice, then a file; an encoding and a format that are named."""
    text = MINUTES.replace("Nobody else spoke", "Ніхто більше не говорив")
    (home / "work" / "wide.dat").write_bytes(text.encode("utf-16-le").replace(b"\r", b""))
    async with explorer((80, 24), corpus=bridge) as reader:
        await reader.press("A")
        await reader.on("AttachDialog")
        path = reader.app.screen.query_one("#attach-path")
        path.post_message(Paste("one\ntwo"))
        await reader.until(lambda: "7 characters pasted, beginning" in reader.words("#attach-notice"))
        path.post_message(Paste("three\nfour"))
        await reader.until(lambda: "10 characters pasted in the place of the 7" in reader.words("#attach-notice"))
        await reader.type("wide.dat")
        await reader.until(lambda: "pasted" not in reader.words("#attach-notice"), "what is typed is meant now")
        path.post_message(Paste("three\nfour"))
        await reader.until(lambda: "10 characters pasted" in reader.words("#attach-notice"))
        assert path.value == "", "what is pasted is meant now, and no file shows"
        path.value = "wide.dat"
        reader.app.screen.query_one("#attach-encoding").value = "klingon"
        await reader.press("enter")
        await reader.until(lambda: "there is no encoding “klingon”" in reader.words("#attach-notice"))
        reader.app.screen.query_one("#attach-encoding").value = "utf-16-le"
        reader.app.screen.query_one("#attach-format").choose(2)
        await reader.press("enter")
        await reader.until(lambda: "wide.dat attached" in reader.words("#attach-outcome"))
        (copy,) = store.copies("bridge")
        assert (copy.file, copy.kind) == ("wide.dat", "markdown")


class Page(BaseHTTPRequestHandler):
    """Gives the minutes to whoever may have them."""

    asked: ClassVar[list[str]] = []
    go_on: ClassVar[threading.Event] = threading.Event()

    def do_GET(self):
        self.asked.append(self.path)
        body = b"User-agent: *\nDisallow: /secret" if self.path == "/robots.txt" else MINUTES.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)
        if self.path == "/slow.txt":
            self.wfile.flush()
            self.go_on.wait(10)

    def log_message(self, *words):
        """Nothing."""


@pytest.fixture
def site(monkeypatch):
    pytest.importorskip("httpx")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    Page.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


async def test_a_page_is_attached_detached_after_asking_and_what_others_do_shows(
    explorer, bridge, home, site, monkeypatch
):
    from zeroline.sources.reading import read_file
    from zeroline.tui.screens import explorer_sources

    monkeypatch.setattr(explorer_sources, "LOOK_SECONDS", 0.1)
    async with explorer((80, 24), corpus=bridge) as reader:
        await reader.go_to("bo-1")
        await reader.press("D")
        assert "nothing to detach: no copy" in reader.seen("#status")
        await reader.press("A")
        await reader.on("AttachDialog")
        reader.app.screen.query_one("#attach-path").post_message(Paste(f"{site}/secret.txt"))
        await reader.until(lambda: "fetches this page, once" in reader.words("#attach-notice"))
        assert Page.asked == []
        await reader.press("enter")
        await reader.until(lambda: "robots.txt asks programs not to fetch it" in reader.words("#attach-notice"))
        assert store.copies("bridge") == [] and Page.asked == ["/robots.txt"]
        reader.app.screen.query_one("#attach-path").value = f"{site}/slow.txt"
        await reader.press("enter")
        await reader.until(lambda: "fetching the page… 0 KB" in reader.words("#attach-notice"))
        await reader.press("escape")
        await reader.on("Explorer")
        Page.go_on.set()
        await reader.until(lambda: "given up: nothing was attached" in reader.words("#status"))
        assert store.copies("bridge") == []
        await reader.press("A")
        await reader.on("AttachDialog")
        reader.app.screen.query_one("#attach-path").value = f"{site}/minutes.txt"
        await reader.press("enter")
        await reader.until(lambda: "minutes.txt attached: 2 verbatim" in reader.words("#attach-outcome"))
        assert store.copies("bridge")[0].url == f"{site}/minutes.txt"
        await reader.press("escape")
        await reader.on("Explorer")

        await open_reader(reader)
        await reader.press("D")
        await reader.on("DetachDialog")
        await reader.press("escape")
        await reader.on("Reader")
        assert len(store.copies("bridge")) == 1
        await reader.press("D")
        await reader.on("DetachDialog")
        await reader.press("D")
        await reader.on("Reader")
        await reader.until(lambda: text_of(reader).document.copy is None, "the skeleton is back")
        assert store.copies("bridge") == [] and text_of(reader).current.id == "bo-1"

        store.attach("bridge", "minutes", read_file(home / "work" / "minutes.txt"))  # as another process would
        await reader.until(lambda: text_of(reader).document.copy is not None, "the copy shows in the reader")
        await reader.press("escape")
        await reader.on("Explorer")
        await reader.until(lambda: "✓ verbatim in your copy (minutes.txt)" in reader.words("#statement"))
        store.detach("bridge", "minutes")
        await reader.until(lambda: "verbatim" not in reader.words("#statement"), "it is gone in the explorer")


def test_paragraphs_of_a_text_are_numbered_and_what_stands_behind_it_is_not():
    from zeroline.corpus.passages import SourceText
    from zeroline.tui.reader_document import Document
    from zeroline.tui.reader_places import Numbers

    spans = SourceText("one\n\ntwo\n\nthree").paragraphs
    assert list(spans) == [spans[0], spans[1], spans[-1]] == spans[:] == [(0, 3), (5, 8), (10, 15)]
    for end in (None, 16):
        document = Document("s", "S", "one\n\ntwo\n\nthree\n\nand more", None, [], Numbers(spans, end))
        assert [document.number_of(at) for at in (0, 4, 5, 14)] == [1, 1, 2, 3]
        assert document.number_of(20) == (0 if end else 3)
        assert [document.offset_of(n) for n in (1, 2, 3, 4)] == [0, 5, 10, None]


@pytest.mark.parametrize("width", [1, 2, 9, 80])
def test_every_character_is_on_one_line_and_every_line_fits(width):
    text = (
        "Plain words—and “others”, verylongwordthatfitsnowhere \u001b[31m red\n\n漢字仮名交じり文 🕯👩\u200d👧 é ß"
        "\ttab   end   \n\u202ex"
    )
    layout = Layout(text, width)
    lines = [layout.line(n) for n in range(len(layout))]
    assert [a for a, _ in lines] == sorted(a for a, _ in lines)
    covered = {at for a, b in lines for at in range(a, b)}
    assert all(at in covered for at, c in enumerate(text) if not c.isspace())
    for number, (a, b) in enumerate(lines):
        assert columns_of(text[a:b].rstrip()) <= max(width, columns_of(text[a : a + 1]), 8 if width < 8 else 0)
        for at in range(a, b):
            assert layout.line_of(at) == number
    if width == 80:
        assert layout.offset_at(0, layout.column_of(12)) == 12


@pytest.mark.parametrize("last", ["up", "建設"])
def test_dots_at_the_end_never_stand_alone(last):
    text = f"… a lease was being drawn {last} …"
    for width in range(6, 40):
        layout = Layout(text, width)
        lines = [text[slice(*layout.line(n))] for n in range(len(layout))]
        assert lines[-1].endswith(f"{last} …") and " ".join(lines) == text
        assert all(columns_of(line) <= width for line in lines)


async def test_no_size_is_too_small_and_wide_letters_stay_within_their_lines(explorer, bridge, home):
    from zeroline.sources.reading import read_bytes

    wide = MINUTES + "\n漢字仮名交じり文 🕯👩\u200d👧 עברית \u009b2J e\u0301 ﷽\n" + "x" * 300 + "\n"
    store.attach("bridge", "minutes", read_bytes(wide.encode(), "wide.txt"))
    async with explorer((120, 36), corpus=bridge) as reader:
        await reader.go_to("bo-1")
        await open_reader(reader)
        for keys, screen in (((), "Reader"), (("A",), "AttachDialog")):
            await reader.press(*keys)
            await reader.on(screen)
            for size in ((60, 20), (30, 9), (7, 7), (2, 8), (1, 1), (120, 36)):
                await reader.pilot.resize_terminal(*size)
                await reader.pilot.pause()
                for widget in reader.app.screen.walk_children():
                    if widget.display and widget.region.area and not widget.children:
                        strips = widget.render_lines(Region(0, 0, *widget.outer_size))
                        assert all(strip.cell_length == widget.outer_size.width for strip in strips), (size, widget)
        await reader.press("escape")
        await reader.on("Reader")
        await reader.press("G")
        assert "⟨U+009B⟩2J" in reader.words("#text")
