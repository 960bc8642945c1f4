"""Boot, heartbeat and reset (blocks B and G)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from laadpaal.csms.dialect import BootAnswer, Registration
from laadpaal.protocols.ocpp import v201
from laadpaal.station.answers import Accepted, Answer, Reason, Refused, Scheduled
from laadpaal.station.layout import Layout
from laadpaal.station.requests import Reset
from laadpaal.station.words import BootReason, ResetKind
from tests.csms.v201.scene import AT, AT_TEXT, World, json_of, shown

# --- boot ---


@pytest.mark.parametrize("reason", BootReason)
def test_boot_says_why_the_station_started(world: World, reason: BootReason) -> None:
    """Every reason of ours is a word of the standard (B01)."""
    action, payload = shown(world.dialect.boot(reason, world.scene))

    assert (action, payload["reason"]) == ("BootNotification", reason.value)


def test_boot_names_the_station(world: World) -> None:
    """What the layout knows is told (B01)."""
    _, payload = shown(world.dialect.boot(BootReason.POWER_UP, world.scene))

    assert payload["chargingStation"] == {
        "model": "Duo",
        "vendorName": "Laadpaal",
        "serialNumber": "LP000001",
        "firmwareVersion": "1.2.3",
    }


def test_boot_leaves_out_what_it_does_not_know(world: World) -> None:
    """An empty text would be a claim."""
    world.desk.layout = replace(world.desk.layout, serial="", firmware="")

    _, payload = shown(world.dialect.boot(BootReason.POWER_UP, world.scene))
    assert payload["chargingStation"] == {"model": "Duo", "vendorName": "Laadpaal"}


def test_boot_tells_all_it_knows_within_its_lengths(world: World) -> None:
    """Texts are cut at what the schema allows, for without a boot nothing works at all."""
    world.desk.layout = Layout("v" * 60, "m" * 30, "s" * 30, firmware="f" * 60)

    _, payload = shown(world.dialect.boot(BootReason.WATCHDOG, world.scene))
    assert payload["chargingStation"] == {
        "vendorName": "v" * 50,
        "model": "m" * 20,
        "serialNumber": "s" * 25,
        "firmwareVersion": "f" * 50,
    }


@pytest.mark.parametrize("status", v201.RegistrationStatus)
def test_boot_answer(world: World, status: v201.RegistrationStatus) -> None:
    """Registration, interval and clock are read (B01 to B03)."""
    answer = v201.BootNotificationResponse(status=status, currentTime=AT_TEXT, interval=300)

    assert world.dialect.booted(answer) == BootAnswer(Registration(status.value), 300, AT)


def test_boot_answer_with_nonsense(world: World) -> None:
    """A clock that cannot be read is none, a negative interval leaves the choice to us."""
    answer = v201.BootNotificationResponse(
        status=v201.RegistrationStatus.Accepted, currentTime="noon", interval=-5
    )

    assert world.dialect.booted(answer) == BootAnswer(Registration.ACCEPTED, 0, None)


# --- heartbeat ---


def test_heartbeat(world: World) -> None:
    """A heartbeat says nothing, and its answer is the CSMS's clock (G02)."""
    assert shown(world.dialect.heartbeat()) == ("Heartbeat", {})
    assert world.dialect.beaten(v201.HeartbeatResponse(currentTime=AT_TEXT)) == AT
    assert world.dialect.beaten(v201.HeartbeatResponse(currentTime="")) is None


def test_offsets_and_fractions_are_read(world: World) -> None:
    """The CSMS may write the same instant otherwise than we do."""
    answer = v201.HeartbeatResponse(currentTime="2023-11-14T23:13:20.000000+01:00")

    assert world.dialect.beaten(answer) == AT


# --- reset ---


@pytest.mark.parametrize(
    ("word", "kind"), [("Immediate", ResetKind.HARD), ("OnIdle", ResetKind.ON_IDLE)]
)
def test_a_reset_is_now_or_when_idle(world: World, word: str, kind: ResetKind) -> None:
    """Without an EVSE the whole station starts anew (B11, B12)."""
    assert world.wished("Reset", type=word) == (Reset(kind, 0),)


def test_a_reset_may_name_an_evse(world: World) -> None:
    """One EVSE is reset alone (B11)."""
    assert world.wished("Reset", type="OnIdle", evseId=2) == (Reset(ResetKind.ON_IDLE, 2),)


def test_the_station_is_no_evse(world: World) -> None:
    """EVSE 0 cannot be reset, which would be our own word for the station."""
    answer = world.replied("Reset", type="OnIdle", evseId=0)

    assert answer["status"] == "Rejected"
    assert answer["statusInfo"]["reasonCode"] == "UnknownEvse"


@pytest.mark.parametrize(
    ("answer", "response"),
    [
        (Accepted(), {"status": "Accepted"}),
        (Scheduled(), {"status": "Scheduled"}),
        (
            Refused(Reason.UNSUPPORTED, "an EVSE cannot be reset alone"),
            {
                "status": "Rejected",
                "statusInfo": {
                    "reasonCode": "UnsupportedRequest",
                    "additionalInfo": "an EVSE cannot be reset alone",
                },
            },
        ),
    ],
    ids=["now", "after the transaction", "one EVSE alone"],
)
def test_a_reset_is_done_put_off_or_rejected(
    world: World, answer: Answer, response: dict[str, Any]
) -> None:
    """OnIdle waits for the transaction to end (B12); only a refusal gives a reason."""
    assert world.answered("Reset", answer, type="OnIdle") == response


def test_no_registration_is_out_of_reach() -> None:
    """We understand whatever a CSMS may say to a boot."""
    assert {word.value for word in v201.RegistrationStatus} == {ours.value for ours in Registration}
    assert json_of(v201.Heartbeat()) == {}
