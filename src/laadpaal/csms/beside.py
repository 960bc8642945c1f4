"""A queue beside the journal: what waits in it holds up no transaction, and none holds it up."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from laadpaal.csms.dialect import Call
from laadpaal.csms.outbox import Drop, Patience, Retries, SendNow, WaitUntil
from laadpaal.ports.journal import Fate, FiringsEntry, SecurityEntry

E = TypeVar("E", SecurityEntry, FiringsEntry)
Say = Callable[[Call, str], Awaitable[bool]]
"""Says a call with that message id, and tells whether it was answered; raises LinkLost."""


class Beside(Generic[E]):
    """Says the oldest of one queue when it is its turn (2.0.1 A04, N07; ADR 0026).

    Args:
        pending: Returns the oldest entry, or None.
        settle: Takes an entry off the queue.
        tried: Counts an attempt that failed.
        call: Returns the message for an entry, or None where this version has none.
        patience: Returns how often to try.
        now: Tells the monotonic second.
    """

    def __init__(
        self,
        *,
        pending: Callable[[], E | None],
        settle: Callable[[int, Fate], Awaitable[None]],
        tried: Callable[[int], Awaitable[None]],
        call: Callable[[E], Call | None],
        patience: Callable[[], Patience],
        now: Callable[[], float],
        log: logging.Logger,
    ) -> None:
        self._pending: Callable[[], E | None] = pending
        self._settle, self._tried = settle, tried
        self._call: Callable[[E], Call | None] = call
        self._patience = patience
        self._now, self._log = now, log
        self._retries = Retries(Patience())

    def retry_at(self) -> float | None:
        """Return the monotonic second at which the oldest is tried again, or None."""
        entry = self._pending()
        turn = self._turn(entry) if entry else None
        return turn.at if isinstance(turn, WaitUntil) else None

    async def say(self, say: Say) -> bool:
        """Say the oldest, when it is its turn; tell whether there was anything to do."""
        entry = self._pending()
        if entry is None:
            return False
        match self._turn(entry):
            case Drop():
                self._log.warning("Given up after %d attempts: %r", entry.attempts, entry)
                await self._settle(entry.seq, Fate.DROPPED)
            case SendNow():
                await self._deliver(entry, say)
            case WaitUntil():
                return False
        return True

    async def _deliver(self, entry: E, say: Say) -> None:
        call = self._call(entry)
        if call is None or await say(call, entry.message_id):
            await self._settle(entry.seq, Fate.DELIVERED)
            return
        await self._tried(entry.seq)
        self._retries.failed(entry.seq, self._now())

    def _turn(self, entry: E) -> SendNow | WaitUntil | Drop:
        self._retries.patience = self._patience()
        return self._retries.turn(entry, self._now())
