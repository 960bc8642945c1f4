"""Every Modbus meter of the grid keeps the promises of its port."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from laadpaal.drivers import modbus_line as lines
from laadpaal.drivers.modbus_grid import ModbusGridMeter
from laadpaal.protocols.modbus.models import MODELS
from laadpaal.protocols.modbus.registers import POWERS, Kind, Model
from laadpaal.simulation import modbus
from laadpaal.simulation.meter import Misbehaviour, SimulatedMeter
from laadpaal.station.measurement import GridMeasurement, Measurement
from tests.contracts.grid_meter import Connected, check_grid_meter

SHORT_S = 0.1
NOMINAL_V = (230.0, 230.0, 230.0)
UNSIGNED = {"ALE3", "AWD3"}
DIRECTED = [
    model
    for model in MODELS.values()
    if POWERS[2] in model.map.registers and model.name not in UNSIGNED
]
"""The models of three lines that tell which way each flows."""
Measure = Callable[[], GridMeasurement]


def _simulated(measure: Measure, model: Model) -> SimulatedMeter:
    def measured() -> Measurement:
        real = measure()
        voltages_v = real.voltages_v or NOMINAL_V
        watts = sum(v * i for v, i in zip(voltages_v, real.currents_a, strict=True))
        return Measurement(0.0, voltages_v, real.currents_a, watts)

    return SimulatedMeter(measured, model)


def _connected(line: lines.ModbusLine, simulated: SimulatedMeter) -> Connected:
    def silence(silent: bool) -> None:  # noqa: FBT001  one word says it
        simulated.misbehave(Misbehaviour.SILENT) if silent else simulated.behave()

    it = simulated.model.map
    step_w = 10.0 ** it.registers[POWERS[0]].tens if it.registers[POWERS[0]].kind is Kind.S32 else 1
    meter = ModbusGridMeter(line, it, simulated.unit)
    return Connected(meter, silence, step_a=0.05, step_w=step_w)


@pytest.mark.parametrize("model", DIRECTED, ids=lambda model: model.name)
async def test_contract_over_tcp(model: Model) -> None:
    """Every model that can tell the direction does so in the network."""

    @asynccontextmanager
    async def make(measure: Measure) -> AsyncIterator[Connected]:
        simulated = _simulated(measure, model)
        async with modbus.on_tcp(simulated) as port:
            line = lines.on_tcp(modbus.HOST, port, timeout_s=SHORT_S)
            yield _connected(line, simulated)
            await line.close()

    await check_grid_meter(make)


@pytest.mark.parametrize("model", DIRECTED, ids=lambda model: model.name)
async def test_contract_over_a_serial_line(model: Model) -> None:
    """And on a serial line."""

    @asynccontextmanager
    async def make(measure: Measure) -> AsyncIterator[Connected]:
        simulated = _simulated(measure, model)
        async with modbus.on_serial(simulated) as device:
            line = lines.on_serial(device, 115_200, timeout_s=SHORT_S)
            yield _connected(line, simulated)
            await line.close()

    await check_grid_meter(make)
