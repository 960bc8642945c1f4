"""Station, EVSE and connector are taken in and out of use, each on its own."""

from __future__ import annotations

from itertools import product

import pytest

from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Reason, Refused, Scheduled
from laadpaal.station.display import ScreenState
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout
from laadpaal.station.notices import StatusChanged, TransactionEnded
from laadpaal.station.records import AvailabilityWritten
from laadpaal.station.saved import Saved
from laadpaal.station.words import Status
from tests.support.world import CARD, World

TWO_OUTLETS = Layout(evses=(EvseLayout((ConnectorLayout(), ConnectorLayout())),))
LEVELS = ((0, 0), (1, 0), (1, 1))


def change(place: tuple[int, int], *, operative: bool) -> r.ChangeAvailability:
    """Return the wish about one level."""
    return r.ChangeAvailability(operative, *place)


def last_of(world: World, evse: int, connector: int) -> Status:
    """Return the status told last."""
    told = [n for n in world.told(StatusChanged) if (n.evse, n.connector) == (evse, connector)]
    return told[-1].status


@pytest.mark.parametrize("wishes", list(product([True, False], repeat=3)))
def test_every_level_counts(wishes: tuple[bool, ...]) -> None:
    """A connector is in use when all three levels above it are; each is kept (G03, G04)."""
    world = World(TWO_OUTLETS)
    for place in LEVELS:
        world.ask(change(place, operative=False))
    for place, operative in zip(LEVELS, wishes, strict=True):
        world.ask(change(place, operative=operative))

    inside = Status.AVAILABLE if all(wishes) else Status.UNAVAILABLE
    beside = Status.AVAILABLE if all(wishes[:2]) else Status.UNAVAILABLE
    assert last_of(world, 1, 1) is inside
    assert last_of(world, 1, 2) is beside
    assert last_of(world, 0, 0) is (Status.AVAILABLE if wishes[0] else Status.UNAVAILABLE)
    written = {(x.evse, x.connector): x.operative for x in _written(world)}
    assert tuple(written[place] for place in LEVELS) == wishes


def _written(world: World) -> list[AvailabilityWritten]:
    return [record for record in world.records if isinstance(record, AvailabilityWritten)]


def test_all_parts_at_once() -> None:
    """The older way sets the EVSEs too, so that going operative clears them (1.6 section 4.9)."""
    world = World()
    world.ask(r.ChangeAvailability(operative=False, evse=2))
    world.ask(r.ChangeAvailability(operative=False, all_parts=True))
    world.ask(r.ChangeAvailability(operative=True, all_parts=True))

    assert {last_of(world, 1, 1), last_of(world, 2, 1), last_of(world, 0, 0)} == {Status.AVAILABLE}


def test_what_is_so_already_is_accepted_and_not_written() -> None:
    """The same wish twice changes nothing."""
    world = World()

    assert world.ask(change((1, 0), operative=True)) == Accepted()
    assert _written(world) == []


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ((9, 0), Reason.UNKNOWN_EVSE),
        ((1, 9), Reason.UNKNOWN_CONNECTOR),
        ((0, 1), Reason.UNKNOWN_CONNECTOR),
    ],
)
def test_unknown_parts(place: tuple[int, int], reason: Reason) -> None:
    """There is nothing to take out of use."""
    answer = World().ask(change(place, operative=False))

    assert isinstance(answer, Refused)
    assert answer.reason is reason


@pytest.mark.parametrize("place", LEVELS)
def test_a_transaction_puts_it_off(place: tuple[int, int]) -> None:
    """The busy connector goes on, the one beside it and the station switch at once."""
    world = World(TWO_OUTLETS)
    world.online()
    world.plug()
    world.swipe()

    assert world.ask(change(place, operative=False)) == Scheduled()
    assert last_of(world, 1, 1) is Status.CHARGING
    if place != (1, 1):
        assert last_of(world, 1, 2) is Status.UNAVAILABLE
    world.swipe()

    assert last_of(world, 1, 1) is Status.UNAVAILABLE
    assert world.station.view().evses[0].operative == (place != (1, 0))


def test_the_connector_beside_a_transaction_is_idle() -> None:
    """Nothing has to be waited for when only the other outlet is meant."""
    world = World(TWO_OUTLETS)
    world.online()
    world.plug()
    world.swipe()

    assert world.ask(change((1, 2), operative=False)) == Accepted()
    assert last_of(world, 1, 2) is Status.UNAVAILABLE
    assert last_of(world, 1, 1) is Status.CHARGING


# --- somebody prepares to charge (1.6 section 4.9: no way from Preparing to Unavailable) ---


