"""Values are spelled as stations spell them, and read as clients write them."""

from __future__ import annotations

import json
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.local_api.objects.codes import Code, held, spelled, taken

WHOLE = [code for code in Code if code not in {Code.REAL32, Code.STRING, Code.BYTES}]


def test_numbers_of_32_bits_show_their_digits() -> None:
    """Fifteen digits where those read back the same, else seventeen; a whole one has no point."""
    shown = [spelled(held(Code.REAL32, it)) for it in (16.0, 4.565, 222.2, 981.4, 0.5, -3.0, 0.0)]

    assert shown == [
        "16",
        "4.56500005722046",
        "222.19999694824219",
        "981.4000244140625",
        "0.5",
        "-3",
        "0",
    ]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 1e39])
def test_what_is_no_number_is_nought(number: float) -> None:
    """No client ever sees nan."""
    assert held(Code.REAL32, number) == 0


@given(st.floats(allow_nan=True))
def test_json_reads_back_what_is_held(number: float) -> None:
    """And in 32 bits it is the same, bit by bit."""
    kept = held(Code.REAL32, number)

    assert json.loads(spelled(kept)) == kept
    narrow = struct.unpack("<f", struct.pack("<f", kept))[0]
    assert narrow == pytest.approx(kept, rel=1e-15)
    exact = struct.unpack("<f", struct.pack("<f", number))[0] if abs(number) < 1e38 else 0.0
    assert kept == 0 or narrow == exact or abs(number) >= 1e38


@given(st.sampled_from(WHOLE), st.integers())
def test_whole_numbers_stay_in_their_bounds(code: Code, number: int) -> None:
    """What does not fit is told as the nearest that does."""
    kept = held(code, number)

    assert isinstance(kept, int)
    assert taken(code, kept) == kept
    assert kept == number or abs(kept) < abs(number)


@pytest.mark.parametrize("text", ["", "GARAGE02", 'a "quoted" \\ text', "€ 0,45", "\n\x00"])
def test_texts_are_json(text: str) -> None:
    """Whatever stands in them."""
    assert json.loads(spelled(held(Code.STRING, text))) == text


@pytest.mark.parametrize(
    ("code", "given_", "value"),
    [
        (Code.UNSIGNED8, 1, 1),
        (Code.UNSIGNED8, 16.0, 16),
        (Code.UNSIGNED8, "16", 16),
        (Code.UNSIGNED8, "16.0", 16),
        (Code.UNSIGNED8, " 16 ", 16),
        (Code.UNSIGNED8, True, 1),
        (Code.UNSIGNED8, "True", 1),
        (Code.UNSIGNED8, "False", 0),
        (Code.INTEGER8, "-1", -1),
        (Code.INTEGER16, "+60", 60),
        (Code.UNSIGNED64, 1_735_689_600_000, 1_735_689_600_000),
        (Code.UNSIGNED64, str(2**64 - 1), 2**64 - 1),
        (Code.REAL32, 16, 16),
        (Code.REAL32, "16.1", 16.1),
        (Code.REAL32, "16.", 16.0),
        (Code.STRING, "EUR", "EUR"),
        (Code.STRING, 12345678, "12345678"),
        (Code.STRING, "", ""),
    ],
    ids=repr,
)
def test_what_clients_write_is_read(code: Code, given_: object, value: object) -> None:
    """As a number, as its text, or as a word of truth."""
    assert taken(code, given_, 9) == value


@pytest.mark.parametrize(
    ("code", "given_", "why"),
    [
        (Code.UNSIGNED8, 256, "256 is not in 0..255"),
        (Code.UNSIGNED8, -1, "-1 is not in 0..255"),
        (Code.INTEGER8, "128", "128 is not in -128..127"),
        (Code.UNSIGNED8, 1.5, "1.5 is not a whole number"),
        (Code.UNSIGNED8, "1.5", "1.5 is not a whole number"),
        (Code.UNSIGNED8, "", "the value is not a number"),
        (Code.UNSIGNED8, "maybe", "the value is not a number"),
        (Code.UNSIGNED8, "1e3", "the value is not a number"),
        (Code.UNSIGNED8, "٣", "the value is not a number"),
        (Code.UNSIGNED8, None, "the value is not a number"),
        (Code.UNSIGNED8, [1], "the value is not a number"),
        (Code.UNSIGNED64, "9" * 21, "the value is not a number"),
        (Code.UNSIGNED64, 10**19 * 2, "2e+19 is not in 0..18446744073709551615"),
        (Code.UNSIGNED64, 10**400, "the value is not a number"),
        (Code.REAL32, math.nan, "the value is not a number"),
        (Code.REAL32, math.inf, "the value is not a number"),
        (Code.STRING, "123456789", "9 characters are more than 8"),
        (Code.STRING, None, "the value is not a text"),
        (Code.STRING, True, "the value is not a text"),
        (Code.STRING, 1.5, "the value is not a text"),
        (Code.STRING, {}, "the value is not a text"),
    ],
    ids=repr,
)
def test_what_means_nothing_is_refused(code: Code, given_: object, why: str) -> None:
    """In a sentence that says what was wrong."""
    with pytest.raises(ValueError) as refused:  # noqa: PT011  the sentence is compared whole
        taken(code, given_, 9)

    assert str(refused.value) == why
