"""Current that leaks to earth: it pauses, is tried again, and is an earth fault in the end."""

from __future__ import annotations

import pytest

from laadpaal.properties.surroundings import RESIDUAL_TRIES
from laadpaal.station import events as e
from laadpaal.station.faults import EARTH_FAULT, RESIDUAL_FAULT
from laadpaal.station.lights import Light
from laadpaal.station.notices import TransactionEnded
from laadpaal.station.requests import Reset
from laadpaal.station.surroundings import ArmResidual, ResidualChanged
from laadpaal.station.words import ResetKind, Status, StopReason
from tests.support.world import World, last


def leaking(trips: int = 1) -> World:
    """Return a station at whose EVSE 1 current has leaked so often."""
    world = World()
    world.online()
    world.plug()
    world.swipe()
    for trip in range(trips):
        world.pass_time(60.0 if trip else 0.0)
        world.tell(ResidualChanged(1, tripped=True))
    return world


def armed(world: World) -> int:
    """Return how often the monitor was told to arm itself."""
    return world.actions.count(ArmResidual(1))


def test_a_leak_pauses_and_is_tried_again() -> None:
    """Told as a ground failure; after a minute the monitor is armed, and charging goes on."""
    world = leaking()
    assert not world.evse().closed_wanted
    told = last(world)
    assert (told.status, told.error) == (Status.SUSPENDED_EVSE, "GroundFailure")
    assert world.station.view().evses[0].light is Light.SUSPENDED_RESIDUAL
    world.pass_time(59)
    assert armed(world) == 0
    world.pass_time(1)
    assert armed(world) == 1
    world.tell(ResidualChanged(1, tripped=False))

    assert world.evse().closed_wanted
    assert world.told(TransactionEnded) == []


def test_a_leak_that_stays_is_an_earth_fault() -> None:
    """After three tries in vain the transaction ends; by itself nothing is tried any more."""
    world = leaking(3)
    assert world.evse().faults == {RESIDUAL_FAULT}
    world.pass_time(60)
    world.tell(ResidualChanged(1, tripped=True))

    assert world.evse().faults == {EARTH_FAULT}
    assert [n.reason for n in world.told(TransactionEnded)] == [StopReason.GROUND_FAULT]
    assert last(world).status is Status.FAULTED
    world.pass_time(3600)
    assert armed(world) == 3


def test_how_often_it_is_tried_is_a_setting() -> None:
    """Never, for one who wants to look first."""
    world = World()
    world.put(RESIDUAL_TRIES, to=0)
    world.plug()
    world.tell(ResidualChanged(1, tripped=True))

    assert world.evse().faults == {EARTH_FAULT}


@pytest.mark.parametrize("leaks", [True, False])
def test_the_next_vehicle_begins_anew(leaks: bool) -> None:  # noqa: FBT001  a parameter of pytest
    """When the plug is pulled the monitor is armed once, and what leaks then is not the vehicle."""
    world = leaking(4)
    world.tell(e.CableUnplugged(1))
    assert armed(world) == 4
    world.tell(ResidualChanged(1, tripped=leaks))

    assert armed(world) == 4
    assert world.evse().faults == ({EARTH_FAULT, RESIDUAL_FAULT} if leaks else set())


def test_a_vehicle_that_did_not_leak_leaves_nothing_to_do() -> None:
    """Neither one that came after the leak was gone."""
    world = leaking(0)
    world.tell(e.CableUnplugged(1))
    assert armed(world) == 0
    world.plug()
    world.tell(ResidualChanged(1, tripped=True))
    world.tell(ResidualChanged(1, tripped=False))
    world.tell(e.CableUnplugged(1))
    world.pass_time(120)

    assert armed(world) == 0
    assert world.evse().faults == set()


def test_an_evse_that_begins_anew_tries_once_more() -> None:
    """Somebody has looked at it and reset it."""
    world = leaking(4)
    world.ask(Reset(ResetKind.HARD, 1))
    assert armed(world) == 4
    world.tell(ResidualChanged(1, tripped=False))

    assert world.evse().faults == set()
