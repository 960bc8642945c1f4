"""Whether a part can be used, in five words instead of nine; functions of the view."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from laadpaal.station.view import EvseView, StationView
from laadpaal.station.words import Pilot, Status


class Availability(Enum):
    """The five values of OCPP 2.0.1; what a vehicle does is told as charging state instead."""

    AVAILABLE = "Available"
    OCCUPIED = "Occupied"
    RESERVED = "Reserved"
    UNAVAILABLE = "Unavailable"
    FAULTED = "Faulted"


_READ_AS: Mapping[Status, Availability] = MappingProxyType(
    {
        Status.AVAILABLE: Availability.AVAILABLE,
        Status.PREPARING: Availability.OCCUPIED,
        Status.CHARGING: Availability.OCCUPIED,
        Status.SUSPENDED_EV: Availability.OCCUPIED,
        Status.SUSPENDED_EVSE: Availability.OCCUPIED,
        Status.FINISHING: Availability.OCCUPIED,
        Status.RESERVED: Availability.RESERVED,
        Status.UNAVAILABLE: Availability.UNAVAILABLE,
        Status.FAULTED: Availability.FAULTED,
    }
)
_RANKED = (
    Availability.OCCUPIED,
    Availability.RESERVED,
    Availability.AVAILABLE,
    Availability.UNAVAILABLE,
    Availability.FAULTED,
)
_CONNECTED = frozenset({Pilot.B, Pilot.C, Pilot.D})


def of_station(view: StationView) -> Availability:
    """Return the station's own."""
    return _READ_AS[view.status]


def of_evse(evse: EvseView) -> Availability:
    """Return that of an EVSE: it is occupied when one of its connectors is."""
    here = {of_connector(evse, part.connector, part.status) for part in evse.connectors}
    return next(word for word in _RANKED if word in here)


def of_connector(evse: EvseView, connector: int, status: Status) -> Availability:
    """Return how a connector's status reads."""
    return reads_as(status, cabled=_cabled(evse, connector))


def reads_as(status: Status, *, cabled: bool) -> Availability:
    """Return how a status reads: only a cable makes a connector occupied, not a token (G01)."""
    word = _READ_AS[status]
    if word is Availability.OCCUPIED and not cabled:
        return Availability.AVAILABLE
    return word


def _cabled(evse: EvseView, connector: int) -> bool:
    """Tell whether a plug is in the socket, or a vehicle on the fixed cable."""
    plugged = [part.connector for part in evse.connectors if part.plugged]
    if plugged:
        return connector in plugged
    return evse.pilot in _CONNECTED and connector == 1
