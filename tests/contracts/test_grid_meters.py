"""Every meter of the grid keeps the promises of its port."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from laadpaal.drivers.p1 import over_serial, over_tcp
from laadpaal.protocols.p1 import VARIANTS
from laadpaal.simulation.p1_meter import HOST, P1Trouble, SimulatedP1Meter, on_pty, on_tcp
from laadpaal.station.measurement import GridMeasurement
from tests.contracts.grid_meter import Connected, Make, check_grid_meter
from tests.support.jumping import LoopClock, jump_on_lines

KEY = bytes(range(16))
STEPS_A = {"4": 0.5, "5": 0.5, "be": 0.01, "lu": 0.5, "se": 0.1}
"""How finely each variant tells a current; whole amperes are refined by the power."""
Measure = Callable[[], GridMeasurement]


def simulated(measure: Measure, version: str) -> tuple[SimulatedP1Meter, Callable[[bool], None]]:
    """Return a meter, and what unplugs it."""
    key = KEY if VARIANTS[version].encrypted else b""
    meter = SimulatedP1Meter(measure, LoopClock(), version, key=key)

    def silence(silent: bool) -> None:  # noqa: FBT001  one word says it
        meter.trouble = P1Trouble.UNPLUGGED if silent else None

    return meter, silence


def p1_over_a_line(version: str) -> Make:
    """Connect the P1 driver over a pseudo-terminal."""

    @asynccontextmanager
    async def make(measure: Measure) -> AsyncIterator[Connected]:
        meter, silence = simulated(measure, version)
        async with on_pty(meter) as device:
            driver = over_serial(device, VARIANTS[version], KEY)
            yield Connected(driver, silence, STEPS_A[version])
            await driver.close()

    return make


def p1_over_tcp(version: str) -> Make:
    """Connect the P1 driver over the loopback, as over a serial server."""

    @asynccontextmanager
    async def make(measure: Measure) -> AsyncIterator[Connected]:
        meter, silence = simulated(measure, version)
        async with on_tcp(meter) as port:
            driver = over_tcp(HOST, port, VARIANTS[version], KEY)
            yield Connected(driver, silence, STEPS_A[version])
            await driver.close()

    return make


@pytest.mark.parametrize("version", sorted(STEPS_A))
@pytest.mark.parametrize("connect", [p1_over_a_line, p1_over_tcp])
def test_contract(connect: Callable[[str], Make], version: str) -> None:
    """It reads, follows, is lost, comes back and lets go."""
    jump_on_lines(check_grid_meter(connect(version)))
