"""The Eastron driver against a real Modbus TCP server on the loopback."""

from __future__ import annotations

import math
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from laadpaal.drivers.eastron import over_rtu, over_tcp
from laadpaal.ports.errors import DeviceLost
from laadpaal.station.measurement import Measurement

GOOD = {
    0x00: 230.0, 0x02: 231.0, 0x04: 229.0,
    0x06: 16.0, 0x08: 8.0, 0x0A: 0.5,
    0x34: 5642.5, 0x46: 50.0, 0x48: 12.5,
}  # fmt: skip


def _registers(values: dict[int, float]) -> list[int]:
    words = [0] * 0x4A
    for address, value in values.items():
        words[address : address + 2] = struct.unpack(">2H", struct.pack(">f", value))
    return words


@asynccontextmanager
async def serving(values: dict[int, float], port: int = 0) -> AsyncIterator[int]:
    """Serve these floats as unit 1; yield the bound port."""
    memory = SimData(0, values=_registers(values), datatype=DataType.REGISTERS)
    server = ModbusTcpServer(SimDevice(1, [memory]), address=("127.0.0.1", port))
    await server.serve_forever(background=True)
    try:
        assert server.transport is not None
        yield server.transport.sockets[0].getsockname()[1]  # type: ignore[attr-defined]  # a Server
    finally:
        await server.shutdown()  # type: ignore[no-untyped-call]  # pymodbus leaves it untyped


async def test_reads_every_quantity() -> None:
    """One reading carries lines, total power, frequency, and energy in Wh."""
    async with serving(GOOD) as port:
        meter = over_tcp("127.0.0.1", port)
        measured = await meter.read()
        await meter.close()

    assert Measurement(12500.0, (230.0, 231.0, 229.0), (16.0, 8.0, 0.5), 5642.5, 50.0) == measured


@pytest.mark.parametrize(
    ("register", "value", "text"),
    [
        (0x00, math.nan, "not a number"),
        (0x48, math.inf, "not a number"),
        (0x02, 400.0, "voltages"),
        (0x06, 900.0, "currents"),
        (0x48, -1.0, "negative energy"),
    ],
)
async def test_refuses_nonsense(register: int, value: float, text: str) -> None:
    """A register that cannot be true makes the meter lost."""
    async with serving(GOOD | {register: value}) as port:
        meter = over_tcp("127.0.0.1", port)
        with pytest.raises(DeviceLost, match=text):
            await meter.read()
        await meter.close()


async def test_comes_back_by_itself() -> None:
    """A meter that was gone is read again once it answers."""
    async with serving(GOOD) as port:
        meter = over_tcp("127.0.0.1", port)
        await meter.read()
    with pytest.raises(DeviceLost):
        await meter.read()
    async with serving(GOOD, port):
        measured = await meter.read()
        await meter.close()

    assert measured.energy_wh == 12500.0


async def test_missing_serial_line() -> None:
    """A serial device that does not exist makes the meter lost."""
    meter = over_rtu("/dev/no-such-line")

    with pytest.raises(DeviceLost, match="no connection"):
        await meter.read()
