"""A domestic outlet at the bench: what hangs on it draws current while the relay is closed."""

from __future__ import annotations

import pytest

from laadpaal.drivers.modbus_meter import over_tcp
from laadpaal.ports.bench import BenchError
from laadpaal.ports.errors import DeviceStuck
from laadpaal.simulation.bench import SimulatedBench
from laadpaal.simulation.evse import SimulatedEvse
from laadpaal.simulation.supply import Supply
from tests.simulation.clock import HandClock


def bench() -> SimulatedBench:
    """Return a bench with a domestic outlet at the first of two EVSEs."""
    return SimulatedBench(HandClock(), 2, domestic=(1,))


async def test_an_appliance_is_counted_by_the_meter() -> None:
    """From the moment that the relay closes until it opens."""
    clock = HandClock()
    evse = SimulatedEvse(clock, Supply(3), domestic=True)
    outlet = evse.domestic
    assert outlet is not None
    outlet.plug(10.0)
    await clock.pass_time(3600)
    assert evse.measure().energy_wh == 0

    await outlet.close(1)
    await clock.pass_time(3600)
    assert evse.measure().energy_wh == pytest.approx(2300)
    assert evse.measure().currents_a == (10.0, 0.0, 0.0)
    outlet.plug(5.0)
    await clock.pass_time(3600)
    assert evse.measure().energy_wh == pytest.approx(3450)
    evse.power_lost()
    await clock.pass_time(3600)

    assert evse.measure().energy_wh == pytest.approx(3450)


async def test_the_board_has_it_where_it_was_built() -> None:
    """And the bench shows whether something is in it."""
    world = bench()
    async with world.board(over_tcp) as board:
        assert [bool(one.domestic) for one in board.evses] == [True, False]
    world.appliance(1, 8.0)
    evses = world.look()["evses"]
    assert isinstance(evses, list)
    assert [one["appliance"] for one in evses] == [True, None]
    world.appliance(1, None)
    with pytest.raises(BenchError, match="no plug"):
        world.appliance(1, None)


@pytest.mark.parametrize("current_a", [-1.0, 33.0])
def test_an_impossible_appliance_is_refused(current_a: float) -> None:
    """With what was given."""
    with pytest.raises(BenchError, match=f"no appliance takes {current_a!r} A"):
        bench().appliance(1, current_a)


def test_where_there_is_none_nothing_is_plugged() -> None:
    """The EVSE is named."""
    with pytest.raises(BenchError, match="EVSE 2 has no domestic outlet"):
        bench().appliance(2, 8.0)


async def test_a_broken_relay_stays() -> None:
    """It says how."""
    outlet = SimulatedEvse(HandClock(), Supply(3), domestic=True).domestic
    assert outlet is not None
    outlet.broken = True
    with pytest.raises(DeviceStuck, match="the relay stays open"):
        await outlet.close(1)
