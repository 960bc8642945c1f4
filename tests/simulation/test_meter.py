"""The simulated meter behaves as the real one on its line."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pymodbus.client import AsyncModbusTcpClient

from laadpaal.simulation.meter import HOST, SimulatedMeter, on_tcp
from laadpaal.station.measurement import Measurement


@pytest_asyncio.fixture
async def client() -> AsyncIterator[AsyncModbusTcpClient]:
    """Connect a Modbus client to a meter with unit 7."""
    real = Measurement(2500.0, (230.0, 231.0, 232.0), (1.0, 2.0, 3.0), 1388.0, 50.0)
    async with on_tcp(SimulatedMeter(lambda: real, unit=7)) as port:
        link = AsyncModbusTcpClient(HOST, port=port, retries=0)
        await link.connect()
        yield link
        link.close()


@pytest.mark.parametrize(
    ("register", "expected"),
    [(0x02, 231.0), (0x0A, 3.0), (0x0E, 462.0), (0x34, 1388.0), (0x48, 2.5), (0x4A, 0.0)],
)
async def test_map(client: AsyncModbusTcpClient, register: int, expected: float) -> None:
    """Each quantity is where the real meter has it."""
    reply = await client.read_input_registers(register, count=2, device_id=7)

    assert client.convert_from_registers(reply.registers, client.DATATYPE.FLOAT32) == expected


async def test_reads_too_much(client: AsyncModbusTcpClient) -> None:
    """More than 40 values at once are refused, as the real meter does."""
    refused = await client.read_input_registers(0, count=82, device_id=7)
    good = await client.read_input_registers(0, count=80, device_id=7)

    assert (refused.isError(), refused.exception_code) == (True, 3)
    assert not good.isError()


async def test_other_functions(client: AsyncModbusTcpClient) -> None:
    """Quantities are input registers only."""
    reply = await client.read_holding_registers(0, count=2, device_id=7)

    assert (reply.isError(), reply.exception_code) == (True, 1)
