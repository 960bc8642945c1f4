"""Statuses told, availability changed, locks opened, resets (1.6 sections 4.9, 5.2, 5.14, 5.18)."""

from __future__ import annotations

import pytest

from laadpaal.protocols.ocpp import v16
from laadpaal.station.answers import Accepted, Answer, Reason, Refused, Scheduled
from laadpaal.station.faults import FAULTS, Fault
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.notices import StatusChanged
from laadpaal.station.requests import ChangeAvailability, Reset, UnlockConnector
from laadpaal.station.words import ResetKind, Status
from tests.csms.v16.stage import AT, NOON, Json, Stage, connector, evse, settled


@pytest.fixture
def stage() -> Stage:
    return Stage()


def told(stage: Stage, notice: StatusChanged) -> Json:
    """Return the one status notification a notice becomes."""
    ((action, payload),) = stage.tell(notice)
    assert action == "StatusNotification"
    return payload


# --- status notification ---


@pytest.mark.parametrize("status", Status)
def test_every_status_is_a_word_of_1_6(stage: Stage, status: Status) -> None:
    """All nine statuses are told as they are; without fault nothing else is said (4.9)."""
    assert told(stage, StatusChanged(2, 1, status, AT)) == {
        "connectorId": 2,
        "errorCode": "NoError",
        "status": status.value,
        "timestamp": NOON,
    }


@pytest.mark.parametrize("status", [Status.AVAILABLE, Status.UNAVAILABLE, Status.FAULTED])
def test_the_station_itself_is_connector_0(stage: Stage, status: Status) -> None:
    """The main controller has a status of its own (4.9)."""
    payload = told(stage, StatusChanged(0, 0, status, AT))

    assert (payload["connectorId"], payload["status"]) == (0, status.value)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: str(fault.code))
def test_every_fault_of_the_table_can_be_told(stage: Stage, fault: Fault) -> None:
    """Each row's error is a word of 1.6, with our number beside it and a text that fits (4.9)."""
    notice = StatusChanged(1, 1, Status.SUSPENDED_EVSE, AT, fault.error, fault.code, fault.info)

    payload = told(stage, notice)
    assert payload["errorCode"] == fault.error
    assert payload["vendorErrorCode"] == str(fault.code)
    assert payload["vendorId"] == "Laadpaal"
    assert payload["info"] == fault.info


def test_a_long_text_is_cut(stage: Stage) -> None:
    """An info has at most 50 characters (4.9)."""
    notice = StatusChanged(1, 1, Status.FAULTED, AT, "OtherError", 1, "i" * 60)

    assert told(stage, notice)["info"] == "i" * 50


@pytest.mark.parametrize("status", Status)
def test_a_vehicle_that_does_not_talk_has_to_be_there(stage: Stage, status: Status) -> None:
    """EVCommunicationError goes with four statuses; elsewhere our number says the same (errata)."""
    here = {Status.PREPARING, Status.SUSPENDED_EV, Status.SUSPENDED_EVSE, Status.FINISHING}
    notice = StatusChanged(1, 1, status, AT, "EVCommunicationError", 301)

    payload = told(stage, notice)
    assert payload["errorCode"] == ("EVCommunicationError" if status in here else "OtherError")
    assert payload["vendorErrorCode"] == "301"


def test_a_free_connector_is_silent_beside_a_busy_one(stage: Stage) -> None:
    """1.6 sees one connector where we have two at one EVSE; the one in use speaks."""
    stage.show(evse(1, connector(1), connector(2, Status.CHARGING)))

    assert stage.tell(StatusChanged(1, 1, Status.AVAILABLE, AT)) == []
    assert told(stage, StatusChanged(1, 2, Status.CHARGING, AT))["status"] == "Charging"


def test_a_domestic_outlet_is_named_in_words(stage: Stage) -> None:
    """It has the number of its socket, and the info says which outlet is meant (S62)."""
    both = EvseLayout((ConnectorLayout(), ConnectorLayout(Outlet.DOMESTIC, 16.0, 1)))
    stage.desk.layout = Layout(evses=(both,))

    payload = told(stage, StatusChanged(1, 2, Status.CHARGING, AT))
    assert (payload["connectorId"], payload["info"]) == (1, "domestic outlet")
    fault = StatusChanged(1, 2, Status.FAULTED, AT, "OtherError", 1, "cannot charge")
    assert told(stage, fault)["info"] == "cannot charge"
    assert "info" not in told(stage, StatusChanged(1, 1, Status.CHARGING, AT))


