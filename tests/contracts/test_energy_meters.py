"""Every energy meter keeps the promises of its port."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from laadpaal.drivers.eastron import over_rtu, over_tcp
from laadpaal.ports.devices import EnergyMeter
from laadpaal.simulation.meter import HOST, SimulatedMeter, on_rtu, on_tcp
from tests.contracts.energy_meter import Make, check_energy_meter


@asynccontextmanager
async def eastron_over_tcp(simulated: SimulatedMeter) -> AsyncIterator[EnergyMeter]:
    """Connect the Eastron driver over the loopback."""
    async with on_tcp(simulated) as port:
        meter = over_tcp(HOST, port)
        yield meter
        await meter.close()


@asynccontextmanager
async def eastron_over_rtu(simulated: SimulatedMeter) -> AsyncIterator[EnergyMeter]:
    """Connect the Eastron driver over a pair of pseudo-terminals."""
    async with on_rtu(simulated) as device:
        meter = over_rtu(device)
        yield meter
        await meter.close()


@pytest.mark.parametrize("make", [eastron_over_tcp, eastron_over_rtu])
async def test_contract(make: Make) -> None:
    """It reads, follows, is lost, comes back and lets go."""
    await check_energy_meter(make)
