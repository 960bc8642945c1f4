"""The meter at the grid: what the house leaves, and what holds when it tells nothing (S52)."""

from __future__ import annotations

import math

import pytest

from laadpaal.properties import balancing as rows
from laadpaal.properties.charging import INSTALLATION_MAX, STATION_MAX
from laadpaal.properties.wiring import PHASE_ROTATION
from laadpaal.station import events as e
from laadpaal.station.claims import Claim
from laadpaal.station.layout import EvseLayout, GridLink, Layout
from laadpaal.station.measurement import GridMeasurement
from laadpaal.station.notices import GridSilent, LimitChanged, StatusChanged
from laadpaal.station.words import Status, Token
from tests.support.world import World

P1 = Layout(grid=GridLink.P1)
LINKS = [
    (GridLink.P1, "P1 data", 209),
    (GridLink.MODBUS, "grid meter", 210),
]


def charging(layout: Layout = P1, evses: int = 1) -> World:
    """Return a station that charges, in a house that takes nothing."""
    world = World(layout)
    world.online()
    world.put(INSTALLATION_MAX, to=25.0)
    world.house(0.0)
    for evse in range(1, evses + 1):
        world.plug(evse)
        world.swipe(Token(f"CARD{evse}"), reader=evse)
    world.pass_time(6)  # what a vehicle may take to follow its offer
    for evse in range(1, evses + 1):
        world.measure(evse)
    world.house(0.0)
    return world


def offered(world: World, evse: int = 1) -> tuple[float, str]:
    """Return what is offered, and because of whom."""
    seen = world.station.view().evses[evse - 1]
    return seen.offered_a, seen.because


def remark(world: World) -> tuple[Status, str, int, str]:
    """Return what was told last of the station itself."""
    last = [n for n in world.told(StatusChanged) if n.evse == 0][-1]
    return last.status, last.error, last.code, last.info


def settle(world: World) -> None:
    """Let a turn settle."""
    world.tell(e.ClockCorrected())


@pytest.mark.parametrize(("link", "name", "code"), LINKS)
def test_s52_the_safe_current_holds_within_two_minutes(
    link: GridLink, name: str, code: int
) -> None:
    """At 119 s the old limit, at 121 s the safe one; told with ampere, and lifted when heard."""
    world = charging(Layout(grid=link))
    world.put(rows.SAFE_STATION, to=14.0)
    world.house(11.0)
    assert offered(world) == (13.5, "house fuse L1")

    world.pass_time(119)
    assert offered(world) == (13.5, "house fuse L1")
    assert world.told(GridSilent) == []
    world.pass_time(2)
    assert offered(world) == (14.0, f"{name} lost")
    text = f"{name} lost, safe current 14.0 A"
    assert remark(world) == (Status.AVAILABLE, "OtherError", code, text)
    assert world.told(GridSilent) == [GridSilent(lost=True, text=text)]
    assert world.station.view().grid.lost
    assert world.station.why(0).faults == (f"fault {code}: {text}",)
    assert len(text) <= 50

    world.pass_time(30)
    world.house(11.0)
    assert offered(world) == (13.5, "house fuse L1")
    assert remark(world) == (Status.AVAILABLE, "NoError", 0, "")
    assert world.told(GridSilent)[1:] == [GridSilent(lost=False, text=f"{name} back")]
    assert not world.station.view().grid.lost
    world.pass_time(119)
    assert len(world.told(GridSilent)) == 2
    world.pass_time(2)
    assert len(world.told(GridSilent)) == 3


def test_s52_each_measurement_gives_two_more_minutes() -> None:
    """Also one that changes nothing, and takes the short turn."""
    world = charging()
    world.house(3.0)
    for _ in range(10):
        world.pass_time(100)
        world.house(3.0)

    assert world.told(GridSilent) == []


def test_s52_what_is_no_number_is_no_measurement() -> None:
    """A stream of them is as good as silence."""
    world = charging()
    for strange_a in 12 * [math.nan, math.inf]:
        world.pass_time(5)
        world.house(3.0, strange_a, 3.0)

    assert [n.lost for n in world.told(GridSilent)] == [True]
    assert world.station.view().grid.measurement == GridMeasurement((0.0, 0.0, 0.0))


def test_s52_a_station_that_starts_without_data_waits_two_minutes() -> None:
    """Until then it charges as if it had no such meter."""
    world = World(P1)
    world.online()
    world.put(rows.SAFE_STATION, to=6.0)
    world.plug()
    world.swipe()
    assert offered(world) == (16.0, "connector")
    world.pass_time(119)
    assert offered(world) == (16.0, "connector")
    world.pass_time(1)
    assert offered(world) == (6.0, "P1 data lost")


def test_s52_each_evse_has_a_safe_current_of_its_own() -> None:
    """The station's is shared, an EVSE's is its own; none at all lets the vehicle wait."""
    world = charging(evses=2)
    world.put(rows.SAFE_STATION, to=20.0)
    world.values.put(rows.SAFE_EVSE, 0.0, 2)
    world.pass_time(121)

    assert offered(world) == (16.0, "connector")
    assert offered(world, 2) == (0.0, "P1 data lost")
    assert world.statuses(2)[-1] is Status.SUSPENDED_EVSE
    world.house(0.0)
    assert world.statuses(2)[-1] is Status.CHARGING


