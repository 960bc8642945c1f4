"""What the CSMS asks from afar: start, stop, unlock, and messages on demand (block F)."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.csms.dialect import Ask, Reply, Then
from laadpaal.properties.metering import ALIGNED_MEASURANDS, SAMPLED_MEASURANDS
from laadpaal.properties.rows import Setting
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.charging_profiles import (
    Kind,
    Period,
    Profile,
    Purpose,
    Schedule,
    Unit,
)
from laadpaal.station.requests import (
    ReportMeter,
    ReportStatus,
    StartCharging,
    StopCharging,
    UnlockConnector,
)
from laadpaal.station.words import By, Token, TokenKind
from tests.csms.v201.scene import World, json_of, make_world

START: dict[str, Any] = {
    "idToken": {"idToken": "04A1B2C3", "type": "ISO14443"},
    "remoteStartId": 17,
}
TARIFF = {"id": 1, "salesTariffEntry": [{"relativeTimeInterval": {"start": 0}}]}
FITTING: dict[str, Any] = {
    "id": 1,
    "stackLevel": 0,
    "chargingProfilePurpose": "TxProfile",
    "chargingProfileKind": "Relative",
    "chargingSchedule": [
        {
            "id": 1,
            "chargingRateUnit": "A",
            "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 10.0}],
        }
    ],
}


def triggered(world: World, message: str, **evse: int) -> tuple[Any, tuple[Then, ...]]:
    """Return the answer to a trigger, and what follows once it has been sent."""
    more = {"evse": evse} if evse else {}
    reply = world.hear("TriggerMessage", requestedMessage=message, **more)
    assert isinstance(reply, Reply)
    return json_of(reply.payload), reply.then


def rejected(reason: str) -> tuple[Any, tuple[Then, ...]]:
    """Return a refusal for that reason, after which nothing follows."""
    return {"status": "Rejected", "statusInfo": {"reasonCode": reason}}, ()


ACCEPTED = {"status": "Accepted"}

# --- request start ---


def test_a_start_is_a_wish_of_the_csms(world: World) -> None:
    """The number of the start goes along, and so does the group (F01, F02)."""
    group = {"idToken": "FLEET", "type": "Central"}
    wish = StartCharging(2, Token("04A1B2C3"), By.REMOTE, 17, check=True, group="FLEET")

    assert world.wished("RequestStartTransaction", **START, evseId=2, groupIdToken=group) == (wish,)


def test_a_start_without_evse_leaves_the_choice_to_the_station(world: World) -> None:
    """An absent evseId is no EVSE in particular (F01)."""
    wish = StartCharging(0, Token("04A1B2C3"), remote_id=17)

    assert world.wished("RequestStartTransaction", **START) == (wish,)


def test_a_start_at_evse_0_is_rejected(world: World) -> None:
    """Nobody can charge at the station as a whole (F01)."""
    assert world.replied("RequestStartTransaction", **START, evseId=0) == {
        "status": "Rejected",
        "statusInfo": {"reasonCode": "UnknownEvse", "additionalInfo": "there is no EVSE 0"},
    }


@pytest.mark.parametrize("kind", TokenKind)
def test_tokens_that_the_csms_made_are_not_checked(world: World, kind: TokenKind) -> None:
    """Asking the CSMS about a Central token, or about none at all, would be idle (C03, C05)."""
    start = START | {"idToken": {"idToken": "X", "type": kind.value}}

    (wish,) = world.wished("RequestStartTransaction", **start, evseId=1)
    assert isinstance(wish, StartCharging)
    assert wish.check == (kind not in {TokenKind.CENTRAL, TokenKind.NO_AUTHORIZATION})


@pytest.mark.parametrize(
    ("answer", "response"),
    [
        (Accepted(), ACCEPTED),
        (Accepted("tx-1"), {"status": "Accepted", "transactionId": "tx-1"}),
        (
            Refused(Reason.OCCUPIED, "EVSE 1 has a transaction"),
            {
                "status": "Rejected",
                "statusInfo": {
                    "reasonCode": "TxInProgress",
                    "additionalInfo": "EVSE 1 has a transaction",
                },
            },
        ),
        (
            Refused(Reason.UNKNOWN_EVSE),
            {"status": "Rejected", "statusInfo": {"reasonCode": "UnknownEvse"}},
        ),
        (
            Refused(Reason.NOT_REGISTERED),
            {"status": "Rejected", "statusInfo": {"reasonCode": "CSNotAccepted"}},
        ),
    ],
    ids=["nothing runs", "a cable is in", "charging", "no such EVSE", "pending"],
)
def test_a_start_is_accepted_or_says_why_not(
    world: World, answer: Answer, response: dict[str, Any]
) -> None:
    """The transaction is named when the cable has begun it already (F01)."""
    assert world.answered("RequestStartTransaction", answer, **START, evseId=1) == response


def test_a_profile_comes_along_with_a_start(world: World) -> None:
    """It is for the transaction to come, and for the EVSE that is named (K05)."""
    schedule = Schedule(Unit.AMPERE, (Period(0, 10.0),), id=1)
    profile = Profile(1, 1, Purpose.TX, Kind.RELATIVE, 0, (schedule,))
    wish = StartCharging(1, Token("04A1B2C3"), remote_id=17, profile=profile)

    assert world.wished("RequestStartTransaction", **START, evseId=1, chargingProfile=FITTING) == (
        wish,
    )


def test_a_profile_with_a_tariff_rejects_a_start(world: World) -> None:
    """There is no vehicle that could be told of it, so it would be lost."""
    [schedule] = FITTING["chargingSchedule"]
    profile = FITTING | {"chargingSchedule": [schedule | {"salesTariff": TARIFF}]}
    answer = world.replied("RequestStartTransaction", **START, evseId=1, chargingProfile=profile)

    assert answer["status"] == "Rejected"
    assert answer["statusInfo"]["reasonCode"] == "UnsupportedParam"


# --- request stop ---


def test_a_stop_names_the_transaction(world: World) -> None:
    """The id is ours, so it is asked as it is (F03)."""
    assert world.wished("RequestStopTransaction", transactionId="tx-1") == (StopCharging("tx-1"),)
    assert world.answered("RequestStopTransaction", Accepted("tx-1"), transactionId="tx-1") == (
        ACCEPTED
    )


def test_a_stop_of_an_unknown_transaction_is_rejected(world: World) -> None:
    """It has ended, or never was (F03)."""
    answer = Refused(Reason.UNKNOWN_TRANSACTION)

    assert world.answered("RequestStopTransaction", answer, transactionId="tx-9") == {
        "status": "Rejected",
        "statusInfo": {"reasonCode": "TxNotFound"},
    }


# --- unlock connector ---


def test_unlocking_does_not_stop(world: World) -> None:
    """An authorized transaction holds the lock; unlocking is not a way to end it (F05)."""
    wish = UnlockConnector(1, 2, stops=False)

    assert world.wished("UnlockConnector", evseId=1, connectorId=2) == (wish,)


@pytest.mark.parametrize(
    ("reason", "status", "code"),
    [
        (Reason.UNKNOWN_EVSE, "UnknownConnector", "UnknownEvse"),
        (Reason.UNKNOWN_CONNECTOR, "UnknownConnector", "UnknownConnectorId"),
        (Reason.OCCUPIED, "OngoingAuthorizedTransaction", "TxInProgress"),
        (Reason.FIXED_CABLE, "UnlockFailed", "FixedCable"),
        (Reason.LOCK_STUCK, "UnlockFailed", "InternalError"),
    ],
)
def test_unlocking_says_why_not(world: World, reason: Reason, status: str, code: str) -> None:
    """A lock that stays shut, or is not there, failed (F05)."""
    answer = Refused(reason)

    assert world.answered("UnlockConnector", answer, evseId=1, connectorId=1) == {
        "status": status,
        "statusInfo": {"reasonCode": code},
    }


def test_an_open_lock_needs_no_reason(world: World) -> None:
    """Unlocked is told once the lock has moved (F05)."""
    answer = world.answered("UnlockConnector", Accepted(), evseId=1, connectorId=1)

    assert answer == {"status": "Unlocked"}


# --- trigger message: the answer first, then what follows ---


def test_a_triggered_heartbeat_follows(world: World) -> None:
    """The promise is answered, and kept afterwards; an EVSE plays no part (F06)."""
    assert triggered(world, "Heartbeat") == (ACCEPTED, (Ask.HEARTBEAT,))
    assert triggered(world, "Heartbeat", id=9) == (ACCEPTED, (Ask.HEARTBEAT,))


def test_a_triggered_boot_follows_before_acceptance_only(world: World) -> None:
    """An accepted station does not boot again for the asking (F06)."""
    assert triggered(world, "BootNotification") == rejected("NotEnabled")

    world.see(online=False)
    assert triggered(world, "BootNotification") == (ACCEPTED, (Ask.BOOT,))


@pytest.mark.parametrize(
    ("evse", "wish"),
    [
        ({}, ReportStatus(0, 0)),
        ({"id": 0}, ReportStatus(0, 0)),
        ({"id": 0, "connectorId": 5}, ReportStatus(0, 0)),
        ({"id": 2}, ReportStatus(2, 0)),
        ({"id": 2, "connectorId": 1}, ReportStatus(2, 1)),
    ],
    ids=["absent", "EVSE 0", "EVSE 0, connector 5", "an EVSE", "a connector"],
)
def test_a_triggered_status_is_of_what_was_named(
    world: World, evse: dict[str, int], wish: ReportStatus
) -> None:
    """Who names no EVSE means all of them (F06)."""
    assert triggered(world, "StatusNotification", **evse) == (ACCEPTED, (wish,))


@pytest.mark.parametrize(
    ("evse", "reason"),
    [
        ({"id": 3}, "UnknownEvse"),
        ({"id": -1}, "UnknownEvse"),
        ({"id": 1, "connectorId": 2}, "UnknownConnectorId"),
    ],
)
def test_no_status_of_what_is_not_there(world: World, evse: dict[str, int], reason: str) -> None:
    """What would not follow is not promised (F06)."""
    assert triggered(world, "StatusNotification", **evse) == rejected(reason)


ALIGNED_2 = ReportMeter(2, aligned=True)


def test_triggered_meter_values_are_of_that_evse(world: World) -> None:
    """The sample is taken when the answer has been sent, with aligned measurands (F06)."""
    assert triggered(world, "MeterValues", id=2) == (ACCEPTED, (ALIGNED_2,))


@pytest.mark.parametrize("evse", [{}, {"id": 0}], ids=["absent", "EVSE 0"])
def test_triggered_meter_values_of_no_evse_are_of_each(world: World, evse: dict[str, int]) -> None:
    """One message for each EVSE whose meter answers follows (F06)."""
    assert triggered(world, "MeterValues", **evse) == (
        ACCEPTED,
        (ReportMeter(1, aligned=True), ALIGNED_2),
    )

    world.see_evse(1, measurement=None)
    assert triggered(world, "MeterValues", **evse) == (ACCEPTED, (ALIGNED_2,))


def test_a_triggered_transaction_event_is_of_what_runs(world: World) -> None:
    """Of an idle EVSE there is nothing to tell (F06)."""
    world.see_transaction(2, "tx-1")
    wish = ReportMeter(2, transactions=True)

    assert triggered(world, "TransactionEvent") == (ACCEPTED, (wish,))
    assert triggered(world, "TransactionEvent", id=2) == (ACCEPTED, (wish,))
    assert triggered(world, "TransactionEvent", id=1) == rejected("TxNotFound")


def test_no_transaction_event_when_nothing_runs(world: World) -> None:
    """A promise that could not be kept is not given (F06)."""
    assert triggered(world, "TransactionEvent") == rejected("TxNotFound")


@pytest.mark.parametrize("message", ["MeterValues", "TransactionEvent"])
def test_no_values_of_an_unknown_evse(world: World, message: str) -> None:
    """There is no such meter (F06)."""
    assert triggered(world, message, id=9) == rejected("UnknownEvse")


@pytest.mark.parametrize("message", ["MeterValues", "TransactionEvent"])
def test_no_values_of_a_meter_that_is_silent(world: World, message: str) -> None:
    """Old or invented numbers are not told (F06)."""
    world.see_transaction(2, "tx-1")
    world.see_evse(2, measurement=None)

    assert triggered(world, message, id=2) == rejected("InternalError")


@pytest.mark.parametrize(
    ("message", "row"),
    [("MeterValues", ALIGNED_MEASURANDS), ("TransactionEvent", SAMPLED_MEASURANDS)],
)
def test_no_values_without_measurands(message: str, row: Setting[tuple[str, ...]]) -> None:
    """Who configured no measurands gets none (F06)."""
    world = make_world({(row.id, 0): ()})
    world.see_transaction(2, "tx-1")

    assert triggered(world, message, id=2) == rejected("NotEnabled")


@pytest.mark.parametrize(
    "message",
    [
        "PublishFirmwareStatusNotification",
        "SignCombinedCertificate",
    ],
)
def test_messages_that_we_never_send_are_not_implemented(world: World, message: str) -> None:
    """Not rejected: asking again later would not help (F06)."""
    assert triggered(world, message) == ({"status": "NotImplemented"}, ())
