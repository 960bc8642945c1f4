"""The line to a PN532: one command at a time, each said again when its answer is lost."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Protocol, TypeVar

from laadpaal.ports.errors import DeviceLost
from laadpaal.protocols.pn532 import ABORT, WAKE, Frames, Pn532Error, Signal, framed
from laadpaal.protocols.pn532.commands import Command
from laadpaal.protocols.pn532.frames import Frame

T = TypeVar("T")

TRIES = 3
"""How often a command is said whose answer is lost or garbled."""
ACK_S = 0.1
"""How long it may take until a command has come through; a chip needs 15 ms."""
QUIET_S = 0.02
"""How long to listen after the chip was told to drop what it is doing."""


class Line(Protocol):
    """Bytes both ways; `read` and `write` raise LineLost, and the next use opens it anew."""

    async def read(self) -> bytes:
        """Return what has come, at least one byte."""
        ...

    async def write(self, data: bytes) -> None:
        """Send all of it."""
        ...

    def close(self) -> None:
        """Let it go."""
        ...


class Pn532Channel:
    """Speaks with a chip; `rouse` and `ask` raise DeviceLost."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._frames = Frames()
        self._heard: deque[Frame] = deque()

    async def rouse(self) -> None:
        """Wake the chip, and have it drop whatever it is doing."""
        await self._line.write(WAKE + ABORT)
        try:
            async with asyncio.timeout(QUIET_S):
                while True:
                    await self._line.read()
        except TimeoutError:
            pass  # it is quiet

    async def ask(self, command: Command[T]) -> T:
        """Return what the chip answers; after a lost or garbled answer it is asked again."""
        wrong = ""
        for attempt in range(TRIES):
            if attempt:
                await self.rouse()
            refused = self._frames.refused
            try:
                return command.answer(await self._answer(command))
            except Pn532Error as garbled:
                wrong = str(garbled)
            except TimeoutError:
                broken = self._frames.refused > refused
                wrong = f"no answer to {command.name}"
                wrong += f": {self._frames.flaw}" if broken else ""
        self.close()
        raise DeviceLost(wrong)

    def close(self) -> None:
        """Let the line go; the next command opens it again."""
        self._line.close()

    async def _answer(self, command: Command[T]) -> bytes:
        """Say a command once, and return what its answer carries; raises TimeoutError."""
        self._frames.forget()
        self._heard.clear()
        await self._line.write(framed(command.data))
        async with asyncio.timeout(ACK_S):
            while await self._next() is not Signal.ACK:
                pass
        async with asyncio.timeout(command.limit_s):
            while not isinstance(frame := await self._next(), bytes):
                pass
        return frame

    async def _next(self) -> Frame:
        while not self._heard:
            self._heard.extend(self._frames.feed(await self._line.read()))
        return self._heard.popleft()
