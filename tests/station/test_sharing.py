"""Several vehicles at one station: what they share, whose turn it is, and who says how much."""

from __future__ import annotations

import pytest

from laadpaal.properties import balancing as rows
from laadpaal.properties.charging import INSTALLATION_MAX, STATION_MAX
from laadpaal.properties.wiring import PHASE_ROTATION
from laadpaal.station import events as e
from laadpaal.station.charging_profiles import Source
from laadpaal.station.layout import EvseLayout, GridLink, Layout
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from laadpaal.station.requests import InstallProfile
from laadpaal.station.words import Pilot, Status, Token
from tests.support.profiles import profile
from tests.support.world import World

TURN_S = 900
ONE_PHASE = (EvseLayout(phases=1), EvseLayout(phases=1))


def comes(world: World, evse: int) -> None:
    """Let a vehicle come to an EVSE, and charge there."""
    world.plug(evse)
    world.swipe(Token(f"CARD{evse}"), reader=evse)


def charging(limit_a: float = 32.0, layout: Layout | None = None, evses: int = 2) -> World:
    """Return a station where vehicles charge that have shown with how little they start."""
    world = World(layout)
    world.online()
    world.put(STATION_MAX, to=64.0)
    world.put(INSTALLATION_MAX, to=64.0)
    for evse in range(1, evses + 1):
        comes(world, evse)
    world.pass_time(60)
    leave(world, limit_a)
    return world


def leave(world: World, limit_a: float) -> None:
    """Let the station have so much from now on."""
    world.put(STATION_MAX, to=limit_a)
    settle(world)


def settle(world: World) -> None:
    """Let a turn settle."""
    world.tell(e.ClockCorrected())


def offered(world: World) -> tuple[float | None, ...]:
    """Return what the pilots say; None where nothing is offered."""
    return tuple(world.evse(number).offered_a for number in (1, 2))


def because(world: World) -> tuple[str, ...]:
    """Return who decided that."""
    return tuple(evse.because for evse in world.station.view().evses)


def current(world: World) -> str:
    """Return why EVSE 1 has what it has, and see that its pilot says so."""
    amount, why = world.station.why(1).current.split(" A of 32 A: ")
    assert float(amount) == world.evse(1).offered_a
    return why


