"""The exported web page in a real browser: it searches, filters, escapes, prints, and asks nothing of a network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from zeroline.bookmarks.codec import parse
from zeroline.bookmarks.model import Bookmark
from zeroline.export import FORMATS

FOLDER = Path(__file__).parent.parent / "fixtures" / "export"
DAY = date(2025, 3, 1)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HOSTILE = (
    "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">&amp;'\"\x00\u202e"
)


def page() -> str:
    path = FOLDER / "bookmarks.toml"
    marks = parse(path.read_bytes(), path).bookmarks
    hostile = Bookmark("gulls", HOSTILE, note=HOSTILE, tags=(HOSTILE,), added=datetime(2025, 1, 1, tzinfo=UTC))
    spoilt = replace(marks[0], id="spoilt", snapshot=marks[0].snapshot)
    assert spoilt.snapshot
    labels = {"lease": HOSTILE, "keep": "Keep"}
    spoilt = replace(spoilt, snapshot=replace(spoilt.snapshot, stance_labels=labels))
    return FORMATS["html"]([*marks, hostile, spoilt], DAY)


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_nothing_of_a_corpus_becomes_markup_and_nothing_is_fetched() -> None:
    text = page()
    tags = Tags(text).found
    assert [tag for tag, _ in tags].count("script") == 1 and "img" not in dict(tags)
    assert not any(name in ("src", "href") or name.startswith("on") for _, names in tags for name in names)
    assert "http:" not in re.sub(r"(?s)<bdi>.*?</bdi>", "", text) and "url(" not in text and "@import" not in text
    assert "\x00" not in text and "␀" in text
    policy = next(names["content"] for _, names in tags if "Content-Security-Policy" in names.values())
    assert policy and policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy


DRIVER = """
<script>
window.addEventListener("load", () => {
  const frame = document.querySelector("iframe"), seen = [];
  const inner = frame.contentDocument, view = frame.contentWindow;
  const shown = () => [...inner.querySelectorAll("article")].filter((one) => one.offsetParent !== null).length;
  const say = (what) => seen.push(what + "=" + shown() + "|" + inner.getElementById("count").value);
  const search = inner.getElementById("search");
  const type = (text) => {
    search.value = text;
    search.dispatchEvent(new view.Event("input", { bubbles: true }));
  };
  say("all");
  type("ferry GLASS"); say("two words");
  type("wrén"); say("accents");
  type("nothing has this"); say("none");
  type("");
  const boxes = [...inner.querySelectorAll("input[type=checkbox]")];
  seen.push("boxes=" + boxes.map((box) => box.value).sort().join(","));
  const tick = (value) => boxes.find((box) => box.value === value).click();
  tick("Close □"); say("close");
  tick("Keep ▲"); say("close or keep");
  type("lantern"); say("and a word");
  seen.push("title=" + inner.title);
  seen.push("size=" + view.getComputedStyle(inner.querySelector("h1")).fontSize);
  const outside = view.performance.getEntriesByType("resource").length;
  seen.push("fetched=" + outside);
  document.getElementById("seen").textContent = seen.join("\\n");
});
</script>
"""


@pytest.fixture(scope="module")
def browser() -> str:
    named = os.environ.get("ZEROLINE_TEST_BROWSER")
    found = named or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not found:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is installed, and ZEROLINE_TEST_BROWSER names none")
    return found


def run(browser: str, folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
         f"--user-data-dir={folder / 'profile'}", "--no-first-run", "--allow-file-access-from-files", *arguments],
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    return done.stdout.decode()


def test_in_a_real_browser(browser: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(), encoding="utf-8")
    (tmp_path / "driver.html").write_text(
        f'<!doctype html><meta charset="utf-8">{DRIVER}<iframe src="page.html" width="900" height="900"></iframe>'
        '<pre id="seen">nothing ran</pre>',
        encoding="utf-8",
    )
    text = run(browser, tmp_path, "--virtual-time-budget=5000", "--dump-dom", (tmp_path / "driver.html").as_uri())
    seen = dict(line.split("=", 1) for line in text.split('<pre id="seen">')[1].split("</pre>")[0].split("\n"))
    boxes = seen.pop("boxes")
    assert seen == {
        "all": "6|6 shown",
        "two words": "2|2 of 6 shown",
        "accents": "1|1 of 6 shown",
        "none": "0|0 of 6 shown",
        "close": "1|1 of 6 shown",
        "close or keep": "3|3 of 6 shown",
        "and a word": "2|2 of 6 shown",
        "title": "Zeroline bookmarks, 1 March 2025",
        "size": "22.4px",
        "fetched": "0",
    }
    assert "Lease ◇" in boxes and "Lease ◆" not in boxes, "conditional is never plain"
    assert all(part in boxes for part in ("event", "record not saved", "onerror"))


def test_it_prints_without_its_controls(browser: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(), encoding="utf-8")
    target = tmp_path / "page.pdf"
    run(browser, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={target}", (tmp_path / "page.html").as_uri())
    assert target.read_bytes().startswith(b"%PDF")
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2, which reads the printed page, is not installed")
    document = pdfium.PdfDocument(target)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    assert "let the ferry have the glass" in text and "Search" not in text and "6 shown" not in text
    assert all(sign in text for sign in "◇▲"), "the signs are printed, hollow where there is a condition"