def waiting(*, operative: bool = False, evse: int = 1) -> r.ChangeAvailability:
    """Return the wish that waits for who prepares."""
    return r.ChangeAvailability(operative, evse, all_parts=evse == 0, waits=True)


def test_who_prepares_is_waited_for() -> None:
    """The connector stays Preparing, takes no card, and is out of use once the plug is gone."""
    world = World()
    world.online()
    world.plug()

    assert world.ask(waiting()) == Scheduled()
    world.swipe()
    assert world.ask(r.StartCharging(1, CARD)) != Accepted()
    assert world.statuses() == [Status.AVAILABLE, Status.PREPARING]
    world.tell(e.CableUnplugged(1))
    assert world.statuses()[2:] == [Status.AVAILABLE, Status.UNAVAILABLE]


def test_an_authorization_is_waited_for_until_its_transaction_has_ended() -> None:
    """Who was let in before may still charge; then it is out of use, with the plug still in."""
    world = World()
    world.online()
    world.swipe()
    world.ask(waiting())
    world.plug()
    assert world.statuses()[-1] is Status.CHARGING
    world.swipe()

    assert world.statuses()[-1] is Status.UNAVAILABLE


def test_an_authorization_that_nobody_uses_is_waited_for_until_it_ends() -> None:
    """The connect timeout is the end of preparing."""
    world = World()
    world.online()
    world.swipe()
    world.ask(waiting())
    world.pass_time(120)

    assert world.statuses()[-2:] == [Status.AVAILABLE, Status.UNAVAILABLE]


def test_the_station_waits_for_the_one_socket_only() -> None:
    """Whoever is idle switches at once (1.6 section 5.2)."""
    world = World()
    world.plug(1)

    assert world.ask(waiting(evse=0)) == Scheduled()
    assert (last_of(world, 0, 0), last_of(world, 2, 1)) == (Status.UNAVAILABLE,) * 2
    assert last_of(world, 1, 1) is Status.PREPARING


def test_a_wait_can_be_taken_back() -> None:
    """Then the plug may be used, and asked again it is waited for again."""
    world = World()
    world.online()
    world.plug()
    world.ask(waiting())
    assert world.ask(waiting()) == Scheduled()
    assert world.ask(waiting(operative=True)) == Accepted()
    world.swipe()

    assert world.statuses() == [Status.AVAILABLE, Status.PREPARING, Status.CHARGING]


def test_who_does_not_wait_switches_at_once() -> None:
    """A plug alone puts nothing off, and nobody is told that the connector is free (2.0.1 G03)."""
    world = World()
    world.plug()

    assert world.ask(change((1, 0), operative=False)) == Accepted()
    assert world.statuses()[1:] == [Status.PREPARING, Status.FINISHING, Status.UNAVAILABLE]


def test_back_in_use_a_plug_may_begin_anew() -> None:
    """After Unavailable a plug that is still there is preparing (1.6 section 4.9, H2)."""
    world = World()
    world.online()
    world.plug()
    world.swipe()
    world.swipe()
    world.ask(change((1, 0), operative=False))
    world.ask(change((1, 0), operative=True))

    assert world.statuses()[-3:] == [Status.FINISHING, Status.UNAVAILABLE, Status.PREPARING]


def test_operative_takes_a_scheduled_change_back() -> None:
    """After the transaction the connector is as free as before (1.6 section 4.9)."""
    world = World()
    world.online()
    world.plug()
    world.swipe()
    world.ask(change((1, 0), operative=False))
    assert world.ask(change((1, 0), operative=True)) == Accepted()
    world.swipe()

    assert len(world.told(TransactionEnded)) == 1
    assert last_of(world, 1, 1) is Status.FINISHING


def test_it_survives_a_power_cut() -> None:
    """Parts out of use stay so, and say so."""
    world = World(saved=Saved(inoperative=frozenset({(0, 0), (2, 0)})))

    assert last_of(world, 1, 1) is Status.UNAVAILABLE
    assert not world.station.view().operative
    assert world.station.view().evses[0].screen.state is ScreenState.SUSPENDED
    world.ask(change((0, 0), operative=True))
    assert (last_of(world, 1, 1), last_of(world, 2, 1)) == (Status.AVAILABLE, Status.UNAVAILABLE)


def test_out_of_use_is_no_fault() -> None:
    """A fault is graver, and gone it leaves what was."""
    world = World()
    world.ask(change((1, 0), operative=False))
    world.tell(e.FaultRaised(1, 201))
    world.tell(e.FaultCleared(1, 201))

    assert world.statuses() == [
        Status.AVAILABLE,
        Status.UNAVAILABLE,
        Status.FAULTED,
        Status.UNAVAILABLE,
    ]
