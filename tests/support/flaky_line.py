"""A line between a station and its CSMS that breaks at awkward moments."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from urllib.parse import urlsplit

HOST = "127.0.0.1"
TEXT = 1
_HEAD_END = b"\r\n\r\n"
_MASKED = 0x80
_LENGTHS = {126: 2, 127: 8}


class Point(Enum):
    """Where in a connection the line breaks; both sides see its end unless it stays open."""

    KNOCKED = auto()
    """The station has connected, and nobody greets it."""
    REFUSED = auto()
    """The handshake is answered with 503."""
    UNAUTHORIZED = auto()
    """The handshake is answered with 401."""
    IGNORED = auto()
    """The handshake is never answered, and the line stays open."""
    GREETED = auto()
    """The handshake is over, and nothing has been said."""
    HALF_CALL = auto()
    """The CSMS has the first half of a call."""
    CALL = auto()
    """The CSMS has the call, and nobody waits for its answer."""
    ANSWER = auto()
    """The CSMS has answered, and the station hears nothing of it."""
    HALF_ANSWER = auto()
    """The station has the first half of the answer."""
    ANSWERED = auto()
    """The station has the answer, and the end right after it."""
    VANISHED_BEFORE = auto()
    """The call goes in and nothing comes out any more, not even pongs; the line stays open."""
    VANISHED_AFTER = auto()
    """The CSMS has the call, and its answer is what stays inside."""


HANDSHAKES = frozenset({Point.KNOCKED, Point.REFUSED, Point.UNAUTHORIZED, Point.IGNORED})
VANISHED = frozenset({Point.VANISHED_BEFORE, Point.VANISHED_AFTER})
_REFUSALS = {
    Point.REFUSED: HTTPStatus.SERVICE_UNAVAILABLE,
    Point.UNAUTHORIZED: HTTPStatus.UNAUTHORIZED,
}


@dataclass(frozen=True, slots=True)
class Break:
    """Where the line breaks next: at the first call, or at the first with this text in it."""

    point: Point
    call: str = ""


class BrokenError(Exception):
    """The line has broken."""


class Ends:
    """What is read from and written to, on either side of the line."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def cut(self) -> None:
        """End it without a word."""
        self.writer.transport.abort()


class FlakyLine:
    """Listens in place of the CSMS, and passes on what is said until it breaks.

    Args:
        url: Where the CSMS listens.
    """

    def __init__(self, url: str) -> None:
        self._csms = urlsplit(url)
        self.plan: deque[Break] = deque()
        """The breaks to come, one after the other; afterwards the line is sound."""
        self.broken: list[Break] = []
        self._open: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Yield the URL at which it listens as long as the block lasts."""
        server = await asyncio.start_server(self._came, HOST, 0)
        try:
            yield f"ws://{HOST}:{server.sockets[0].getsockname()[1]}"
        finally:
            server.close()
            for task in self._open:
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)
            await server.wait_closed()

    def _came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry(Ends(reader, writer)))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _carry(self, station: Ends) -> None:
        gone = (BrokenError, asyncio.IncompleteReadError, ConnectionError)
        try:
            with suppress(*gone):
                await self._greet(station)
        finally:
            station.cut()

    async def _greet(self, station: Ends) -> None:
        due = self.plan[0].point if self.plan else None
        request = await station.reader.readuntil(_HEAD_END)
        if due in HANDSHAKES:
            self.snap()
            await self._turn_away(station, due)
        reader, writer = await asyncio.open_connection(self._csms.hostname, self._csms.port)
        csms = Ends(reader, writer)
        try:
            csms.writer.write(request)
            station.writer.write(await csms.reader.readuntil(_HEAD_END))
            if due is Point.GREETED:
                self.snap()
                raise BrokenError
            await Carrier(self, station, csms).run()
        finally:
            csms.cut()

    async def _turn_away(self, station: Ends, due: Point) -> None:
        if due is Point.IGNORED:
            await station.reader.read()  # until the station gives up
        if status := _REFUSALS.get(due):
            head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Length: 0\r\n\r\n"
            station.writer.write(head.encode())
        raise BrokenError

    def due(self, call: bytes) -> Point | None:
        """Return where the line breaks on account of this call, or None when it does not."""
        here = self.plan and self.plan[0].call.encode() in call
        return self.plan[0].point if here else None

    def snap(self) -> None:
        """Take note that it breaks now, as planned."""
        self.broken.append(self.plan.popleft())


class Carrier:
    """One open connection; only the station calls, one call after the other."""

    def __init__(self, line: FlakyLine, station: Ends, csms: Ends) -> None:
        self._line = line
        self._station, self._csms = station, csms
        self._due: Point | None = None

    async def run(self) -> None:
        """Carry until one side goes or the line breaks; raises what ended it."""
        up, down = asyncio.ensure_future(self._up()), asyncio.ensure_future(self._down())
        try:
            await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (up, down):
                task.cancel()
            await asyncio.gather(up, down, return_exceptions=True)

    async def _up(self) -> None:
        while True:
            frame, text = await _frame(self._station.reader)
            self._due = self._line.due(text) if text else self._due
            match self._due if text else None:
                case Point.HALF_CALL:
                    self._csms.writer.write(frame[: len(frame) // 2])
                    self._broken()
                case Point.CALL:
                    self._csms.writer.write(frame)
                    self._broken()
                case Point.VANISHED_BEFORE:
                    await self._vanish()
                case Point.VANISHED_AFTER:
                    self._csms.writer.write(frame)
                    await self._vanish()
                case _:
                    self._csms.writer.write(frame)

    async def _down(self) -> None:
        while True:
            frame, text = await _frame(self._csms.reader)
            match self._due if text else None:
                case Point.ANSWER:
                    self._broken()
                case Point.HALF_ANSWER:
                    self._station.writer.write(frame[: len(frame) // 2])
                    self._broken()
                case Point.ANSWERED:
                    self._station.writer.write(frame)
                    self._broken()
                case point if point in VANISHED:
                    pass  # it does not arrive
                case _:
                    self._station.writer.write(frame)

    def _broken(self) -> None:
        self._line.snap()
        raise BrokenError

    async def _vanish(self) -> None:
        self._line.snap()
        await asyncio.get_running_loop().create_future()


async def _frame(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Return a whole websocket frame, and its text when it is a text."""
    head = await reader.readexactly(2)
    size = head[1] & ~_MASKED
    more = await reader.readexactly(_LENGTHS.get(size, 0))
    size = int.from_bytes(more, "big") if more else size
    mask = await reader.readexactly(4) if head[1] & _MASKED else bytes(4)
    body = await reader.readexactly(size)
    masked = mask if head[1] & _MASKED else b""
    text = bytes(byte ^ mask[at % 4] for at, byte in enumerate(body))
    return head + more + masked + body, text if head[0] & 0x0F == TEXT else b""
