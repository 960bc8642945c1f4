"""A real station core behind a desk, a clock that both go by, and masters that ask."""

from __future__ import annotations

import asyncio
import logging
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from laadpaal.modbus_slave.server import serve
from laadpaal.modbus_slave.slave import Slave
from laadpaal.properties import energy_manager as rows
from laadpaal.properties.rows import Reading
from laadpaal.properties.values import Values
from laadpaal.protocols.modbus.frames import Frame
from laadpaal.station import readings
from laadpaal.station.answers import Answer
from laadpaal.station.events import Event
from laadpaal.station.layout import EvseLayout, Layout
from laadpaal.station.moment import Moment
from laadpaal.station.requests import Request
from laadpaal.station.view import StationView
from tests.support.jumping import jump
from tests.support.world import World

BUILT = Layout(
    evses=(EvseLayout(), EvseLayout()), firmware="1.2.3", switches_phases=True, manager=True
)
HOST = "127.0.0.1"
LOG = logging.getLogger("laadpaal.test.modbus")
UP_S = 12.5


class ManagedDesk:
    """Takes every turn at once, and is the clock too."""

    def __init__(self, layout: Layout = BUILT, allowed: str = rows.STEERS) -> None:
        self.world = World(layout)
        self.world.put(rows.ALLOWED, to=allowed)
        self.asked: list[Request] = []
        self.refuses: Answer | None = None
        """What it answers in place of the station, if anything."""

    @property
    def layout(self) -> Layout:
        return self.world.station.layout

    @property
    def values(self) -> Values:
        return self.world.values

    def happened(self, event: Event) -> None:
        self.world.tell(event)

    async def ask(self, request: Request) -> Answer:
        self.asked.append(request)
        return self.refuses or self.world.ask(request)

    def view(self) -> StationView:
        return self.world.station.view()

    def read(self, row: Reading[Any], evse: int = 0, connector: int = 0) -> str:
        return readings.read(row, self.view(), evse, connector)

    def now(self) -> Moment:
        return self.world.now

    def correct(self, utc: float) -> float:
        return utc - self.world.now.utc

    def alarm(self, station_s: float, ring: Callable[[], None]) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(station_s, ring)

    async def sleep(self, station_s: float) -> None:
        self.world.pass_time(station_s)

    def slave(self) -> Slave:
        """Return the slave before it, with one meter in the network and one on a serial line."""
        return Slave(self, self, lambda: UP_S, (1, 0))

    def request(self, unit: int, pdu: bytes) -> bytes:
        """Return what the slave answers, without any wire."""
        return jump(self.slave().answer(unit, pdu))

    def words(self, unit: int, address: int, count: int) -> tuple[int, ...]:
        """Read registers that there are."""
        answer = self.request(unit, struct.pack(">BHH", 3, address, count))
        assert answer[:2] == bytes((3, 2 * count)), answer.hex(" ")
        return struct.unpack(f">{count}H", answer[2:])

    def number(self, unit: int, address: int, letter: str) -> float:
        """Read one number, by its letter of `struct`."""
        words = self.words(unit, address, struct.calcsize(f">{letter}") // 2)
        number: float = struct.unpack(f">{letter}", struct.pack(f">{len(words)}H", *words))[0]
        return number

    def text(self, unit: int, address: int, count: int) -> str:
        """Read a text up to its first zero."""
        raw = struct.pack(f">{count}H", *self.words(unit, address, count))
        assert b"\0" in raw
        return raw[: raw.index(b"\0")].decode()

    def write(self, unit: int, address: int, *raw: bytes) -> bytes:
        """Write registers by the function for several of them."""
        data = b"".join(raw)
        return self.request(unit, writing(address, data))

    def write_one(self, unit: int, address: int, word: int) -> bytes:
        """Write one register by the function for that."""
        return self.request(unit, struct.pack(">BHH", 6, address, word))


def writing(address: int, data: bytes) -> bytes:
    """Return the request that writes these bytes."""
    return struct.pack(">BHHB", 16, address, len(data) // 2, len(data)) + data


def reading(address: int, count: int) -> bytes:
    """Return the request that reads so many registers."""
    return struct.pack(">BHH", 3, address, count)


def amps(number: float) -> bytes:
    """Return the four bytes of a current."""
    return struct.pack(">f", number)


@dataclass(frozen=True, slots=True)
class Master:
    """One connection to the slave, in raw frames."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, unit: int, pdu: bytes, transaction: int = 1) -> bytes:
        """Send one request, and return the answer to it."""
        self.writer.write(Frame(transaction, unit, pdu).rendered())
        told, answer = await self.answer()
        assert told == (transaction, unit)
        return answer

    async def answer(self) -> tuple[tuple[int, int], bytes]:
        """Return the next answer, with the numbers in its head."""
        head = await self.reader.readexactly(7)
        transaction, protocol, length, unit = struct.unpack(">HHHB", head)
        assert protocol == 0
        return (transaction, unit), await self.reader.readexactly(length - 1)

    async def gone(self) -> bool:
        """Tell whether the slave has let us go, with nothing more to say."""
        try:
            return not await self.reader.read(1)
        except ConnectionResetError:
            return True

    def leave(self) -> None:
        """Close our end."""
        self.writer.close()


class Hall:
    """A slave that listens, and every master that has come to it."""

    def __init__(self, desk: ManagedDesk, port: int) -> None:
        self.desk = desk
        self.port = port
        self._masters: list[Master] = []

    async def master(self) -> Master:
        """Connect one more."""
        master = Master(*await asyncio.open_connection(HOST, self.port))
        self._masters.append(master)
        return master

    def close(self) -> None:
        """Let everybody leave."""
        for master in self._masters:
            master.writer.transport.abort()


@asynccontextmanager
async def listening(desk: ManagedDesk | None = None) -> AsyncIterator[Hall]:
    """Yield a slave that listens on the loopback."""
    desk = desk or ManagedDesk()
    async with serve(desk.slave(), desk, HOST, 0, LOG) as port:
        hall = Hall(desk, port)
        try:
            yield hall
        finally:
            hall.close()
