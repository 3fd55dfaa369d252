"""JSON of an index is read alike before and after the quicker library is loaded."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zeroline.index import json_reading as module
from zeroline.index.json_reading import quicken, read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(module, "_decode", module._decode)  # as it was, afterwards
    quicken()
    yield


@given(VALUES)
def test_what_was_written_is_read(value: object) -> None:
    import json

    raw = json.dumps(value).encode()
    assert repr(read_json(raw)) == repr(json.loads(raw))


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b"[1,]", b"\x55" * 20])
def test_what_is_no_json_is_a_value_error(raw: bytes) -> None:
    with pytest.raises(ValueError):
        read_json(raw)
