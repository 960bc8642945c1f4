"""The settings of the contact with the CSMS hold what both versions of OCPP ask of them."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.properties import comms
from laadpaal.properties.kinds import Hidden, spelled
from laadpaal.properties.rows import Setting
from laadpaal.properties.values import Values


@pytest.mark.parametrize(
    ("row", "good", "bad"),
    [
        (comms.HEARTBEAT_INTERVAL, ["0", "1", "86400", "604800"], ["-1", "604801", "1.5", ""]),
        (comms.PING_INTERVAL, ["0", "86400"], ["-1", "86401"]),
        (comms.MESSAGE_TIMEOUT, ["1", "600"], ["0", "601"]),
        (comms.ATTEMPTS, ["1", "65535"], ["0", "65536"]),
        (comms.ATTEMPT_INTERVAL, ["0", "86400"], ["-1", "86401"]),
        (comms.OFFLINE_THRESHOLD, ["0", "86400"], ["-1", "86401"]),
        (comms.BACK_OFF_MIN, ["1", "3600"], ["0", "3601"]),
        (comms.BACK_OFF_RANGE, ["0", "3600"], ["-1", "3601"]),
        (comms.BACK_OFF_REPEATS, ["0", "16"], ["-1", "17"]),
        (comms.RESET_RETRIES, ["0", "10"], ["-1", "11"]),
        (comms.SECURITY_PROFILE, ["0", "3"], ["-1", "4"]),
        (comms.PASSWORD, ["x" * 16, "é" * 64], ["", "x" * 15, "x" * 65]),
    ],
    ids=lambda given: getattr(given, "id", ""),
)
def test_the_bounds(row: Setting[Any], good: list[str], bad: list[str]) -> None:
    """What lies on the bounds is taken, what lies beyond is refused."""
    for text in good:
        assert row.kind.show(row.kind.parse(text)) == text
    for text in bad:
        with pytest.raises(ValueError, match=r"not (in|a whole)"):
            row.kind.parse(text)


def test_a_half_open_line_is_found_before_messages_are_given_up() -> None:
    """With the defaults a ping comes before the last attempt (1.6, errata)."""
    values = Values()

    pings_s = values[comms.PING_INTERVAL]
    assert pings_s < values[comms.ATTEMPTS] * values[comms.ATTEMPT_INTERVAL]


def test_the_password_shows_itself_nowhere() -> None:
    """Neither printed nor in an error is it to be read."""
    secret = "geheim-geheim-geheim"

    assert secret not in repr(comms.PASSWORD.kind.parse(secret))
    assert secret not in str(comms.PASSWORD.kind.parse(secret))
    with pytest.raises(ValueError, match=r"^80 characters are not in 16\.\.64$"):
        comms.PASSWORD.kind.parse(secret * 4)


def test_there_is_no_password_at_first() -> None:
    """Until one is given, none is sent."""
    assert Values()[comms.PASSWORD] == Hidden("")
    assert not Values()[comms.PASSWORD].reveal()


@pytest.mark.parametrize(
    "secret",
    [
        b"wachtwoord-16-by",
        "wachtwoord-é-16+".encode(),
        bytes(range(16)),
        b"\xff" * 20,
        "é".encode() * 8,
    ],
)
def test_a_password_may_be_any_bytes(secret: bytes) -> None:
    """They are kept as text that the setting takes, and come back as they were."""
    kept = comms.PASSWORD.kind.parse(spelled(secret))

    assert kept.raw() == secret


def test_text_is_its_own_spelling() -> None:
    """A password that people chose is kept as they wrote it."""
    assert spelled(b"wachtwoord-16-by") == "wachtwoord-16-by"
