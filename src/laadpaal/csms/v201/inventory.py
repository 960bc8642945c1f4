"""What the device model holds at this instant: the book, and what only this version knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from laadpaal.csms.dialect import Scene
from laadpaal.csms.transfer import PROTOCOLS
from laadpaal.csms.v201.limits import (
    BYTES_PER_MESSAGE,
    CONFIGURATION_VALUE_SIZE,
    ITEMS_PER_MESSAGE,
    LIMITED,
    MONITORING,
    REPORTING_VALUE_SIZE,
)
from laadpaal.csms.v201.names import Name, Place, folded
from laadpaal.csms.v201.tariff import FORMATS, PERSONAL_MESSAGE_SIZE
from laadpaal.properties.book import BY_VARIABLE
from laadpaal.properties.certificates import MAX_ROOTS, ROOTS
from laadpaal.properties.kinds import DataType, Kind
from laadpaal.properties.meter import POWER
from laadpaal.properties.rows import Access, Address, Property, Scope, Setting, Variable
from laadpaal.properties.wiring import PHASE_SWITCHING
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station.choices import offered
from laadpaal.station.layout import Layout
from laadpaal.station.profile_rules import MAX_PERIODS, MAX_STACK_LEVEL
from laadpaal.station.readings import places, shown
from laadpaal.station.shown import Priority

_NOMINAL_V = 230
_LISTS = {DataType.OPTION_LIST, DataType.SEQUENCE_LIST, DataType.MEMBER_LIST}

_UNITS = {"%": "Percent"}
"""Units that this version spells in another way."""

Traits = v201.VariableCharacteristics
Mutability = v201.Mutability


@dataclass(frozen=True, slots=True)
class Entry:
    """One variable of one component.

    Args:
        value: Its text, "" while there is none, or None where a report carries no value.
        address: Where the core has it; None for what only this version knows.
        stored: Whether it survives a restart.
        constant: Whether the value never changes while the station runs.
    """

    name: Name
    traits: Traits
    value: str | None
    address: Address | None = None
    mutability: Mutability = Mutability.ReadOnly
    stored: bool = False
    constant: bool = False


def inventory(scene: Scene, utc: float) -> tuple[Entry, ...]:
    """Return every variable the station has, as it is now, by component."""
    entries = (*_book(scene), *_own(scene, utc))
    return tuple(sorted((*entries, *_available(entries)), key=lambda entry: entry.name))


class Missing(Enum):
    """Why an item means no variable of ours (3.5)."""

    COMPONENT = "UnknownComponent"
    VARIABLE = "UnknownVariable"


class Index:
    """The inventory by its names; case plays no part."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: Mapping[Name, Entry] = {e.name.folded: e for e in entries}
        self._places = {name.place for name in self._entries}

    def find(self, name: Name) -> Entry | Missing:
        """Return the variable of that very name; nothing is a wildcard here (3.4)."""
        if folded(name.place) not in self._places:
            return Missing.COMPONENT
        return self._entries.get(name.folded, Missing.VARIABLE)


# --- the settings and readings of the book ---


def _book(scene: Scene) -> Iterator[Entry]:
    view = scene.desk.view()
    for row, variable in BY_VARIABLE.values():
        for evse, connector in places(row, scene.desk.layout):
            at = Address(row.id, evse, connector)
            secret = isinstance(row, Setting) and row.secret
            value = None if secret else shown(at, view, scene.desk.values)
            yield _entry(scene, row, variable, at, value)


def _entry(
    scene: Scene, row: Property[Any], variable: Variable, at: Address, value: str | None
) -> Entry:
    place = Place(variable.component, at.evse, at.connector)
    name = Name(place, variable.name, variable.instance)
    if isinstance(row, Setting):
        mutability = _mutability(scene, row, variable)
        return Entry(name, _offered(row, scene.desk.layout), value, at, mutability, stored=True)
    if row is POWER:
        # The one variable that may be reported by its limit alone (3.1).
        return Entry(name, _power(scene.desk.layout, at.evse), value or None, at)
    if row is ROOTS:
        room = replace(traits_of(row.kind), maxLimit=scene.desk.values[MAX_ROOTS])
        return Entry(name, room, value, at)
    traits = traits_of(row.kind, monitored=not row.constant)
    return Entry(name, traits, value, at, constant=row.constant)


def _mutability(scene: Scene, row: Setting[Any], variable: Variable) -> Mutability:
    if row.secret:
        return Mutability.WriteOnly
    closed = variable.read_only or row.access is Access.INSTALLER or scene.desk.values.fixed(row)
    return Mutability.ReadOnly if closed else Mutability.ReadWrite


def traits_of(kind: Kind[Any], *, monitored: bool = True) -> Traits:
    """Return type, unit, limits and words of a kind; a list has words instead of limits."""
    words = kind.data_type in _LISTS
    return Traits(
        dataType=v201.Data(kind.data_type.value),
        supportsMonitoring=monitored,
        unit=_UNITS.get(kind.unit, kind.unit) or UNSET,
        minLimit=UNSET if kind.low is None or words else kind.low,
        maxLimit=UNSET if kind.high is None or words else kind.high,
        valuesList=",".join(kind.choices) if words else UNSET,
    )


