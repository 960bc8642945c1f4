"""A card reader that writes each number as a line of text."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Protocol

from laadpaal.drivers.tags import Habits, now, token_of
from laadpaal.protocols.tags import Form, Presence, TagLines
from laadpaal.station.words import Token


class Line(Protocol):
    """Brings what the reader writes; `open` and `read` raise LineLost."""

    def open(self) -> None:
        """Open it, if it is not open yet."""
        ...

    async def read(self) -> bytes:
        """Return what has come, at least one byte."""
        ...

    def close(self) -> None:
        """Let it go; it can be opened again."""
        ...


class LineReader:
    """Is a `CardReader` that listens only: a reader that says nothing may be well, or broken.

    Args:
        log: Told of the first line that is no number, after each start; it may be set up wrongly.
    """

    def __init__(self, line: Line, form: Form, habits: Habits, log: logging.Logger) -> None:
        self._line = line
        self._lines = TagLines(form)
        self._habits = habits
        self._presence = Presence(habits.delay_s)
        self._log = log
        self._complained = False

    async def begin(self) -> None:
        """Open the line anew; raises DeviceLost."""
        self._line.close()
        self._lines.forget()
        self._complained = False
        self._line.open()

    async def tokens(self) -> AsyncIterator[Token]:
        """Yield each card once for each time it is presented; raises DeviceLost."""
        while True:
            for uid in await self._read():
                if self._presence.told(uid, now()):
                    yield token_of(uid, self._habits.order)

    async def close(self) -> None:
        """Let the line go."""
        self._line.close()

    async def _read(self) -> tuple[bytes, ...]:
        refused = self._lines.refused
        uids = self._lines.feed(await self._line.read())
        if self._lines.refused > refused and not self._complained:
            self._complained = True
            self._log.warning("A line of a card reader is no number: %s", self._lines.flaw)
        return uids
