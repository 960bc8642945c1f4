"""Simulated sensors of the station's own condition."""

from __future__ import annotations

import pytest

from laadpaal.ports.errors import DeviceLost, DeviceStuck
from laadpaal.simulation.bench import SimulatedBench
from laadpaal.simulation.surroundings import SimulatedThermometer, SimulatedTiltSensor
from tests.simulation.clock import HandClock
from tests.simulation.test_evse import charging, heard, made


async def test_a_thermometer_says_what_it_is_set_to() -> None:
    """Until it falls silent."""
    it = SimulatedThermometer()
    room = await it.read()
    it.celsius = 71.5
    warm = await it.read()
    it.celsius = None
    with pytest.raises(DeviceLost):
        await it.read()

    assert (room, warm) == (20.0, 71.5)


async def test_a_station_that_leans() -> None:
    """Each change is told once."""
    clock, it = HandClock(), SimulatedTiltSensor()
    async with heard(it.upright()) as seen:
        await clock.pass_time(0)
        for tilted in (True, True, False):
            it.lean(tilted=tilted)
        await clock.pass_time(0)

    assert seen == [True, False, True]
    assert not it.tilted


async def test_a_leak_opens_the_circuit() -> None:
    """Where there is voltage it does so at once, and nothing flows until it is gone and armed."""
    clock, evse = await charging()
    evse.residual.leak(leaks=True)
    await clock.pass_time(1)
    assert (evse.residual.tripped, evse.measure().power_w) == (True, 0)
    with pytest.raises(DeviceStuck, match="leaks"):
        await evse.residual.arm()
    evse.residual.leak(leaks=False)
    await evse.residual.arm()
    await clock.pass_time(1)

    assert (evse.residual.tripped, evse.measure().power_w) == (False, 11040)


async def test_a_leak_behind_an_open_contactor_shows_later() -> None:
    """As soon as it closes."""
    _, evse = made()
    evse.residual.leak(leaks=True)
    before = evse.residual.tripped
    await evse.close(3)

    assert (before, evse.residual.tripped) == (False, True)


async def test_the_bench_tells_of_them() -> None:
    """What people have done to the station is seen there."""
    bench = SimulatedBench(HandClock())
    bench.thermometer.celsius = -30.0
    bench.tilt.lean(tilted=True)

    assert bench.look()["station"] == {"celsius": -30.0, "tilted": True}