def _offered(row: Setting[Any], layout: Layout) -> Traits:
    """Return the traits of a setting, with no word that this very station has no use for."""
    traits = traits_of(row.kind)
    if traits.valuesList is UNSET:
        return traits
    return replace(traits, valuesList=",".join(offered(row, layout)))


def _power(layout: Layout, evse: int) -> Traits:
    built = layout.evses[evse - 1]
    most_w = _NOMINAL_V * max(c.rated_a * min(c.phases, built.phases) for c in built.connectors)
    return replace(traits_of(POWER.kind), minLimit=UNSET, maxLimit=most_w)


# --- what only this version knows ---


def _traits(kind: v201.Data, **more: Any) -> Traits:  # noqa: ANN401  whatever Traits takes
    return Traits(dataType=kind, supportsMonitoring=False, **more)


_FLAG = _traits(v201.Data.boolean)
_NUMBER = _traits(v201.Data.integer)
_TIME = _traits(v201.Data.dateTime)
_PROTOCOLS = _traits(v201.Data.MemberList, valuesList="FTP,FTPS,HTTP,HTTPS,SFTP")
_FORMATS = _traits(v201.Data.MemberList, valuesList="ASCII,HTML,URI,UTF8")
_PRIORITIES = _traits(v201.Data.MemberList, valuesList=",".join(p.value for p in Priority))
_RATE_UNITS = _traits(v201.Data.MemberList, valuesList="A,W")

_BUILT_IN: tuple[tuple[str, str, str, Traits, str], ...] = (
    ("OCPPCommCtrlr", "FileTransferProtocols", "", _PROTOCOLS, ",".join(PROTOCOLS)),
    # The register of our meters is that of all lines together.
    ("SampledDataCtrlr", "RegisterValuesWithoutPhases", "", _FLAG, "true"),
    ("DisplayMessageCtrlr", "SupportedFormats", "", _FORMATS, ",".join(f.value for f in FORMATS)),
    ("DisplayMessageCtrlr", "SupportedPriorities", "", _PRIORITIES, _PRIORITIES.valuesList or ""),
    ("DisplayMessageCtrlr", "PersonalMessageSize", "", _NUMBER, str(PERSONAL_MESSAGE_SIZE)),
    ("TariffCostCtrlr", "Available", "Tariff", _FLAG, "true"),
    ("TariffCostCtrlr", "Available", "Cost", _FLAG, "true"),
    ("SmartChargingCtrlr", "ProfileStackLevel", "", _NUMBER, str(MAX_STACK_LEVEL)),
    ("SmartChargingCtrlr", "PeriodsPerSchedule", "", _NUMBER, str(MAX_PERIODS)),
    ("SmartChargingCtrlr", "RateUnit", "", _RATE_UNITS, "A,W"),
    # Which line is used, where that is one, is not chosen.
    ("SmartChargingCtrlr", "ACPhaseSwitchingSupported", "", _FLAG, "false"),
    *(
        ("DeviceDataCtrlr", name, action, _NUMBER, str(most))
        for action in LIMITED
        for name, most in (
            ("ItemsPerMessage", ITEMS_PER_MESSAGE),
            ("BytesPerMessage", BYTES_PER_MESSAGE),
        )
    ),
    *(
        ("DeviceDataCtrlr", name, "", _traits(v201.Data.integer, maxLimit=size), str(size))
        for name, size in (
            ("ConfigurationValueSize", CONFIGURATION_VALUE_SIZE),
            ("ReportingValueSize", REPORTING_VALUE_SIZE),
        )
    ),
    *(
        ("MonitoringCtrlr", name, action, _NUMBER, str(most))
        for action in MONITORING
        for name, most in (
            ("ItemsPerMessage", ITEMS_PER_MESSAGE),
            ("BytesPerMessage", BYTES_PER_MESSAGE),
        )
    ),
)
"""Component, variable, instance, traits and the single value of what never changes."""


def _own(scene: Scene, utc: float) -> Iterator[Entry]:
    layout = scene.desk.layout
    yield Entry(Name(Place("ClockCtrlr"), "DateTime"), _TIME, timestamp.render(utc))
    switches = layout.switches_phases and scene.desk.values[PHASE_SWITCHING]
    phases = Name(Place("SmartChargingCtrlr"), "Phases3to1")
    yield Entry(phases, _FLAG, "true" if switches else "false")
    for component, variable, instance, traits, value in _BUILT_IN:
        yield Entry(Name(Place(component), variable, instance), traits, value, constant=True)

    # Each can be reset on its own (B11).
    for evse, connector in layout.places(Scope.EVSE):
        place = Place("EVSE", evse, connector)
        yield Entry(Name(place, "AllowReset"), _FLAG, "true", constant=True)


def _available(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield what every component has: that it is there (3.1), unless it has parts to tell of."""
    said = {entry.name.place for entry in entries if entry.name.variable == "Available"}
    for place in sorted({entry.name.place for entry in entries} - said):
        yield Entry(Name(place, "Available"), _FLAG, "true", constant=True)
