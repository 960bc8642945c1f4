"""A serial line without a thread: pyserial opens it, and the loop says when there is something."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from functools import partial
from typing import Literal

from serial import Serial, SerialException

from laadpaal.ports.errors import LineLost

Parity = Literal["N", "E", "O"]
Bits = Literal[7, 8]

CHUNK = 4096


class SerialLine:
    """A real serial device or a pseudo-terminal, with one stop bit and no flow control.

    It is opened when it is first used, and again after it was lost. One task reads at a time and
    one writes; nobody else on this machine may have it open through pyserial.

    Args:
        baud: Both ways.
        bits: Of data in each byte; a pseudo-terminal always passes on 8.
    """

    def __init__(self, device: str, baud: int, *, parity: Parity = "N", bits: Bits = 8) -> None:
        self._device = device
        self._baud = baud
        self._parity = parity
        self._bits = bits
        self._port: Serial | None = None
        self._waiting: dict[asyncio.Future[None], Callable[[], object]] = {}

    def open(self) -> None:
        """Open it now, if it is not open yet; raises LineLost."""
        self._opened()

    async def read(self) -> bytes:
        """Return what has come, at least one byte; raises LineLost."""
        number = self._opened()
        loop = asyncio.get_running_loop()
        await self._until(number, loop.add_reader, loop.remove_reader)
        try:
            got = os.read(number, CHUNK)
        except OSError as wrong:
            raise self._lost(str(wrong)) from wrong
        if not got:
            raise self._lost("it has been disconnected")
        return got

    async def write(self, data: bytes) -> None:
        """Send all of it, in order; return when the system has taken it; raises LineLost."""
        number = self._opened()
        loop = asyncio.get_running_loop()
        left = memoryview(data)
        while left:
            try:
                left = left[os.write(number, left) :]
            except BlockingIOError:
                await self._until(number, loop.add_writer, loop.remove_writer)
            except OSError as wrong:
                raise self._lost(str(wrong)) from wrong

    def close(self) -> None:
        """Let the device go; whoever still waits for it gets LineLost."""
        while self._waiting:
            waiting, unwatch = self._waiting.popitem()
            # Now, for the system gives the number of a closed device to the next that is opened.
            unwatch()
            if not waiting.done():
                waiting.set_exception(LineLost(f"{self._device}: it was closed"))
        if self._port:
            self._port.close()
        self._port = None

    def _opened(self) -> int:
        if self._port is None:
            try:
                self._port = Serial(
                    self._device,
                    self._baud,
                    bytesize=self._bits,
                    parity=self._parity,
                    timeout=0,
                    exclusive=True,
                )
            except (SerialException, OSError, ValueError) as wrong:
                raise LineLost(f"{self._device}: {wrong}") from wrong
        number: int = self._port.fileno()
        return number

    async def _until(
        self,
        number: int,
        watch: Callable[[int, Callable[[], object]], None],
        unwatch: Callable[[int], bool],
    ) -> None:
        """Wait until the loop says that the line is ready."""
        ready = asyncio.get_running_loop().create_future()
        self._waiting[ready] = partial(unwatch, number)
        watch(number, partial(_tell, ready))
        try:
            await ready
        finally:
            if self._waiting.pop(ready, None):
                unwatch(number)

    def _lost(self, why: str) -> LineLost:
        self.close()
        return LineLost(f"{self._device}: {why}")


def _tell(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)
