"""A card reader with a PN532 on a serial line (HSU)."""

from __future__ import annotations

from collections.abc import AsyncIterator

from laadpaal.drivers.pn532_channel import Line, Pn532Channel
from laadpaal.drivers.serial_line import SerialLine
from laadpaal.drivers.tags import Habits, scanning
from laadpaal.protocols.pn532 import commands
from laadpaal.protocols.tags import Presence
from laadpaal.station.words import Token

BAUD = 115_200
"""Of a chip that nobody has told otherwise."""


class Pn532Reader:
    """Is a `CardReader` that searches for one card of ISO 14443 type A at a time.

    Between two searches its field is off, so that a card that stays answers each time, and a
    phone is not kept awake.
    """

    def __init__(self, line: Line, habits: Habits) -> None:
        self._channel = Pn532Channel(line)
        self._habits = habits
        self._presence = Presence(habits.delay_s)

    async def begin(self) -> None:
        """Wake the chip and set it up; raises DeviceLost."""
        await self._channel.rouse()
        await self._channel.ask(commands.NORMAL)
        await self._channel.ask(commands.FIRMWARE)
        await self._channel.ask(commands.SHORT_TRIES)

    def tokens(self) -> AsyncIterator[Token]:
        """Yield each card once for each time it is presented; raises DeviceLost."""
        return scanning(self._searched, self._presence, self._habits)

    async def close(self) -> None:
        """Let the line go."""
        self._channel.close()

    async def _searched(self) -> bytes | None:
        uid = await self._channel.ask(commands.SEARCH)
        if uid:
            await self._channel.ask(commands.RELEASE)
        await self._channel.ask(commands.FIELD_OFF)
        return uid


def over_serial(device: str, habits: Habits, baud: int = BAUD) -> Pn532Reader:
    """Return a reader on a serial device; nothing is opened yet."""
    return Pn532Reader(SerialLine(device, baud), habits)
