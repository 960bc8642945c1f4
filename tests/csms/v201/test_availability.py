"""Status of connectors, and parts taken in and out of use (block G)."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.station.answers import Accepted, Answer, Reason, Refused, Scheduled
from laadpaal.station.notices import StatusChanged
from laadpaal.station.requests import ChangeAvailability
from laadpaal.station.words import Status
from tests.csms.v201.scene import AT, AT_TEXT, World


def told(world: World, status: Status, *, fault: str = "NoError", occupied: bool = False) -> Any:
    """Return what is told of the connector of EVSE 1."""
    notice = StatusChanged(1, 1, status, AT, fault, 201, occupied=occupied)
    ((action, payload),) = world.tell(notice)
    assert action == "StatusNotification"
    return payload


# --- status notification ---


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.AVAILABLE, "Available"),
        (Status.PREPARING, "Occupied"),
        (Status.CHARGING, "Occupied"),
        (Status.SUSPENDED_EV, "Occupied"),
        (Status.SUSPENDED_EVSE, "Occupied"),
        (Status.FINISHING, "Occupied"),
        (Status.RESERVED, "Reserved"),
        (Status.UNAVAILABLE, "Unavailable"),
        (Status.FAULTED, "Faulted"),
    ],
)
def test_nine_statuses_are_told_as_five(world: World, status: Status, word: str) -> None:
    """With a cable in, whatever the vehicle does is Occupied; no error goes with it (G01)."""
    assert told(world, status, fault="GroundFailure", occupied=True) == {
        "timestamp": AT_TEXT,
        "connectorStatus": word,
        "evseId": 1,
        "connectorId": 1,
    }


@pytest.mark.parametrize("status", [Status.PREPARING, Status.SUSPENDED_EV, Status.SUSPENDED_EVSE])
def test_a_token_does_not_occupy_a_connector(world: World, status: Status) -> None:
    """Only a cable does: who presents a token first leaves the connector Available (G01, E03)."""
    assert told(world, status)["connectorStatus"] == "Available"


@pytest.mark.parametrize("status", [Status.AVAILABLE, Status.UNAVAILABLE, Status.FAULTED])
def test_the_station_itself_has_no_status(world: World, status: Status) -> None:
    """There is no EVSE 0 to tell about (G01)."""
    assert world.tell(StatusChanged(0, 0, status, AT)) == []


# --- change availability ---


@pytest.mark.parametrize(
    ("place", "evse", "connector"),
    [
        ({}, 0, 0),
        ({"evse": {"id": 2}}, 2, 0),
        ({"evse": {"id": 1, "connectorId": 1}}, 1, 1),
    ],
    ids=["the station", "an EVSE", "a connector"],
)
@pytest.mark.parametrize(("word", "operative"), [("Operative", True), ("Inoperative", False)])
def test_each_level_is_addressed_by_itself(
    world: World,
    place: dict[str, Any],
    evse: int,
    connector: int,
    word: str,
    operative: bool,  # noqa: FBT001  a column of the table
) -> None:
    """The levels below keep their own settings (G03, G04)."""
    wish = ChangeAvailability(operative, evse, connector, all_parts=False)

    assert (wish,) == world.wished("ChangeAvailability", operationalStatus=word, **place)


@pytest.mark.parametrize(
    ("answer", "response"),
    [
        (Accepted(), {"status": "Accepted"}),
        (Scheduled(), {"status": "Scheduled"}),
        (
            Refused(Reason.UNKNOWN_EVSE, "there is no EVSE 9"),
            {
                "status": "Rejected",
                "statusInfo": {"reasonCode": "UnknownEvse", "additionalInfo": "there is no EVSE 9"},
            },
        ),
        (
            Refused(Reason.UNKNOWN_CONNECTOR),
            {"status": "Rejected", "statusInfo": {"reasonCode": "UnknownConnectorId"}},
        ),
    ],
    ids=["done", "a transaction runs", "no such EVSE", "no such connector"],
)
def test_a_change_is_done_put_off_or_rejected(
    world: World, answer: Answer, response: dict[str, Any]
) -> None:
    """Only a refusal gives a reason (G03)."""
    given = world.answered("ChangeAvailability", answer, operationalStatus="Inoperative")

    assert given == response
