"""The line of every value of a TOML file."""

import tomllib
from typing import Any

import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from zeroline.corpus.locate import line_of, lines


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of everything in a TOML document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [found for key, item in inner for found in paths(item, (*path, key))]


AWKWARD = """\
# a comment [[with]] = signs
top.level = 1
[corpus]
id = "x" # not ] = {
"we\\"ird".'k.y'.z = 1.5

[[statement]]
id = \"\"\"
looks = like
[[statement]]
and \\\"\"\" goes on
\"\"\"\"
'n' = [
  { a = 1, b = [ 2,
     3 ] }, # a comment ] }
  { "c d" = { e.f = 07:32:00, g = 1979-05-27 07:32:00 } }, [[1],
[2]],
]
raw = \'\'\'
[x]
\'\'\'
[[statement.positions]]
stance = 'x'
[[ statement . "positions" ]] # again
[statement.positions.deep.er]
k = true
[[statement]]
q = "#"
"""

AWKWARD_LINES = {
    ("top", "level"): 2,
    ("corpus",): 3,
    ("corpus", "id"): 4,
    ("corpus", 'we"ird', "k.y", "z"): 5,
    ("statement", 0): 7,
    ("statement", 0, "id"): 8,
    ("statement", 0, "n"): 13,
    ("statement", 0, "n", 0, "a"): 14,
    ("statement", 0, "n", 0, "b", 1): 15,
    ("statement", 0, "n", 1, "c d", "e", "f"): 16,
    ("statement", 0, "n", 2, 1, 0): 17,
    ("statement", 0, "raw"): 19,
    ("statement", 0, "positions"): 22,
    ("statement", 0, "positions", 0, "stance"): 23,
    ("statement", 0, "positions", 1): 24,
    ("statement", 0, "positions", 1, "deep", "er"): 25,
    ("statement", 0, "positions", 1, "deep", "er", "k"): 26,
    ("statement", 1): 27,
    ("statement", 1, "q"): 28,
}


def test_lines_of_an_awkward_file() -> None:
    found = lines(AWKWARD)
    assert set(paths(tomllib.loads(AWKWARD))) == set(found)
    assert {path: found[path] for path in AWKWARD_LINES} == AWKWARD_LINES


def test_a_path_that_is_not_written_has_the_line_of_what_is_around_it() -> None:
    found = lines(AWKWARD)
    assert line_of(found, ("statement", 1, "speaker")) == 27
    assert line_of(found, ("statement", 0, "n", 0, "c", "d")) == 14
    assert line_of(found, ("nowhere", 3)) is None
    assert line_of(found, ()) is None


SCALARS = st.one_of(
    st.integers(-(2**60), 2**60), st.booleans(), st.text(max_size=12), st.floats(allow_nan=False), st.dates()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=4)),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=6), VALUES, max_size=5), st.booleans())
def test_every_value_of_any_file_has_its_line(document: dict[str, Any], multiline: bool) -> None:
    text = tomli_w.dumps(document, multiline_strings=multiline)
    found = lines(text)
    written = tomllib.loads(text)
    assert set(paths(written)) == set(found)
    starts = text.split("\n")
    for path, line in found.items():
        if isinstance(path[-1], str):
            key = tomli_w.dumps({path[-1]: 0}).removesuffix(" = 0\n")
            assert key in starts[line - 1]
