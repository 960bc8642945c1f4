"""Kinds parse what they print, and refuse the rest with a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.properties.kinds import (
    Choice,
    Decimal,
    Flag,
    Hidden,
    Kind,
    Members,
    Secret,
    Text,
    Whole,
)

ANY_TEXT = st.text(max_size=20).filter(str.isprintable)


@given(st.integers(-5, 86_400))
def test_a_whole_number_reads_back(number: int) -> None:
    """`parse(show(v)) == v` for every number in bounds."""
    kind = Whole(-5, 86_400)

    assert number == kind.parse(kind.show(number))


@given(st.floats(0, 1e6, allow_nan=False))
def test_a_decimal_reads_back(number: float) -> None:
    """No digit is lost on the way through text."""
    kind = Decimal(0, 1e6)

    assert number == kind.parse(kind.show(number))


@given(ANY_TEXT)
def test_a_text_reads_back(text: str) -> None:
    """Text is its own print."""
    assert text == Text(20).parse(text)


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        (Whole(0, 10), "11", "11 is not in 0..10"),
        (Whole(0, 10), "-1", "-1 is not in 0..10"),
        (Whole(0, 10), "300.1", "'300.1' is not a whole number"),
        (Whole(0, 10), "+3", "'+3' is not a whole number"),
        (Whole(0, 10), "03", "'03' is not a whole number"),
        (Whole(0, 10), "true", "'true' is not a whole number"),
        (Whole(0, 10), "", "'' is not a whole number"),
        (Whole(0, 10), "\N{SUPERSCRIPT TWO}", "is not a whole number"),
        (Whole(0, 10), "9" * 5000, "is not a whole number"),
        (Decimal(0, 10), "10.5", "10.5 is not in 0..10"),
        (Decimal(0, 10), "9" * 400, "inf is not in 0..10"),
        *(
            (Decimal(0, 10), text, "is not a number")
            for text in ("", "nan", "inf", "1e0", "+1", ".5", "5.", "1_0", "0x1", "true", "\u0661")
        ),
        (Decimal(0, 10), "ten", "'ten' is not a number"),
        (Flag(), "yes", "'yes' is neither true nor false"),
        (Text(3, 1), "", "0 characters are not in 1..3"),
        (Text(9), "a\x00b", "cannot be printed"),
        (Secret(4, 2), "secret", "6 characters are not in 2..4"),
        (Choice(("A", "W")), "V", "'V' is not one of A, W"),
        (Choice(("1", "3"), exact=True), "03", "'03' is not exactly one of 1, 3"),
        (Members(("A", "W")), "A,V", "'V' is not one of A, W"),
        (Members(("A", "W")), "A,a", "names one member twice"),
        (Members(("A", "W"), low=1), "", "at least 1 of A, W is needed"),
    ],
)
def test_what_is_refused_is_named(kind: Kind[Any], text: str, says: str) -> None:
    """The error says which text was wrong and what would have been right."""
    with pytest.raises(ValueError, match=r".") as refused:
        kind.parse(text)

    assert says in str(refused.value)


def test_lists_keep_their_own_spelling() -> None:
    """Case and spaces do not matter to the reader, and are not kept."""
    kind = Members(("Voltage", "Power"))

    assert kind.parse(" power , VOLTAGE") == ("Power", "Voltage")
    assert kind.show(("Power", "Voltage")) == "Power,Voltage"
    assert kind.parse("") == ()
    assert Choice(("Current", "Power")).parse("power") == "Power"
    assert Choice(("Current",)).show("Current") == "Current"
    assert [Flag().parse(text) for text in ("TRUE", "false")] == [True, False]
    assert [Flag().show(flag) for flag in (True, False)] == ["true", "false"]
    assert Text(3).show("abc") == "abc"
    assert kind.high == 2


def test_a_secret_is_never_printed() -> None:
    """Only `reveal` tells it."""
    secret = Secret(40).parse("correct horse")

    assert "horse" not in f"{secret} {secret!r}"
    assert Secret(40).show(secret) == secret.reveal() == "correct horse"
    assert secret == Hidden("correct horse")
    assert len({secret, Hidden("correct horse")}) == 1


def test_members_that_nobody_is_told_of() -> None:
    """They are read in any case like the others, and the list gets no longer for them."""
    kind = Members(("Red", "Blue"), also=("Dark.Red", "Dark.Blue"))

    assert kind.parse("dark.blue,RED") == ("Dark.Blue", "Red")
    assert (kind.choices, kind.high) == (("Red", "Blue"), 2)
    with pytest.raises(ValueError, match="3 members are more than 2"):
        kind.parse("Red,Blue,Dark.Red")


def test_a_secret_of_digits_holds_nothing_else() -> None:
    """And the refusal does not repeat it."""
    pin = Secret(8, low=4, digits=True)

    assert pin.parse("0042") == Hidden("0042")
    for text in ("12a4", "12 4", "\u0661234", "123"):
        with pytest.raises(ValueError, match=r"digits|characters") as refused:
            pin.parse(text)
        assert text not in str(refused.value)
    assert Secret(8, digits=True).parse("") == Hidden("")
