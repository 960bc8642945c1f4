"""A line with Modbus devices on it: serial, or TCP to a gateway; one question at a time."""

from __future__ import annotations

import asyncio
import termios

from pymodbus import FramerType
from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient
from pymodbus.exceptions import ModbusException

from laadpaal.ports.errors import DeviceLost

TIMEOUT_S = 0.5
"""How long a meter thinks at most; what its bits take on the line comes on top."""
ATTEMPTS = 2
"""A single broken frame is no lost meter, and neither is a gateway that hung up."""
READ_HOLDING, READ_INPUT = 3, 4
_LONGEST_FRAME_B = 256
_BITS_A_BYTE = 11


class ModbusLine:
    """Asks one device at a time; connects when it is first asked, and again after a failure.

    Args:
        name: What people call the line.
        quiet_s: Seconds of silence after a failure, for an answer that comes late must not be
            taken for the answer to the next question. A line that numbers its frames needs none.
    """

    def __init__(
        self,
        client: AsyncModbusTcpClient | AsyncModbusSerialClient,
        name: str,
        quiet_s: float = 0.0,
    ) -> None:
        self._client = client
        self._name = name
        self._quiet_s = quiet_s
        self._turn = asyncio.Lock()

    async def read(self, unit: int, function: int, start: int, count: int) -> list[int]:
        """Return registers of a device; raises DeviceLost, which says what went wrong."""
        failure: Exception | None = None
        async with self._turn:
            for _ in range(ATTEMPTS):
                try:
                    return await self._ask(unit, function, start, count)
                except (ModbusException, OSError) as broken:
                    failure = broken
                    self._client.close()
                    await asyncio.sleep(self._quiet_s)
        raise DeviceLost(f"unit {unit} on {self._name}: {failure}") from failure

    async def close(self) -> None:
        """Let the line go; who asks next opens it again."""
        self._client.close()

    async def _ask(self, unit: int, function: int, start: int, count: int) -> list[int]:
        if not self._client.connected and not await self._connect():
            raise DeviceLost(f"unit {unit} on {self._name}: no connection to the line")
        holding = function == READ_HOLDING
        read = self._client.read_holding_registers if holding else self._client.read_input_registers
        reply = await read(start, count=count, device_id=unit)
        if reply.isError():
            raise DeviceLost(
                f"unit {unit} on {self._name} refuses registers {start} to {start + count - 1}:"
                f" exception {reply.exception_code}"
            )
        if reply.function_code != function or len(reply.registers) != count:
            raise ModbusException(f"an answer to another question: {reply}")
        return list(reply.registers)

    async def _connect(self) -> bool:
        try:
            return await self._client.connect()
        except termios.error as refused:  # which is no OSError
            raise DeviceLost(f"{self._name} cannot be set to what was asked: {refused}") from None


def on_tcp(
    host: str, port: int = 502, *, rtu: bool = False, timeout_s: float = TIMEOUT_S
) -> ModbusLine:
    """Return the line behind a gateway; `rtu` where it passes serial frames on as they are."""
    client = AsyncModbusTcpClient(
        host,
        port=port,
        framer=FramerType.RTU if rtu else FramerType.SOCKET,
        timeout=timeout_s,
        retries=0,
        reconnect_delay=0,
    )
    return ModbusLine(client, f"{host} port {port}", timeout_s if rtu else 0.0)


def on_serial(
    device: str, baud: int = 9600, parity: str = "N", *, timeout_s: float = TIMEOUT_S
) -> ModbusLine:
    """Return a serial line of 8 bits and one stop bit; parity is N, E or O."""
    client = AsyncModbusSerialClient(
        device,
        baudrate=baud,
        parity=parity,
        timeout=timeout_s + _LONGEST_FRAME_B * _BITS_A_BYTE / baud,
        retries=0,
        reconnect_delay=0,
    )
    return ModbusLine(client, device, timeout_s)
