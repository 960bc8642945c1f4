"""Simulated card readers."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator

from laadpaal.ports.errors import DeviceLost
from laadpaal.station.words import Token


class SimulatedReader:
    """Is a `CardReader` that tells of each card once; one waits until somebody listens."""

    def __init__(self) -> None:
        self._presented: asyncio.Queue[Token | None] = asyncio.Queue()
        self._there = True

    def present(self, token: Token) -> None:
        """Hold a card to it."""
        if self._there:
            self._presented.put_nowait(token)

    def unplug(self) -> None:
        """Be gone, with the cards that nobody has read."""
        self.power_lost()
        self._there = False
        self._presented.put_nowait(None)

    def plug(self) -> None:
        """Be there again."""
        self._there = True

    def power_lost(self) -> None:
        """Forget the cards that nobody has read."""
        while not self._presented.empty():
            self._presented.get_nowait()

    async def begin(self) -> None:
        """Be there, or raise DeviceLost."""
        self._answer()

    async def tokens(self) -> AsyncIterator[Token]:
        """Yield each card once for each time it is presented; raises DeviceLost."""
        while True:
            token = await self._presented.get()
            self._answer()
            if token:
                yield token

    async def close(self) -> None:
        """Have no line to let go."""

    def _answer(self) -> None:
        if not self._there:
            raise DeviceLost("the card reader does not answer")


class SimulatedPaymentReader:
    """Is a `PaymentReader`; what it reads of a card is a digest, so that nobody sees its number."""

    def __init__(self) -> None:
        self._presented: asyncio.Queue[str] = asyncio.Queue()

    def present(self, card: str) -> None:
        """Hold a card to it."""
        self._presented.put_nowait(hashlib.sha256(card.encode()).hexdigest())

    def power_lost(self) -> None:
        """Forget the cards that nobody has read."""
        while not self._presented.empty():
            self._presented.get_nowait()

    async def cards(self) -> AsyncIterator[str]:
        """Yield each card once for each time it is presented."""
        while True:
            yield await self._presented.get()
