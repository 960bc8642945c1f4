"""The clock as the adapters see it; it may run faster than real time."""

from __future__ import annotations

from typing import Protocol

from laadpaal.station.moment import Moment


class Clock(Protocol):
    """Tells and passes station time."""

    def now(self) -> Moment:
        """Return both clocks at this instant."""
        ...

    def correct(self, utc: float) -> float:
        """Set UTC to `utc`, vouched for; return by how many seconds it jumped."""
        ...

    def real_s(self, station_s: float) -> float:
        """Return how many seconds of the event loop `station_s` station seconds take."""
        ...

    async def sleep(self, station_s: float) -> None:
        """Wait for `station_s` station seconds."""
        ...
