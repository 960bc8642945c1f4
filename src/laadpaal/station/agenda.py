"""The station's timers: a heap of (when, what) that owns no clock."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import count


class Due(Enum):
    """What a timer is for."""

    AUTHORIZE_ANSWER = "the CSMS has not said whether the token is good"
    ENROLLING = "nobody has held another card to the reader for a while"
    CONNECT = "nobody plugged in after the authorization"
    FORCE_UNLOCK = "the plug is still there, though nobody holds it"
    OVERCURRENT = "more has flowed than is offered, for too long"
    OVERCURRENT_OVER = "who took too much current may try again"
    IDLE_OUTLET = "nothing has drawn current from the domestic outlet, for too long"
    RELEASE = "a vehicle has had its time to open its switch"
    WAKE = "a vehicle has had its time to answer, or to be woken"
    PILOT = "the pilot has been disturbed, or well again, for long enough"
    RESIDUAL = "what was cut off because current leaked is to be tried again"
    VEHICLE = "the vehicle has had its time to answer the first offer"
    SAMPLE = "a sampled meter value is due"
    ENDED_SAMPLE = "a sample for the end of the transaction is due"
    ALIGNED = "clock-aligned meter values are due"
    CHECKPOINT = "the register of an open transaction is to be saved"
    LINES = "a step towards other lines has had its time"
    DISPLAY = "a passing display state ends"
    NOT_CHARGING = "the light is to say that a vehicle is done"
    AUTO_STOP = "a vehicle has been done for so long that its transaction ends"
    RENEWAL = "the station's own certificate ends soon"
    V2G_RENEWAL = "the certificate that vehicles are shown ends soon"
    SIGNING = "the CSMS has not brought the certificate that it has promised"
    V2G_SIGNING = "nor the one that vehicles are shown"
    LEFT_OUT = "security events were left out, and it is time to tell how many"
    RESTART = "a restart has waited long enough for the last transaction"
    EVSE_RESET = "an EVSE that was reset alone has been at rest long enough"
    RESERVATION = "a reservation is over"
    STATUS = "a status has lasted long enough to be told"
    MESSAGE = "the display is to show another message, or none"
    PROFILE = "a charging profile may allow something else"
    GRID_SILENT = "the meter at the grid has told nothing for too long"
    OFFERED = "a vehicle has been offered current for a minute"
    SET_POINT = "nobody has renewed what an energy manager has set"
    ALTERNATE = "who waits for current has waited for a turn"
    FETCH = "firmware is to be fetched, perhaps once more"
    INSTALL = "firmware is to be installed"
    DIAGNOSTICS = "the upload of diagnostics is tried again"
    SECURITY_LOG = "the upload of the security log is tried again"
    PAYMENT = "a payment has waited long enough for its provider or its customer"
    SETTLEMENT = "the payment provider is to be told the end of a payment once more"
    MONITOR = "a periodic monitor is to tell the value; its id stands for the EVSE"


@dataclass(frozen=True, slots=True)
class Timer:
    """A key of the agenda: what is due, and at which EVSE (0 is the station)."""

    due: Due
    evse: int = 0
    connector: int = 0
    """Told apart for statuses; of a set point of the station it is the line."""


class Agenda:
    """Holds at most one instant for each timer."""

    __slots__ = ("_at", "_heap", "_serial")

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Timer]] = []
        self._at: dict[Timer, tuple[float, int]] = {}
        self._serial = count()

    def set(self, timer: Timer, at: float) -> None:
        """Plan `timer` for the monotonic second `at`, in place of any earlier plan."""
        entry = (at, next(self._serial))
        self._at[timer] = entry
        heapq.heappush(self._heap, (*entry, timer))

    def cancel(self, timer: Timer) -> None:
        """Forget `timer`; it need not be planned."""
        self._at.pop(timer, None)

    def planned(self, timer: Timer) -> float | None:
        """Return the monotonic second `timer` is planned for, or None."""
        entry = self._at.get(timer)
        return entry[0] if entry else None

    def next_wake(self) -> float | None:
        """Return the monotonic second of the earliest timer, or None."""
        self._drop_stale()
        return self._heap[0][0] if self._heap else None

    def pop_due(self, mono: float) -> Iterator[Timer]:
        """Yield and forget each timer whose second has come, earliest first."""
        while (at := self.next_wake()) is not None and at <= mono:
            timer = heapq.heappop(self._heap)[2]
            del self._at[timer]
            yield timer

    def _drop_stale(self) -> None:
        while self._heap and self._at.get(self._heap[0][2]) != self._heap[0][:2]:
            heapq.heappop(self._heap)
