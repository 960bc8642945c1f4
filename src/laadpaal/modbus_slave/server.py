"""Listens for masters: a few at once, each answered strictly in order, none waited for too long."""

from __future__ import annotations

import asyncio
import logging
import socket
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from laadpaal.modbus_slave.slave import Slave
from laadpaal.ports.station import StationDesk
from laadpaal.properties.energy_manager import ALLOWED, CONNECTIONS, IDLE_TIME, NOTHING
from laadpaal.protocols.modbus.frames import Frame, FrameError, Frames

PATIENCE_S = 10.0
"""How long a master may take to read an answer."""
COURTESY_S = 1.0
"""How long one more may wait for a place: who reconnects comes before their end is noticed."""
MOST_WAITING = 4
_PIECE_B = 1024


@asynccontextmanager
async def serve(
    slave: Slave, desk: StationDesk, host: str, port: int, log: logging.Logger
) -> AsyncIterator[int]:
    """Serve masters as long as the block lasts; yield the port.

    Port 0 lets the system choose.

    Raises:
        OSError: The address is taken, or is none of ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listening:
        masters = _Masters(slave, desk, log)
        server = await asyncio.start_server(masters.met, sock=listening)
        try:
            yield int(listening.getsockname()[1])
        finally:
            server.close()
            await masters.let_go()


class _Masters:
    """Everybody who is connected, and the few who wait to be."""

    def __init__(self, slave: Slave, desk: StationDesk, log: logging.Logger) -> None:
        self._slave = slave
        self._desk = desk
        self._log = log
        self._tasks = set[asyncio.Task[None]]()
        self._served = 0
        self._waiting = 0
        self._left = asyncio.Event()

    async def met(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Serve one who has connected, until either has had enough."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  whoever runs is a task
        self._tasks.add(task)
        try:
            if self._open() and await self._place():
                await self._serve(reader, writer)
            else:
                self._log.info("Modbus: %s is turned away", _name(writer))
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def let_go(self) -> None:
        """End every connection."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _open(self) -> bool:
        return self._desk.values[ALLOWED] != NOTHING

    async def _place(self) -> bool:
        """Tell whether there is a place, or one becomes free in a moment."""
        if self._full() and self._waiting < MOST_WAITING:
            self._waiting += 1
            try:
                async with asyncio.timeout(COURTESY_S):
                    while self._full():
                        self._left.clear()
                        await self._left.wait()
            except TimeoutError:
                return False
            finally:
                self._waiting -= 1
        return not self._full()

    def _full(self) -> bool:
        return self._served >= self._desk.values[CONNECTIONS]

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._served += 1
        name = _name(writer)
        self._log.info("Modbus: %s is connected", name)
        try:
            why = await self._talk(reader, writer)
        except (FrameError, OSError) as wrong:
            why = str(wrong) or "it has not read its answers"
        finally:
            self._served -= 1
            self._left.set()
        self._log.info("Modbus: %s is gone: %s", name, why)

    async def _talk(self, reader: StreamReader, writer: StreamWriter) -> str:
        """Answer each request in its turn; return why there are no more."""
        writer.transport.set_write_buffer_limits(high=0)
        frames = Frames()
        while True:
            try:
                async with asyncio.timeout(self._desk.values[IDLE_TIME]):
                    asked = await _next(reader, frames)
            except TimeoutError:
                return "it has asked nothing for too long"
            if not asked:
                return "it has left"
            for frame in asked:
                if not self._open():
                    return "nobody may read any more"
                pdu = await self._slave.answer(frame.unit, frame.pdu)
                writer.write(Frame(frame.transaction, frame.unit, pdu).rendered())
                async with asyncio.timeout(PATIENCE_S):
                    await writer.drain()


async def _next(reader: StreamReader, frames: Frames) -> tuple[Frame, ...]:
    """Return what is asked next, one request or more; nothing once there is nobody who asks."""
    while piece := await reader.read(_PIECE_B):
        if found := frames.take(piece):
            return found
    return ()


def _name(writer: StreamWriter) -> str:
    address = writer.get_extra_info("peername")
    return f"{address[0]} port {address[1]}" if address else "somebody"
