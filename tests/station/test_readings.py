"""Every live property shows what the station's view holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from laadpaal.properties import (
    charging,
    comms,
    meter,
    metering,
    parts,
    smart_meter,
    state,
    transactions,
    wiring,
)
from laadpaal.properties.book import BOOK
from laadpaal.properties.kinds import Hidden, Whole
from laadpaal.properties.rows import Address, Reading
from laadpaal.properties.values import Values
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.turns import Turns
from laadpaal.station import events as e
from laadpaal.station import readings
from laadpaal.station.layout import ConnectorLayout, EvseLayout, GridLink, Layout, Outlet
from laadpaal.station.measurement import GridMeasurement, Measurement
from laadpaal.station.mobile_events import ModemAttached
from laadpaal.station.notices import DurableNotice
from laadpaal.station.records import Record
from laadpaal.station.station import Station
from laadpaal.station.view import EvseView, GridView, StationView
from laadpaal.station.words import Pilot, Status
from tests.support.world import World, numbered

ROWS = [row for row in BOOK if isinstance(row, Reading)]
MEASURED = Measurement(
    energy_wh=12_345.678,
    voltages_v=(231.4, 229.5, 0.0),
    currents_a=(16.0, 15.25, 0.0),
    power_w=-42.5,
    frequency_hz=49.98,
)
HOUSE = GridMeasurement((9.5, -3.0, 0.0), version="50", told_at="261126093000W")
WITH_BAYS = Layout(evses=(EvseLayout(bay=True), EvseLayout(bay=True)), modem=True)
UNBOUND = Reading("FFFF_0", Whole(0, 1, "s"), "Nobody knows.")


class Nowhere:
    """Keeps nothing."""

    async def commit(self, records: Sequence[Record], notices: Sequence[DurableNotice]) -> None:
        """Refuse: nobody takes a turn here."""
        raise AssertionError(records, notices)


def seen(**changes: Any) -> StationView:
    """Return the view of a station whose second EVSE was changed."""
    world = World(replace(WITH_BAYS, grid=GridLink.P1))
    world.tell(ModemAttached("8931080000000000012", "204080000000012", dbm=-73))
    view = world.station.view()
    first, second = view.evses
    return replace(view, evses=(first, replace(second, **changes)), grid=GridView(HOUSE))


def shown(status: Status) -> str:
    """Return the main state of an EVSE whose connector has that status."""
    view = seen()
    evse: EvseView = view.evses[1]
    [connector] = evse.connectors
    connectors = (replace(connector, status=status),)
    changed = replace(view, evses=(view.evses[0], replace(evse, connectors=connectors)))
    return readings.read(state.MAIN_STATE, changed, 2)


# --- the binding ---


def test_every_reading_of_the_book_is_bound() -> None:
    """And nothing is bound that is not in the book."""
    assert {row.id for row in ROWS} == set(readings.BOUND)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_what_is_shown_is_of_its_kind(row: Reading[Any]) -> None:
    """The kind reads back what a reading shows."""
    view = seen(measurement=MEASURED, offered_a=16.0)
    evse, connector = readings.places(row, view.layout)[-1]
    text = readings.read(row, view, evse, connector)

    assert row.kind.show(row.kind.parse(text)) == text


def test_what_the_meter_does_not_tell_is_not_shown() -> None:
    """No frequency is made up for a meter without one."""
    view = seen(measurement=replace(MEASURED, frequency_hz=None))

    assert readings.read(meter.FREQUENCY, view, 2) == ""


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (smart_meter.VERSION, "50"),
        (smart_meter.CLOCK, "261126093000W"),
        (smart_meter.CURRENT_L1, "9.5"),
        (smart_meter.CURRENT_L2, "-3"),
        (smart_meter.CURRENT_L3, "0"),
    ],
)
def test_what_the_smart_meter_says(row: Reading[Any], text: str) -> None:
    """It is shown as it was told last, and not at all before."""
    assert readings.read(row, seen()) == text
    assert readings.read(row, World().station.view()) == ""


def test_only_a_bay_with_a_sensor_has_a_reading() -> None:
    """Where nothing sees a vehicle, nothing is shown of it."""
    half = Layout(evses=(EvseLayout(), EvseLayout(bay=True)))

    assert readings.places(parts.PARKED, half) == ((2, 0),)
    assert readings.places(metering.SIGN_SAMPLED, half) == ()


def test_the_time_of_charging_is_shown_while_it_lasts() -> None:
    """It grows as long as energy flows, and is nothing without a transaction."""
    world = World()
    world.online()
    assert readings.read(transactions.CHARGING_TIME, world.station.view(), 1) == "0"
    world.plug()
    world.swipe()
    world.pass_time(90.0)
    world.measure()

    assert readings.read(transactions.CHARGING_TIME, world.station.view(), 1) == "90"


def test_an_unbound_reading_is_named() -> None:
    """The error tells which row nobody bound."""
    with pytest.raises(KeyError, match="FFFF_0 is not bound"):
        readings.read(UNBOUND, seen(), 0)


@pytest.mark.parametrize(
    ("row", "evse"),
    [
        (meter.POWER, 0),
        (meter.POWER, 3),
        (meter.POWER, -1),
        (state.SOCKETS, 1),
        (parts.LOCKED, 1),
    ],
)
def test_an_evse_that_is_not_there_is_named(row: Reading[Any], evse: int) -> None:
    """A row of an EVSE has no value for the station, and the other way round."""
    with pytest.raises(KeyError, match=f"{row.id} has no EVSE {evse}"):
        readings.read(row, seen(measurement=MEASURED), evse)


def test_the_loop_reads_its_station() -> None:
    """The desk of the running station shows readings and names the unbound."""
    turns = Turns(Station(Layout(), Values(), numbered()), RealClock(), Nowhere())

    assert turns.read(state.SOCKETS) == "2"
    assert turns.read(state.RELAY_STATE, 2) == "0"
    with pytest.raises(KeyError, match="FFFF_0"):
        turns.read(UNBOUND)


def test_a_connector_that_is_not_there_is_named() -> None:
    """So is one of an EVSE that has others."""
    with pytest.raises(KeyError, match=f"{parts.LOCKED.id} has no EVSE 1, connector 2"):
        readings.read(parts.LOCKED, seen(), 1, 2)


def test_an_address_finds_settings_and_readings() -> None:
    """Each by its row; what is set for the station serves its EVSEs, and a secret shows nothing."""
    values = Values(
        {(charging.CONNECTOR_MAX.id, 2): 10.0, (comms.PASSWORD.id, 0): Hidden("x" * 16)}
    )

    def text(*at: Any) -> str:
        return readings.shown(Address(*at), seen(contactor_closed=True), values)

    assert text(parts.CONTACTOR_CLOSED.id, 1) == "false"
    assert text(parts.CONTACTOR_CLOSED.id, 2) == "true"
    assert text(parts.CONNECTOR_TYPE.id, 2, 1) == "sType2"
    assert text(charging.CONNECTOR_MAX.id, 1) == "16"
    assert text(charging.CONNECTOR_MAX.id, 2) == "10"
    assert text(comms.OFFLINE_THRESHOLD.id) == "60"
    assert text(comms.PASSWORD.id) == ""


# --- the parts ---

SOCKET_AND_CABLES = Layout(
    "Acme",
    "Trio",
    "SN7",
    (
        EvseLayout(phases=3),
        EvseLayout((ConnectorLayout(Outlet.CABLE), ConnectorLayout()), phases=1),
    ),
    firmware="1.2.3",
)


def part(row: Reading[Any], evse: int = 0, connector: int = 0, *happened: e.Event) -> str:
    """Return a reading of a station with a socket, and with a cable and a socket, after events."""
    world = World(layout=SOCKET_AND_CABLES)
    for event in happened:
        world.tell(event)
    return readings.read(row, world.station.view(), evse, connector)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (parts.FIRMWARE, "1.2.3"),
        (parts.MODEL, "Trio"),
        (parts.SERIAL, "SN7"),
        (parts.VENDOR, "Acme"),
        (parts.STATION_AVAILABILITY, "Available"),
        (parts.STATION_PROBLEM, "false"),
        (parts.STATION_PHASES, "3"),
        (parts.STATION_ORDER, "Unknown"),
        (parts.READER_PROBLEM, "false"),
    ],
    ids=lambda given: getattr(given, "id", given),
)
def test_the_station_tells_what_it_is(row: Reading[Any], text: str) -> None:
    """As it was built, and sound."""
    assert part(row) == text


def test_only_sockets_have_locks() -> None:
    """A fixed cable has none."""
    assert readings.places(parts.LOCKED, SOCKET_AND_CABLES) == ((1, 1), (2, 2))
    assert readings.places(parts.LOCK_PROBLEM, SOCKET_AND_CABLES) == ((1, 1), (2, 2))
    assert readings.places(parts.CONNECTOR_TYPE, SOCKET_AND_CABLES) == ((1, 1), (2, 1), (2, 2))
    assert part(parts.CONNECTOR_TYPE, 2, 1) == "cType2"


def test_lines_count_as_built_until_the_meter_has_told() -> None:
    """Then as it told, and the station has as many as any of its EVSEs."""
    one_line = e.MeterRead(1, Measurement(energy_wh=1.0, voltages_v=(230.0, 0.0, 0.0)))

    assert [part(parts.EVSE_PHASES, number) for number in (1, 2)] == ["3", "1"]
    assert part(parts.EVSE_PHASES, 1, 0, one_line) == "1"
    assert part(parts.CONNECTOR_PHASES, 1, 1, one_line) == "1"
    assert part(parts.STATION_PHASES, 0, 0, one_line) == "1"


@pytest.mark.parametrize(
    ("row", "place", "code"),
    [
        (parts.STATION_PROBLEM, (0, 0), 203),
        (parts.READER_PROBLEM, (0, 0), 109),
        (parts.EVSE_PROBLEM, (1, 0), 302),
        (parts.CONTACTOR_PROBLEM, (1, 0), 102),
        (parts.METER_PROBLEM, (1, 0), 105),
        (parts.RESIDUAL_TRIPPED, (1, 0), 101),
        (parts.OVERCURRENT_TRIPPED, (1, 0), 302),
        (parts.LOCK_PROBLEM, (1, 1), 107),
        (parts.LOCK_PROBLEM, (1, 1), 211),
        (parts.LOCK_PROBLEM, (1, 1), 404),
    ],
)
def test_a_fault_is_a_problem_of_its_part(
    row: Reading[Any], place: tuple[int, int], code: int
) -> None:
    """While it lasts."""
    raised, cleared = e.FaultRaised(place[0], code), e.FaultCleared(place[0], code)

    assert part(row, *place) == "false"
    assert part(row, *place, raised) == "true"
    assert part(row, *place, raised, cleared) == "false"


def test_a_reader_s_fault_may_be_told_of_an_evse() -> None:
    """There is one reader, wherever its fault was noticed."""
    assert part(parts.READER_PROBLEM, 0, 0, e.FaultRaised(2, 109)) == "true"


def test_the_order_of_the_lines_is_as_somebody_wrote_it() -> None:
    """Place 0 is the station, the others its EVSEs."""
    world = World()
    world.values.put(wiring.PHASE_ROTATION, ((0, "RST"), (2, "TRS")))
    view = world.station.view()

    assert readings.read(parts.STATION_ORDER, view) == "RST"
    assert readings.read(parts.EVSE_ORDER, view, 1) == "Unknown"
    assert readings.read(parts.EVSE_ORDER, view, 2) == "TRS"


@pytest.mark.parametrize("pilot", Pilot)
def test_the_pilot_has_a_letter(pilot: Pilot) -> None:
    """As the standard names its state."""
    assert readings.read(parts.PILOT, seen(pilot=pilot), 2) == pilot.value


def test_an_evse_has_the_name_that_somebody_gave_it() -> None:
    """Each its own."""
    world = World()
    world.values.put(parts.EVSE_NAME, "NL*ABC*E1*2", 2)

    assert [evse.name for evse in world.station.view().evses] == ["", "NL*ABC*E1*2"]


@pytest.mark.parametrize("holds", [True, False])
def test_a_lock_tells_whether_it_holds(*, holds: bool) -> None:
    """That of the socket with the plug."""
    [here] = seen().evses[1].connectors
    view = seen(connectors=(replace(here, locked=holds),))

    assert readings.read(parts.LOCKED, view, 2, 1) == ("true" if holds else "false")
    assert readings.read(parts.LOCKED, view, 1, 1) == "false"


# --- the meter ---


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (meter.VOLTAGE_L1, "231.4"),
        (meter.VOLTAGE_L2, "229.5"),
        (meter.VOLTAGE_L3, "0"),
        (meter.CURRENT_L1, "16"),
        (meter.CURRENT_L2, "15.25"),
        (meter.CURRENT_L3, "0"),
        (meter.FREQUENCY, "49.98"),
        (meter.POWER, "-42.5"),
        (meter.ENERGY, "12345.678"),
    ],
    ids=lambda given: getattr(given, "id", given),
)
def test_the_meter_is_shown(row: Reading[Any], text: str) -> None:
    """Each quantity has its row, for the EVSE whose meter it is."""
    view = seen(measurement=MEASURED)

    assert readings.read(row, view, 2) == text
    assert readings.read(row, view, 1) == ""


def test_the_core_s_own_measurement_is_shown() -> None:
    """What the meter said last is what is read."""
    world = World()
    world.measure(1)

    assert readings.read(meter.VOLTAGE_L1, world.station.view(), 1) == "230"
    assert readings.read(meter.ENERGY, world.station.view(), 1) == "5000"
    assert readings.read(meter.ENERGY, world.station.view(), 2) == ""


# --- the state ---


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_number(status: Status) -> None:
    """No status is left out, and no two share a number."""
    others = [shown(other) for other in Status if other is not status]

    assert shown(status) not in others


def test_a_busy_connector_speaks_for_its_evse() -> None:
    """A free one beside it says nothing."""
    view = seen()
    [free] = view.evses[1].connectors
    busy = replace(free, connector=2, status=Status.CHARGING)
    both = replace(view, evses=(view.evses[0], replace(view.evses[1], connectors=(free, busy))))

    assert readings.read(state.MAIN_STATE, both, 2) == "14"
    assert readings.read(state.MAIN_STATE, both, 1) == "2"


@pytest.mark.parametrize(
    ("pilot", "offered_a", "number"),
    [
        (Pilot.A, 0.0, "160"),
        (Pilot.A, 16.0, "160"),
        (Pilot.B, 0.0, "177"),
        (Pilot.B, 16.0, "178"),
        (Pilot.C, 0.0, "193"),
        (Pilot.C, 16.0, "194"),
        (Pilot.D, 0.0, "209"),
        (Pilot.D, 6.0, "210"),
        (Pilot.E, 16.0, "224"),
        (Pilot.F, 0.0, "240"),
    ],
)
def test_the_pilot_has_its_numbers(pilot: Pilot, offered_a: float, number: str) -> None:
    """A connected vehicle that is offered current is in the second half of its state."""
    view = seen(pilot=pilot, offered_a=offered_a)

    assert readings.read(state.PILOT_STATE, view, 2) == number


@pytest.mark.parametrize("closed", [True, False])
def test_the_contactor_has_its_number(*, closed: bool) -> None:
    """One is closed."""
    view = seen(contactor_closed=closed)

    assert readings.read(state.RELAY_STATE, view, 2) == ("1" if closed else "0")


def test_only_an_evse_with_a_domestic_outlet_has_a_limit_of_it() -> None:
    """The others have no value of that property at all."""
    domestic = ConnectorLayout(Outlet.DOMESTIC, 16.0, 1)
    layout = Layout(evses=(EvseLayout(), EvseLayout((ConnectorLayout(), domestic))))

    assert readings.places(charging.DOMESTIC_MAX, layout) == ((2, 0),)
