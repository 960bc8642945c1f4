"""A simulated monitor of residual current, and the leak that it finds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from laadpaal.ports.errors import DeviceStuck
from laadpaal.simulation.feed import Feed


class SimulatedResidual:
    """Is a `ResidualMonitor`; a leak shows as soon as `live` says that there is voltage."""

    def __init__(self, live: Callable[[], bool]) -> None:
        self._live = live
        self._tripped = Feed(value=False)
        self._leaks = False

    def trips(self) -> AsyncIterator[bool]:
        """Yield whether it has opened the circuit, now and at each change."""
        return self._tripped.follow()

    async def arm(self) -> None:
        """Close the circuit; raises DeviceStuck when its test finds the leak."""
        if self._leaks:
            raise DeviceStuck("current leaks to earth")
        self._tripped.put(value=False)

    @property
    def tripped(self) -> bool:
        """Whether it has opened the circuit."""
        return self._tripped.value

    def leak(self, *, leaks: bool) -> None:
        """Let current leak to earth from now on, or no more."""
        self._leaks = leaks
        self.look()

    def look(self) -> None:
        """Open the circuit if anything leaks."""
        if self._leaks and self._live():
            self._tripped.put(value=True)
