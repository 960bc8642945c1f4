"""The real clock, which may run faster than real time."""

from __future__ import annotations

import asyncio
import math
import time

from laadpaal.station.moment import Moment

EARLIEST_UTC = 1_735_689_600.0
"""The year 2025: a machine whose clock is before it has lost its time, whatever it says (S13)."""


class RealClock:
    """Monotonic seconds times `speed`, plus an offset to UTC that may be corrected.

    Args:
        speed: How many station seconds pass in one real second; above 0.
        trusted: Whether the machine's own UTC is vouched for from the start.
    """

    def __init__(self, speed: float = 1.0, *, trusted: bool = False) -> None:
        if not 0 < speed < math.inf:
            raise ValueError(f"speed {speed} is no number above 0")
        self._speed = speed
        self._trusted = trusted
        self._zero = time.monotonic()
        self._offset = time.time()

    def now(self) -> Moment:
        """Return both clocks at this instant."""
        mono = (time.monotonic() - self._zero) * self._speed
        return Moment(mono, mono + self._offset, self._trusted)

    def correct(self, utc: float) -> float:
        """Set UTC to `utc`, vouched for; return by how many seconds it jumped.

        A clock that runs faster follows once, and then keeps its own time: it would be set back
        at every heartbeat otherwise.
        """
        if self._trusted and self._speed != 1.0:
            return 0.0
        jump_s = utc - self.now().utc
        self._offset += jump_s
        self._trusted = True
        return jump_s

    def real_s(self, station_s: float) -> float:
        """Return how many seconds of the event loop `station_s` station seconds take."""
        return max(0.0, station_s) / self._speed

    async def sleep(self, station_s: float) -> None:
        """Wait for `station_s` station seconds."""
        await asyncio.sleep(self.real_s(station_s))


def machine_clock(speed: float = 1.0, *, kept: bool = True) -> RealClock:
    """Return a clock that trusts the machine's where that can be right.

    `kept` is whether the machine keeps its clock right by itself; one that runs faster than real
    time is not the machine's clock any more.
    """
    return RealClock(speed, trusted=kept and speed == 1.0 and time.time() >= EARLIEST_UTC)
