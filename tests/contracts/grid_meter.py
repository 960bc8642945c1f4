"""What every `GridMeter` must do, whatever line it hangs on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import pytest

from laadpaal.ports.devices import GridMeter
from laadpaal.ports.errors import DeviceLost
from laadpaal.station.measurement import GridMeasurement


@dataclass(frozen=True, slots=True)
class Connected:
    """A driver, and the simulated meter at the other end of its line.

    Args:
        silence: Lets the meter say nothing, or speak again.
        step_a: How finely it tells a current.
        step_w: How finely it tells a power.
    """

    meter: GridMeter
    silence: Callable[[bool], None]
    step_a: float = 0.01
    step_w: float = 1.0


Make = Callable[[Callable[[], GridMeasurement]], AbstractAsyncContextManager[Connected]]
"""Connects a driver to a simulated meter that says what the function returns."""

FULL = GridMeasurement((16.0, -8.5, 0.25), (3680.0, -1955.0, 57.5), (230.0, 230.0, 230.0))


async def check_grid_meter(make: Make) -> None:
    """Check every promise of the port."""
    await _reads_every_line(make)
    await _follows_changes(make)
    await _is_lost_and_comes_back(make)
    await _lets_go(make)


async def _reads_every_line(make: Make) -> None:
    async with make(lambda: FULL) as found:
        said = await found.meter.read()

    assert said.currents_a == pytest.approx(FULL.currents_a, abs=found.step_a)
    watts, volts = said.powers_w, said.voltages_v
    assert watts is None or watts == pytest.approx(FULL.powers_w, abs=found.step_w)
    assert volts is None or volts == pytest.approx(FULL.voltages_v, abs=1)


async def _follows_changes(make: Make) -> None:
    real_a = 0.0

    async with make(lambda: GridMeasurement((real_a, 0.0, -real_a))) as found:
        for step in range(1, 6):
            real_a = 5.0 * step
            # One may have been on its way before the change.
            seen = [await found.meter.read() for _ in range(2)]
            assert seen[-1].currents_a == pytest.approx((real_a, 0, -real_a), abs=found.step_a)


async def _is_lost_and_comes_back(make: Make) -> None:
    async with make(lambda: FULL) as found:
        before = await found.meter.read()
        found.silence(True)  # noqa: FBT003  one word says it
        with pytest.raises(DeviceLost):
            [await found.meter.read() for _ in range(2)]
        found.silence(False)  # noqa: FBT003  likewise
        after = await found.meter.read()

    assert before == after


async def _lets_go(make: Make) -> None:
    async with make(lambda: FULL) as found:
        await found.meter.close()
        await found.meter.read()
        await found.meter.close()
        await found.meter.close()
