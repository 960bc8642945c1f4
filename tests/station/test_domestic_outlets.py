"""A domestic outlet beside a Type 2 one: no pilot, one at a time, its own limit (S62, S63, S66)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from laadpaal.properties import charging as rows
from laadpaal.properties import protection
from laadpaal.properties.state import MAIN_STATE
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Composed, Refused
from laadpaal.station.charging_profiles import Source, Unit
from laadpaal.station.display import ScreenState
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from laadpaal.station.measurement import Measurement
from laadpaal.station.notices import TransactionEnded, TransactionStarted
from laadpaal.station.readings import read
from laadpaal.station.words import Connection, Pilot, Status, StopReason, Token
from tests.support.profiles import profile
from tests.support.world import CARD, World

DOMESTIC = ConnectorLayout(Outlet.DOMESTIC, 16.0, 1)
BOTH = EvseLayout((ConnectorLayout(), DOMESTIC))
FIXED = EvseLayout((ConnectorLayout(Outlet.CABLE), DOMESTIC))
SOCKETS = Layout(evses=(BOTH, BOTH))
OTHER = Token("B2")


def ready(layout: Layout = SOCKETS) -> World:
    """Return a station with two outlets at each EVSE, known to the CSMS."""
    world = World(layout)
    world.online()
    for evse in (1, 2):
        world.measure(evse)
    return world


def plug(world: World, evse: int = 1, connector: int = 2) -> None:
    """Put a plug into a domestic outlet."""
    world.tell(e.CablePlugged(evse, connector))


def draw(world: World, current_a: float, evse: int = 1) -> None:
    """Let the meter see a current on the first line."""
    world.energy_wh[evse] += 1
    lines_v = (230.0, 230.0, 230.0)
    said = Measurement(world.energy_wh[evse], lines_v, (current_a, 0.0, 0.0), 230 * current_a)
    world.tell(e.MeterRead(evse, said))


def charging(evse: int = 1, current_a: float = 8.0) -> World:
    """Return a station with an appliance at work in a domestic outlet."""
    world = ready()
    plug(world, evse)
    world.swipe()
    draw(world, current_a, evse)
    return world


def switched(world: World) -> Sequence[a.Action]:
    """Return what contactors were told since power-up."""
    kinds = (a.CloseContactor, a.OpenContactor)
    return [one for one in world.actions if isinstance(one, kinds)][4:]


def connections(world: World, evse: int) -> list[Connection]:
    """Return what is plugged into each connector, as the view tells."""
    return [one.connection for one in world.station.view().evses[evse - 1].connectors]


def main_state(world: World, evse: int) -> str:
    """Return the exported number of the state."""
    return read(MAIN_STATE, world.station.view(), evse)


def ended(world: World) -> list[StopReason]:
    """Return why transactions have ended."""
    return [told.reason for told in world.told(TransactionEnded)]


# --- S62 ---


def test_s62_the_connection_is_right_when_charging_starts() -> None:
    """Started on 2.2: socket 2 is type E, socket 1 is unaffected, Type 2 of socket 2 is blocked."""
    world = charging(2)

    assert connections(world, 2) == [Connection.DISCONNECTED, Connection.CABLE_TYPE_E]
    assert connections(world, 1) == [Connection.DISCONNECTED] * 2
    assert (main_state(world, 2), main_state(world, 1)) == ("49", "2")
    [started] = world.told(TransactionStarted)
    assert (started.evse, started.connector) == (2, 2)
    assert switched(world) == [a.CloseContactor(2, 1, 2)]

    world.tell(e.CablePlugged(2, 1, 32.0))
    world.tell(e.PilotChanged(2, Pilot.C))

    assert connections(world, 2) == [Connection.EV, Connection.CABLE_TYPE_E]
    assert switched(world) == [a.CloseContactor(2, 1, 2)]
    assert not any(isinstance(one, a.OfferCurrent) and one.limit_a for one in world.actions)
    assert [told.reason for told in world.told(TransactionEnded)] == []
    world.swipe(OTHER, reader=2)
    assert len(world.told(TransactionStarted)) == 1


def test_a_cable_and_a_vehicle_are_told_apart() -> None:
    """A Type 2 cable is no vehicle yet."""
    world = ready()
    world.tell(e.CablePlugged(1, 1, 32.0))
    assert connections(world, 1)[0] is Connection.CABLE
    world.tell(e.PilotChanged(1, Pilot.B))

    assert connections(world, 1)[0] is Connection.EV


def test_s62_a_vehicle_keeps_the_domestic_outlet_blocked() -> None:
    """The other way round."""
    world = ready()
    world.plug()
    world.swipe()
    plug(world)

    assert switched(world) == [a.CloseContactor(1, 3)]
    assert world.evse().connector == 1
    world.tell(e.CableUnplugged(1, 2))
    assert ended(world) == []


def test_s62_a_card_first_waits_for_a_plug_in_either() -> None:
    """Whichever is plugged is energised."""
    world = ready()
    world.swipe()
    plug(world)

    assert switched(world) == [a.CloseContactor(1, 1, 2)]


def test_s62_the_plug_that_came_last_is_meant() -> None:
    """As long as nobody has been authorized for the other."""
    world = ready()
    plug(world)
    world.tell(e.CablePlugged(1, 1, 32.0))
    world.tell(e.PilotChanged(1, Pilot.C))
    world.swipe()

    assert switched(world) == [a.CloseContactor(1, 3)]


def test_s62_what_waits_beside_comes_next() -> None:
    """When the outlet in use is empty, the vehicle at the other one may be authorized."""
    world = charging()
    world.tell(e.CablePlugged(1, 1, 32.0))
    world.tell(e.PilotChanged(1, Pilot.C))
    world.tell(e.CableUnplugged(1, 2))
    assert ended(world) == [StopReason.EV_DISCONNECTED]
    assert world.evse().connector == 1
    assert world.evse().cable_a == 32.0

    world.swipe(OTHER)

    assert world.told(TransactionStarted)[-1].connector == 1
    assert switched(world)[-1] == a.CloseContactor(1, 3)


def test_s62_what_waits_beside_comes_next_when_nobody_has_any_use_left_for_the_other() -> None:
    """Its plug may stay where it is."""
    world = charging()
    world.tell(e.CablePlugged(1, 1, 32.0))
    world.tell(e.PilotChanged(1, Pilot.C))

    world.swipe()

    assert ended(world) == [StopReason.LOCAL]
    assert world.evse().connector == 1
    assert connections(world, 1) == [Connection.EV, Connection.CABLE_TYPE_E]


def test_s62_a_vehicle_at_the_fixed_cable_takes_over_from_an_idle_plug() -> None:
    """And is blocked by one that is in use."""
    world = ready(Layout(evses=(FIXED, FIXED)))
    plug(world, 1)
    world.tell(e.PilotChanged(1, Pilot.B))
    assert world.evse(1).connector == 1
    plug(world, 2)
    world.swipe(reader=2)
    world.tell(e.PilotChanged(2, Pilot.C))
    assert world.evse(2).connector == 2

    world.tell(e.CableUnplugged(2, 2))

    assert world.evse(2).connector == 1
    assert world.evse(2).connected
    assert ended(world) == [StopReason.EV_DISCONNECTED]


def test_s62_a_card_ends_it() -> None:
    """The outlet is cut off, and its plug may be taken."""
    world = charging()
    assert world.statuses()[-1] is Status.CHARGING
    world.swipe()

    assert ended(world) == [StopReason.LOCAL]
    assert switched(world)[-1] == a.OpenContactor(1, 2)
    assert main_state(world, 1) == "50"


def test_s62_nothing_drawn_within_the_connect_timeout_ends_it() -> None:
    """It never began."""
    world = ready()
    plug(world)
    world.swipe()
    world.pass_time(119)
    assert ended(world) == []
    world.pass_time(1)

    assert ended(world) == [StopReason.TIMEOUT]
    assert switched(world)[-1] == a.OpenContactor(1, 2)


def test_s62_nothing_drawn_any_more_ends_it() -> None:
    """It has had enough; a short rest does not count."""
    world = charging()
    draw(world, 0.0)
    world.pass_time(100)
    draw(world, 4.0)
    world.pass_time(1000)
    assert ended(world) == []

    draw(world, 0.1)
    world.pass_time(120)

    assert ended(world) == [StopReason.STOPPED_BY_EV]


def test_s62_a_plug_without_a_card_is_dead() -> None:
    """Somebody has to be authorized first."""
    world = ready()
    plug(world)

    assert switched(world) == []
    assert main_state(world, 1) == "47"
    assert world.statuses()[-1] is Status.PREPARING


def test_a_plug_that_is_there_already_is_no_other() -> None:
    """Nothing happens twice."""
    world = charging()
    plug(world)
    assert len(world.told(TransactionStarted)) == 1


# --- S63 ---


@pytest.mark.parametrize("connector", [1, 2])
@pytest.mark.parametrize("evse", [1, 2])
def test_s63_a_card_for_one_socket_leaves_the_display_of_the_other_alone(
    evse: int, connector: int
) -> None:
    """Whichever outlet is plugged: the other socket's display says all the time that it is free."""
    world = ready()
    other = 3 - evse
    before = len(world.actions)
    world.tell(e.CablePlugged(evse, connector, 32.0 if connector == 1 else None))
    if connector == 1:
        world.tell(e.PilotChanged(evse, Pilot.C))
    world.swipe(verdict=None)
    assert world.evse(evse).screen.state is ScreenState.PLEASE_WAIT
    world.swipe()
    world.pass_time(30)

    shown = [one for one in world.actions[before:] if isinstance(one, a.ShowScreen)]
    assert {one.evse for one in shown} == {evse}
    assert world.evse(other).screen.state is ScreenState.AVAILABLE


