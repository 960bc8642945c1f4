"""Lines out of bytes, whatever else is between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.at.lines import LONGEST, Lines


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"\r\nOK\r\n", ["OK"]),
        (b"AT\r\r\nOK\r\n", ["AT", "OK"]),
        (b"a\nb\rc\n\r", ["a", "b", "c"]),
        (b"\xff\x00O\x80K\x07\r\n", ["OK"]),
        (b"  +CSQ: 17,99  \r\n", ["+CSQ: 17,99"]),
        (b"   \r\n", []),
        (b"half", []),
    ],
)
def test_bytes_become_lines(data: bytes, lines: list[str]) -> None:
    """Either line end will do, empty lines are none, and noise is left out."""
    assert list(Lines().feed(data)) == lines


@given(st.binary(max_size=300), st.integers(1, 20))
def test_it_matters_not_how_bytes_arrive(data: bytes, size: int) -> None:
    """One by one or all together, the lines are the same."""
    lines, whole = Lines(), list(Lines().feed(data))
    pieces = [data[at : at + size] for at in range(0, len(data), size)]

    assert [line for piece in pieces for line in lines.feed(piece)] == whole


def test_an_endless_line_is_dropped_whole() -> None:
    """It takes no memory, and the line after it is read."""
    lines = Lines()

    assert list(lines.feed(b"x" * 100_000)) == []
    assert len(lines._begun) == LONGEST + 1
    assert list(lines.feed(b"OK\r\nOK\r\n")) == ["OK"]
    assert list(lines.feed(b"x" * LONGEST + b"\r")) == ["x" * LONGEST]


def test_what_has_begun_can_be_forgotten() -> None:
    """The rest of it is then a line of its own."""
    lines = Lines()
    list(lines.feed(b"junk"))
    lines.clear()

    assert list(lines.feed(b"OK\r")) == ["OK"]
