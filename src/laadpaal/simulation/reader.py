"""Simulated card readers."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator

from laadpaal.station.words import Token


class SimulatedReader:
    """Is a `CardReader`; a card waits until somebody listens."""

    def __init__(self) -> None:
        self._presented: asyncio.Queue[Token] = asyncio.Queue()

    def present(self, token: Token) -> None:
        """Hold a card to it."""
        self._presented.put_nowait(token)

    def power_lost(self) -> None:
        """Forget the cards that nobody has read."""
        while not self._presented.empty():
            self._presented.get_nowait()

    async def tokens(self) -> AsyncIterator[Token]:
        """Yield each card once for each time it is presented."""
        while True:
            yield await self._presented.get()


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
