"""Fetching an address: against a server of our own on this machine, and nowhere else."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from zeroline.sources import fetch as fetching
from zeroline.sources.errors import SourceError

pytest.importorskip("httpx")

PAGE = "<!doctype html><html><body><article>" + "<p>The parish met again about the weir, and sat long.</p>" * 20
Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A server with pages: path → status, headers, body. ``asked`` is what was asked for, with the user agent."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {"/robots.txt": (404, {}, b"")}
        self.asked: list[tuple[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, self.headers.get("User-Agent", "")))
                status, headers, body = site.pages.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(OSError):  # whoever asked may have had enough
                    self.wfile.write(body)

            def log_message(self, *said: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def page(
        self, path: str, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **more: str
    ) -> str:
        self.pages[path] = (status, {"Content-Type": kind, **more}, body)
        return self.address + path


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def refused(url: str) -> str:
    with pytest.raises(SourceError) as caught:
        fetching.fetch(url)
    assert str(caught.value).startswith(url)
    return str(caught.value)


def test_a_page_is_fetched_under_an_honest_name(site: Site) -> None:
    url = site.page("/weir.html", PAGE.encode())
    read = fetching.fetch(url)
    assert (read.kind, read.name, read.url) == ("html", "weir.html", url) and "sat long" in read.text
    assert [path for path, _ in site.asked] == ["/robots.txt", "/weir.html"]
    assert {agent for _, agent in site.asked} == {fetching.AGENT} and fetching.AGENT.startswith("Zeroline/")


def test_charset_and_kind_are_as_the_site_says(site: Site) -> None:
    url = site.page("/a", "Paróm на річці".encode("utf-16"), "text/plain; charset=utf-16")
    assert fetching.fetch(url).text == "Paróm на річці"
    assert fetching.fetch(
        site.page("/b", "naïve “lamp”".encode("cp1252"), "text/plain; charset=windows-1252")
    ).text == ("naïve “lamp”")
    assert fetching.fetch(site.page("/c", b"plain", "text/plain; charset=klingon")).text == "plain"


def test_robots_are_heard(site: Site) -> None:
    site.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n")
    assert fetching.fetch(site.page("/public", b"text", "text/plain")).text == "text"
    assert "robots.txt asks programs not to fetch it" in refused(site.page("/private/a", b"text", "text/plain"))
    assert "/private/a" not in [path for path, _ in site.asked]
    site.pages["/robots.txt"] = (200, {}, b"User-agent: Zeroline\nDisallow: /\n")
    assert "robots.txt asks" in refused(site.address + "/public")
    site.pages["/robots.txt"] = (503, {}, b"")
    assert "robots.txt cannot be had (503)" in refused(site.address + "/public")


def test_redirects_are_followed_a_little_and_only_to_the_web(site: Site) -> None:
    site.page("/end", b"text", "text/plain")
    url = site.page("/start", b"", status=302, Location="/end")
    read = fetching.fetch(url)
    assert (read.text, read.url) == ("text", url)
    assert "leads on more than 5 times" in refused(site.page("/round", b"", status=301, Location="/round"))
    assert "is no web address" in refused(site.page("/file", b"", status=301, Location="file:///etc/hosts"))
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /end\n")
    assert "robots.txt asks" in refused(url)


def test_what_is_no_text_or_too_much_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "is of the type “image/png”" in refused(site.page("/a", b"x", "image/png"))
    assert "the site answers 404" in refused(site.address + "/none")
    assert "the site answers 403 Forbidden; open it in a browser" in refused(site.page("/b", b"x", status=403))
    monkeypatch.setattr(fetching, "LARGEST", 1000)
    assert "has 5,000 bytes" in refused(site.page("/c", b"x" * 5000, "text/plain", **{"Content-Length": "5000"}))
    assert "has more than 1,000 bytes" in refused(site.page("/d", b"x" * 5000, "text/plain"))
    monkeypatch.setattr(fetching, "SECONDS", -1.0)
    assert "takes longer than" in refused(site.page("/e", b"x", "text/plain"))


@pytest.mark.parametrize("url", ["ftp://x.example/a", "weir.html", "http://", "file:///etc/hosts", "http://[::1"])
def test_what_is_no_address_is_said(url: str) -> None:
    assert "is no web address" in refused(url)


def test_nobody_there(site: Site) -> None:
    site.server.server_close()
    assert "cannot be fetched" in refused(site.address + "/a")


def test_the_command_line_says_how_much_was_fetched(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    from zeroline.cli.source_copies import read_copy

    url = site.page("/weir.html", PAGE.encode())
    assert "sat long" in read_copy(None, url, None, None).text
    assert capsys.readouterr().err == f"{url}: {len(PAGE.encode()):,} bytes fetched\n"
    wrong = site.page("/old.txt", "Паром не ходил".encode("koi8-r"), "text/plain; charset=cp1251")
    assert read_copy(None, wrong, None, "koi8-r").text == "Паром не ходил"
