"""Nothing a terminal might act on survives `visible`, and nothing else is touched."""

import unicodedata

import pyte
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zeroline.text.safe import one_line, visible

# Every code point, lone surrogates included, with those that terminals act on far more often than chance would have it.
RISKY = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)]))
RISKY += "\u200b\u200e\u200f\u061c\ufeff\u00ad\ud800\udfff\U000e0041\U000e0100[]();?0123456789Hm\\"
ANYTHING = st.text(st.one_of(st.characters(codec=None, exclude_categories=()), st.sampled_from(RISKY)))

ATTACKS = {
    "colour": "\x1b[31mred",
    "title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;Y3VybA==\x1b\\",
    "hyperlink": "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "one-byte CSI": "\x9b2J",
    "one-byte OSC": "\x9d0;owned\x9c",
    "cursor home": "\x1b[H\x1b[2J",
    "carriage return": "harmless\rrm -rf",
    "backspace": "abc\b\b\bxyz",
    "bell": "\a",
    "shift out": "\x0e",
    "delete": "\x7f",
    "trojan source": "/*\u202e } \u2066if (admin)\u2069 \u2066*/",
    "arabic letter mark": "\u061c",
    "line separator": "a\u2028b",
    "zero width space": "a\u200bb",
    "byte order mark": "\ufeffa",
    "soft hyphen": "a\xadb",
    "tags": "\U000e0001\U000e0068\U000e0069\U000e007f",
    "variation selectors that carry bytes": "x\U000e0148\U000e0155",
    "lone surrogate": "\udc1b",
    "next line": "a\x85b",
    "Hangul filler": "\u3164",
}

# Format characters that are to be seen, or that spell words: they stay.
FORMAT_THAT_STAYS = {
    *map(chr, range(0x600, 0x606)),
    *"\u06dd\u070f\u0890\u0891\u08e2\u200c\u200d\U000110bd\U000110cd",
    *map(chr, range(0x13430, 0x13460)),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_shown_and_not_sent(attack: str) -> None:
    shown = visible(attack)
    assert shown != attack
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Mn") for sign in shown)


def test_the_signs_are_plain() -> None:
    assert visible("\x1b[2J") == "␛[2J"
    assert visible("a\x00b\rc\x7f") == "a␀b␍c␡"
    assert visible("\x9b") == "⟨U+009B⟩"
    assert visible("\u202e") == "⟨U+202E⟩"
    assert visible("\U000e0041") == "⟨U+E0041⟩"
    assert visible("\ud800") == "⟨U+D800⟩"


@settings(deadline=None)
@given(ANYTHING)
def test_no_control_and_no_surrogate_survives(text: str) -> None:
    shown = visible(text)
    for sign in shown:
        assert sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp"), f"U+{ord(sign):04X}"
        assert unicodedata.bidirectional(sign) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    assert shown.encode().decode() == shown


def test_every_format_character_is_shown_or_known_to_stay() -> None:
    formats = {sign for sign in map(chr, range(0x110000)) if unicodedata.category(sign) == "Cf"}
    assert {sign for sign in formats if visible(sign) == sign} <= FORMAT_THAT_STAYS


@settings(deadline=None)
@given(ANYTHING)
@example("\x1b]52;c;eA==\x07\x9b5n\x1bc\x1b[?1049h")
def test_a_terminal_only_ever_writes_text(text: str) -> None:
    screen = pyte.Screen(80, 24)
    before = (set(screen.mode), screen.title, screen.icon_name, screen.margins, screen.charset, screen.cursor.attrs)
    stream = pyte.Stream(screen)
    stream.feed(visible(text))
    after = (set(screen.mode), screen.title, screen.icon_name, screen.margins, screen.charset, screen.cursor.attrs)
    assert after == before


@settings(deadline=None)
@given(ANYTHING)
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@settings(deadline=None)
@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u3164\uffa0")))
@example("“Oda” Brûm — Ілько, Лампа: [laughter] [sic] [/] [bold red]x[/bold red] \\[ 你好 العربية می‌خواهم 🕯️ 👩‍👩‍👧")
@example("one\n\ttwo")
def test_letters_numbers_and_markup_lookalikes_are_untouched(text: str) -> None:
    assert visible(text) == text


@settings(deadline=None)
@given(ANYTHING)
def test_one_line_is_one_line_and_hides_nothing(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line and "\t" not in line and "  " not in line
    assert visible(line) == line
    assert len(line.splitlines()) <= 1
    kept = [sign for sign in text.replace("\r\n", "\n") if not (sign in "\n\t" or unicodedata.category(sign) == "Zs")]
    assert "".join(line.split()) == visible("".join(kept))


def test_one_line_shows_controls_that_python_takes_for_space() -> None:
    assert one_line("a\r\nb  c\td\x1ee\x85f") == "a b c d␞e⟨U+0085⟩f"
