"""Status of connectors, and parts taken in and out of use (block G)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from laadpaal.station.notices import StatusChanged
from laadpaal.station.requests import (
    Accepted,
    Answer,
    ChangeAvailability,
    Reason,
    Refused,
    Scheduled,
)
from laadpaal.station.view import ConnectorView
from laadpaal.station.words import Pilot, Status
from tests.csms.v201.scene import AT, AT_TEXT, World, evse_view

FREE = evse_view(1).connectors[0]


def told(world: World, status: Status, connector: int = 1, *, fault: str = "NoError") -> Any:
    """Return what is told of a connector of EVSE 1."""
    ((action, payload),) = world.tell(StatusChanged(1, connector, status, AT, fault, 201))
    assert action == "StatusNotification"
    return payload


def plug(world: World, *connectors: ConnectorView) -> None:
    """Let the view show these connectors at EVSE 1."""
    world.see_evse(1, connectors=connectors)


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
    plug(world, replace(FREE, plugged=True))

    assert told(world, status, fault="GroundFailure") == {
        "timestamp": AT_TEXT,
        "connectorStatus": word,
        "evseId": 1,
        "connectorId": 1,
    }


@pytest.mark.parametrize("status", [Status.PREPARING, Status.SUSPENDED_EV, Status.SUSPENDED_EVSE])
def test_a_token_does_not_occupy_a_connector(world: World, status: Status) -> None:
    """Only a cable does: who presents a token first leaves the connector Available (G01, E03)."""
    assert told(world, status)["connectorStatus"] == "Available"


@pytest.mark.parametrize(("pilot", "word"), [(Pilot.B, "Occupied"), (Pilot.A, "Available")])
def test_a_vehicle_occupies_a_fixed_cable(world: World, pilot: Pilot, word: str) -> None:
    """A cable without socket has no plug to feel; the pilot tells of the vehicle (G01)."""
    world.see_evse(1, pilot=pilot)

    assert told(world, Status.PREPARING)["connectorStatus"] == word


def test_a_sibling_is_not_occupied(world: World) -> None:
    """The other connectors of the EVSE keep their status (G01)."""
    plug(world, FREE, replace(FREE, connector=2, plugged=True))
    world.see_evse(1, pilot=Pilot.C)

    assert told(world, Status.AVAILABLE, 1)["connectorStatus"] == "Available"
    assert told(world, Status.CHARGING, 2) == {
        "timestamp": AT_TEXT,
        "connectorStatus": "Occupied",
        "evseId": 1,
        "connectorId": 2,
    }


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
