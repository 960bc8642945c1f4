from __future__ import annotations

import pytest

from laadpaal.csms.dialect import Call
from laadpaal.csms.statuses import Statuses
from laadpaal.protocols.ocpp import v16, v201
from laadpaal.station.notices import StatusChanged
from laadpaal.station.words import Status


def status(evse: int, value: Status) -> StatusChanged:
    return StatusChanged(evse, 1 if evse else 0, value, 0.0)


def call(word: str, evse: int = 1, at: str = "noon") -> Call:
    """Return how the five words of 2.0.1 tell it."""
    payload = v201.StatusNotification(
        timestamp=at, connectorStatus=v201.ConnectorStatus(word), evseId=evse, connectorId=1
    )
    return Call("StatusNotification", payload, status(evse, Status.AVAILABLE))


@pytest.fixture
def statuses() -> Statuses:
    """Return what a CSMS knows that was told of two connectors."""
    known = Statuses()
    known.said(call("Available"))
    known.said(call("Available", evse=2))
    return known


def test_the_present_of_everything_in_order_of_place() -> None:
    """All connectors are there, each with its last status, the station first."""
    statuses = Statuses()
    statuses.heard(status(2, Status.AVAILABLE))
    statuses.heard(status(0, Status.AVAILABLE))
    statuses.heard(status(1, Status.PREPARING))
    statuses.heard(status(1, Status.CHARGING))

    assert statuses.all() == (
        status(0, Status.AVAILABLE),
        status(1, Status.CHARGING),
        status(2, Status.AVAILABLE),
    )


def test_other_words_are_news(statuses: Statuses) -> None:
    """Of that connector alone."""
    assert statuses.news(call("Occupied"))
    statuses.said(call("Occupied"))

    assert not statuses.news(call("Occupied"))
    assert statuses.news(call("Available"))
    assert not statuses.news(call("Available", evse=2))
    assert statuses.news(call("Available", evse=3))


def test_another_instant_is_no_news(statuses: Statuses) -> None:
    """What is again as the CSMS knows it need not be told, whenever that was."""
    assert not statuses.news(call("Available", at="midnight"))


def test_another_error_is_news(statuses: Statuses) -> None:
    """What is said about a status counts as well as the status."""

    def faulted(error: v16.ChargePointErrorCode) -> Call:
        payload = v16.StatusNotification(
            connectorId=1, status=v16.ChargePointStatus.Faulted, errorCode=error
        )
        return Call("StatusNotification", payload, status(1, Status.FAULTED))

    statuses.said(faulted(v16.ChargePointErrorCode.GroundFailure))

    assert not statuses.news(faulted(v16.ChargePointErrorCode.GroundFailure))
    assert statuses.news(faulted(v16.ChargePointErrorCode.OverVoltage))


def test_what_may_not_have_arrived_is_news(statuses: Statuses) -> None:
    """So is what the CSMS knew before: nobody can tell which of the two it knows now."""
    statuses.said(call("Occupied"))
    statuses.lost(call("Occupied"))

    assert statuses.news(call("Occupied"))
    assert statuses.news(call("Available"))


def test_what_was_said_after_the_lost_one_stands(statuses: Statuses) -> None:
    """An older call that fails takes nothing back."""
    statuses.said(call("Occupied"))
    statuses.lost(call("Available"))

    assert not statuses.news(call("Occupied"))


def test_after_a_registration_everything_is_news(statuses: Statuses) -> None:
    """Whatever was told before (B01)."""
    statuses.forget()

    assert statuses.news(call("Available"))
    assert statuses.news(call("Available", evse=2))


def test_what_is_no_status_is_always_news(statuses: Statuses) -> None:
    """A heartbeat says nothing twice."""
    beat = Call("Heartbeat", v201.Heartbeat())
    statuses.said(beat)
    statuses.lost(beat)

    assert statuses.news(beat)
