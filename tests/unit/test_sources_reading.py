"""Reading copies: every format, every encoding, and files that are broken or made to do harm."""

from __future__ import annotations

import builtins
import os
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from zeroline.sources.errors import SourceError
from zeroline.sources.reading import LARGEST, STRUCK, converted, read_bytes, read_file

SAID = "“Käthe won’t sell the weir — not this year,” she said.\n\nThe river Senn rose by ½ m."
CYRILLIC = "Паром не ходил девять дней, и виноват в этом ил, а не шлюзы. Так говорит водолаз. " * 4


def refused(data: bytes, name: str = "copy.txt", **more: str) -> str:
    with pytest.raises(SourceError) as caught:
        read_bytes(data, name, **more)
    said = str(caught.value)
    assert said.startswith(name) and "\n" not in said and len(said) < 300
    return said


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac-roman"]
)
def test_encodings_are_told(encoding: str) -> None:
    text = SAID if encoding != "mac-roman" else SAID.replace("½", "half a")
    named = encoding if encoding == "mac-roman" else None
    assert read_bytes(text.encode(encoding), "copy.txt", encoding=named).text.removeprefix("\ufeff") == text


def test_a_guessed_encoding_is_said_and_another_can_be_named() -> None:
    read = read_bytes(CYRILLIC.encode("cp1251"), "copy.txt")
    assert read.text == CYRILLIC and "read as cp1251; --encoding" in read.notes[0]
    assert read_bytes(SAID.encode("cp1252"), "copy.txt").notes == ("read as cp1252; --encoding names another",)
    assert read_bytes(SAID.encode(), "copy.txt").notes == ()
    polish = "Młyn już nie miele, a rzeka śpi pod lodem; źle się dzieje nad wodą. " * 3
    assert read_bytes(polish.encode("cp1250"), "copy.txt").text == polish
    assert read_bytes(CYRILLIC.encode("koi8-r"), "copy.txt", encoding="koi8-r").text == CYRILLIC
    wide = CYRILLIC.encode("utf-16-le")
    assert "NUL bytes; if it is UTF-16, say so: --encoding utf-16-le" in refused(wide)
    assert read_bytes(wide, "copy.txt", encoding="utf-16-le").text == CYRILLIC
    assert "there is no encoding “klingon”" in refused(b"x", encoding="klingon")
    assert "is not utf-8 in line 1" in refused(SAID.encode("cp1252"), encoding="utf-8")


def test_signs_that_were_read_as_letters_are_no_text() -> None:
    """An encoding that is not known here: letters of another script stand in words, where quotation marks were."""
    text = "The crew’s lamp “burns on”, she said; it’s dear. " * 9
    with pytest.raises(SourceError, match="no encoding that can be told; name it with --encoding"):
        read_bytes(text.encode("shift_jis") + b"\xff\xfe\x81", "copy.txt")
    assert read_bytes((CYRILLIC + " “Lamp” and oil’s price. ").encode("cp1251"), "copy.txt").text.startswith(CYRILLIC)


def test_one_broken_byte_does_not_make_it_another_encoding() -> None:
    data = bytearray((SAID * 20).encode())
    at = data.index(b"The river", 900)
    data[at] = 0xFF
    line = data[:at].count(b"\n") + 1
    assert f"is UTF-8 but for line {line}" in refused(bytes(data))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "holds no text"),
        (b" \n\t\n", "holds no text"),
        (bytes(range(256)) * 40, "is not text"),
        (b"\x01\x02\x03\x04" * 100, "control characters"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "a picture (PNG)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as DOCX"),
        (b"{\\rtf1 hello}", "Rich Text"),
        (b"\x1f\x8b\x08\x00", "unpack it first"),
        (b"\x7fELF\x02", "a program"),
        (b"%PDF-1.7\nnothing more", "damaged PDF"),
        (b"PK\x03\x04 and no more", "damaged DOCX"),
        (b"<html><body></body></html>", "no article was found"),
        (b"<html>" + b"<div>" * 3_000, "web page"),
    ],
    ids=range(13),
)
def test_what_is_no_text_is_refused_with_a_mend(data: bytes, said: str) -> None:
    told = refused(data)
    assert said in told or "no article" in told


def test_names_do_not_lie() -> None:
    assert "begins otherwise" in refused(b"just text", "copy.docx")
    assert "begins otherwise" in refused(b"just text", "copy.pdf")
    assert read_bytes(b"<!doctype html><html><body><p>" + b"A word or two. " * 30, "copy.txt").kind == "html"


