"""What leaves next: the lanes of calls that wait, and how often a durable one is tried."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import IntEnum

from laadpaal.csms.dialect import Call
from laadpaal.ports.journal import Entry, FiringsEntry, SecurityEntry
from laadpaal.station.notices import Notice

MOST_WAITING = 1000


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a durable notice is tried (both versions; 2.0.1 section 3.1, E13 to E15).

    Args:
        attempts: Transmissions in all, at least 1.
        interval_s: The wait after the n-th transmission is n times this.
    """

    attempts: int = 3
    interval_s: float = 60.0


@dataclass(frozen=True, slots=True)
class SendNow:
    """It is this entry's turn."""


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """Not before the monotonic second `at`."""

    at: float


@dataclass(frozen=True, slots=True)
class Drop:
    """It has been tried often enough; the next one's turn."""


Turn = SendNow | WaitUntil | Drop


class Retries:
    """Decides about the oldest entry of one queue, which all others of it wait behind.

    How often an entry failed is in the journal; when it last did is forgotten at a restart, and
    then it is sent at once.
    """

    __slots__ = ("_failed_at", "_seq", "patience")

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self._seq: int | None = None
        self._failed_at = 0.0

    def failed(self, seq: int, now: float) -> None:
        """Note that the CSMS refused entry `seq`, or did not answer, while connected."""
        self._seq, self._failed_at = seq, now

    def turn(self, entry: Entry | SecurityEntry | FiringsEntry, now: float) -> Turn:
        """Return what to do with the oldest entry."""
        if entry.attempts >= max(1, self.patience.attempts):
            return Drop()
        if entry.seq != self._seq:
            return SendNow()
        at = self._failed_at + self.patience.interval_s * entry.attempts
        return SendNow() if at <= now else WaitUntil(at)


class Lane(IntEnum):
    """Which waiting call goes first; the journal's oldest entry goes before REST."""

    AUTHORIZE = 0
    """Somebody stands at the station."""
    ASKED = 1
    """Statuses after registration, and what the CSMS asked for."""
    REST = 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call in a lane; `notice` is what it tells, `asked` whether the CSMS wanted it."""

    call: Call
    notice: Notice | None = None
    asked: bool = False


class Lanes:
    """Calls that wait for their turn, at most 1000 per lane; first in, first out."""

    __slots__ = ("_lanes",)

    def __init__(self) -> None:
        self._lanes: dict[Lane, deque[Waiting]] = {lane: deque() for lane in Lane}

    def put(self, lane: Lane, waiting: Waiting) -> bool:
        """Let a call wait; False when the lane is full."""
        if len(self._lanes[lane]) >= MOST_WAITING:
            return False
        self._lanes[lane].append(waiting)
        return True

    def take(self, lane: Lane) -> Waiting | None:
        """Return and forget the first call of the lane, or None."""
        return self._lanes[lane].popleft() if self._lanes[lane] else None

    def clear(self) -> tuple[Waiting, ...]:
        """Forget and return all of them."""
        everything = tuple(waiting for lane in Lane for waiting in self._lanes[lane])
        for lane in Lane:
            self._lanes[lane].clear()
        return everything