def test_s52_a_safe_current_raises_nothing() -> None:
    """A lower claim stays the lowest; a changed safe current is told as it is."""
    world = charging()
    world.put(STATION_MAX, to=10.0)
    world.put(rows.SAFE_STATION, to=32.0)
    world.pass_time(125)
    assert offered(world) == (10.0, "station")
    assert remark(world)[3] == "P1 data lost, safe current 32.0 A"

    world.put(rows.SAFE_STATION, to=7.5)
    settle(world)
    assert offered(world) == (7.5, "P1 data lost")
    assert remark(world)[3] == "P1 data lost, safe current 7.5 A"


@pytest.mark.parametrize("layout", [Layout(), P1], ids=["no meter", "switched off"])
def test_who_does_not_balance_misses_nothing(layout: Layout) -> None:
    """Without a meter, or with balancing switched off, nothing is lost and nothing limits."""
    world = charging(layout)
    world.put(rows.BALANCES, to=False)
    world.house(24.0)
    world.pass_time(300)

    assert world.told(GridSilent) == []
    assert offered(world) == (16.0, "connector")


def test_what_was_lost_is_taken_back_when_it_is_switched_off() -> None:
    """And holds again when it is switched on."""
    world = charging()
    world.pass_time(121)
    for balances, code in ((False, 0), (True, 209)):
        world.put(rows.BALANCES, to=balances)
        settle(world)
        world.pass_time(2)
        assert remark(world)[2] == code


# --- what the house leaves ---


def test_the_house_comes_first() -> None:
    """What it takes on the worst line is not there for a vehicle, and half an ampere never is."""
    world = charging()
    world.house(3.0, 12.0, 0.0)

    assert offered(world) == (12.5, "house fuse L2")
    assert Claim("house fuse L2", 12.5) in world.station.view().evses[0].claims
    assert LimitChanged(1, 12.5, "house fuse L2") in world.told(LimitChanged)
    assert world.station.why(1).current == "12.5 A of 32 A: the house leaves it 12.5 A on L2"
    assert world.station.why(0).current == "12.5 A for all together: house fuse L2"


def test_what_the_vehicle_takes_is_not_the_house_s() -> None:
    """The meter sees both; what the station's own meter says is added back."""
    world = charging()
    world.measure(1, currents_a=(16.0, 16.0, 16.0))
    for _ in range(20):
        world.pass_time(1)
        world.house(24.0)

    assert offered(world) == (16.0, "connector")
    world.house(28.0)
    assert offered(world) == (12.5, "house fuse L1")


@pytest.mark.parametrize(("sees", "expected"), [(True, 16.0), (False, 0.0)])
def test_a_meter_may_not_see_the_station(sees: bool, expected: float) -> None:  # noqa: FBT001  a case
    """What it says is the house's alone then."""
    world = charging()
    world.put(rows.GRID_SEES_STATION, to=sees)
    world.measure(1, currents_a=(16.0, 16.0, 16.0))
    world.house(24.0)

    assert offered(world)[0] == expected


def test_too_little_lets_the_vehicle_wait_until_it_has_lasted() -> None:
    """Below six ampere it pauses; half a minute of enough lets it go on."""
    world = charging()
    world.house(20.0)
    assert world.statuses()[-1] is Status.SUSPENDED_EVSE
    assert world.station.view().evses[0].because == "house fuse L1"
    for second in range(31):
        assert world.statuses()[-1] is Status.SUSPENDED_EVSE, second
        world.pass_time(1)
        world.house(2.0)

    assert world.statuses()[-1] is Status.CHARGING


def test_who_takes_nothing_is_not_told_of_every_change() -> None:
    """The house's limit is a claim on those who charge."""
    world = charging()
    before = len([n for n in world.told(LimitChanged) if n.evse == 2])
    for taken_a in (5.0, 9.0, 14.0):
        world.house(taken_a)

    assert len([n for n in world.told(LimitChanged) if n.evse == 2]) == before


def test_a_measurement_that_moves_nothing_decides_nothing() -> None:
    """Most of them do, so their turn is short, and is shown all the same."""
    world = charging()
    world.house(11.0)
    before = len(world.notices)
    world.pass_time(1)
    world.house(10.9)

    assert len(world.notices) == before
    seen = world.station.view().grid.measurement
    assert seen is not None
    assert seen.currents_a == (10.9, 10.9, 10.9)


@pytest.mark.parametrize(
    ("rotation", "line"),
    [
        ((), "L1"),
        (((0, "RST"), (1, "Unknown")), "L1"),
        (((1, "STR"),), "L2"),
        (((0, "TRS"),), "L3"),
        (((0, "TRS"), (1, "STR")), "L1"),
        (((0, "SRT"), (1, "TSR")), "L3"),
        (((2, "STR"),), "L1"),
    ],
)
def test_a_line_here_is_another_line_there(
    rotation: tuple[tuple[int, str], ...], line: str
) -> None:
    """A one-phase EVSE hangs on that line of the grid to which both rotations lead."""
    world = World(Layout(evses=(EvseLayout(phases=1), EvseLayout()), grid=GridLink.P1))
    world.online()
    world.values.put(PHASE_ROTATION, rotation)
    world.put(INSTALLATION_MAX, to=25.0)
    house = {"L1": (15.0, 0.0, 0.0), "L2": (0.0, 15.0, 0.0), "L3": (0.0, 0.0, 15.0)}
    world.plug()
    world.swipe()
    for where, taken in house.items():
        world.pass_time(121)  # what was heard before is forgotten
        world.house(*taken)
        expected = (9.5, f"house fuse {line}") if where == line else (16.0, "connector")
        assert offered(world) == expected