def test_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(SourceError, match=r"has 1,073,741,824 bytes; .* are read; attach the part"):
        read_file(path)
    with pytest.raises(SourceError, match="bytes"):
        read_bytes(b"x" * (LARGEST + 1), "huge.txt")


def test_a_page_of_endless_tags_is_refused() -> None:
    assert "has 100,002 tags; 100,000 are read" in refused(b"<html>" + b"<p>x" * 100_001, "copy.html")


def test_words_of_what_is_no_language_are_cut_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from zeroline.sources import words as module
    from zeroline.sources.words import Words

    monkeypatch.setattr(module, "PIECE", PIECE := 1_000)
    for text in ("“”" * PIECE, "x-\n" * PIECE, "a" * (3 * PIECE)):
        words = Words(text)
        assert words.ends[-1] <= len(text) and all(a < b for a, b in zip(words.starts, words.ends, strict=True))
    cut, whole = Words("one two, three — four\n" * (PIECE // 10)), Words("one two, three — four\n")
    assert cut.keys == whole.keys * (PIECE // 10)
    assert cut.text[cut.starts[-1] : cut.ends[-1]] == "four"


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="is a folder"):
        read_file(tmp_path)
    if sys.platform == "linux":
        with pytest.raises(SourceError, match="not a regular file") as caught:
            read_file(Path("/dev/zero"))
        assert "zeroline attach" not in caught.value.on_screen and "--" not in caught.value.on_screen
        (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
        with pytest.raises(SourceError, match="cannot be read"):
            read_file(tmp_path / "loop.txt")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(SourceError, match="not a regular file"):
            read_file(tmp_path / "pipe")


def test_markdown_is_what_it_shows() -> None:
    text = (
        "---\ntitle: Weir\n---\n# The *weir*\n\nShe said: “**Pull** it [out](http://x.example), `stone` by stone”\n"
        "and sat\ndown.\n\n- one\n- two\n\n> a quote\n\n| a | b |\n|---|---|\n| c | d |\n\n![alt](x.png)\n"
    )
    read = read_bytes(text.encode(), "copy.md")
    assert read.kind == "markdown"
    assert read.text.split("\n\n") == [
        "The weir", "She said: “Pull it out, stone by stone”\nand sat\ndown.", "one", "two", "a quote",
        "a", "b", "c", "d",
    ]  # fmt: skip


PARAGRAPHS = [f"Paragraph {n} of the minutes says at some length what the parish thinks of it." for n in range(12)]


def test_captions_and_headings_of_a_page_stay_and_boilerplate_goes() -> None:
    body = "".join(f"<p>{p.replace('parish', '<a href=/p>parish</a>')}</p>" for p in PARAGRAPHS)
    page = (
        "<!doctype html><title>T</title><nav><a href=/>Home page of the paper</a></nav><article><h2>Why</h2>"
        f"{body}<figure><img src=a.png><figcaption>Two of them by the weir. Drawing: archive.</figcaption></figure>"
        "</article><footer>Terms and imprint</footer>"
    )
    read = read_bytes(page.encode(), "saved.htm")
    blocks = read.text.split("\n\n")
    assert [p for p in PARAGRAPHS if p not in blocks] == []
    assert "Two of them by the weir. Drawing: archive." in blocks and "Why" in blocks
    assert "imprint" not in read.text and "Home page" not in read.text


LAUGHS = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10)
)


def test_billion_laughs_are_not_laughed() -> None:
    assert "declares entities" in refused(f"{LAUGHS}]><l>&k;</l>".encode(), "copy.xml")
    assert "declares entities" in refused(f"{LAUGHS}]><l>&k;</l>".encode(), "copy.html")
    laughs = f"{LAUGHS}]><l>&k;</l>"
    for encoding in ("utf-8", "utf-16", "utf-16-be", "utf-32"):
        said = refused(archive({"word/document.xml": laughs.encode(encoding)}))
        assert "declares entities in word/document.xml" in said, encoding


def archive(parts: dict[str, str | bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def test_zip_bombs_and_other_archives_are_refused() -> None:
    bomb = archive({"word/document.xml": b"\0" * (80 << 20)})
    assert len(bomb) < 1 << 20
    assert "when unpacked" in refused(bomb, "bomb.docx")
    lying = bomb.replace((80 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert "damaged DOCX" in refused(lying, "lying.docx")
    assert "an OpenDocument or e-book" in refused(archive({"mimetype": "application/epub+zip"}), "book.epub")
    assert "an archive, not DOCX" in refused(archive({"a.txt": "a"}), "some.zip")
    assert "damaged DOCX" in refused(archive({"word/document.xml": "<not-word/>"}), "none.docx")


def test_docx_with_a_table() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Minutes", 1)
    document.add_paragraph("“Pull it out,” he said.")
    row = document.add_table(1, 2).rows[0].cells
    row[0].text, row[1].text = "left", "right"
    document.add_paragraph("The end.")
    made = BytesIO()
    document.save(made)
    read = read_bytes(made.getvalue(), "minutes.docx")
    assert (read.kind, read.text) == ("docx", "Minutes\n\n“Pull it out,” he said.\n\nleft\n\nright\n\nThe end.")


def test_docx_with_tracked_changes_content_controls_and_a_text_box() -> None:
    docx = pytest.importorskip("docx")
    from docx.oxml import parse_xml

    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def run(words: str, tag: str = "t") -> str:
        return f'<w:r><w:rPr><w:b/></w:rPr><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'

    document = docx.Document()
    body = document.element.body
    changed = f"{run('The weir ')}<w:ins>{run('must ')}</w:ins><w:del>{run('may ', 'delText')}</w:del>{run('stay')}"
    body.insert(0, parse_xml(f"<w:p {w}><w:moveFrom>{run('Gone. ')}</w:moveFrom>{changed}<w:r><w:tab/></w:r></w:p>"))
    body.insert(1, parse_xml(f"<w:sdt {w}><w:sdtContent><w:p>{run('In a control.')}</w:p></w:sdtContent></w:sdt>"))
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent></w:pict></w:r>"
    body.insert(2, parse_xml(f"<w:p {w}><!-- note --><w:hyperlink>{run('A link.')}</w:hyperlink>{box}</w:p>"))
    made = BytesIO()
    document.save(made)
    assert read_bytes(made.getvalue(), "a.docx").text.split("\n\n") == [
        "The weir must stay", "In a control.", "A link.", "In a box.",
    ]  # fmt: skip


def pdf(*pages: list[str]) -> bytes:
    """A small PDF that shows lines of text."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for lines in pages:
        shown = "BT /F1 12 Tf 14 TL 50 700 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown.encode("cp1252")))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 << "
            b"/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >> >>" % (len(objects))
        )
    said = " ".join(f"{kid} 0 R" for kid in kids).encode()
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), said)
    made, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, end)


def test_pdf_pages_and_hyphens() -> None:
    pytest.importorskip("pypdfium2")
    from zeroline.sources.words import Words

    read = read_bytes(
        pdf(["The weir has held back ele-", "ven floods, says the engi-", "neer."], ["Next page."]), "a.pdf"
    )
    assert read.kind == "pdf"
    assert Words(read.text).keys == Words("The weir has held back eleven floods, says the engineer. Next page.").keys
    assert "holds no text; if its pages are pictures" in refused(pdf([]), "scan.pdf")


def test_running_heads_of_a_pdf_do_not_stand_in_its_sentences() -> None:
    pytest.importorskip("pypdfium2")
    said = ["The clerk, who had come late,", "said to the hall that nobody", "may speak twice before", "noon. The end."]
    pages = [["The Senn Valley News", line, f"Page {n}"] for n, line in enumerate(said)]
    text = read_bytes(pdf(*pages), "a.pdf").text
    assert text == "\n".join(said)
    lines = [
        "A first line that is as long as a line can be here,",
        "and its end.",
        "Another paragraph begins on this line",
    ]
    assert read_bytes(pdf(lines), "a.pdf").text == f"{lines[0]}\n{lines[1]}\n\n{lines[2]}"


def test_missing_extras_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *more: object) -> object:
        if name.split(".")[0] in ("trafilatura", "docx", "pypdfium2", "httpx"):
            raise ImportError(name)
        return real(name, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    assert "pip install 'zeroline[html]'" in refused(b"<html><p>x", "a.html")
    assert "pip install 'zeroline[pdf]'" in refused(pdf(["x"]), "a.pdf")
    assert "pip install 'zeroline[docx]'" in refused(archive({"word/document.xml": "<x/>"}), "a.docx")


def test_another_process_reads_what_is_no_plain_text_and_says_the_same() -> None:
    data = b"# The *weir*\n\nIt was pulled **out**.\n"
    assert read_bytes(data, "a.md", apart=True) == read_bytes(data, "a.md")
    with pytest.raises(SourceError) as caught:
        read_bytes("weir – ".encode("cp1252"), "a.md", encoding="utf-8", about="here/a.md", apart=True)
    assert str(caught.value) == refused("weir – ".encode("cp1252"), "a.md", encoding="utf-8").replace(
        "a.md", "here/a.md"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only here memory can be limited so")
def test_whoever_reads_may_take_so_much_memory_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    from zeroline.sources.reading import apart

    monkeypatch.setattr(apart, "MEMORY", 48 << 20)
    with pytest.raises(SourceError, match=r"takes more than 48 MB to read|what reads it gave up; attach its text"):
        read_bytes(b"- a\n" * 40_000, "a.md", apart=True)
    monkeypatch.setattr(apart, "MEMORY", 1 << 30)
    monkeypatch.setattr(apart, "SECONDS", 1)
    with pytest.raises(SourceError, match=r"takes longer than 1 second|what reads it gave up"):
        read_bytes(b"[a" * 400_000, "a.md", apart=True)


NOT_SO = "It would {}be so."


def document(*rows: str) -> tuple[str, tuple[str, ...]]:
    """A document of these paragraphs or tables (of WordprocessingML), read."""
    docx = pytest.importorskip("docx")
    from docx.oxml import parse_xml

    made = docx.Document()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for at, row in enumerate(rows):
        made.element.body.insert(at, parse_xml(row.replace(" ", f" {space} ", 1)))
    file = BytesIO()
    made.save(file)
    return converted(file.getvalue(), "docx", None, "x.docx")


def row(*cells: str, how: str = "") -> str:
    said = "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{how}</w:trPr>{said}</w:tr>"


def test_rows_of_a_document_that_are_deleted_or_hidden_are_left_out_and_said() -> None:
    gone = row("Gone", how='<w:del w:id="4" w:author="x"/>') + row("Hidden", how="<w:hidden/>")
    kept = row("Kept", "too", how='<w:hidden w:val="0"/>')
    assert document(f"<w:tbl >{gone}{kept}</w:tbl>") == ("Kept\n\ntoo", (STRUCK,))
    gone = "<w:p ><w:r><w:rPr><w:specVanish/></w:rPr><w:t>not</w:t></w:r></w:p>"
    assert document(gone, "<w:p ><w:r><w:t>So</w:t></w:r></w:p>") == ("So", (STRUCK,))


def test_a_sign_of_a_font_of_signs_in_a_document_leaves_a_sign() -> None:
    sign = '<w:sym w:font="Symbol" w:char="F0D8"/>'
    text, _ = document(f'<w:p ><w:r>{sign}<w:t xml:space="preserve">It would </w:t>{sign}<w:t>be so.</w:t></w:r></w:p>')
    assert text == "It would \ufffcbe so."


@pytest.mark.parametrize("block", ["<p>{}</p>", "<div>{}</div>", "<table><tr><td>7</td><td>{}</td></tr></table>"])
def test_blocks_of_html_in_markdown_are_read(block: str) -> None:
    said = "We cannot keep the ferry."
    text, notes = converted(f"One.\n\n{block.format(said)}\n\nTwo.".encode(), "markdown", None, "x.md")
    assert said in text.split("\n\n") and text.startswith("One.") and text.endswith("Two.") and not notes
    hidden = f"One.\n\n<p hidden>{said}</p>\n\n<!-- {said} -->\n\nTwo."
    text, notes = converted(hidden.encode(), "markdown", None, "x.md")
    assert text == "One.\n\nTwo." and notes in ((), (STRUCK,))


def test_marks_of_footnotes_in_markdown_stay_as_they_are() -> None:
    text, _ = converted("“So,”[^1] she said.\n\n[^1]: A note.".encode(), "markdown", None, "x.md")
    assert text == "“So,”[^1] she said.\n\n[^1]: A note."


def test_a_picture_among_words_of_markdown_leaves_a_sign() -> None:
    for picture in ("![not](n.png) ", '<img src="n.png"> '):
        text, _ = converted(NOT_SO.format(picture).encode(), "markdown", None, "x.md")
        assert text == NOT_SO.format("\ufffc ")
    assert converted(b"![a boat](n.png)\n\nSo.", "markdown", None, "x.md")[0] == "So."


def test_a_cell_of_a_page_is_a_paragraph_and_a_raised_mark_stays_raised() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{p}<sup>{n}</sup></td></tr>" for n, p in enumerate(PARAGRAPHS, 1))
    page = f"<!doctype html><title>T</title><body><article><h1>Why</h1><table>{rows}</table></article></body>"
    blocks = read_bytes(page.encode(), "saved.htm").text.split("\n\n")
    marked = [f"{p}{'⁰¹²³⁴⁵⁶⁷⁸⁹'[n]}" for n, p in enumerate(PARAGRAPHS[:9], 1)]
    assert [block for block in blocks if "minutes" in block][:9] == marked
