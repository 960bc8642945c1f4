"""What the device model holds at this instant: the settings of the book, and what is live."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from msgspec import UNSET

from laadpaal.csms.dialect import Scene
from laadpaal.csms.transfer import PROTOCOLS
from laadpaal.csms.v201.availability import STATUSES, connector_status
from laadpaal.properties.book import BY_VARIABLE
from laadpaal.properties.kinds import DataType, Kind
from laadpaal.properties.rows import Access, Property, Scope, Setting, Variable
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station.layout import EvseLayout
from laadpaal.station.view import ConnectorView, EvseView

ITEMS_PER_MESSAGE = 100
BYTES_PER_MESSAGE = 65_536
_NOMINAL_V = 230
_LISTS = {DataType.OPTION_LIST, DataType.SEQUENCE_LIST, DataType.MEMBER_LIST}

Traits = v201.VariableCharacteristics
Mutability = v201.Mutability


@dataclass(frozen=True, slots=True)
class Place:
    """A component; EVSE 0, connector 0 is the tier of the station."""

    component: str
    evse: int = 0
    connector: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One variable of one component.

    Args:
        value: Its text, "" while there is none, or None where a report carries no value.
        row: The setting that a write goes to; None where nobody may write from here.
        stored: Whether it survives a restart.
        constant: Whether the value never changes while the station runs.
    """

    place: Place
    name: str
    traits: Traits
    value: str | None
    instance: str = ""
    mutability: Mutability = Mutability.ReadOnly
    row: Setting[Any] | None = None
    stored: bool = False
    constant: bool = False


def inventory(scene: Scene, utc: float) -> tuple[Entry, ...]:
    """Return every variable the station has, as it is now."""
    return (*_live(scene, utc), *_settings(scene))


# --- the settings and readings of the book ---


def _settings(scene: Scene) -> Iterator[Entry]:
    for row, variable in BY_VARIABLE.values():
        evses = range(1, len(scene.desk.layout.evses) + 1) if row.scope is Scope.EVSE else (0,)
        for evse in evses:
            yield entry_of(row, variable, scene, evse)


def entry_of(row: Property[Any], variable: Variable, scene: Scene, evse: int = 0) -> Entry:
    """Return a row of the book under its name in this version; a secret shows no value."""
    place, traits = Place(variable.component, evse), traits_of(row.kind)
    if not isinstance(row, Setting):
        return Entry(place, variable.name, traits, scene.desk.read(row, evse), variable.instance)
    values = scene.desk.values
    writable = not (variable.read_only or row.access is Access.INSTALLER or values.fixed(row))
    shown = Mutability.ReadWrite if writable else Mutability.ReadOnly
    return Entry(
        place,
        variable.name,
        traits,
        None if row.secret else row.kind.show(values.of(row, evse)),
        variable.instance,
        Mutability.WriteOnly if row.secret else shown,
        row if writable else None,
        stored=True,
    )


def traits_of(kind: Kind[Any]) -> Traits:
    """Return type, unit, limits and words of a kind; a list has words instead of limits."""
    words = kind.data_type in _LISTS
    return Traits(
        dataType=v201.Data(kind.data_type.value),
        supportsMonitoring=False,
        unit=kind.unit or UNSET,
        minLimit=UNSET if kind.low is None or words else kind.low,
        maxLimit=UNSET if kind.high is None or words else kind.high,
        valuesList=",".join(kind.choices) if words else UNSET,
    )


# --- what is live, or built in ---


def _traits(kind: v201.Data, **more: Any) -> Traits:  # noqa: ANN401  whatever Traits takes
    return Traits(dataType=kind, supportsMonitoring=False, **more)


_FLAG = _traits(v201.Data.boolean)
_NUMBER = _traits(v201.Data.integer)
_NAME = _traits(v201.Data.string, maxLimit=50)
_STATE = _traits(
    v201.Data.OptionList, valuesList=",".join(status.value for status in v201.ConnectorStatus)
)
_PROTOCOLS = _traits(v201.Data.MemberList, valuesList="FTP,FTPS,HTTP,HTTPS,SFTP")
_SOURCES = _traits(v201.Data.SequenceList, valuesList="Heartbeat")
_ONE_SLOT = _traits(v201.Data.SequenceList, valuesList="1")

