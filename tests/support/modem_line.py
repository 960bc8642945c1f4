"""A serial line in memory between a driver and a simulated modem."""

from __future__ import annotations

import asyncio

from laadpaal.ports.errors import LineLost
from laadpaal.simulation.modem import Port, SimulatedModem


class MemoryLine:
    """Is a `Line`; `pulled` is a cable that somebody has pulled out."""

    def __init__(self, modem: SimulatedModem) -> None:
        self._port: Port = modem.port()
        self._port.say = self._heard
        self._bytes: asyncio.Queue[bytes] = asyncio.Queue()
        self.pulled = False
        self.closed = 0
        """How often it was closed."""

    def _heard(self, data: bytes) -> None:
        self._bytes.put_nowait(data)

    async def read(self) -> bytes:
        """Return what has come."""
        if self.pulled:
            raise LineLost("the cable is out")
        return await self._bytes.get()

    async def write(self, data: bytes) -> None:
        """Hand all of it over."""
        if self.pulled:
            raise LineLost("the cable is out")
        self._port.hear(data)

    def close(self) -> None:
        """Let it go."""
        self.closed += 1
