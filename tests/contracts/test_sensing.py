"""Every pilot, proximity contact and sensor keeps the promises of its port."""

from __future__ import annotations

from functools import partial

import pytest

from laadpaal.simulation.evse import SimulatedEvse
from laadpaal.simulation.supply import Supply
from laadpaal.simulation.surroundings import SimulatedThermometer, SimulatedTiltSensor
from tests.contracts.sensing import (
    check_pilot,
    check_proximity,
    check_residual,
    check_thermometer,
    check_tilt,
)
from tests.simulation.clock import HandClock
from tests.support.sockets import Socket


async def test_simulated_pilot() -> None:
    """The one of the bench, which is read from volts."""
    clock = HandClock()
    evse = SimulatedEvse(clock, Supply(3))

    async def wait() -> None:
        await clock.pass_time(1)
        evse.advance()

    await check_pilot(evse, lambda: evse.plug(32), evse.unplug_vehicle, wait)


async def test_the_pilot_of_the_jumping_day() -> None:
    """A double that breaks no promise."""
    socket = Socket(HandClock(), 0.0, fixed=True)

    async def wait() -> None:
        """Answer at once, as its vehicles do."""

    def go() -> None:
        socket.unplug(at_vehicle=True)

    await check_pilot(socket, lambda: socket.plug(32.0, eager=True), go, wait)


@pytest.mark.parametrize(("phases", "cable_a", "rated_a"), [(3, 20, 20.0), (3, 80, 63.0)])
async def test_simulated_proximity(phases: int, cable_a: float, rated_a: float) -> None:
    """The one of the bench, which is read from a resistor."""
    evse = SimulatedEvse(HandClock(), Supply(phases))

    await check_proximity(evse, lambda: evse.plug(cable_a), evse.unplug_station, rated_a)


async def test_simulated_proximity_of_no_cable_that_exists() -> None:
    """What tells no rating is a plug all the same."""
    evse = SimulatedEvse(HandClock(), Supply(3))
    put = partial(evse.resistor, 20.0), partial(evse.resistor, 1e6)

    await check_proximity(evse, *put, None)


async def test_the_proximity_of_the_jumping_day() -> None:
    """A double that breaks no promise."""
    socket = Socket(HandClock(), 0.0, fixed=False)

    def unplug() -> None:
        socket.unplug(at_vehicle=False)

    await check_proximity(socket, lambda: socket.plug(20.0, eager=True), unplug, 20.0)


async def test_simulated_thermometer() -> None:
    """The one of the bench."""
    thermometer = SimulatedThermometer()

    def silence() -> None:
        thermometer.celsius = None

    await check_thermometer(thermometer, silence)


async def test_simulated_tilt_sensor() -> None:
    """The one of the bench."""
    sensor = SimulatedTiltSensor()

    await check_tilt(sensor, partial(sensor.lean, tilted=True), partial(sensor.lean, tilted=False))


async def test_simulated_residual_monitor() -> None:
    """The one of the bench, behind a contactor that is closed."""
    evse = SimulatedEvse(HandClock(), Supply(3))
    await evse.close(3)
    it = evse.residual

    await check_residual(it, partial(it.leak, leaks=True), partial(it.leak, leaks=False))