_BUILT_IN = (
    ("ClockCtrlr", "TimeSource", _SOURCES, "Heartbeat"),
    # There is one network profile, so there is nothing to order, and none to go on to.
    ("OCPPCommCtrlr", "ActiveNetworkProfile", _NUMBER, "1"),
    ("OCPPCommCtrlr", "NetworkConfigurationPriority", _ONE_SLOT, "1"),
    ("OCPPCommCtrlr", "NetworkProfileConnectionAttempts", _NUMBER, "1"),
    ("OCPPCommCtrlr", "FileTransferProtocols", _PROTOCOLS, ",".join(PROTOCOLS)),
    # No certificate is kept for this version.
    ("SecurityCtrlr", "CertificateEntries", _traits(v201.Data.integer, maxLimit=0), "0"),
)
"""What a Core station has to tell, and of which this one has a single value."""


def _live(scene: Scene, utc: float) -> Iterator[Entry]:
    yield from _station(scene)
    for evse, layout in zip(scene.desk.view().evses, scene.desk.layout.evses, strict=True):
        yield from _evse(evse, layout)
        for connector in evse.connectors:
            yield from _connector(evse, layout, connector)
    yield from _controllers(utc)


def _station(scene: Scene) -> Iterator[Entry]:
    at, layout, view = Place("ChargingStation"), scene.desk.layout, scene.desk.view()
    phases = max(map(_phases, view.evses, layout.evses))
    yield Entry(at, "Available", _FLAG, "true", constant=True)
    yield Entry(at, "AvailabilityState", _STATE, STATUSES[view.status].value)
    yield Entry(at, "SupplyPhases", _NUMBER, str(phases))
    yield Entry(at, "Model", _NAME, layout.model, constant=True)
    yield Entry(at, "VendorName", _NAME, layout.vendor, constant=True)
    yield Entry(at, "SerialNumber", _NAME, layout.serial, constant=True)


def _evse(evse: EvseView, layout: EvseLayout) -> Iterator[Entry]:
    at, meter = Place("EVSE", evse.evse), evse.measurement
    most_w = max(c.rated_a for c in layout.connectors) * _NOMINAL_V * layout.phases
    power = _traits(v201.Data.decimal, unit="W", maxLimit=most_w)
    yield Entry(at, "Available", _FLAG, "true", constant=True)
    yield Entry(at, "AvailabilityState", _STATE, _together(evse).value)
    yield Entry(at, "SupplyPhases", _NUMBER, str(_phases(evse, layout)))
    # The one variable that may be reported by its limit alone (3.1).
    yield Entry(at, "Power", power, f"{meter.power_w:.1f}" if meter else None)


def _connector(evse: EvseView, layout: EvseLayout, connector: ConnectorView) -> Iterator[Entry]:
    at = Place("Connector", evse.evse, connector.connector)
    outlet = layout.connectors[connector.connector - 1].outlet
    yield Entry(at, "Available", _FLAG, "true", constant=True)
    state = connector_status(connector.status, evse, connector.connector)
    yield Entry(at, "AvailabilityState", _STATE, state.value)
    yield Entry(at, "ConnectorType", _NAME, outlet.value, constant=True)
    yield Entry(at, "SupplyPhases", _NUMBER, str(_phases(evse, layout)))


def _controllers(utc: float) -> Iterator[Entry]:
    clock, limits = Place("ClockCtrlr"), Place("DeviceDataCtrlr")
    yield Entry(clock, "DateTime", _traits(v201.Data.dateTime), timestamp.render(utc))
    for component, name, traits, value in _BUILT_IN:
        yield Entry(Place(component), name, traits, value, constant=True)
    for action in ("GetReport", "GetVariables", "SetVariables"):
        for name, most in (
            ("ItemsPerMessage", ITEMS_PER_MESSAGE),
            ("BytesPerMessage", BYTES_PER_MESSAGE),
        ):
            yield Entry(limits, name, _NUMBER, str(most), instance=action, constant=True)
    for component in ("AuthCacheCtrlr", "SampledDataCtrlr", "AlignedDataCtrlr"):
        yield Entry(Place(component), "Available", _FLAG, "true", constant=True)


def _phases(evse: EvseView, layout: EvseLayout) -> int:
    # Until the meter has told how the EVSE is wired, it counts as wired as built.
    return evse.installation_phases or layout.phases


def _together(evse: EvseView) -> v201.ConnectorStatus:
    """Return the state of an EVSE: Occupied when one of its connectors is."""
    states = {connector_status(c.status, evse, c.connector) for c in evse.connectors}
    order = v201.ConnectorStatus
    ranked = (
        order.Occupied, order.Reserved, order.Available, order.Unavailable, order.Faulted,
    )  # fmt: skip
    return next(state for state in ranked if state in states)
