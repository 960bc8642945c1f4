"""What every `EnergyMeter` must do, whatever line it hangs on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from laadpaal.ports.devices import EnergyMeter
from laadpaal.ports.errors import DeviceLost
from laadpaal.simulation.meter import SimulatedMeter
from laadpaal.station.measurement import Measurement

Make = Callable[[SimulatedMeter], AbstractAsyncContextManager[EnergyMeter]]
"""Connects a meter's driver to a simulated meter."""

FULL = Measurement(12_345.0, (229.5, 230.25, 231.0), (16.0, 8.5, 0.25), 5686.875, 49.98)


async def check_energy_meter(make: Make) -> None:
    """Check every promise of the port."""
    await _reads_everything(make)
    await _follows_changes(make)
    await _is_lost_and_comes_back(make)
    await _lets_go(make)


async def _reads_everything(make: Make) -> None:
    async with make(SimulatedMeter(lambda: FULL)) as meter:
        said = await meter.read()

    assert said.energy_wh == pytest.approx(FULL.energy_wh, abs=0.001)
    assert said.voltages_v == FULL.voltages_v
    assert said.currents_a == FULL.currents_a
    assert said.power_w == FULL.power_w
    assert said.frequency_hz == pytest.approx(FULL.frequency_hz)


async def _follows_changes(make: Make) -> None:
    real = FULL

    async with make(SimulatedMeter(lambda: real)) as meter:
        energies_wh = []
        for _ in range(5):
            energies_wh.append((await meter.read()).energy_wh)
            real = replace(real, energy_wh=real.energy_wh + 10)

    assert energies_wh == pytest.approx([12_345, 12_355, 12_365, 12_375, 12_385], abs=0.001)


async def _is_lost_and_comes_back(make: Make) -> None:
    simulated = SimulatedMeter(lambda: FULL)
    async with make(simulated) as meter:
        before = await meter.read()
        simulated.broken = True
        with pytest.raises(DeviceLost):
            await meter.read()
        simulated.broken = False
        after = await meter.read()

    assert before == after


async def _lets_go(make: Make) -> None:
    async with make(SimulatedMeter(lambda: FULL)) as meter:
        await meter.close()
        await meter.read()
        await meter.close()
        await meter.close()
