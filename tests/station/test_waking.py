"""Vehicles that do not answer an offer: woken once, told once, and then left to sleep."""

from __future__ import annotations

from laadpaal.properties.charging import STATION_MAX
from laadpaal.properties.pilot import WAKE_TIME
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.faults import SILENT_FAULT
from laadpaal.station.lights import Light
from laadpaal.station.notices import StatusChanged, TransactionEnded
from laadpaal.station.words import Pilot, Status
from tests.support.world import World


def offered() -> World:
    """Return a station that offers current to a vehicle that does not answer."""
    world = World()
    world.online()
    world.plug(ready=False)
    world.swipe()
    return world


def offers(world: World) -> list[float | None]:
    """Return what the pilot has said, in order."""
    return [x.limit_a for x in world.actions if isinstance(x, a.OfferCurrent) and x.evse == 1][1:]


def codes(world: World) -> list[int]:
    """Return the error codes told of EVSE 1, each when it came."""
    told = [n.code for n in world.told(StatusChanged) if n.evse == 1]
    return [code for code, before in zip(told, [0, *told], strict=False) if code != before]


def test_a_sleeper_is_woken() -> None:
    """After half a minute nothing is offered for three seconds; nobody is told of it."""
    world = offered()
    world.pass_time(29)
    before = world.statuses()[-1]
    world.pass_time(2)
    asleep = offers(world), world.statuses()[-1]
    world.pass_time(2)
    world.tell(e.PilotChanged(1, Pilot.C))
    world.pass_time(3600)

    assert asleep == ([16.0, None], before)
    assert before is Status.SUSPENDED_EV
    assert offers(world) == [16.0, None, 16.0]
    assert world.evse().closed_wanted
    assert codes(world) == []


def test_one_that_does_not_wake_is_told_for_a_minute() -> None:
    """Then current is offered again, and for good: it may wait for its own time."""
    world = offered()
    world.pass_time(64)
    assert world.evse().faults == {SILENT_FAULT}
    seen = world.station.view().evses[0]
    assert (seen.connectors[0].status, seen.light) == (Status.SUSPENDED_EVSE, Light.ERROR_PILOT)
    world.pass_time(60)
    assert world.statuses()[-1] is Status.SUSPENDED_EV
    world.pass_time(8 * 3600)

    assert offers(world) == [16.0, None, 16.0, None, 16.0]
    assert codes(world) == [SILENT_FAULT, 0]
    assert world.told(TransactionEnded) == []
    world.tell(e.PilotChanged(1, Pilot.C))
    assert world.evse().closed_wanted


def test_any_answer_ends_it() -> None:
    """Also one that comes while it is told."""
    world = offered()
    world.pass_time(70)
    world.tell(e.PilotChanged(1, Pilot.C))

    assert world.evse().faults == set()
    assert world.evse().closed_wanted


def test_the_next_vehicle_is_told_of_by_itself() -> None:
    """What the last one did is forgotten with it."""
    world = offered()
    world.pass_time(70)
    world.tell(e.CableUnplugged(1))
    assert world.evse().faults == set()
    world.plug(ready=False)
    world.swipe()
    world.pass_time(31)

    assert offers(world)[-2:] == [16.0, None]


def test_one_that_has_charged_is_not_woken() -> None:
    """It is full, or pauses."""
    world = offered()
    world.tell(e.PilotChanged(1, Pilot.C))
    world.tell(e.PilotChanged(1, Pilot.B))
    world.pass_time(3600)

    assert offers(world) == [16.0]
    assert codes(world) == []


def test_nobody_is_woken_who_is_offered_nothing() -> None:
    """The time counts from the offer, and a pulse ends with it."""
    world = offered()
    world.pass_time(31)
    world.put(STATION_MAX, to=0.0)
    world.tell(e.BayChanged(1, occupied=True))
    assert world.statuses()[-1] is not Status.SUSPENDED_EV
    world.pass_time(600)
    world.put(STATION_MAX, to=16.0)
    world.tell(e.BayChanged(1, occupied=False))
    world.pass_time(29)
    assert offers(world) == [16.0, None, 16.0]
    world.pass_time(2)

    assert offers(world) == [16.0, None, 16.0, None]


def test_the_time_is_a_setting() -> None:
    """And 0 lets everybody sleep."""
    world = World()
    world.put(WAKE_TIME, to=0)
    world.online()
    world.plug(ready=False)
    world.swipe()
    world.pass_time(3600)

    assert offers(world) == [16.0]
    assert codes(world) == []
