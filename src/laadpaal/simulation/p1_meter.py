"""A simulated smart meter that speaks on a real serial line and over TCP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from enum import Enum

from laadpaal.ports.clock import Clock
from laadpaal.simulation.p1_telegrams import FORMS, Registers, powers, sealed, telegram
from laadpaal.simulation.wire import terminal
from laadpaal.station.measurement import GridMeasurement

HOST = "127.0.0.1"
DECADE_S = 10 * 365 * 86_400
IMPOSSIBLE_A = 5000.0
NOISE = bytes(range(256)) * 3
BACKLOG = 65_536
"""Bytes after which who does not read over TCP is told nothing more."""

Say = Callable[[bytes], None]


class P1Trouble(Enum):
    """What can be wrong with the meter, or with the wire to it."""

    UNPLUGGED = "unplugged"
    """Nothing comes."""
    CORRUPT = "corrupt"
    """A digit is changed on the way, so that the sum is wrong."""
    HALF = "half"
    """Every telegram breaks off in its middle."""
    LINE_FEEDS = "line feeds"
    """A bridge has changed the ends of the lines."""
    GARBAGE = "garbage"
    """Noise comes in place of telegrams."""
    WRONG_CLOCK = "wrong clock"
    """The meter's clock is ten years behind."""
    JUMPS = "jumps"
    """The meter vouches for currents that cannot be."""


class SimulatedP1Meter:
    """Says what `measure` returns, in the form of one version, at the rhythm of that version.

    Args:
        measure: Asked anew for every telegram.
        clock: Its time is that of the meter.
        version: As in the configuration, such as "5" or "be".
        key: 16 bytes where the version encrypts.
    """

    def __init__(
        self,
        measure: Callable[[], GridMeasurement],
        clock: Clock,
        version: str = "5",
        *,
        key: bytes = b"",
    ) -> None:
        self.trouble: P1Trouble | None = None
        self._measure = measure
        self._clock = clock
        self.version = version
        self._key = key
        self._counted = Registers()
        self._counted_at = clock.now().mono
        self._number = 0

    @asynccontextmanager
    async def speaking(self, say: Say) -> AsyncIterator[None]:
        """Let somebody hear every telegram as long as the block lasts."""
        async with asyncio.TaskGroup() as tasks:
            task = tasks.create_task(self._speak(say))
            try:
                yield
            finally:
                task.cancel()

    async def _speak(self, say: Say) -> None:
        while True:
            say(self.telegram())
            await self._clock.sleep(FORMS[self.version].every_s)

    def telegram(self) -> bytes:
        """Return what goes over the wire now: one telegram, or what the trouble makes of it."""
        measured, now = self._measure(), self._clock.now()
        self._count(measured, now.mono)
        if self.trouble is P1Trouble.JUMPS:
            measured = GridMeasurement((IMPOSSIBLE_A, IMPOSSIBLE_A, IMPOSSIBLE_A))
        at = now.utc - (DECADE_S if self.trouble is P1Trouble.WRONG_CLOCK else 0)
        plain = telegram(self.version, measured, self._counted, at)
        return _on_the_wire(self._sealed(plain), self.trouble)

    def _count(self, measured: GridMeasurement, mono: float) -> None:
        hours, self._counted_at = (mono - self._counted_at) / 3600, mono
        energy_wh = sum(powers(measured)) * hours
        self._counted = replace(
            self._counted,
            imported_wh=self._counted.imported_wh + max(energy_wh, 0.0),
            exported_wh=self._counted.exported_wh + max(-energy_wh, 0.0),
        )

    def _sealed(self, plain: bytes) -> bytes:
        if not self._key:
            return plain
        self._number += 1
        return sealed(plain, self._key, self._number)


@asynccontextmanager
async def on_pty(meter: SimulatedP1Meter) -> AsyncIterator[str]:
    """Let the meter speak on a serial line; yield the device at the other end."""
    with terminal(_not_heard) as (device, say):
        async with meter.speaking(say):
            yield device


@asynccontextmanager
async def on_tcp(meter: SimulatedP1Meter, port: int = 0) -> AsyncIterator[int]:
    """Let the meter speak to whoever connects, as a serial server does; yield its port."""
    writers: set[asyncio.StreamWriter] = set()

    def say(text: bytes) -> None:
        for writer in writers:
            if writer.transport.get_write_buffer_size() < BACKLOG:
                writer.write(text)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.add(writer)
        try:
            await reader.read()  # until the other end closes, for it has nothing to say
        finally:
            writers.discard(writer)
            writer.transport.abort()

    server = await asyncio.start_server(serve, HOST, port)
    try:
        async with meter.speaking(say):
            yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()


def _not_heard(text: bytes) -> None:
    """Let it be: nobody can tell the meter anything."""
    del text


def _on_the_wire(text: bytes, trouble: P1Trouble | None) -> bytes:
    half = len(text) // 2
    match trouble:
        case P1Trouble.UNPLUGGED:
            return b""
        case P1Trouble.CORRUPT:
            return text[:half] + bytes([text[half] ^ 1]) + text[half + 1 :]
        case P1Trouble.HALF:
            return text[:half]
        case P1Trouble.LINE_FEEDS:
            return text.replace(b"\r\n", b"\n")
        case P1Trouble.GARBAGE:
            return NOISE
        case P1Trouble.WRONG_CLOCK | P1Trouble.JUMPS | None:
            return text
