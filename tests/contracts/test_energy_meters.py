"""Every energy meter keeps the promises of its port."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from laadpaal.drivers import modbus_line as lines
from laadpaal.drivers.modbus_meter import ModbusMeter
from laadpaal.ports.devices import EnergyMeter
from laadpaal.protocols.modbus.models import MODELS
from laadpaal.protocols.modbus.registers import Model
from laadpaal.simulation import modbus
from laadpaal.simulation.meter import SimulatedMeter
from tests.contracts.energy_meter import Make, check_energy_meter

SHORT_S = 0.1


def _driver(line: lines.ModbusLine, simulated: SimulatedMeter) -> ModbusMeter:
    return ModbusMeter(line, simulated.model.map, simulated.unit)


@asynccontextmanager
async def over_tcp(simulated: SimulatedMeter) -> AsyncIterator[EnergyMeter]:
    """Connect the driver over the loopback."""
    async with modbus.on_tcp(simulated) as port:
        meter = _driver(lines.on_tcp(modbus.HOST, port, timeout_s=SHORT_S), simulated)
        yield meter
        await meter.close()


@asynccontextmanager
async def rtu_over_tcp(simulated: SimulatedMeter) -> AsyncIterator[EnergyMeter]:
    """Connect the driver by a gateway that passes serial frames on as they are."""
    async with modbus.on_tcp(simulated, rtu=True) as port:
        meter = _driver(lines.on_tcp(modbus.HOST, port, rtu=True, timeout_s=SHORT_S), simulated)
        yield meter
        await meter.close()


@asynccontextmanager
async def over_serial(simulated: SimulatedMeter) -> AsyncIterator[EnergyMeter]:
    """Connect the driver over a pair of pseudo-terminals."""
    async with modbus.on_serial(simulated) as device:
        line = lines.on_serial(device, 115_200, timeout_s=SHORT_S)
        meter = _driver(line, simulated)
        yield meter
        await meter.close()


@pytest.mark.parametrize("make", [over_tcp, rtu_over_tcp, over_serial])
@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
async def test_contract(make: Make, model: Model) -> None:
    """Every model reads, follows, is lost, comes back and lets go on every line."""
    await check_energy_meter(make, model)
