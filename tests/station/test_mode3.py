"""Vehicles and plugs that disturb the pilot, and vehicles that hear nothing on it."""

from __future__ import annotations

import pytest

from laadpaal.properties.charging import STATION_MAX
from laadpaal.properties.pilot import MOST_RESTARTS
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.faults import DISTURBED_FAULT, RESTARTS_FAULT
from laadpaal.station.notices import StatusChanged, TransactionEnded
from laadpaal.station.words import Connection, Pilot, Status, StopReason
from tests.support.world import World, charging, last

WRONG = pytest.mark.parametrize("wrong", [Pilot.E, Pilot.F])


def pilot(world: World, *states: Pilot) -> None:
    """Let the pilot say one after the other."""
    for state in states:
        world.tell(e.PilotChanged(1, state))


def disturb(world: World, *, for_s: float = 0.0) -> None:
    """Disturb the pilot for a while."""
    pilot(world, Pilot.E)
    world.pass_time(for_s)
    pilot(world, Pilot.C)


# --- a disturbed pilot ---


@WRONG
def test_a_disturbed_pilot_cuts_off_at_once_and_is_a_fault_later(wrong: Pilot) -> None:
    """The transaction waits; three seconds later it is told, and goes on when all was calm."""
    world = charging()
    pilot(world, wrong)
    assert not world.evse().closed_wanted
    assert world.evse().faults == set()
    assert world.station.view().evses[0].connectors[0].connection is Connection.EV
    world.pass_time(3)
    told = last(world)
    assert (told.status, told.error) == (Status.SUSPENDED_EVSE, "EVCommunicationError")
    assert told.code == DISTURBED_FAULT
    pilot(world, Pilot.B, Pilot.C)
    world.pass_time(4)
    assert not world.evse().closed_wanted
    world.pass_time(1)

    assert world.evse().closed_wanted
    assert world.told(TransactionEnded) == []


def test_a_short_disturbance_is_no_fault() -> None:
    """Energy flows again at once, and nothing of it is told as one."""
    world = charging()
    disturb(world, for_s=2.9)
    world.pass_time(60)

    assert world.evse().closed_wanted
    assert {n.code for n in world.told(StatusChanged)} == {0}


@WRONG
def test_a_vehicle_that_leaves_through_it_has_left(wrong: Pilot) -> None:
    """On the way out the pilot may say anything; empty, it ends the transaction."""
    world = charging()
    pilot(world, wrong, Pilot.A)

    assert [n.reason for n in world.told(TransactionEnded)] == [StopReason.EV_DISCONNECTED]
    world.pass_time(60)
    assert world.evse().faults == set()


def test_a_pilot_that_is_short_without_a_vehicle_is_told() -> None:
    """Nobody can charge there until it is well again."""
    world = World()
    pilot(world, Pilot.A, Pilot.E)
    assert world.station.view().evses[0].connectors[0].connection is Connection.DISCONNECTED
    world.pass_time(3)
    told = last(world)
    assert (told.status, told.code) == (Status.AVAILABLE, DISTURBED_FAULT)
    pilot(world, Pilot.A)
    world.pass_time(1)

    assert last(world).code == 0


def test_a_plug_may_bounce() -> None:
    """What the pilot says for a moment before the vehicle is there is nobody's fault."""
    world = World()
    world.online()
    pilot(world, Pilot.A, Pilot.E, Pilot.A, Pilot.E)
    world.plug()
    world.swipe()

    assert world.evse().closed_wanted


def test_too_many_restarts_are_not_tried_again() -> None:
    """The third disturbance is one too many, until the cable is plugged in again."""
    world = charging()
    for _ in range(2):
        disturb(world)
        assert world.evse().closed_wanted
    disturb(world)
    world.pass_time(3600)
    assert not world.evse().closed_wanted
    assert last(world).code == RESTARTS_FAULT
    world.tell(e.CableUnplugged(1))
    world.plug()
    world.swipe()

    assert world.evse().closed_wanted
    disturb(world)
    assert world.evse().closed_wanted


def test_how_many_restarts_is_a_setting() -> None:
    """None at all, for one who has seen enough."""
    world = charging()
    world.put(MOST_RESTARTS, to=0)
    disturb(world)

    assert world.evse().faults == {RESTARTS_FAULT}


def test_what_flows_not_is_not_restarted() -> None:
    """A vehicle that was not charging may disturb the pilot as often as it likes."""
    world = World()
    world.online()
    world.plug()
    for _ in range(5):
        disturb(world)
    world.swipe()

    assert world.evse().closed_wanted


def test_other_faults_are_not_its_business() -> None:
    """What somebody else has raised stays when the vehicle is gone."""
    world = charging()
    world.tell(e.FaultRaised(1, RESTARTS_FAULT))
    disturb(world, for_s=3)
    world.tell(e.CableUnplugged(1))
    world.pass_time(10)

    assert world.evse().faults == {RESTARTS_FAULT}


# --- simplified vehicles ---


def simplified() -> World:
    """Return a station at which a vehicle that comes ready is authorized."""
    world = World()
    world.online()
    world.measure()
    pilot(world, Pilot.A)
    world.tell(e.CablePlugged(1, 1, 32.0))
    pilot(world, Pilot.C)
    world.swipe()
    return world


def test_a_simplified_vehicle_takes_ten_ampere_and_hears_nothing() -> None:
    """It came ready, so nothing is said on the pilot; the claim says why."""
    world = simplified()
    seen = world.station.view().evses[0]

    assert world.evse().closed_wanted
    assert (seen.offered_a, seen.because) == (10.0, "simplified vehicle")
    offers = [one for one in world.actions if isinstance(one, a.OfferCurrent) and one.evse == 1]
    assert {one.limit_a for one in offers} == {None}


def test_what_it_takes_is_there_or_nothing_flows() -> None:
    """It cannot be told to take less."""
    world = simplified()
    world.put(STATION_MAX, to=9.0)
    world.pass_time(1)
    world.measure()
    world.tell(e.BayChanged(1, occupied=True))

    assert not world.evse().closed_wanted


def test_a_vehicle_that_opens_its_switch_has_one() -> None:
    """From then on it is like any other."""
    world = simplified()
    pilot(world, Pilot.B, Pilot.C)

    assert (world.evse().offer.because, world.evse().signalled_a) == ("connector", 16.0)


def test_one_that_was_there_before_is_not_taken_for_one() -> None:
    """After a power cut its switch may be closed still."""
    world = World()
    world.online()
    world.measure()
    pilot(world, Pilot.C)
    world.swipe()

    assert world.evse().signalled_a == 16.0
