"""Which passwords there are, and what is kept of them."""

from __future__ import annotations

import pytest

from laadpaal.local_api.passwords import flaw, hashed, matches
from laadpaal.ports.accounts import User


@pytest.mark.parametrize("user", [User.ADMIN, User.SERVICE, User.GUEST])
@pytest.mark.parametrize("password", ["a" * 10, "a" * 40, "correct horse", "Grün & Weiß 1"])
def test_good_passwords(user: User, password: str) -> None:
    """10 to 40 characters of any language."""
    assert flaw(user, password) == ""


@pytest.mark.parametrize("user", [User.ADMIN, User.SERVICE, User.GUEST])
@pytest.mark.parametrize(
    "password",
    ["", "a" * 9, "a" * 41, "back\\slash10", 'a "quoted" one', "one, two, three", "line\nbreaks10"],
)
def test_bad_passwords(user: User, password: str) -> None:
    """What is too short or too long, or what installers' tools cannot send."""
    assert flaw(user, password).startswith("a password has 10 to 40 characters")


@pytest.mark.parametrize("pin", ["", "1234", "123456"])
def test_good_pins(pin: str) -> None:
    """Who charges has digits to key in, or nothing."""
    assert flaw(User.DRIVER, pin) == ""


@pytest.mark.parametrize("pin", ["123", "1234567", "12a4", "١٢٣٤"])
def test_bad_pins(pin: str) -> None:
    """Four to six of the ten digits that a keypad has."""
    assert flaw(User.DRIVER, pin) == "a PIN has 4 to 6 digits, or is empty"


def test_only_the_password_matches() -> None:
    """And what is kept tells it to nobody, not even that two have the same."""
    kept, again = hashed("correct horse"), hashed("correct horse")

    assert matches("correct horse", kept)
    assert not matches("correct horsf", kept)
    assert not matches("", kept)
    assert "correct" not in kept
    assert kept != again


def test_no_password_matches_nothing() -> None:
    """An account without a password opens for the empty one alone."""
    assert hashed("") == ""
    assert matches("", "")
    assert not matches("anything", "")


def test_what_is_no_text_does_not_match() -> None:
    """Half of a character that JSON can hold is a wrong password, and no mistake of ours."""
    assert not matches("\ud800", hashed("correct horse"))
