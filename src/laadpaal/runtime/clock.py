"""The real clock, which may run faster than real time."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable

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
        self._speed = _checked(speed)
        self._trusted = trusted
        self._mono = 0.0
        """Station seconds when this pace began, which was at `_since`."""
        self._since = time.monotonic()
        self._offset = time.time()
        self._alarms: set[_Alarm] = set()
        self.hurried = speed != 1.0
        """Whether it ever ran at a pace of its own, and so is no clock of this world any more."""

    @property
    def speed(self) -> float:
        """How many station seconds pass in one real second."""
        return self._speed

    def go(self, speed: float) -> None:
        """Go on at another pace: no time jumps, and every alarm rings at its own station second."""
        _checked(speed)
        now = time.monotonic()
        self._mono, self._since, self._speed = self._at(now), now, speed
        self.hurried = self.hurried or speed != 1.0
        for alarm in self._alarms:
            alarm.set()

    def now(self) -> Moment:
        """Return both clocks at this instant."""
        mono = self._at(time.monotonic())
        return Moment(mono, mono + self._offset, self._trusted)

    def _at(self, real: float) -> float:
        return self._mono + (real - self._since) * self._speed

    def correct(self, utc: float) -> float:
        """Set UTC to `utc`, vouched for; return by how many seconds it jumped.

        A clock that runs faster, or once did, follows once, and then keeps its own time: it would
        be set back at every heartbeat otherwise.
        """
        if self._trusted and self.hurried:
            return 0.0
        jump_s = utc - self.now().utc
        self._offset += jump_s
        self._trusted = True
        return jump_s

    def alarm(self, station_s: float, ring: Callable[[], None]) -> _Alarm:
        """Let the event loop call `ring` once so many station seconds have passed."""
        alarm = _Alarm(self, self.now().mono + station_s, ring, self._alarms)
        self._alarms.add(alarm)
        alarm.set()
        return alarm

    async def sleep(self, station_s: float) -> None:
        """Wait for `station_s` station seconds."""
        awake = asyncio.Event()
        alarm = self.alarm(station_s, awake.set)
        try:
            await awake.wait()
        finally:
            alarm.cancel()


class _Alarm:
    """Rings at one station second, whatever the pace until then."""

    def __init__(
        self, clock: RealClock, at: float, ring: Callable[[], None], waiting: set[_Alarm]
    ) -> None:
        self._clock, self._at, self._ring, self._waiting = clock, at, ring, waiting
        self._timer: asyncio.TimerHandle | None = None

    def set(self) -> None:
        """Wait from now on as long as it takes at the present pace."""
        if self._timer:
            self._timer.cancel()
        real_s = max(0.0, self._at - self._clock.now().mono) / self._clock.speed
        self._timer = asyncio.get_running_loop().call_later(real_s, self._due)

    def _due(self) -> None:
        self._waiting.discard(self)
        self._ring()

    def cancel(self) -> None:
        """Let it never ring, if it has not yet."""
        self._waiting.discard(self)
        if self._timer:
            self._timer.cancel()


def _checked(speed: float) -> float:
    if not 0 < speed < math.inf:
        raise ValueError(f"speed {speed} is no number above 0")
    return speed


def machine_clock(speed: float = 1.0, *, kept: bool = True) -> RealClock:
    """Return a clock that trusts the machine's where that can be right.

    `kept` is whether the machine keeps its clock right by itself; one that runs faster than real
    time is not the machine's clock any more.
    """
    return RealClock(speed, trusted=kept and speed == 1.0 and time.time() >= EARLIEST_UTC)
