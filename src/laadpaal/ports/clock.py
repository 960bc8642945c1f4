"""The clock as the adapters see it; it may run faster than real time, and at another pace later."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Protocol

from laadpaal.station.moment import Moment


class Alarm(Protocol):
    """Something that will ring, as a timer of the event loop will."""

    def cancel(self) -> None:
        """Let it never ring, if it has not yet."""
        ...


class Clock(Protocol):
    """Tells and passes station time."""

    def now(self) -> Moment:
        """Return both clocks at this instant."""
        ...

    def correct(self, utc: float) -> float:
        """Set UTC to `utc`, vouched for; return by how many seconds it jumped."""
        ...

    def alarm(self, station_s: float, ring: Callable[[], None]) -> Alarm:
        """Let the event loop call `ring` once so many station seconds have passed."""
        ...

    async def sleep(self, station_s: float) -> None:
        """Wait for `station_s` station seconds."""
        ...


@asynccontextmanager
async def timeout(clock: Clock, station_s: float | None) -> AsyncIterator[None]:
    """Raise TimeoutError when the block takes more station seconds; None leaves it all the time."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(None) as limit:
        if station_s is None:
            yield
            return
        alarm = clock.alarm(station_s, lambda: limit.reschedule(loop.time()))
        try:
            yield
        finally:
            alarm.cancel()
