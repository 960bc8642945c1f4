"""Records of keys, as a keyboard's file in Linux has them."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.tags.keys import Keys

RECORD = struct.Struct("llHHi")


def record(kind: int, code: int, value: int) -> bytes:
    """Return a record of some instant."""
    return RECORD.pack(1_700_000_000, 123_456, kind, code, value)


def pressed(*codes: int) -> bytes:
    """Return the records of keys that are pressed and let go, one after the other."""
    return b"".join(
        record(1, code, 1) + record(0, 0, 0) + record(1, code, 0) + record(0, 0, 0)
        for code in codes
    )


def test_keys_become_text() -> None:
    """The digits of either block, the letters of numbers, and either enter."""
    row, letters = range(2, 12), (30, 48, 46, 32, 18, 33)
    pad = (82, 79, 80, 81, 75, 76, 77, 71, 72, 73)

    assert Keys().feed(pressed(*row, *letters, 28)) == b"1234567890ABCDEF\r"
    assert Keys().feed(pressed(*pad, 96)) == b"0123456789\r"


@pytest.mark.parametrize(
    "data",
    [record(1, 30, 0), record(1, 30, 2), record(4, 30, 1), record(0, 30, 1), record(1, 42, 1)],
    ids=["let go", "held down", "its scan code", "a mark", "shift"],
)
def test_nothing_else_counts(data: bytes) -> None:
    """A key is pressed once."""
    assert Keys().feed(data) == b""


@given(st.lists(st.sampled_from([*range(2, 12), 28, 30, 42]), max_size=20), st.integers(1, 100))
def test_it_matters_not_how_bytes_arrive(codes: list[int], size: int) -> None:
    """One by one or all together, the text is the same."""
    data, keys = pressed(*codes), Keys()
    pieces = [data[at : at + size] for at in range(0, len(data), size)]

    assert b"".join(map(keys.feed, pieces)) == Keys().feed(data)


@given(st.binary(max_size=500))
def test_no_bytes_break_it(data: bytes) -> None:
    """Whatever comes, it is text of numbers, and less than one record is kept."""
    keys = Keys()

    assert set(keys.feed(data)) <= set(b"0123456789ABCDEF\r")
    assert len(keys._begun) < RECORD.size
