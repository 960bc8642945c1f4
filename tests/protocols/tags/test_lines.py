"""Readers that write lines of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.tags import Form, TagError, TagLines, parse
from laadpaal.protocols.tags.lines import LONGEST_LINE

CARD = bytes.fromhex("04A1B2C3")


@pytest.mark.parametrize(
    ("form", "text", "uid"),
    [
        (Form.HEX, "04A1B2C3", "04a1b2c3"),
        (Form.HEX, "04a1b2c3", "04a1b2c3"),
        (Form.HEX, "04:A1:B2:C3:D4:E5:F6", "04a1b2c3d4e5f6"),
        (Form.HEX, "04 A1-B2 C3", "04a1b2c3"),
        (Form.HEX, "04112233445566778899", "04112233445566778899"),
        (Form.DECIMAL, "0077705923", "04a1b2c3"),
        (Form.DECIMAL, "77705923", "04a1b2c3"),
        (Form.DECIMAL, "4294967295", "ffffffff"),
        (Form.DECIMAL, "4294967296", "00000100000000"),
        (Form.DECIMAL, "1303934373416182", "04a1ebe1234cf6"),
    ],
)
def test_numbers_are_read(form: Form, text: str, uid: str) -> None:
    """In hexadecimal digits with or without something between, or as one decimal number."""
    assert parse(text, form).hex() == uid


@pytest.mark.parametrize(
    ("form", "text", "why"),
    [
        (Form.HEX, "04A1B2C", "two hexadecimal digits"),
        (Form.HEX, "04A1B2CG", "two hexadecimal digits"),
        (Form.HEX, "", "two hexadecimal digits"),
        (Form.HEX, "\u06604A1B2C3", "two hexadecimal digits"),
        (Form.HEX, "04A1B2", "3 bytes, not 4 to 10"),
        (Form.HEX, "04" * 11, "11 bytes, not 4 to 10"),
        (Form.DECIMAL, "04A1B2C3", "no decimal number"),
        (Form.DECIMAL, "-1", "no decimal number"),
        (Form.DECIMAL, "\u0663", "no decimal number"),
        (Form.DECIMAL, str(1 << 56), "does not fit into 7 bytes"),
    ],
)
def test_what_is_no_number_is_refused(form: Form, text: str, why: str) -> None:
    """The error shows the text and says why."""
    with pytest.raises(TagError, match=why):
        parse(text, form)


@pytest.mark.parametrize(
    "data",
    [
        b"04A1B2C3\r\n",
        b"04A1B2C3\r",
        b"\x0204A1B2C3\x03",
        b"\r\n  04A1B2C3 \n",
        b"\x00?\r04A1B2C3\r",
    ],
)
def test_lines_end_in_many_ways(data: bytes) -> None:
    """With return, line feed or both, or between marks; noise before it is another line."""
    assert TagLines(Form.HEX).feed(data) == (CARD,)


def test_what_is_refused_is_counted_and_told() -> None:
    """Whoever looks for the trouble hears what was wrong with the last line."""
    lines = TagLines(Form.HEX)

    assert lines.feed(b"hello\r04A1B2C3\r12\r") == (CARD,)
    assert lines.refused == 2
    assert lines.flaw == "'12' has 1 bytes, not 4 to 10"


def test_an_endless_line_is_dropped_whole() -> None:
    """It takes no memory, and the line after it is read."""
    lines = TagLines(Form.HEX)
    for _ in range(1000):
        assert lines.feed(b"0" * 100) == ()

    assert lines.held == LONGEST_LINE + 1
    assert lines.feed(b"\r04A1B2C3\r") == (CARD,)
    assert lines.flaw == "a line has no end"


def test_what_has_begun_can_be_forgotten() -> None:
    """The rest of it is then a line of its own."""
    lines = TagLines(Form.HEX)
    lines.feed(b"FFFF")
    lines.forget()

    assert lines.feed(b"04A1B2C3\r") == (CARD,)


@given(st.binary(max_size=300), st.integers(1, 20), st.sampled_from(Form))
def test_it_matters_not_how_bytes_arrive(data: bytes, size: int, form: Form) -> None:
    """One by one or all together, the numbers are the same, and nothing else comes of them."""
    lines, whole = TagLines(form), TagLines(form).feed(data)
    pieces = [data[at : at + size] for at in range(0, len(data), size)]

    assert tuple(uid for piece in pieces for uid in lines.feed(piece)) == whole


@given(st.lists(st.binary(min_size=4, max_size=10), max_size=20))
def test_every_number_can_be_written_and_read(uids: list[bytes]) -> None:
    """Whatever its size."""
    text = "".join(f"{uid.hex()}\r\n" for uid in uids)

    assert TagLines(Form.HEX).feed(text.encode()) == tuple(uids)
