"""The line of a reader that is a keyboard to the system: what it types, and nobody else reads."""

from __future__ import annotations

import asyncio
import fcntl
import os
import stat

from laadpaal.ports.errors import LineLost
from laadpaal.protocols.tags.keys import Keys

CHUNK = 4096
_GRAB = 0x40044590
"""EVIOCGRAB: from now on no console sees these keys."""


class InputLine:
    """An input device of Linux; it must be opened before it is read, and one task reads."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._file: int | None = None
        self._keys = Keys()

    def open(self) -> None:
        """Open it, if it is not open yet, and have its keys for ourselves; raises LineLost."""
        if self._file is not None:
            return
        self._keys = Keys()
        try:
            self._file = os.open(self._device, os.O_RDONLY | os.O_NONBLOCK)
            if stat.S_ISCHR(os.fstat(self._file).st_mode):
                fcntl.ioctl(self._file, _GRAB, 1)
        except OSError as wrong:
            raise self._lost(wrong.strerror or str(wrong)) from wrong

    async def read(self) -> bytes:
        """Return what was typed, at least one key, with a return for each end; raises LineLost."""
        while True:
            if typed := self._keys.feed(await self._records()):
                return typed

    def close(self) -> None:
        """Let it go; it can be opened again."""
        if self._file is not None:
            os.close(self._file)
        self._file = None

    async def _records(self) -> bytes:
        file, ready = self._file, asyncio.Event()
        if file is None:
            raise self._lost("it is not open")
        loop = asyncio.get_running_loop()
        try:
            loop.add_reader(file, ready.set)
            await ready.wait()
            got = os.read(file, CHUNK)
        except OSError as wrong:
            raise self._lost(wrong.strerror or str(wrong)) from wrong
        finally:
            loop.remove_reader(file)
        if not got:
            raise self._lost("it has been disconnected")
        return got

    def _lost(self, why: str) -> LineLost:
        self.close()
        return LineLost(f"{self._device}: {why}")