def test_the_last_connector_to_come_free_speaks(stage: Stage) -> None:
    """When no sibling is busy any more, the EVSE is free."""
    stage.show(evse(1, connector(1), connector(2)))

    assert told(stage, StatusChanged(1, 2, Status.AVAILABLE, AT))["status"] == "Available"


# --- change availability ---


@pytest.mark.parametrize(("word", "operative"), [("Operative", True), ("Inoperative", False)])
def test_one_connector_is_taken_in_or_out_of_use(
    stage: Stage, word: str, *, operative: bool
) -> None:
    """Only that connector is meant (5.2)."""
    wish = stage.wish("ChangeAvailability", connectorId=2, type=word)

    assert (ChangeAvailability(operative, 2, 0, all_parts=False, waits=True),) == wish.requests


def test_connector_0_means_the_station_and_all_connectors(stage: Stage) -> None:
    """The connectors' own wishes are overwritten (5.2)."""
    wish = stage.wish("ChangeAvailability", connectorId=0, type="Inoperative")

    assert (
        ChangeAvailability(operative=False, evse=0, all_parts=True, waits=True),
    ) == wish.requests


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (Accepted(), "Accepted"),
        (Scheduled(), "Scheduled"),
        (Refused(Reason.UNKNOWN_EVSE), "Rejected"),
    ],
    ids=["done", "a transaction runs", "no such connector"],
)
def test_a_change_is_done_put_off_or_rejected(stage: Stage, answer: Answer, word: str) -> None:
    """A running transaction is never cut short (5.2)."""
    wish = stage.wish("ChangeAvailability", connectorId=9, type="Inoperative")

    assert settled(wish, answer) == {"status": word}


# --- unlock connector ---


def test_unlocking_ends_the_transaction(stage: Stage) -> None:
    """In 1.6 a transaction does not hold the lock: it is ended (5.18)."""
    wish = stage.wish("UnlockConnector", connectorId=2)

    assert (UnlockConnector(2, 1, stops=True),) == wish.requests


def test_the_connector_with_the_plug_is_unlocked(stage: Stage) -> None:
    """Of two connectors at an EVSE, the one in use is meant."""
    stage.show(evse(1, connector(1), connector(2, Status.CHARGING)))

    wish = stage.wish("UnlockConnector", connectorId=1)
    assert (UnlockConnector(1, 2, stops=True),) == wish.requests


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_connector_that_is_not_there_has_no_lock(stage: Stage, number: int) -> None:
    """Neither the station nor an unknown connector can be unlocked (5.18)."""
    assert stage.reply("UnlockConnector", connectorId=number) == {"status": "NotSupported"}


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (Accepted(), "Unlocked"),
        (Refused(Reason.LOCK_STUCK), "UnlockFailed"),
        (Refused(Reason.FIXED_CABLE), "NotSupported"),
        (Refused(Reason.UNKNOWN_CONNECTOR), "NotSupported"),
    ],
    ids=["open", "stuck", "fixed cable", "unknown"],
)
def test_unlocking_tells_how_it_went(stage: Stage, answer: Answer, word: str) -> None:
    """A lock that stays shut failed; a cable without one cannot be unlocked (5.18)."""
    assert settled(stage.wish("UnlockConnector", connectorId=1), answer) == {"status": word}


# --- reset ---


@pytest.mark.parametrize(("word", "kind"), [("Hard", ResetKind.HARD), ("Soft", ResetKind.SOFT)])
def test_a_reset_is_hard_or_soft(stage: Stage, word: str, kind: ResetKind) -> None:
    """The whole station starts anew (5.14)."""
    assert (Reset(kind, 0),) == stage.wish("Reset", type=word).requests


@pytest.mark.parametrize(
    ("answer", "word"),
    [(Accepted(), "Accepted"), (Scheduled(), "Accepted"), (Refused(Reason.FAULTED), "Rejected")],
)
def test_a_reset_is_accepted_once_it_is_certain(stage: Stage, answer: Answer, word: str) -> None:
    """1.6 does not tell now from later (5.14)."""
    assert settled(stage.wish("Reset", type="Soft"), answer) == {"status": word}


def test_no_word_is_out_of_reach() -> None:
    """Our statuses are those of 1.6, and no error of the table is foreign to it."""
    assert {word.value for word in v16.ChargePointStatus} == {status.value for status in Status}
    assert {fault.error for fault in FAULTS.values()} <= {
        word.value for word in v16.ChargePointErrorCode
    }