def test_s63_the_plug_that_came_last_gets_the_card() -> None:
    """Where both sockets wait for one."""
    world = ready()
    plug(world, 2)
    plug(world, 1)
    world.swipe()
    assert [told.evse for told in world.told(TransactionStarted)] == [1]

    world.swipe(OTHER)

    assert [told.evse for told in world.told(TransactionStarted)] == [1, 2]


def test_s63_a_card_without_a_plug_is_bound_where_the_plug_appears() -> None:
    """Be it in a domestic outlet."""
    world = ready()
    world.swipe()
    plug(world, 2)

    [started] = world.told(TransactionStarted)
    assert (started.evse, started.connector) == (2, 2)
    assert world.evse(1).authorization is None


# --- S66 ---


def limits(world: World, left: str = "10", right: str = "16") -> None:
    """Write the limits of the two domestic outlets."""
    for evse, text in ((1, left), (2, right)):
        assert world.ask(r.WriteSetting(rows.DOMESTIC_MAX.id, text, evse=evse)) == Accepted()


def offered(world: World, evse: int) -> float:
    """Return what the meter values say is offered."""
    view = world.station.view().evses[evse - 1]
    return view.offered_a


def composed(world: World, evse: int) -> float:
    """Return the limit of the composite schedule."""
    answer = world.ask(r.ComposeSchedule(evse, 60, Unit.AMPERE))
    assert isinstance(answer, Composed)
    return answer.schedule.periods[0].limit


