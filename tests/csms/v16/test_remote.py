"""What the CSMS starts, stops and asks for from afar (1.6 sections 5.11, 5.12 and 5.17)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from laadpaal.csms.dialect import Ask, Then
from laadpaal.ports.journal import Start
from laadpaal.properties.metering import SAMPLED_MEASURANDS
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.charging_profiles import Kind, Period, Profile, Purpose, Schedule, Unit
from laadpaal.station.measurement import Measurement
from laadpaal.station.requests import ReportMeter, ReportStatus, StartCharging, StopCharging
from laadpaal.station.words import By, Token
from tests.csms.v16.stage import CARD, Stage, evse, replied, said, settled
from tests.support.world import World

METERED = Measurement(energy_wh=1000.0)
TEN_AMPERE = Schedule(Unit.AMPERE, (Period(0, 10.0),))
SCHEDULE = {
    "chargingRateUnit": "A",
    "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 10.0}],
}
FITTING: dict[str, Any] = {
    "chargingProfileId": 1,
    "stackLevel": 0,
    "chargingProfilePurpose": "TxProfile",
    "chargingProfileKind": "Relative",
    "chargingSchedule": SCHEDULE,
}


@pytest.fixture
def stage() -> Stage:
    """Return a stage with two EVSEs, of which only the second's meter has answered."""
    stage = Stage()
    stage.show(evse(1), replace(evse(2), measurement=METERED))
    return stage


def triggered(stage: Stage, message: str, **more: object) -> tuple[str, tuple[Then, ...]]:
    """Return the word of a trigger's answer, and what follows once it has been sent."""
    reply = replied(stage.hear("TriggerMessage", requestedMessage=message, **more))
    status: str = said(reply.payload)["status"]
    return status, reply.then


# --- remote start ---


def test_a_start_is_a_wish_of_the_csms(stage: Stage) -> None:
    """The token is checked by the station as if it had been presented there (5.11)."""
    wish = stage.wish("RemoteStartTransaction", idTag="04A1B2C3", connectorId=2)

    assert (StartCharging(2, CARD, By.REMOTE, remote_id=None, check=True),) == wish.requests
    assert settled(wish, Accepted()) == {"status": "Accepted"}


def test_a_start_without_connector_leaves_the_choice_to_the_station(stage: Stage) -> None:
    """An absent connectorId is no connector in particular (5.11)."""
    wish = stage.wish("RemoteStartTransaction", idTag="04A1B2C3")

    assert (StartCharging(0, CARD),) == wish.requests


def test_a_start_at_connector_0_is_rejected(stage: Stage) -> None:
    """Nobody can charge at the station as a whole (5.11)."""
    answer = stage.reply("RemoteStartTransaction", idTag="04A1B2C3", connectorId=0)

    assert answer == {"status": "Rejected"}


@pytest.mark.parametrize("reason", [Reason.UNKNOWN_EVSE, Reason.OCCUPIED, Reason.NOT_REGISTERED])
def test_a_start_that_the_station_refuses_is_rejected(stage: Stage, reason: Reason) -> None:
    """An unknown connector, a running transaction: 1.6 has one word, and no reason."""
    wish = stage.wish("RemoteStartTransaction", idTag="04A1B2C3", connectorId=9)

    assert (StartCharging(9, CARD),) == wish.requests
    assert settled(wish, Refused(reason, "because")) == {"status": "Rejected"}


@pytest.mark.parametrize(("connector", "evse"), [({"connectorId": 2}, 2), ({}, 0)])
def test_a_start_takes_its_profile_along(
    stage: Stage, connector: dict[str, int], evse: int
) -> None:
    """It is for the transaction that is started (5.11)."""
    wish = stage.wish("RemoteStartTransaction", idTag="X", chargingProfile=FITTING, **connector)

    profile = Profile(1, evse, Purpose.TX, Kind.RELATIVE, 0, (TEN_AMPERE,))
    assert (StartCharging(evse, Token("X"), profile=profile),) == wish.requests


def test_a_profile_that_names_a_transaction_rejects_a_start(stage: Stage) -> None:
    """Nobody can know the number of one that has not begun (5.11)."""
    answer = stage.reply(
        "RemoteStartTransaction", idTag="X", chargingProfile=FITTING | {"transactionId": 7}
    )

    assert answer == {"status": "Rejected"}


@pytest.mark.parametrize("purpose", ["TxDefaultProfile", "ChargePointMaxProfile"])
def test_a_profile_for_something_else_rejects_a_start(stage: Stage, purpose: str) -> None:
    """The station takes only a TxProfile along (5.11)."""
    world = World()
    world.online()
    sent = FITTING | {"chargingProfilePurpose": purpose}
    wish = stage.wish("RemoteStartTransaction", idTag="X", connectorId=1, chargingProfile=sent)

    assert settled(wish, *map(world.ask, wish.requests)) == {"status": "Rejected"}


# --- remote stop ---


