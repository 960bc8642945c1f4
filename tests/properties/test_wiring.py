"""The order of the lines is told place by place, and a malformed item refuses the whole list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.properties.wiring import ORDERS, Rotations

PLACES = st.dictionaries(st.integers(0, 99), st.sampled_from(ORDERS)).map(
    lambda places: tuple(sorted(places.items()))
)


@given(PLACES)
def test_rotations_read_back(rotations: tuple[tuple[int, str], ...]) -> None:
    """`parse(show(v)) == v` for every value."""
    kind = Rotations()

    assert kind.parse(kind.show(rotations)) == rotations


def test_case_spaces_and_order_play_no_part() -> None:
    """What is printed is in order of the places, in the orders' own spelling."""
    kind = Rotations()

    assert kind.show(kind.parse(" 2.rts ,0.unknown, 1.NOTapplicable")) == (
        "0.Unknown,1.NotApplicable,2.RTS"
    )
    assert kind.parse(" ") == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("RST", "'RST' is not a place and an order"),
        ("1", "'1' is not a place and an order"),
        ("1.", "is not a place and an order"),
        (".RST", "is not a place and an order"),
        ("100.RST", "is not a place and an order"),
        ("01.RST", "is not a place and an order"),
        ("-1.RST", "is not a place and an order"),
        ("\N{ARABIC-INDIC DIGIT ONE}.RST", "is not a place and an order"),
        ("1.RST,,2.RST", "is not a place and an order"),
        ("1.RSTX", "is not one of NotApplicable"),
        ("1.RST,2.RST,1.RST", "one place is there twice"),
        ("x" * 500, "is not a place and an order"),
    ],
)
def test_what_is_no_rotation(text: str, says: str) -> None:
    """The sentence tells what was wrong, and is short."""
    with pytest.raises(ValueError, match=says) as wrong:
        Rotations().parse(text)
    assert len(str(wrong.value)) < 150
