"""A simulated Eastron SDM630 that answers on a real Modbus line."""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from pymodbus.constants import ExcCodes
from pymodbus.server import ModbusSerialServer, ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from laadpaal.simulation.wire import null_modem
from laadpaal.station.measurement import Measurement

HOST = "127.0.0.1"
BAUD = 9600
READ_INPUT_REGISTERS = 4
MOST_REGISTERS = 80
"""The real meter answers no more than 40 values at once."""
SIZE = 0x60
"""Registers defined; the real map goes on, with nothing that we measure."""
VOLTAGE, CURRENT, POWER = 0x00, 0x06, 0x0C
TOTAL_POWER, FREQUENCY, IMPORTED_KWH = 0x34, 0x46, 0x48


@dataclass(slots=True)
class SimulatedMeter:
    """Says over Modbus what `measure` returns, and nothing at all while `broken`.

    Args:
        measure: Asked anew for every request.
        unit: Its Modbus address, 1 to 247.
    """

    measure: Callable[[], Measurement]
    unit: int = 1
    broken: bool = False

    def device(self) -> SimDevice:
        """Return it as pymodbus wants it."""
        memory = SimData(0, values=[0] * SIZE, datatype=DataType.REGISTERS)
        return SimDevice(self.unit, [memory], action=self._answer)

    def say(self, sending: bool, packet: bytes) -> bytes:  # noqa: FBT001  pymodbus calls it so
        """Return what really goes over the line of a packet."""
        return b"" if sending and self.broken else packet

    async def _answer(
        self,
        function: int,
        start: int,
        address: int,
        count: int,
        registers: list[int],
        values: list[int] | list[bool] | None,
    ) -> ExcCodes | None:
        del start, address, values
        if function != READ_INPUT_REGISTERS:
            return ExcCodes.ILLEGAL_FUNCTION
        if count > MOST_REGISTERS:
            return ExcCodes.ILLEGAL_VALUE
        # pymodbus goes on with this very list, so it is filled in place.
        registers[:] = registers_of(self.measure())
        return None


def registers_of(measured: Measurement) -> list[int]:
    """Return the input registers from 0 on: big-endian floats, high word first."""
    pairs = zip(measured.voltages_v, measured.currents_a, strict=True)
    values = {
        TOTAL_POWER: measured.power_w,
        FREQUENCY: measured.frequency_hz,
        IMPORTED_KWH: measured.energy_wh / 1000,
    }
    for line, (voltage_v, current_a) in enumerate(pairs):
        values[VOLTAGE + 2 * line] = voltage_v
        values[CURRENT + 2 * line] = current_a
        values[POWER + 2 * line] = voltage_v * current_a
    floats = (values.get(address, 0.0) for address in range(0, SIZE, 2))
    return list(struct.unpack(f">{SIZE}H", struct.pack(f">{SIZE // 2}f", *floats)))


@asynccontextmanager
async def on_tcp(meter: SimulatedMeter) -> AsyncIterator[int]:
    """Let the meter answer on the loopback; yield its port."""
    server = ModbusTcpServer(meter.device(), address=(HOST, 0), trace_packet=meter.say)
    await server.serve_forever(background=True)
    try:
        yield _port(server)
    finally:
        await server.shutdown()  # type: ignore[no-untyped-call]  # pymodbus leaves it untyped


@asynccontextmanager
async def on_rtu(meter: SimulatedMeter) -> AsyncIterator[str]:
    """Let the meter answer on a serial line of 9600 baud, 8N1; yield the other end's device."""
    with null_modem() as (ours, theirs):
        server = ModbusSerialServer(
            meter.device(), port=ours, baudrate=BAUD, trace_packet=meter.say
        )
        await server.serve_forever(background=True)
        try:
            yield theirs
        finally:
            await server.shutdown()  # type: ignore[no-untyped-call]  # pymodbus leaves it untyped


def _port(server: ModbusTcpServer) -> int:
    assert server.transport is not None, "a serving server listens"  # noqa: S101  our own mistake
    port: int = server.transport.sockets[0].getsockname()[1]  # type: ignore[attr-defined]  # a Server
    return port