def test_s66_each_domestic_outlet_has_its_own_limit() -> None:
    """Schedule, offer and trip, while both run at once."""
    world = ready()
    limits(world)
    for evse, token in ((1, CARD), (2, OTHER)):
        plug(world, evse)
        world.swipe(token)
        draw(world, 10.2, evse)
    assert [composed(world, evse) for evse in (1, 2)] == [10.0, 16.0]
    assert [offered(world, evse) for evse in (1, 2)] == [10.0, 16.0]

    for evse in (1, 2):
        draw(world, 10.6, evse)
    world.pass_time(300)

    assert [told.reason for told in world.told(TransactionEnded)] == [StopReason.OVERCURRENT_FAULT]
    assert world.evse(1).faults == {302}
    assert world.evse(2).faults == set()
    world.pass_time(60)
    assert world.evse(1).faults == set()


def test_s66_one_limit_is_changed_alone() -> None:
    """The neighbour's is as it was."""
    world = ready()
    for evse, token in ((1, CARD), (2, OTHER)):
        plug(world, evse)
        world.swipe(token)
    world.ask(r.WriteSetting(rows.DOMESTIC_MAX.id, "12", evse=2))

    assert [offered(world, evse) for evse in (1, 2)] == [16.0, 12.0]


def test_s66_what_is_not_set_is_the_outlet_s_own_default() -> None:
    """Never the neighbour's."""
    world = ready()
    world.ask(r.WriteSetting(rows.DOMESTIC_MAX.id, "10", evse=1))
    plug(world, 2)
    world.swipe()

    assert offered(world, 2) == 16.0


