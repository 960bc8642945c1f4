"""The live properties: each reading of the book, bound to what shows it in the station's view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from laadpaal.properties import (
    authorization,
    balancing,
    certificates,
    charging,
    connectivity,
    firmware,
    meter,
    networks,
    panel,
    parts,
    payment,
    smart_meter,
    state,
    transactions,
)
from laadpaal.properties.authorization import LONGEST_LIST, LONGEST_LIST_B, PLACE_B
from laadpaal.properties.book import BY_ID
from laadpaal.properties.rows import Address, Property, Reading
from laadpaal.properties.values import Values
from laadpaal.station.availability import of_connector, of_evse, of_station
from laadpaal.station.choices import absent
from laadpaal.station.faults import (
    CONTACTOR_FAULT,
    LOCK_FAULTS,
    METER_FAULT,
    OVERCURRENT_FAULT,
    READER_FAULT,
    RESIDUAL_FAULT,
)
from laadpaal.station.layout import Layout
from laadpaal.station.main_state import main_state
from laadpaal.station.measurement import GridMeasurement, Measurement
from laadpaal.station.network_profile import WIRED, WIRELESS
from laadpaal.station.view import ConnectorView, EvseView, MobileView, StationView
from laadpaal.station.words import Connection, Pilot

T = TypeVar("T")

Shower = Callable[[StationView, int, int], str]
"""Shows a reading of one EVSE and connector; 0 for the whole."""

_TYPE_E = Connection.CABLE_TYPE_E
_CONNECTED = frozenset({Pilot.B, Pilot.C, Pilot.D})


def read(row: Reading[Any], view: StationView, evse: int = 0, connector: int = 0) -> str:
    """Return the text of a live property, "" while there is nothing to tell.

    Raises KeyError for a row that is not bound, and for a place that the row has no value of.
    """
    show = BOUND.get(row.id)
    if show is None:
        raise KeyError(f"the reading {row.id} is not bound")
    if (evse, connector) not in places(row, view.layout):
        whose = f"EVSE {evse}" + (f", connector {connector}" if connector else "")
        raise KeyError(f"the reading {row.id} has no {whose}")
    return show(view, evse, connector)


def shown(at: Address, view: StationView, values: Values) -> str:
    """Return the text of whatever property stands at an address; a secret shows none."""
    row = BY_ID[at.id]
    if isinstance(row, Reading):
        return read(row, view, at.evse, at.connector)
    return "" if row.secret else str(row.kind.show(values.of(row, at.evse)))


def places(row: Property[Any], layout: Layout) -> tuple[tuple[int, int], ...]:
    """Return whose values of a property there are: EVSE and connector, 0 for the whole."""
    has = _HAS.get(row.id)
    if absent(row.id, layout):
        return ()
    every = layout.places(row.scope)
    return tuple(place for place in every if has(layout, place)) if has else every


def _url(view: StationView, other: str) -> str:
    """Return the URL of the slot in use, or else of the first, that is not for the other way."""
    network = view.network
    slots = sorted(network.slots, key=lambda it: it.slot != network.active)
    return next((it.url for it in slots if it.interface != other), "")


def _lockable(layout: Layout, place: tuple[int, int]) -> bool:
    outlet = layout.connector(*place)
    return outlet is not None and outlet.lockable


def _has_bay(layout: Layout, place: tuple[int, int]) -> bool:
    return layout.evses[place[0] - 1].bay


def _has_domestic(layout: Layout, place: tuple[int, int]) -> bool:
    return not all(outlet.piloted for outlet in layout.evses[place[0] - 1].connectors)


def _has_grid(layout: Layout, place: tuple[int, int]) -> bool:  # noqa: ARG001  the shape of the others
    return layout.grid is not None


_HAS: Mapping[str, Callable[[Layout, tuple[int, int]], bool]] = MappingProxyType(
    {
        parts.LOCKED.id: _lockable,
        parts.LOCK_PROBLEM.id: _lockable,
        parts.PARKED.id: _has_bay,
        charging.DOMESTIC_MAX.id: _has_domestic,
        balancing.GRID_LOST.id: _has_grid,
    }
)
"""What a place must have for the properties that not every one of their scope has."""


def _station(row: Reading[T], what: Callable[[StationView], T]) -> tuple[str, Shower]:
    def show(view: StationView, evse: int, connector: int) -> str:  # noqa: ARG001  the shape of a Shower
        return row.kind.show(what(view))

    return row.id, show


def _evse(row: Reading[T], what: Callable[[EvseView], T]) -> tuple[str, Shower]:
    def show(view: StationView, evse: int, connector: int) -> str:  # noqa: ARG001  the shape of a Shower
        return row.kind.show(what(view.evses[evse - 1]))

    return row.id, show


def _connector(row: Reading[T], what: Callable[[EvseView, ConnectorView], T]) -> tuple[str, Shower]:
    def show(view: StationView, evse: int, connector: int) -> str:
        seen = view.evses[evse - 1]
        return row.kind.show(what(seen, seen.connectors[connector - 1]))

    return row.id, show


def _meter(row: Reading[float], what: Callable[[Measurement], float | None]) -> tuple[str, Shower]:
    def show(view: StationView, evse: int, connector: int) -> str:  # noqa: ARG001  the shape of a Shower
        measurement = view.evses[evse - 1].measurement
        number = what(measurement) if measurement else None
        return "" if number is None else row.kind.show(number)

    return row.id, show


def _grid(row: Reading[T], what: Callable[[GridMeasurement], T]) -> tuple[str, Shower]:
    def show(view: StationView, evse: int, connector: int) -> str:  # noqa: ARG001  the shape of a Shower
        measurement = view.grid.measurement
        return row.kind.show(what(measurement)) if measurement else ""

    return row.id, show


def _modem(row: Reading[T], what: Callable[[MobileView], T | None]) -> tuple[str, Shower]:
    def show(view: StationView, evse: int, connector: int) -> str:  # noqa: ARG001  the shape of a Shower
        said = what(view.mobile) if view.mobile else None
        return "" if said is None else row.kind.show(said)

    return row.id, show


def _at(row: Reading[T], what: Callable[[StationView, int, int], T]) -> tuple[str, Shower]:
    def show(view: StationView, evse: int, connector: int) -> str:
        return row.kind.show(what(view, evse, connector))

    return row.id, show


def _phases(view: StationView, evse: int, connector: int = 0) -> int:
    """Return the lines that reach an EVSE: as built, until the meter has told how it is wired."""
    wired = view.evses[evse - 1].installation_phases or view.layout.evses[evse - 1].phases
    outlet = view.layout.connector(evse, connector)
    return min(wired, outlet.phases) if outlet else wired


def _reader_fails(view: StationView) -> bool:
    return READER_FAULT in view.faults.union(*(evse.faults for evse in view.evses))


def _outlet(view: StationView, evse: int, connector: int) -> str:
    return view.layout.evses[evse - 1].connectors[connector - 1].outlet.value


def _presentable(view: StationView) -> tuple[str, ...]:
    return tuple(kind.value for kind in view.layout.presentable)


def _charged_s(evse: EvseView) -> float:
    return evse.transaction.charged_s if evse.transaction else 0.0


def _main_state(view: StationView, evse: int, connector: int) -> int:  # noqa: ARG001  the shape of what `_at` takes
    return main_state(view.evses[evse - 1], view.layout.evses[evse - 1])


def _pilot_state(evse: EvseView) -> int:
    """Return 0xA0 for A; B1, C1, D1 offer no current and B2, C2, D2 do (IEC 61851-1)."""
    domestic = any(one.plugged and one.connection is _TYPE_E for one in evse.connectors)
    offers = 2 if evse.offered_a > 0 and not domestic else 1
    return int(evse.pilot.value, 16) << 4 | (offers if evse.pilot in _CONNECTED else 0)


BOUND: Mapping[str, Shower] = MappingProxyType(
    dict(
        (
            _station(state.SOCKETS, lambda view: len(view.evses)),
            _station(certificates.ROOTS, lambda view: view.security.roots),
            _station(authorization.PRESENTABLE, _presentable),
            _station(authorization.CACHE_STORAGE, lambda view: view.cached_tokens * PLACE_B),
            _station(networks.ACTIVE_SLOT, lambda view: view.network.active),
            _station(connectivity.ACTIVE_CONNECTIVITY, lambda view: view.network.connectivity),
            _station(connectivity.URL_BY_WIRE, lambda view: _url(view, WIRELESS)),
            _station(connectivity.URL_BY_MODEM, lambda view: _url(view, WIRED)),
            _modem(connectivity.IMSI, lambda modem: modem.imsi),
            _modem(connectivity.ICCID, lambda modem: modem.iccid),
            _modem(connectivity.SIGNAL, lambda modem: modem.dbm),
            _modem(connectivity.OPERATOR, lambda modem: modem.operator),
            _modem(connectivity.MODEM_MODEL, lambda modem: modem.model),
            _modem(connectivity.IMEI, lambda modem: modem.imei),
            _modem(connectivity.ATTACHED, lambda modem: modem.attached),
            _station(authorization.LISTED, lambda view: view.local_list.tokens),
            _station(authorization.LIST_STORAGE, lambda view: view.local_list.tokens * PLACE_B),
            _station(authorization.LIST_MESSAGE_ENTRIES, lambda _: LONGEST_LIST),
            _station(authorization.LIST_MESSAGE_SIZE, lambda _: LONGEST_LIST_B),
            _station(authorization.LIST_EXPIRES, lambda _: True),
            _station(panel.MESSAGES, lambda view: len(view.messages)),
            _station(
                charging.INSTALLED,
                lambda view: sum(not profile.external for profile in view.profiles),
            ),
            _at(state.MAIN_STATE, _main_state),
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
            _evse(payment.STATE, lambda evse: evse.payment.state.value),
            _evse(payment.AUTHORIZING, lambda evse: evse.payment.authorizing),
            _station(payment.UNSETTLED, lambda view: view.unsettled),
            _grid(smart_meter.VERSION, lambda m: m.version),
            _grid(smart_meter.CLOCK, lambda m: m.told_at),
            _grid(smart_meter.CURRENT_L1, lambda m: m.currents_a[0]),
            _grid(smart_meter.CURRENT_L2, lambda m: m.currents_a[1]),
            _grid(smart_meter.CURRENT_L3, lambda m: m.currents_a[2]),
            _station(parts.FIRMWARE, lambda view: view.layout.firmware),
            _station(firmware.UPDATE_CODE, lambda view: int(view.release.code)),
            _station(firmware.UPDATE_PERCENT, lambda view: view.release.percent),
            _station(firmware.ON_TRIAL, lambda view: view.release.on_trial),
            _station(parts.MODEL, lambda view: view.layout.model),
            _station(parts.SERIAL, lambda view: view.layout.serial),
            _station(parts.VENDOR, lambda view: view.layout.vendor),
            _station(parts.STATION_AVAILABILITY, lambda view: of_station(view).value),
            _station(balancing.GRID_LOST, lambda view: view.grid.lost),
            _station(parts.STATION_PROBLEM, lambda view: bool(view.faults)),
            _station(
                parts.STATION_PHASES, lambda view: max(_phases(view, e.evse) for e in view.evses)
            ),
            _station(parts.STATION_ORDER, lambda view: view.order),
            _station(parts.READER_PROBLEM, _reader_fails),
            _evse(parts.EVSE_AVAILABILITY, lambda evse: of_evse(evse).value),
            _evse(parts.EVSE_PROBLEM, lambda evse: bool(evse.faults)),
            _at(parts.EVSE_PHASES, _phases),
            _evse(parts.EVSE_ORDER, lambda evse: evse.order),
            _evse(parts.CONTACTOR_CLOSED, lambda evse: evse.contactor_closed),
            _evse(parts.CONTACTOR_PROBLEM, lambda evse: CONTACTOR_FAULT in evse.faults),
            _evse(parts.RESIDUAL_TRIPPED, lambda evse: RESIDUAL_FAULT in evse.faults),
            _evse(parts.OVERCURRENT_TRIPPED, lambda evse: OVERCURRENT_FAULT in evse.faults),
            _evse(parts.PILOT, lambda evse: evse.pilot.value),
            _evse(parts.PARKED, lambda evse: evse.parked is True),
            _evse(transactions.CHARGING_TIME, _charged_s),
            _evse(parts.METER_PROBLEM, lambda evse: METER_FAULT in evse.faults),
            _connector(
                parts.CONNECTOR_AVAILABILITY,
                lambda evse, here: of_connector(evse, here.connector, here.status).value,
            ),
            _at(parts.CONNECTOR_TYPE, _outlet),
            _at(parts.CONNECTOR_PHASES, _phases),
            _connector(parts.LOCKED, lambda _, here: here.locked),
            _connector(parts.LOCK_PROBLEM, lambda evse, _: bool(LOCK_FAULTS & evse.faults)),
        )
    )
)
"""By id of the row."""