def take(world: World, evse: int, current_a: float, seconds: int) -> None:
    """Let a vehicle take so much from each line for a while."""
    for _ in range(seconds // 2):
        world.pass_time(2)
        world.measure(evse, 1.0, (current_a,) * 3)


# --- turns ---


def test_where_there_is_too_little_they_take_turns() -> None:
    """The first to come begins; who waits longest comes next, and nobody before the time."""
    world = charging(11.0)
    assert offered(world) == (11.0, None)
    for turn in range(1, 5):
        world.pass_time(TURN_S - 1)
        assert world.statuses(2 - turn % 2)[-1] is not Status.SUSPENDED_EVSE
        world.pass_time(1)
        assert offered(world) == ((None, 11.0) if turn % 2 else (11.0, None))

    assert because(world) == ("station", "station")
    assert world.statuses(2)[-1] is Status.SUSPENDED_EVSE


def test_a_turn_is_as_long_as_somebody_wants() -> None:
    """Another length counts from the next turn on."""
    world = charging(11.0)
    world.put(rows.ALTERNATING, to=3600)
    world.pass_time(TURN_S)
    world.pass_time(3599)
    assert offered(world) == (None, 11.0)
    world.pass_time(1)
    assert offered(world) == (11.0, None)


def test_nobody_takes_turns_where_there_is_enough() -> None:
    """A turn that has begun ends with the need for it."""
    world = charging(11.0)
    world.pass_time(TURN_S - 1)
    leave(world, 12.0)
    assert offered(world) == (6.0, 6.0)
    world.pass_time(10 * TURN_S)
    assert offered(world) == (6.0, 6.0)

    leave(world, 11.0)
    world.pass_time(TURN_S - 1)
    assert offered(world) == (11.0, None)


def test_who_is_preferred_does_not_make_way() -> None:
    """However long somebody else has been waiting (2.0.1 K08)."""
    world = charging(11.0)
    transaction = world.evse(2).transaction
    assert transaction is not None
    world.tell(e.PriorityGiven(transaction.id, 5))
    for _ in range(3):
        assert offered(world) == (None, 11.0)
        world.pass_time(TURN_S)


def test_who_leaves_is_waited_for_no_longer() -> None:
    """The other has all of it, and whoever comes next waits for a turn like anybody."""
    world = charging(11.0)
    world.pass_time(TURN_S)
    world.swipe(Token("CARD2"), reader=2)
    world.tell(e.PilotChanged(2, Pilot.A))
    assert offered(world) == (11.0, None)

    comes(world, 2)
    assert offered(world)[0] is None or offered(world)[1] is None
    before = offered(world)
    world.pass_time(TURN_S)
    assert offered(world) == before[::-1]


def test_who_comes_again_has_had_no_turn() -> None:
    """Whose turn is over is remembered as long as the plug, and the first to come begins."""
    world = charging(11.0)
    world.pass_time(TURN_S)
    for evse in (1, 2):
        world.swipe(Token(f"CARD{evse}"), reader=evse)
        world.tell(e.PilotChanged(evse, Pilot.A))
        world.tell(e.CableUnplugged(evse))
    for evse in (1, 2):
        comes(world, evse)

    assert offered(world) == (11.0, None)


# --- probing ---


def test_a_newcomer_is_offered_the_probing_current_for_a_minute() -> None:
    """What the other needs to go on is left to it; then both have the same."""
    world = charging(20.0, evses=1)
    comes(world, 2)
    assert offered(world) == (6.0, 14.0)
    world.pass_time(59)
    assert offered(world) == (6.0, 14.0)
    world.pass_time(1)
    assert offered(world) == (10.0, 10.0)


def test_the_probing_current_makes_nobody_wait() -> None:
    """Where it does not fit besides what the other needs, the newcomer gets its part."""
    world = charging(19.0, evses=1)
    comes(world, 2)

    assert offered(world) == (9.5, 9.5)


def test_who_needs_the_probing_current_keeps_it() -> None:
    """A vehicle that stops when it is offered less does not charge with less."""
    world = charging(20.0, evses=1)
    comes(world, 2)
    world.pass_time(61)
    world.tell(e.PilotChanged(2, Pilot.B))
    world.tell(e.PilotChanged(2, Pilot.C))
    assert offered(world) == (6.0, 14.0)

    leave(world, 13.0)
    assert offered(world) == (13.0, None)
    world.pass_time(TURN_S)
    assert offered(world) == (13.0, None)


def test_who_stops_much_later_has_no_such_need() -> None:
    """It may be full, or have a pause."""
    world = charging(20.0, evses=1)
    comes(world, 2)
    world.pass_time(60 + 61)
    world.tell(e.PilotChanged(2, Pilot.B))
    world.tell(e.PilotChanged(2, Pilot.C))

    assert offered(world) == (10.0, 10.0)


def test_another_vehicle_is_probed_anew() -> None:
    """What the one before needed is forgotten with its plug."""
    world = charging(20.0, evses=1)
    comes(world, 2)
    world.pass_time(61)
    world.tell(e.PilotChanged(2, Pilot.B))
    world.swipe(Token("CARD2"), reader=2)
    world.tell(e.PilotChanged(2, Pilot.A))
    comes(world, 2)
    assert offered(world) == (6.0, 14.0)
    world.pass_time(60)
    assert offered(world) == (10.0, 10.0)


# --- fair parts ---


def test_two_have_equal_parts() -> None:
    """As long as both want more than that."""
    world = charging(24.0)

    assert offered(world) == (12.0, 12.0)
    assert because(world) == ("station", "station")


def test_what_one_does_not_take_is_the_other_s() -> None:
    """A margin stays with it, so that it can show that it wants more."""
    world = charging(24.0)
    take(world, 1, 7.5, 120)
    settle(world)
    assert offered(world) == (10.0, 14.0)

    take(world, 1, 10.0, 120)
    settle(world)
    assert offered(world) == (12.0, 12.0)


def test_who_takes_nothing_keeps_nobody_from_anything() -> None:
    """It is offered what it would have; when it asks, they share again."""
    world = charging(24.0)
    world.pass_time(61)  # who stops sooner needs the probing current
    world.tell(e.PilotChanged(1, Pilot.B))
    world.pass_time(61)
    settle(world)
    assert offered(world) == (12.0, 16.0)

    world.tell(e.PilotChanged(1, Pilot.C))
    assert offered(world) == (12.0, 12.0)


# --- lines ---


@pytest.mark.parametrize(
    ("rotation", "expected"),
    [
        ((), (7.25, 7.25)),
        (((1, "RST"), (2, "STR")), (14.5, 16.0)),
        (((1, "STR"), (2, "STR")), (10.25, 10.25)),
        (((0, "STR"), (1, "RST"), (2, "STR")), (16.0, 16.0)),
    ],
)
def test_each_socket_has_what_its_own_line_has(
    rotation: tuple[tuple[int, str], ...], expected: tuple[float, float]
) -> None:
    """Two one-phase vehicles share a line, or use two, by how their sockets are wired."""
    world = charging(64.0, Layout(evses=ONE_PHASE, grid=GridLink.P1))
    world.put(INSTALLATION_MAX, to=25.0)
    world.put(PHASE_ROTATION, to=rotation)
    world.pass_time(61)  # what was heard before is forgotten
    world.house(10.0, 4.0, 0.0)

    assert offered(world) == expected


@pytest.mark.parametrize(
    ("rotation", "expected", "by"),
    [
        ((), (10.0, 10.0), "imbalance"),
        (((1, "RST"), (2, "STR")), (16.0, 16.0), "connector"),
    ],
)
def test_one_line_gives_vehicles_so_much_more_than_another(
    rotation: tuple[tuple[int, str], ...], expected: tuple[float, float], by: str
) -> None:
    """Two on one line share the difference that is allowed; two on different lines need not."""
    world = charging(64.0, Layout(evses=ONE_PHASE))
    world.put(PHASE_ROTATION, to=rotation)
    world.put(rows.MAX_IMBALANCE, to=20.0)
    settle(world)

    assert offered(world) == expected
    assert because(world) == (by, by)


def test_who_takes_three_lines_alike_tilts_nothing() -> None:
    """Once that is seen; until then it counts like one that uses a single line."""
    world = charging(64.0)
    world.put(rows.MAX_IMBALANCE, to=20.0)
    settle(world)
    assert offered(world) == (10.0, 10.0)

    for _ in range(10):
        world.pass_time(2)
        for evse in (1, 2):
            world.measure(evse, 1.0, (9.0, 9.0, 9.0))
    settle(world)
    assert offered(world) == (16.0, 16.0)


# --- the lowest of all wins ---


def test_house_profile_and_set_point_join_and_say_who() -> None:
    """Each is a claim: the lowest decides by its name, the next one when that has gone."""
    world = charging(32.0, Layout(grid=GridLink.P1), evses=1)
    world.put(INSTALLATION_MAX, to=25.0)
    world.put(rows.SAFE_STATION, to=7.0)
    world.house(11.0)
    said = [current(world)]
    world.ask(InstallProfile(profile(1, 12.0)))
    said.append(current(world))
    world.ask(SetExternalLimit(Source.EMS, 0, profile(1, 9.0).schedules[0]))
    said.append(current(world))
    take(world, 1, 0.0, 6)  # so that all that follows is the house's
    world.house(17.0, 16.5, 0.0)
    said.append(current(world))
    world.pass_time(121)
    said.append(current(world))
    world.house(0.0)
    said.append(current(world))
    world.ask(ClearExternalLimit(Source.EMS, 0))
    said.append(current(world))

    assert said == [
        "the house leaves it 13.5 A on L1",
        "TxDefaultProfile 1 allows 12 A",
        "EMS limit allows 9 A",
        "the house leaves it 7.5 A on L1",
        "the P1 data are lost, and the safe current is 7 A",
        "EMS limit allows 9 A",
        "TxDefaultProfile 1 allows 12 A",
    ]
    names = {claim.by for claim in world.station.why(1).claims}
    assert {"connector", "house fuse L1", "TxDefaultProfile 1"} <= names


def test_a_set_point_for_the_station_is_shared_like_anything() -> None:
    """Two have half of it each, or take turns; a profile of one leaves the other more."""
    world = charging(64.0)
    world.ask(SetExternalLimit(Source.EMS, 0, profile(1, 20.0).schedules[0]))
    assert offered(world) == (10.0, 10.0)
    world.ask(InstallProfile(profile(1, 7.0, evse=2)))
    assert offered(world) == (13.0, 7.0)
    assert because(world) == ("EMS limit", "TxDefaultProfile 1")
    world.ask(SetExternalLimit(Source.EMS, 0, profile(1, 10.0).schedules[0]))
    assert offered(world) == (10.0, None)
    world.pass_time(TURN_S)
    assert offered(world) == (None, 7.0)