@pytest.mark.parametrize("text", ["9.9", "16.1", "32"])
def test_s66_a_limit_that_no_such_outlet_has_is_refused(text: str) -> None:
    """It is 10 to 16 A."""
    answer = ready().ask(r.WriteSetting(rows.DOMESTIC_MAX.id, text, evse=1))
    assert isinstance(answer, Refused)


def test_s66_the_fuse_caps_the_limit() -> None:
    """What the installation does not have cannot be needed."""
    world = ready()
    world.put(rows.INSTALLATION_MAX, to=13.0)
    plug(world)
    world.swipe()

    assert offered(world, 1) == 13.0


def test_s66_too_little_current_cuts_the_outlet_off() -> None:
    """An appliance cannot be told to take less; it goes on when there is enough."""
    world = charging()
    world.ask(SetExternalLimit(Source.EMS, 0, profile(1, 8).schedules[0]))

    assert switched(world)[-1] == a.OpenContactor(1, 2)
    assert main_state(world, 1) == "52"
    assert world.statuses()[-1] is Status.SUSPENDED_EVSE
    world.ask(ClearExternalLimit(Source.EMS, 0))
    assert switched(world)[-1] == a.CloseContactor(1, 1, 2)


def test_s66_what_an_outlet_needs_is_not_halved() -> None:
    """Where there is not enough for another beside it, that one waits for its turn."""
    world = charging()
    world.put(rows.STATION_MAX, to=16.0)
    world.ask(r.StartCharging(2, OTHER, check=False))
    plug(world, 2)
    assert (offered(world, 1), offered(world, 2)) == (16.0, 0.0)

    world.pass_time(900)
    assert (offered(world, 1), offered(world, 2)) == (0.0, 16.0)


# --- too much current from a vehicle ---


def vehicle(row_s: int = 300) -> World:
    """Return a station where a vehicle is charging."""
    world = ready()
    world.put(protection.OVERCURRENT_TIME, to=row_s)
    world.plug()
    world.swipe()
    return world


def test_a_vehicle_that_takes_too_much_pauses_and_may_try_again() -> None:
    """After the time that is set; the third time ends the transaction."""
    world = vehicle(20)
    for _ in range(2):
        draw(world, 17.0)
        world.pass_time(20)
        assert world.evse().faults == {302}
        assert world.evse().closed_wanted is False
        draw(world, 0.0)
        world.pass_time(60)
        assert world.evse().faults == set()
        assert world.evse().closed_wanted
    assert ended(world) == []

    draw(world, 17.0)
    world.pass_time(20)

    assert ended(world) == [StopReason.OVERCURRENT_FAULT]


@pytest.mark.parametrize("current_a", [16.0, 16.8])
def test_five_per_cent_are_no_fault(current_a: float) -> None:
    """A meter and a charger may differ by so much."""
    world = vehicle(20)
    draw(world, current_a)
    world.pass_time(600)

    assert world.evse().faults == set()


def test_too_much_for_a_moment_is_no_fault() -> None:
    """It is the time without a break that counts."""
    world = vehicle(20)
    for _ in range(5):
        draw(world, 20.0)
        world.pass_time(19)
        draw(world, 16.0)
        world.pass_time(1)

    assert world.evse().faults == set()


def test_a_vehicle_that_asks_for_ventilation_gets_nothing() -> None:
    """There is none here (state D)."""
    world = ready()
    world.plug(ready=False)
    world.swipe()
    world.tell(e.PilotChanged(1, Pilot.D))

    assert switched(world) == []
