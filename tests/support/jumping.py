"""An event loop in which nobody waits: when nothing is ready, its clock jumps to the next timer."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

from laadpaal.station.moment import Moment

T = TypeVar("T")


class _Selector(selectors.DefaultSelector):
    """Never waits for time to pass; `jumped_s` is what was skipped."""

    jumped_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready: list[tuple[selectors.SelectorKey, int]] = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None:
            raise AssertionError("nothing will ever happen")
        self.jumped_s += timeout
        return []


class JumpingLoop(asyncio.SelectorEventLoop):
    """Its time is what was jumped over, and nothing else."""

    def __init__(self) -> None:
        self._jumping = _Selector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Return the seconds jumped over since it was made."""
        return 1000.0 + self._jumping.jumped_s


class LoopClock:
    """Is a `Clock`: the time of the running loop, and a UTC that may be corrected."""

    def __init__(self, utc: float = 1_700_049_600.0) -> None:
        self._offset = utc - 1000.0

    def now(self) -> Moment:
        """Return both clocks at this instant."""
        mono = asyncio.get_running_loop().time()
        return Moment(mono, mono + self._offset)

    def correct(self, utc: float) -> float:
        """Set UTC; return by how many seconds it jumped."""
        jumped_s = utc - self.now().utc
        self._offset += jumped_s
        return jumped_s

    def real_s(self, station_s: float) -> float:
        """Return the same: the loop's seconds are the station's."""
        return max(0.0, station_s)

    async def sleep(self, station_s: float) -> None:
        """Wait until so much has been jumped over."""
        await asyncio.sleep(max(0.0, station_s))


def jump(story: Coroutine[Any, Any, T]) -> T:
    """Run a story in a jumping loop; only for stories without threads and other processes."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(story)
