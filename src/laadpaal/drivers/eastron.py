"""An Eastron SDM630 energy meter, read over Modbus TCP or RTU."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient
from pymodbus.exceptions import ModbusException

from laadpaal.ports.errors import DeviceLost
from laadpaal.station.measurement import Measurement

VALUES = 37
"""Values in the one block, from register 0, that holds all we want: within the 40 it allows."""
VOLTAGES = slice(0, 3)
CURRENTS = slice(3, 6)
TOTAL_POWER = 0x34 // 2
FREQUENCY = 0x46 // 2
IMPORTED_KWH = 0x48 // 2
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
            values = await self._values()
        except (ModbusException, OSError) as failure:
            self._link.close()
            raise DeviceLost(f"meter {self._unit} does not answer: {failure}") from failure
        return _measurement(values)

    async def close(self) -> None:
        """Let the line go."""
        self._link.close()

    async def _connect(self) -> None:
        if not self._link.connected and not await self._link.connect():
            raise DeviceLost(f"meter {self._unit}: no connection to its line")

    async def _values(self) -> tuple[float, ...]:
        words = 2 * VALUES
        reply = await self._link.read_input_registers(0, count=words, device_id=self._unit)
        if reply.isError() or len(reply.registers) != words:
            raise DeviceLost(f"meter {self._unit} refuses its registers: {reply}")
        return struct.unpack(f">{VALUES}f", struct.pack(f">{words}H", *reply.registers))


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


def _measurement(values: Sequence[float]) -> Measurement:
    energy_kwh = values[IMPORTED_KWH]
    v1, v2, v3 = values[VOLTAGES]
    i1, i2, i3 = values[CURRENTS]
    measured = Measurement(
        energy_wh=energy_kwh * 1000,
        voltages_v=(v1, v2, v3),
        currents_a=(i1, i2, i3),
        power_w=values[TOTAL_POWER],
        frequency_hz=values[FREQUENCY],
    )
    _refuse_nonsense(measured)
    return measured


def _refuse_nonsense(said: Measurement) -> None:
    numbers = (*said.voltages_v, *said.currents_a, said.power_w, said.frequency_hz, said.energy_wh)
    if not all(map(math.isfinite, numbers)):
        raise DeviceLost("meter says something that is not a number")
    if not all(0 <= voltage_v <= HIGHEST_V for voltage_v in said.voltages_v):
        raise DeviceLost(f"meter says impossible voltages: {said.voltages_v}")
    if not all(abs(current_a) <= HIGHEST_A for current_a in said.currents_a):
        raise DeviceLost(f"meter says impossible currents: {said.currents_a}")
    if said.energy_wh < 0:
        raise DeviceLost(f"meter says a negative energy: {said.energy_wh} Wh")
