"""Who looks after a card reader: tells its cards, and brings it back when it is lost."""

from __future__ import annotations

import logging
from collections.abc import Callable

from laadpaal.ports.clock import Clock
from laadpaal.ports.devices import CardReader
from laadpaal.ports.errors import DeviceLost
from laadpaal.station.events import CardPresented, FaultCleared, FaultRaised
from laadpaal.station.faults import READER_FAULT

FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0
"""Station seconds before it is brought into order: doubled each time it was soon lost again."""

Happened = Callable[[CardPresented | FaultRaised | FaultCleared], None]


class ReaderTask:
    """Owns one reader.

    Args:
        number: The EVSE that it serves, 0 for all of them; and to which its fault belongs.
        happened: Told of each card, when the reader is lost, and when it is back.
        log: Told why it is lost.
    """

    def __init__(
        self,
        number: int,
        reader: CardReader,
        clock: Clock,
        happened: Happened,
        log: logging.Logger | None = None,
    ) -> None:
        self._number = number
        self._reader = reader
        self._clock = clock
        self._happened = happened
        self._log = log
        self._lost = False

    async def run(self) -> None:
        """Read cards until cancelled."""
        wait_s = FIRST_WAIT_S
        while True:
            begun = self._clock.now().mono
            try:
                await self._serve()
            except DeviceLost as lost:
                self._lose(str(lost))
            if self._clock.now().mono - begun > LONGEST_WAIT_S:
                wait_s = FIRST_WAIT_S
            await self._clock.sleep(wait_s)
            wait_s = min(2 * wait_s, LONGEST_WAIT_S)

    async def _serve(self) -> None:
        await self._reader.begin()
        if self._lost:
            self._lost = False
            self._happened(FaultCleared(self._number, READER_FAULT))
        async for token in self._reader.tokens():
            self._happened(CardPresented(self._number, token))

    def _lose(self, why: str) -> None:
        if self._lost:
            return
        self._lost = True
        if self._log:
            self._log.warning("Card reader %d is lost: %s", self._number, why)
        self._happened(FaultRaised(self._number, READER_FAULT))
