"""A vehicle that is done: orange light, and the end of its transaction (S71, S72)."""

from __future__ import annotations

import pytest

from laadpaal.properties.charging import STATION_MAX
from laadpaal.properties.panel import REPORT_NOT_CHARGING
from laadpaal.properties.transactions import AUTO_STOP
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.lights import Light
from laadpaal.station.measurement import Measurement
from laadpaal.station.notices import TransactionEnded
from laadpaal.station.words import Pilot, StopReason
from tests.support.world import World

VOLTS = (230.0, 230.0, 230.0)
CABLE = Layout(evses=(EvseLayout((ConnectorLayout(Outlet.CABLE),)), EvseLayout()))


def charged(layout: Layout | None = None, *, orange_s: int = 0, stop_s: int = 0) -> World:
    """Return a station whose vehicle has charged a kilowatt-hour, and charges still."""
    world = World(layout)
    world.put(REPORT_NOT_CHARGING, to=orange_s)
    world.put(AUTO_STOP, to=stop_s)
    world.online()
    world.measure()
    if world.station.layout.evses[0].connectors[0].lockable:
        world.tell(e.CablePlugged(1, 1, 32.0))
    world.tell(e.PilotChanged(1, Pilot.C))
    world.swipe()
    draw(world, 16.0, 1000.0)
    return world


def draw(world: World, current_a: float, more_wh: float = 0.0) -> None:
    """Let the meter see so much current on each line."""
    world.energy_wh[1] += more_wh
    amps = (current_a, current_a, current_a)
    seen = Measurement(world.energy_wh[1], VOLTS, amps, 690 * current_a)
    world.tell(e.MeterRead(1, seen))


def lights(world: World) -> list[Light]:
    """Return what the first socket's light has shown, in order."""
    return [x.light for x in world.actions if isinstance(x, a.ShowLight) and x.evse == 1]


def test_s71_orange_comes_after_its_time() -> None:
    """A vehicle that is full lights it at the threshold, not before, and it goes with the plug."""
    world = charged(orange_s=600)
    world.tell(e.PilotChanged(1, Pilot.B))
    world.pass_time(599)
    assert Light.NOT_CHARGING not in lights(world)

    world.pass_time(1)
    assert world.evse().light is Light.NOT_CHARGING

    world.tell(e.CableUnplugged(1))
    assert world.evse().light is not Light.NOT_CHARGING


def test_s71_too_little_current_is_no_charging() -> None:
    """Less than half an ampere on every line counts as none, and current puts orange out."""
    world = charged(orange_s=600)
    draw(world, 0.4)
    world.pass_time(600)
    draw(world, 0.4)
    assert world.evse().light is Light.NOT_CHARGING

    draw(world, 6.0)
    assert world.evse().light is Light.CHARGING
    draw(world, 0.4)
    world.pass_time(599)
    assert world.evse().light is Light.CHARGING


def test_s71_orange_follows_a_stopped_session_too() -> None:
    """Whoever stops with the card and leaves the cable in is asked to take it."""
    world = charged(orange_s=600)
    world.swipe()
    world.pass_time(599)
    assert world.evse().light is Light.FINISH_WAIT_UNPLUG

    world.pass_time(1)
    assert world.evse().light is Light.NOT_CHARGING


def test_s71_a_pause_of_the_station_s_own_lights_nothing() -> None:
    """The station gives nothing, so the vehicle is not done."""
    world = charged(orange_s=600)
    world.put(STATION_MAX, to=0.0)
    world.tell(e.PilotChanged(1, Pilot.B))
    world.pass_time(86_400)

    assert Light.NOT_CHARGING not in lights(world)


def test_s71_a_fault_lights_nothing() -> None:
    """What went wrong was no success."""
    world = charged(orange_s=600)
    world.tell(e.FaultRaised(1, 401))
    world.tell(e.PilotChanged(1, Pilot.B))
    world.pass_time(86_400)

    assert Light.NOT_CHARGING not in lights(world)


def test_s71_nothing_delivered_lights_nothing() -> None:
    """A vehicle that never took anything is not full."""
    world = World()
    world.put(REPORT_NOT_CHARGING, to=600)
    world.online()
    world.plug(ready=False)
    world.swipe()
    world.pass_time(86_400)

    assert Light.NOT_CHARGING not in lights(world)


def test_s71_s72_are_off_unless_wanted() -> None:
    """Threshold 0 is never."""
    world = charged()
    world.tell(e.PilotChanged(1, Pilot.B))
    world.pass_time(7 * 86_400)

    assert Light.NOT_CHARGING not in lights(world)
    assert world.told(TransactionEnded) == []


def test_s72_the_transaction_ends_once_and_the_lock_opens() -> None:
    """At its second, not before."""
    world = charged(stop_s=900)
    world.tell(e.PilotChanged(1, Pilot.B))
    world.pass_time(899)
    assert world.evse().locked

    world.pass_time(1)
    [ended] = world.told(TransactionEnded)
    assert ended.reason is StopReason.OTHER
    assert not world.evse().locked
    world.pass_time(86_400)
    assert len(world.told(TransactionEnded)) == 1


def test_s72_a_vehicle_that_resumes_in_time_goes_on() -> None:
    """A second before the end it takes energy again, and the time begins anew."""
    world = charged(stop_s=900)
    world.tell(e.PilotChanged(1, Pilot.B))
    world.pass_time(899)
    world.tell(e.PilotChanged(1, Pilot.C))
    draw(world, 16.0, 10.0)
    world.pass_time(899)
    assert world.told(TransactionEnded) == []

    world.tell(e.PilotChanged(1, Pilot.B))
    world.pass_time(900)
    assert len(world.told(TransactionEnded)) == 1


def test_s72_a_fixed_cable_has_nothing_to_unlock() -> None:
    """Its transaction ends all the same."""
    world = charged(CABLE, stop_s=900)
    world.tell(e.PilotChanged(1, Pilot.B))
    world.pass_time(900)

    assert len(world.told(TransactionEnded)) == 1
    assert not any(isinstance(x, a.LockPlug) for x in world.actions)


@pytest.mark.parametrize("orange_s", [300, 900])
def test_s71_orange_stays_after_s72(orange_s: int) -> None:
    """Both times run by themselves, and orange outlasts the transaction."""
    world = charged(orange_s=orange_s, stop_s=600)
    world.tell(e.PilotChanged(1, Pilot.B))
    world.pass_time(1000)

    assert world.evse().transaction is None
    assert world.evse().light is Light.NOT_CHARGING


def test_s72_finds_nothing_to_end_where_the_card_has_ended_it() -> None:
    """The vehicle stays plugged in, and nothing more is told when the time has passed."""
    world = charged(stop_s=900)
    world.swipe()
    world.pass_time(900)

    assert len(world.told(TransactionEnded)) == 1
    assert not world.evse().locked
