"""The live properties: each reading of the book, bound to what shows it in the station's view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from laadpaal.properties import authorization, meter, state
from laadpaal.properties.rows import Reading, Scope
from laadpaal.station.measurement import Measurement
from laadpaal.station.view import EvseView, StationView
from laadpaal.station.words import Pilot, Status

Shower = Callable[[StationView, int], str]
"""Shows a reading of one EVSE; 0 is the station."""

_CONNECTED = frozenset({Pilot.B, Pilot.C, Pilot.D})
_STATES = {
    Status.AVAILABLE: 2,
    Status.CHARGING: 14,
    Status.SUSPENDED_EV: 11,
    Status.SUSPENDED_EVSE: 12,
    Status.FINISHING: 19,
    Status.RESERVED: 39,
    Status.UNAVAILABLE: 38,
    Status.FAULTED: 22,
}
_CABLE, _VEHICLE, _NO_VEHICLE_YET = 3, 5, 9
"""What PREPARING can be: a cable, a vehicle, or only somebody who may charge."""


def read(row: Reading[Any], view: StationView, evse: int = 0) -> str:
    """Return the text of a live property, "" while there is nothing to tell.

    Raises KeyError for a row that is not bound, and for an EVSE that the row has no value of.
    """
    show = BOUND.get(row.id)
    if show is None:
        raise KeyError(f"the reading {row.id} is not bound")
    known = range(1, len(view.evses) + 1) if row.scope is Scope.EVSE else (0,)
    if evse not in known:
        raise KeyError(f"the reading {row.id} has no EVSE {evse}")
    return show(view, evse)


def _station(row: Reading[Any], what: Callable[[StationView], object]) -> tuple[str, Shower]:
    def show(view: StationView, evse: int) -> str:  # noqa: ARG001  the shape of a Shower
        return row.kind.show(what(view))

    return row.id, show


def _evse(row: Reading[Any], what: Callable[[EvseView], object]) -> tuple[str, Shower]:
    def show(view: StationView, evse: int) -> str:
        return row.kind.show(what(view.evses[evse - 1]))

    return row.id, show


def _meter(row: Reading[Any], what: Callable[[Measurement], float]) -> tuple[str, Shower]:
    def show(view: StationView, evse: int) -> str:
        measurement = view.evses[evse - 1].measurement
        return row.kind.show(what(measurement)) if measurement else ""

    return row.id, show


def _main_state(evse: EvseView) -> int:
    statuses = [connector.status for connector in evse.connectors]
    taken = (status for status in statuses if status is not Status.AVAILABLE)
    status = next(taken, Status.AVAILABLE)
    if status is not Status.PREPARING:
        return _STATES[status]
    if evse.pilot in _CONNECTED:
        return _VEHICLE
    return _CABLE if any(c.plugged for c in evse.connectors) else _NO_VEHICLE_YET


def _pilot_state(evse: EvseView) -> int:
    """Return 0xA0 for A; B1, C1, D1 offer no current and B2, C2, D2 do (IEC 61851-1)."""
    offers = 2 if evse.offered_a > 0 else 1
    return int(evse.pilot.value, 16) << 4 | (offers if evse.pilot in _CONNECTED else 0)


BOUND: Mapping[str, Shower] = MappingProxyType(
    dict(
        (
            _station(state.SOCKETS, lambda view: len(view.evses)),
            _station(authorization.LISTED, lambda view: view.local_list.tokens),
            _evse(state.MAIN_STATE, _main_state),
            _evse(state.RELAY_STATE, lambda evse: int(evse.contactor_closed)),
            _evse(state.PILOT_STATE, _pilot_state),
            _meter(meter.VOLTAGE_L1, lambda m: m.voltages_v[0]),
            _meter(meter.VOLTAGE_L2, lambda m: m.voltages_v[1]),
            _meter(meter.VOLTAGE_L3, lambda m: m.voltages_v[2]),
            _meter(meter.CURRENT_L1, lambda m: m.currents_a[0]),
            _meter(meter.CURRENT_L2, lambda m: m.currents_a[1]),
            _meter(meter.CURRENT_L3, lambda m: m.currents_a[2]),
            _meter(meter.FREQUENCY, lambda m: m.frequency_hz),
            _meter(meter.POWER, lambda m: m.power_w),
            _meter(meter.ENERGY, lambda m: m.energy_wh),
        )
    )
)
"""By id of the row."""
