"""The durable notices and security events in their order, as the CSMS side reads them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from laadpaal.station.notices import DurableNotice, MonitorsFired, SecurityEvent
from laadpaal.station.words import Token


@dataclass(frozen=True, slots=True)
class Entry:
    """One durable notice that still has to be told.

    Args:
        seq: Its place in the database; grows strictly, survives restarts.
        message_id: The id its call carries, the same for every repetition and after a restart.
        attempts: How often it was sent without an answer that settles it.
        offline: Whether it came about, or was left over, while the CSMS was out of reach.
    """

    seq: int
    message_id: str
    notice: DurableNotice
    attempts: int
    offline: bool


@dataclass(frozen=True, slots=True)
class SecurityEntry:
    """One security event that still has to be told; its fields are those of `Entry`."""

    seq: int
    message_id: str
    event: SecurityEvent
    attempts: int


@dataclass(frozen=True, slots=True)
class FiringsEntry:
    """What monitors have told and the CSMS has yet to hear; its fields are those of `Entry`."""

    seq: int
    message_id: str
    notice: MonitorsFired
    attempts: int


class Fate(Enum):
    """How an entry was settled."""

    DELIVERED = "delivered"
    DROPPED = "dropped"
    """Given up after the last attempt."""


@dataclass(frozen=True, slots=True)
class Start:
    """The start that a meter value or a stop belongs to.

    Args:
        transaction: Our id.
        csms_id: The number the CSMS gave it, or None while it has not (or never will).
        settled: Whether the start has been delivered or dropped.
    """

    transaction: str
    csms_id: int | None
    settled: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """A transaction that names a token.

    Args:
        at: UTC second of the first notice that does.
        told: Whether the CSMS has heard all of them.
    """

    transaction: str
    evse: int
    at: float
    told: bool = True


class Journal(Protocol):
    """What the CSMS side needs of the database; each write is durable when it returns."""

    def pending(self) -> Entry | None:
        """Return the oldest entry that is not settled, or None."""
        ...

    def pending_count(self, transaction: str | None = None) -> int:
        """Return how many entries (of one transaction) are not settled."""
        ...

    async def settle(self, seq: int, fate: Fate, csms_id: int | None = None) -> None:
        """Mark one entry told; for a start, keep the number the CSMS gave it."""
        ...

    async def tried(self, seq: int) -> None:
        """Count one attempt that failed."""
        ...

    async def left_offline(self) -> None:
        """Mark every unsettled entry as left over while offline."""
        ...

    def start_before(self, evse: int, seq: int) -> Start | None:
        """Return the last start on `evse` before `seq`, by order and never by time (S26)."""
        ...

    def by_csms_id(self, csms_id: int) -> str | None:
        """Return our id of the transaction that the CSMS knows by that number."""
        ...

    def known(self, transaction: str) -> bool:
        """Tell whether a start of that transaction is in the database."""
        ...

    def traces(self, token: Token) -> tuple[Trace, ...]:
        """Return the transactions that name a token, oldest first."""
        ...

    # Security events have a queue of their own, so that neither waits for the other (ADR 0026).

    def security_pending(self) -> SecurityEntry | None:
        """Return the oldest security event that is to be told and is not settled, or None."""
        ...

    async def security_settle(self, seq: int, fate: Fate) -> None:
        """Mark one security event told, or given up."""
        ...

    async def security_tried(self, seq: int) -> None:
        """Count one attempt that failed."""
        ...

    def security_log(
        self, oldest_utc: float | None = None, newest_utc: float | None = None
    ) -> tuple[SecurityEvent, ...]:
        """Return what the log holds of that time, both ends included, as it was written."""
        ...

    # So has what monitors have told, for a CSMS that takes none of it.

    def firings_pending(self) -> FiringsEntry | None:
        """Return the oldest firings that are not settled, or None."""
        ...

    async def firings_settle(self, seq: int, fate: Fate) -> None:
        """Forget firings that were told, or given up."""
        ...

    async def firings_tried(self, seq: int) -> None:
        """Count one attempt that failed."""
        ...
