"""The past of a station as people read it: its transactions, and what was measured in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from laadpaal.station.measurement import Phases
from laadpaal.station.words import StopReason, Token


class About(Enum):
    """What one entry of the history is about."""

    BEGIN = "begin"
    VALUE = "value"
    END = "end"


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the history: a transaction's beginning, a value of its meter, or its end.

    Args:
        offset: Its place in the history; grows strictly, over restarts and whatever is forgotten.
        meter_wh: Import register.
        token: Who pays, or who ended it; None where nobody is named.
        csms_id: The number that the CSMS gave the transaction, of a beginning that has one.
        reason: Why the transaction ended, of its end and, once it has ended, of its beginning.
        waiting: Whether the CSMS has yet to hear of it.
    """

    offset: int
    about: About
    transaction: str
    evse: int
    at: float
    meter_wh: float
    token: Token | None = None
    csms_id: int | None = None
    reason: StopReason | None = None
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One transaction as a whole.

    Args:
        offset: The place of its beginning in the history.
        ended_at: None while it runs.
        meter_wh: Import register at its end, or the last that was told of it.
        token: Who pays, once that is known and unless it has been forgotten.
        csms_id: The number that the CSMS gave it, if it gives any.
        reason: Why it ended; None while it runs.
        waiting: Whether the CSMS has yet to hear something of it.
        charged_s: How long energy has flowed, once that was told.
    """

    offset: int
    id: str
    evse: int
    connector: int | None
    started_at: float
    ended_at: float | None
    meter_start_wh: float
    meter_wh: float
    token: Token | None = None
    csms_id: int | None = None
    reason: StopReason | None = None
    waiting: bool = False
    charged_s: float | None = None

    @property
    def energy_wh(self) -> float:
        """What was delivered in it so far."""
        return self.meter_wh - self.meter_start_wh


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of one instant of a transaction; None where it was not sampled.

    Args:
        mean_w: The mean power since the instant before, which the registers tell.
        power_w: All lines together, at that instant.
        offered_a: What the vehicle was offered on each line.
        limit_a: What the claims allowed on each line, whether or not it was offered.
        because: Name of the lowest claim, which decided that.
    """

    at: float
    meter_wh: float | None = None
    mean_w: float | None = None
    power_w: float | None = None
    currents_a: Phases | None = None
    voltages_v: Phases | None = None
    offered_a: float | None = None
    limit_a: float | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """Which sessions are wanted; what is None does not matter.

    Args:
        since: UTC second at or after which they ended, or still run.
        until: UTC second before which they began.
        before: Only those whose offset is lower, which is how one goes on from a page.
    """

    evse: int | None = None
    since: float | None = None
    until: float | None = None
    before: int | None = None


class History(Protocol):
    """What is kept of past and running transactions; reads see what has been committed."""

    def happenings(self, after: int, limit: int) -> tuple[Happening, ...]:
        """Return at most `limit` entries whose offset is higher than `after`, oldest first."""
        ...

    def sessions(self, sought: Sought, limit: int) -> tuple[Session, ...]:
        """Return at most `limit` sessions, newest first."""
        ...

    def session(self, transaction: str) -> tuple[Session, tuple[Measured, ...]] | None:
        """Return one session with what was measured in it, in order of time; None for no such."""
        ...

    async def erase(self) -> None:
        """Forget every transaction; durable when it returns, and offsets go on growing.

        What runs and what the CSMS has yet to hear stays until that is over, and is not shown.
        """
        ...
