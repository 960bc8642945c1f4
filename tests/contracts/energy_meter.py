"""What every `EnergyMeter` must do, whatever line it hangs on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from laadpaal.ports.devices import EnergyMeter
from laadpaal.ports.errors import DeviceLost
from laadpaal.protocols.modbus.models import SDM630
from laadpaal.protocols.modbus.registers import Model, Q
from laadpaal.simulation.meter import Misbehaviour, SimulatedMeter
from laadpaal.station.measurement import Measurement, Phases

Make = Callable[[SimulatedMeter], AbstractAsyncContextManager[EnergyMeter]]
"""Connects a meter's driver to a simulated meter."""

FULL = Measurement(
    energy_wh=12_300.0,
    voltages_v=(230.0, 231.0, 229.0),
    currents_a=(16.0, 8.5, 0.5),
    power_w=5_758.0,
    frequency_hz=49.9,
    power_factor=0.98,
    reactive_var=1_170.0,
    exported_wh=1_200.0,
)
COARSE_W = 10.0
"""Some models tell tens of watts."""


async def check_energy_meter(make: Make, model: Model = SDM630) -> None:
    """Check every promise of the port."""
    await _reads_everything(make, model)
    await _follows_changes(make, model)
    await _is_lost_and_comes_back(make, model)
    await _lets_go(make, model)


async def _reads_everything(make: Make, model: Model) -> None:
    real = _measurable(model)
    async with make(SimulatedMeter(lambda: real, model)) as meter:
        said = await meter.read()

    assert said.energy_wh == pytest.approx(real.energy_wh)
    assert said.voltages_v == pytest.approx(real.voltages_v, abs=0.05)
    assert said.currents_a == pytest.approx(real.currents_a, abs=0.05)
    assert said.power_w == pytest.approx(real.power_w, abs=COARSE_W)
    told = model.map.registers
    assert said.frequency_hz == _near(real.frequency_hz, there=Q.FREQUENCY in told)
    assert said.power_factor == _near(real.power_factor, there=Q.POWER_FACTOR in told)
    assert said.reactive_var == _near(real.reactive_var, there=Q.REACTIVE_POWER in told)
    assert said.exported_wh == _near(real.exported_wh, there=Q.EXPORTED in told)


def _measurable(model: Model) -> Measurement:
    """Return what there is to measure on as many lines as the meter has."""
    if model.lines > 1:
        return FULL
    v, i = FULL.voltages_v[0], FULL.currents_a[0]
    return replace(FULL, voltages_v=_first(v), currents_a=_first(i), power_w=v * i)


def _first(number: float) -> Phases:
    return number, 0.0, 0.0


def _near(number: float | None, *, there: bool) -> object:
    return pytest.approx(number, rel=1e-5) if there else None


async def _follows_changes(make: Make, model: Model) -> None:
    real = _measurable(model)

    async with make(SimulatedMeter(lambda: real, model)) as meter:
        energies_wh = []
        for _ in range(5):
            energies_wh.append((await meter.read()).energy_wh)
            real = replace(real, energy_wh=real.energy_wh + 100)

    assert energies_wh == pytest.approx([12_300, 12_400, 12_500, 12_600, 12_700])


async def _is_lost_and_comes_back(make: Make, model: Model) -> None:
    simulated = SimulatedMeter(lambda: _measurable(model), model)
    async with make(simulated) as meter:
        before = await meter.read()
        simulated.misbehave(Misbehaviour.SILENT)
        with pytest.raises(DeviceLost):
            await meter.read()
        simulated.behave()
        after = await meter.read()

    assert before == after


async def _lets_go(make: Make, model: Model) -> None:
    async with make(SimulatedMeter(lambda: _measurable(model), model)) as meter:
        await meter.close()
        await meter.read()
        await meter.close()
        await meter.close()
