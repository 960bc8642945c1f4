"""A house takes current by the second of the day, and the same house has the same day again."""

from __future__ import annotations

import json
from dataclasses import replace
from statistics import fmean

import pytest

from laadpaal.drivers.modbus_meter import over_tcp
from laadpaal.ports.bench import BenchError
from laadpaal.simulation.bench import SimulatedBench
from laadpaal.simulation.house import DAY_S, EMPTY, House, Household
from tests.simulation.clock import HandClock

NOON_S = DAY_S / 2 + 3600
"""When its sun is highest."""


def test_nothing_is_on_in_an_empty_house() -> None:
    """All day."""
    house = House(EMPTY)

    assert {house.taken_a(at_s) for at_s in range(0, int(DAY_S), 600)} == {(0.0, 0.0, 0.0)}


def test_the_same_house_has_the_same_day() -> None:
    """And another seed is another house."""
    seconds = range(0, int(DAY_S), 300)
    days = [[House(Household(seed=seed)).taken_a(at_s) for at_s in seconds] for seed in (1, 1, 2)]

    assert days[0] == days[1]
    assert days[0] != days[2]


def test_appliances_come_and_go() -> None:
    """More than the base flows at times, and at times no more."""
    house = House(Household(base_a=1.0, appliances=8, seed=3))
    taken = [house.taken_a(at_s)[0] for at_s in range(0, int(DAY_S), 60)]

    assert min(taken) == 1.0
    assert max(taken) > 6.0
    assert 1.0 < fmean(taken) < max(taken)


def test_the_sun_gives_back_by_day() -> None:
    """Most at its noon, the same on each line, and nothing at night."""
    house = House(replace(EMPTY, base_a=2.0, sun_a=14.0))

    assert house.taken_a(NOON_S) == pytest.approx((-12.0,) * 3)
    morning, evening = (house.taken_a(NOON_S + hours * 3600) for hours in (-4, 4))
    assert morning == pytest.approx(evening)
    assert -12.0 < morning[0] < 2.0
    assert house.taken_a(0.0) == (2.0, 2.0, 2.0)


def test_what_is_switched_on_besides_counts() -> None:
    """On its own line; what gives back is negative."""
    house = House(replace(EMPTY, base_a=1.0, extra_a=(9.0, 0.0, -4.0)))

    assert house.taken_a(0.0) == (10.0, 1.0, -3.0)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("base_a", -1.0),
        ("appliances", 101),
        ("sun_a", 201.0),
        ("extra_a", (0.0, -201.0, 0.0)),
        ("fuse_a", 0.0),
    ],
)
def test_no_such_house_exists(name: str, wrong: object) -> None:
    """The trait is named, and at the bench the house stays as it was."""
    bench = SimulatedBench(HandClock())
    before = bench.house({})
    with pytest.raises(ValueError, match=f"^{name}: no house has "):
        House(replace(Household(), **{name: wrong}))  # type: ignore[arg-type]  # on purpose
    with pytest.raises(BenchError, match=f"house: {name}: no house has "):
        bench.house({name: wrong})
    assert bench.house({}) == before


def test_what_no_house_has_is_refused() -> None:
    """A trait by another name, and a value that is none."""
    bench = SimulatedBench(HandClock())
    with pytest.raises(BenchError, match=r"^pool: a house has no such trait, but base_a, app"):
        bench.house({"pool": 1})
    with pytest.raises(BenchError, match=r"^house: .*`\$\.extra_a`"):
        bench.house({"extra_a": [1.0, 2.0]})


async def test_the_grid_carries_house_and_vehicles() -> None:
    """The bench tells what flows, and which line is above its fuse."""
    clock = HandClock()
    bench = SimulatedBench(clock, household=replace(EMPTY, base_a=3.0, fuse_a=20.0))
    async with bench.board(over_tcp) as board:
        before = bench.house({})
        bench.plug(1, 32)
        await board.evses[0].pilot.offer(10)
        await clock.pass_time(1)
        await board.evses[0].contactor.close(3)
        await clock.pass_time(10)
        after = bench.house({"extra_a": [0, 8, 0]})

    assert (before["flows_a"], before["over_fuse"]) == ([3.0, 3.0, 3.0], [])
    assert (after["flows_a"], after["over_fuse"]) == ([13.0, 21.0, 13.0], ["L2"])
    assert bench.house({"fuse_a": 25})["over_fuse"] == []
    assert json.loads(json.dumps(bench.look()))["house"] == json.loads(json.dumps(bench.house({})))


def test_a_house_without_mains_takes_nothing() -> None:
    """Neither where a line is missing."""
    bench = SimulatedBench(HandClock(), phases=1, household=replace(EMPTY, base_a=3.0))
    assert bench.grid().currents_a == (3.0, 0.0, 0.0)
    bench.break_supply(broken=True)
    assert bench.grid().currents_a == (0.0, 0.0, 0.0)
