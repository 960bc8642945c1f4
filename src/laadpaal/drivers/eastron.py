"""An Eastron SDM630 energy meter, read over Modbus TCP or RTU."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient
from pymodbus.exceptions import ModbusException

from laadpaal.ports.errors import DeviceLost
from laadpaal.station.measurement import Measurement

LINES = (0x00, 9)
"""First register and count of values: voltage, current and power of each line."""
TOTAL_POWER = (0x34, 1)
SUPPLY = (0x46, 2)
"""Frequency, then imported energy in kWh."""
HIGHEST_V = 300.0
HIGHEST_A = 200.0


class EastronMeter:
    """An `EnergyMeter` that connects when it is first read, and again after a failure."""

    def __init__(self, link: AsyncModbusTcpClient | AsyncModbusSerialClient, unit: int) -> None:
        self._link = link
        self._unit = unit

    async def read(self) -> Measurement:
        """Return one complete measurement; raises DeviceLost, which says what went wrong."""
        try:
            await self._connect()
            lines = await self._values(*LINES)
            total = await self._values(*TOTAL_POWER)
            supply = await self._values(*SUPPLY)
        except (ModbusException, OSError) as failure:
            self._link.close()
            raise DeviceLost(f"meter {self._unit} does not answer: {failure}") from failure
        return _measurement(lines, total[0], supply)

    async def close(self) -> None:
        """Let the line go."""
        self._link.close()

    async def _connect(self) -> None:
        if not self._link.connected and not await self._link.connect():
            raise DeviceLost(f"meter {self._unit}: no connection to its line")

    async def _values(self, first: int, count: int) -> tuple[float, ...]:
        words = 2 * count
        reply = await self._link.read_input_registers(first, count=words, device_id=self._unit)
        if reply.isError() or len(reply.registers) != words:
            raise DeviceLost(f"meter {self._unit} refuses registers from {first:#04x}: {reply}")
        return struct.unpack(f">{count}f", struct.pack(f">{words}H", *reply.registers))


def over_tcp(host: str, port: int = 502, unit: int = 1, *, timeout_s: float = 1.0) -> EastronMeter:
    """Return a meter behind a Modbus TCP gateway; nothing is connected yet."""
    link = AsyncModbusTcpClient(host, port=port, timeout=timeout_s, retries=0, reconnect_delay=0)
    return EastronMeter(link, unit)


def over_rtu(
    device: str, baud: int = 9600, unit: int = 1, *, timeout_s: float = 1.0
) -> EastronMeter:
    """Return a meter on a serial line, 8 bits, no parity, one stop bit; not opened yet."""
    link = AsyncModbusSerialClient(
        device, baudrate=baud, timeout=timeout_s, retries=0, reconnect_delay=0
    )
    return EastronMeter(link, unit)


def _measurement(lines: Sequence[float], power_w: float, supply: Sequence[float]) -> Measurement:
    frequency_hz, energy_kwh = supply
    _refuse_nonsense(lines, power_w, supply)
    return Measurement(
        energy_wh=energy_kwh * 1000,
        voltages_v=(lines[0], lines[1], lines[2]),
        currents_a=(lines[3], lines[4], lines[5]),
        power_w=power_w,
        frequency_hz=frequency_hz,
    )


def _refuse_nonsense(lines: Sequence[float], power_w: float, supply: Sequence[float]) -> None:
    if not all(map(math.isfinite, (*lines, power_w, *supply))):
        raise DeviceLost("meter says something that is not a number")
    if not all(0 <= voltage_v <= HIGHEST_V for voltage_v in lines[:3]):
        raise DeviceLost(f"meter says impossible voltages: {tuple(lines[:3])}")
    if not all(abs(current_a) <= HIGHEST_A for current_a in lines[3:6]):
        raise DeviceLost(f"meter says impossible currents: {tuple(lines[3:6])}")
    if supply[1] < 0:
        raise DeviceLost(f"meter says a negative energy: {supply[1]} kWh")
