"""Nine statuses read as five words, and one word for parts together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laadpaal.station.availability import Availability, of_connector, of_evse, of_station
from laadpaal.station.view import ConnectorView, EvseView
from laadpaal.station.words import Pilot, Status
from tests.support.world import World


def seen(pilot: Pilot = Pilot.A, *connectors: ConnectorView) -> EvseView:
    """Return an EVSE with that pilot and those connectors."""
    evse = World().station.view().evses[0]
    return replace(evse, pilot=pilot, connectors=connectors or evse.connectors)


def connector(status: Status, number: int = 1, *, plugged: bool = False) -> ConnectorView:
    """Return a connector with that status."""
    return replace(seen().connectors[0], connector=number, status=status, plugged=plugged)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.AVAILABLE, Availability.AVAILABLE),
        (Status.PREPARING, Availability.OCCUPIED),
        (Status.CHARGING, Availability.OCCUPIED),
        (Status.SUSPENDED_EV, Availability.OCCUPIED),
        (Status.SUSPENDED_EVSE, Availability.OCCUPIED),
        (Status.FINISHING, Availability.OCCUPIED),
        (Status.RESERVED, Availability.RESERVED),
        (Status.UNAVAILABLE, Availability.UNAVAILABLE),
        (Status.FAULTED, Availability.FAULTED),
    ],
)
def test_whatever_a_plug_does_occupies(status: Status, word: Availability) -> None:
    """With a plug in the socket, each status has its word."""
    evse = seen(Pilot.A, connector(status, plugged=True))

    assert of_connector(evse, 1, status) is word
    assert of_evse(evse) is word


@pytest.mark.parametrize(
    ("pilot", "word"), [(Pilot.A, Availability.AVAILABLE), (Pilot.B, Availability.OCCUPIED)]
)
def test_a_token_alone_occupies_nothing(pilot: Pilot, word: Availability) -> None:
    """A vehicle on the fixed cable does, though no plug is felt."""
    assert of_connector(seen(pilot), 1, Status.PREPARING) is word


def test_the_connector_with_the_plug_is_the_occupied_one() -> None:
    """Its sibling is not."""
    both = connector(Status.PREPARING), connector(Status.PREPARING, 2, plugged=True)
    evse = seen(Pilot.B, *both)

    assert of_connector(evse, 1, Status.PREPARING) is Availability.AVAILABLE
    assert of_connector(evse, 2, Status.PREPARING) is Availability.OCCUPIED


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.PREPARING, Availability.OCCUPIED),
        (Status.AVAILABLE, Availability.AVAILABLE),
        (Status.RESERVED, Availability.RESERVED),
        (Status.UNAVAILABLE, Availability.UNAVAILABLE),
    ],
)
def test_an_evse_is_what_its_best_connector_is(status: Status, word: Availability) -> None:
    """It is occupied when one of them is; it is out of use when all of them are."""
    broken = connector(Status.FAULTED)

    assert of_evse(seen(Pilot.A, broken, connector(status, 2, plugged=True))) is word
    assert of_evse(seen(Pilot.A, broken)) is Availability.FAULTED


@pytest.mark.parametrize("status", [Status.AVAILABLE, Status.UNAVAILABLE, Status.FAULTED])
def test_the_station_speaks_for_itself(status: Status) -> None:
    """Whatever its EVSEs do."""
    view = replace(World().station.view(), status=status)

    assert of_station(view).value == status.value
