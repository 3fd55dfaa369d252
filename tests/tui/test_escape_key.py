"""Esc is told from the beginning of a sequence: at once where it is alone, and never where it is not."""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Iterator

import pytest

from zeroline.tui import escape_key
from zeroline.tui.escape_key import ESC_SEQUENCE, EscapeFilter, escape_wait

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes that can be selected")


class Terminal:
    def __init__(self) -> None:
        self.source, self.types = os.pipe()
        self.filter = EscapeFilter(self.source)

    def type(self, keys: bytes) -> None:
        os.write(self.types, keys)

    def read(self, size: int) -> bytes:
        seen = b""
        while len(seen) < size:
            assert select.select([self.filter.reads], [], [], 20)[0], seen
            seen += os.read(self.filter.reads, size - len(seen))
        return seen

    def nothing(self) -> bool:
        return not select.select([self.filter.reads], [], [], 0.2)[0]


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    it = Terminal()
    yield it
    it.filter.close()
    os.close(it.source)
    os.close(it.types)


def test_esc_alone_is_passed_on_as_what_nothing_else_begins_with(terminal: Terminal) -> None:
    terminal.type(b"\x1b")
    assert terminal.read(len(ESC_SEQUENCE)) == ESC_SEQUENCE
    terminal.type(b"1")
    assert terminal.read(1) == b"1"
    assert terminal.nothing()


def test_esc_behind_other_keys_is_one_too(terminal: Terminal) -> None:
    terminal.type(b"/the\x7f\x1b")
    assert terminal.read(5 + len(ESC_SEQUENCE)) == b"/the\x7f" + ESC_SEQUENCE


@pytest.mark.parametrize("keys", [b"\x1b[A", b"abc", b"\x1bf", b"\x1b[<0;3;4M", b"\x1b\x1b[A", "é漢".encode()])
def test_what_comes_together_stays_as_it_is(terminal: Terminal, keys: bytes) -> None:
    terminal.type(keys)
    assert terminal.read(len(keys)) == keys
    assert terminal.nothing()


def test_a_sequence_in_pieces_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escape_key, "WAIT", 20.0)
    monkeypatch.delenv("ESCDELAY", raising=False)
    it = Terminal()
    it.type(b"\x1b")
    assert it.nothing()
    it.type(b"[A")
    assert it.read(3) == b"\x1b[A"
    it.filter.close()


def test_it_ends_at_once_whatever_is_still_to_be_read(terminal: Terminal) -> None:
    rest = b"x" * 1_000_000
    writer = threading.Thread(target=lambda: _write(terminal.types, rest), daemon=True)
    writer.start()
    time.sleep(0.05)


def _write(fileno: int, data: bytes) -> None:
    try:
        while data:
            data = data[os.write(fileno, data) :]
    except OSError:
        pass


@pytest.mark.parametrize(("given", "seconds"), [(None, 0.03), ("250", 0.25), ("0", 0.001), ("soon", 0.03)])
def test_how_long_it_waits_may_be_said(monkeypatch: pytest.MonkeyPatch, given: str | None, seconds: float) -> None:
    monkeypatch.delenv("ESCDELAY", raising=False)
    if given is not None:
        monkeypatch.setenv("ESCDELAY", given)
    assert escape_wait() == seconds
