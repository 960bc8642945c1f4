"""A clock that only moves when a test moves it."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable
from itertools import count

from laadpaal.station.moment import Moment

TURNS = 20
"""Turns of the loop granted to those who were woken."""


class HandClock:
    """Is a `Clock`; `pass_time` wakes sleepers in order, each at its own instant."""

    def __init__(self, mono: float = 1000.0, utc: float = 1_700_049_600.0) -> None:
        self._mono = mono
        self._utc = utc
        self._numbers = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> Moment:
        """Return both clocks at this instant."""
        return Moment(self._mono, self._utc)

    def correct(self, utc: float) -> float:
        """Set UTC; return by how many seconds it jumped."""
        jumped_s, self._utc = utc - self._utc, utc
        return jumped_s

    def alarm(self, station_s: float, ring: Callable[[], None]) -> asyncio.TimerHandle:
        """Ring at once: the event loop does not wait."""
        return asyncio.get_running_loop().call_later(0.0 * station_s, ring)

    async def sleep(self, station_s: float) -> None:
        """Wait until the test has passed this time."""
        wake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._mono + station_s, next(self._numbers), wake))
        await wake

    async def pass_time(self, seconds: float) -> None:
        """Let time go by, waking everybody who comes due on the way."""
        end = self._mono + seconds
        await _settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            at, _, wake = heapq.heappop(self._sleepers)
            if not wake.done():
                self._move(at)
                wake.set_result(None)
                await _settle()
        self._move(end)

    def _move(self, mono: float) -> None:
        self._utc += mono - self._mono
        self._mono = mono


async def _settle() -> None:
    for _ in range(TURNS):
        await asyncio.sleep(0)