def test_a_stop_names_our_transaction(stage: Stage) -> None:
    """The number of the CSMS is read as our id (5.12)."""
    stage.journal.put(1, 2, Start("tx-1", 7, settled=True))

    wish = stage.wish("RemoteStopTransaction", transactionId=7)
    assert (StopCharging("tx-1"),) == wish.requests
    assert settled(wish, Accepted("tx-1")) == {"status": "Accepted"}


def test_a_stop_of_a_transaction_that_has_ended_is_rejected(stage: Stage) -> None:
    """The number is known, but nothing runs under it (5.12)."""
    stage.journal.put(1, 2, Start("tx-1", 7, settled=True))
    wish = stage.wish("RemoteStopTransaction", transactionId=7)

    assert settled(wish, Refused(Reason.UNKNOWN_TRANSACTION)) == {"status": "Rejected"}


@pytest.mark.parametrize("number", [8, 0, -1])
def test_a_stop_of_an_unknown_number_is_rejected(stage: Stage, number: int) -> None:
    """A number the CSMS never gave names nothing, not even -1, under which we tell orphans."""
    stage.journal.put(1, 2, Start("tx-1", 7, settled=True))
    stage.journal.put(2, 1, Start("tx-2", None, settled=True))

    assert stage.reply("RemoteStopTransaction", transactionId=number) == {"status": "Rejected"}


# --- trigger message: the answer first, then what follows ---


def test_a_triggered_heartbeat_follows(stage: Stage) -> None:
    """The promise is answered, and kept afterwards; a connector plays no part (5.17)."""
    assert triggered(stage, "Heartbeat") == ("Accepted", (Ask.HEARTBEAT,))
    assert triggered(stage, "Heartbeat", connectorId=9) == ("Accepted", (Ask.HEARTBEAT,))


def test_a_triggered_boot_follows_before_acceptance_only(stage: Stage) -> None:
    """An accepted station does not boot again for the asking (5.17)."""
    assert triggered(stage, "BootNotification") == ("Rejected", ())

    stage.show(online=False)
    assert triggered(stage, "BootNotification") == ("Accepted", (Ask.BOOT,))


@pytest.mark.parametrize("connector", [1, 2])
def test_a_triggered_status_is_of_that_connector(stage: Stage, connector: int) -> None:
    """Nobody else's status follows (5.17)."""
    assert triggered(stage, "StatusNotification", connectorId=connector) == (
        "Accepted",
        (ReportStatus(connector),),
    )


@pytest.mark.parametrize("more", [{}, {"connectorId": 0}], ids=["absent", "zero"])
def test_a_triggered_status_of_no_connector_is_of_all(stage: Stage, more: dict[str, int]) -> None:
    """0 is not to be sent here (5.17), but whoever does wants to hear of the whole station."""
    assert triggered(stage, "StatusNotification", **more) == ("Accepted", (ReportStatus(0),))


def test_triggered_meter_values_are_of_that_connector(stage: Stage) -> None:
    """The sample is taken when the answer has been sent (5.17)."""
    assert triggered(stage, "MeterValues", connectorId=2) == ("Accepted", (ReportMeter(2),))


def test_triggered_meter_values_of_no_connector_are_of_all(stage: Stage) -> None:
    """One meter that answers is enough to promise something (5.17)."""
    assert triggered(stage, "MeterValues") == ("Accepted", (ReportMeter(0),))


def test_no_meter_values_without_a_meter(stage: Stage) -> None:
    """What would not follow is not promised: the meter of EVSE 1 has not answered (5.17)."""
    assert triggered(stage, "MeterValues", connectorId=1) == ("Rejected", ())


def test_no_meter_values_without_measurands(stage: Stage) -> None:
    """An empty MeterValuesSampledData leaves nothing to tell (5.17)."""
    stage.desk.values.put(SAMPLED_MEASURANDS, ())

    assert triggered(stage, "MeterValues", connectorId=2) == ("Rejected", ())


@pytest.mark.parametrize("message", ["StatusNotification", "MeterValues"])
@pytest.mark.parametrize("connector", [3, -1])
def test_an_unknown_connector_is_rejected(stage: Stage, message: str, connector: int) -> None:
    """There is nothing to tell about a connector that is not there (5.17)."""
    assert triggered(stage, message, connectorId=connector) == ("Rejected", ())


@pytest.mark.parametrize(
    ("message", "status", "then"),
    [
        ("Heartbeat", "Accepted", (Ask.HEARTBEAT,)),
        ("StatusNotification", "Accepted", (ReportStatus(2),)),
        ("MeterValues", "Accepted", (ReportMeter(2),)),
        ("BootNotification", "Rejected", ()),
        ("SignChargePointCertificate", "NotImplemented", ()),
    ],
)
def test_extended_triggers_follow_the_same_rules(
    stage: Stage, message: str, status: str, then: tuple[Then, ...]
) -> None:
    """The white paper's trigger knows more messages; no certificate is asked for yet."""
    reply = replied(stage.hear("ExtendedTriggerMessage", requestedMessage=message, connectorId=2))

    assert said(reply.payload) == {"status": status}
    assert reply.then == then
