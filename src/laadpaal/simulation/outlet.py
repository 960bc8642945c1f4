"""A simulated domestic outlet: a switch that sees the plug, a relay, and an appliance."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from laadpaal.ports.bench import BenchError
from laadpaal.ports.errors import DeviceStuck
from laadpaal.simulation.feed import Feed

HIGHEST_A = 32.0
"""The most that an appliance at the bench takes; far more than such an outlet is made for."""


class SimulatedOutlet:
    """Is a `DomesticOutlet`; `touched` is called before anything about it changes."""

    def __init__(self, touched: Callable[[], None]) -> None:
        self._touched = touched
        self._plug = Feed(value=False)
        self._closed = False
        self._appliance_a = 0.0
        self.broken = False
        """Whether the relay stays as it is."""

    # The device, as the station sees it.

    def plugs(self) -> AsyncIterator[bool]:
        """Yield whether a plug is in it, then each change."""
        return self._plug.follow()

    async def close(self, phases: int) -> None:  # noqa: ARG002  it has but one line
        """Connect the line; raises DeviceStuck while broken."""
        self._move(closed=True)

    async def open(self) -> None:
        """Disconnect it; raises DeviceStuck while broken: the relay is welded then."""
        self._move(closed=False)

    def _move(self, *, closed: bool) -> None:
        if self.broken:
            raise DeviceStuck(f"the relay stays {'closed' if self._closed else 'open'}")
        self._touched()
        self._closed = closed

    # The world around it.

    def plug(self, appliance_a: float) -> None:
        """Plug in something that takes so much; what is plugged already may take another current.

        Raises BenchError where there is no such appliance.
        """
        if not 0 <= appliance_a <= HIGHEST_A:
            raise BenchError(f"appliance_a: no appliance takes {appliance_a!r} A")
        self._touched()
        self._appliance_a = appliance_a
        self._put(plugged=True)

    def unplug(self) -> None:
        """Pull the plug, which nothing holds; raises BenchError when there is none."""
        if not self._plug.value:
            raise BenchError("no plug is in the domestic outlet")
        self._touched()
        self._put(plugged=False)

    def _put(self, *, plugged: bool) -> None:
        self._plug.put(plugged)

    def power_lost(self) -> None:
        """Fall back to what a relay does without power."""
        self._touched()
        self._closed = False

    @property
    def plugged(self) -> bool:
        """Whether a plug is in it."""
        return self._plug.value

    @property
    def current_a(self) -> float:
        """What flows through it now."""
        return self._appliance_a if self._closed and self._plug.value else 0.0
