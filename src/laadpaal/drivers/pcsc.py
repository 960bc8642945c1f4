"""A card reader behind PC/SC, as most that hang on USB are; needs pyscard, see `EXTRA`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.util import find_spec

from laadpaal.drivers.tags import Habits, scanning
from laadpaal.ports.errors import DeviceLost
from laadpaal.protocols.tags import Presence
from laadpaal.protocols.tags.uid import LONGEST, SHORTEST
from laadpaal.station.words import Token

EXTRA = "laadpaal[pcsc]"
"""What has to be installed for it."""
LOOK_S = 5.0
"""How long a look for a card may take."""
_TELL_UID = [0xFF, 0xCA, 0x00, 0x00, 0x00]
_WELL = (0x90, 0x00)


def there() -> bool:
    """Tell whether the extra is installed."""
    return find_spec("smartcard") is not None


class PcscReader:
    """Is a `CardReader`; the library blocks, and so has a thread of its own.

    Args:
        name: A part of the name by which PC/SC knows the reader.
    """

    def __init__(self, name: str, habits: Habits) -> None:
        self._name = name
        self._habits = habits
        self._presence = Presence(habits.delay_s)
        self._thread = ThreadPoolExecutor(1, "pcsc")

    async def begin(self) -> None:
        """Look for it; raises DeviceLost."""
        await self._look()

    def tokens(self) -> AsyncIterator[Token]:
        """Yield each card once for each time it is presented; raises DeviceLost."""
        return scanning(self._look, self._presence, self._habits)

    async def close(self) -> None:
        """Let the thread end; the next look begins another."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._thread = ThreadPoolExecutor(1, "pcsc")

    async def _look(self) -> bytes | None:
        looking = asyncio.get_running_loop().run_in_executor(self._thread, look, self._name)
        try:
            async with asyncio.timeout(LOOK_S):
                return await looking
        except TimeoutError as silent:
            raise DeviceLost(f"PC/SC does not answer within {LOOK_S:g} s") from silent


def look(name: str) -> bytes | None:
    """Return the number of the card before a reader, None without one; raises DeviceLost."""
    try:
        return _looked(name)
    except DeviceLost:
        raise
    except Exception as wrong:  # what the library raises has no common base
        raise DeviceLost(f"PC/SC: {wrong}") from wrong


def _looked(name: str) -> bytes | None:
    system, library = import_module("smartcard.System"), import_module("smartcard.Exceptions")
    found = {str(reader): reader for reader in system.readers()}
    wanted = [reader for full, reader in found.items() if name in full]
    if not wanted:
        others = ", ".join(found) or "none at all"
        raise DeviceLost(f"PC/SC has no reader {name!r}, but {others}")
    connection = wanted[0].createConnection()
    try:
        connection.connect()
        data, *status = connection.transmit(_TELL_UID)
    except (library.NoCardException, library.CardConnectionException):
        return None  # there is none, or it was taken away in the middle
    finally:
        connection.disconnect()
    uid = bytes(data)
    return uid if tuple(status) == _WELL and SHORTEST <= len(uid) <= LONGEST else None
