"""The number of an EVSE's state tells apart all that the core does."""

from __future__ import annotations

import pytest

from laadpaal.properties.charging import STATION_MAX
from laadpaal.properties.state import MAIN_STATE, PILOT_STATE
from laadpaal.properties.wiring import MAX_PHASES
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.faults import FAULTS, Stops
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.main_state import MainState, main_state
from laadpaal.station.readings import read
from laadpaal.station.words import Pilot, ResetKind
from tests.support.world import World

BOTH = EvseLayout((ConnectorLayout(), ConnectorLayout(Outlet.DOMESTIC, 16.0, 1)))


def state(world: World) -> MainState:
    """Return the state of EVSE 1."""
    return main_state(world.station.view().evses[0], world.station.layout.evses[0])


def plugged(connector: int = 1) -> World:
    """Return a station with something plugged into one of two outlets."""
    world = World(Layout(evses=(BOTH,)))
    world.online()
    world.measure()
    world.tell(e.CablePlugged(1, connector, 32.0 if connector == 1 else None))
    return world


def test_a_session_with_a_vehicle() -> None:
    """From the cable to the summary."""
    world = plugged()
    seen = [state(world)]
    for fact in (e.PilotChanged(1, Pilot.B), e.PilotChanged(1, Pilot.C)):
        world.tell(fact)
        seen.append(state(world))
    world.swipe()
    seen.append(state(world))
    world.tell(e.PilotChanged(1, Pilot.B))
    seen.append(state(world))
    world.swipe()
    seen.append(state(world))

    assert seen == [
        MainState.CABLE,
        MainState.VEHICLE,
        MainState.VEHICLE,
        MainState.ON,
        MainState.OFF,
        MainState.WAIT_DISCONNECT,
    ]
    assert read(MAIN_STATE, world.station.view(), 1) == "19"


def test_a_card_before_the_vehicle() -> None:
    """It is waited for."""
    world = World()
    world.online()
    world.swipe()

    assert state(world) is MainState.WAIT_VEHICLE


@pytest.mark.parametrize(
    ("connector", "low", "paused"),
    [
        (1, MainState.OFF_LOW_CURRENT, MainState.OFF_SUSPENDED),
        (2, MainState.DOMESTIC_LOW_CURRENT, MainState.DOMESTIC_SUSPENDED),
    ],
)
def test_too_little_current_is_told_from_other_pauses(
    connector: int, low: MainState, paused: MainState
) -> None:
    """The one is waited for, the other is somebody's wish."""
    world = plugged(connector)
    if connector == 1:
        world.tell(e.PilotChanged(1, Pilot.C))
    world.swipe()
    world.ask(r.WriteSetting(STATION_MAX.id, "5"))
    assert state(world) is low

    world.ask(r.WriteSetting(STATION_MAX.id, "32"))
    tx = world.evse().transaction
    assert tx is not None
    tx.blocked = True
    world.pass_time(1)
    world.measure()
    world.tell(e.ClockCorrected(0.0))

    assert state(world) is paused


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_that_stops_something_is_told(code: int) -> None:
    """What stops nothing is no state; what has no number of its own is an error."""
    world = World()
    world.tell(e.FaultRaised(1, code))
    harmless = FAULTS[code].stops is Stops.NOTHING

    assert (state(world) is MainState.AVAILABLE) is harmless


def test_the_graver_fault_is_told() -> None:
    """Though its number is the higher one."""
    world = World()
    world.tell(e.FaultRaised(1, 101))
    assert state(world) is MainState.RESIDUAL_CURRENT
    world.tell(e.FaultRaised(1, 201))

    assert state(world) is MainState.PROTECTIVE_EARTH


def test_a_change_of_lines_is_told() -> None:
    """As long as the vehicle is to go on with one line and has not yet."""
    world = World(Layout(evses=(EvseLayout(),), switches_phases=True))
    world.online()
    world.plug()
    world.swipe()
    assert state(world) is MainState.ON
    world.ask(r.WriteSetting(MAX_PHASES.id, "1"))

    assert state(world) is MainState.LINES_CHANGE


def test_an_evse_that_begins_anew_boots() -> None:
    """For a moment."""
    world = World()
    world.online()
    world.ask(r.Reset(ResetKind.HARD, 1))

    assert state(world) is MainState.BOOTING


def test_a_vehicle_beside_a_domestic_outlet_in_use_is_offered_nothing() -> None:
    """What is offered is not offered on the pilot."""
    world = plugged(2)
    world.swipe()
    world.tell(e.CablePlugged(1, 1, 32.0))
    world.tell(e.PilotChanged(1, Pilot.B))

    assert read(PILOT_STATE, world.station.view(), 1) == str(0xB1)
