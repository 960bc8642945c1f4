"""What surrounds a simulated station: how warm it is inside, and how it stands."""

from __future__ import annotations

from collections.abc import AsyncIterator

from laadpaal.ports.errors import DeviceLost
from laadpaal.simulation.feed import Feed

ROOM_CELSIUS = 20.0


class SimulatedThermometer:
    """Is a `Thermometer`; `celsius` is what it is set to, and None makes it silent."""

    def __init__(self) -> None:
        self.celsius: float | None = ROOM_CELSIUS

    async def read(self) -> float:
        """Return the temperature; raises DeviceLost while it is silent."""
        if self.celsius is None:
            raise DeviceLost("the thermometer does not answer")
        return self.celsius


class SimulatedTiltSensor:
    """Is a `TiltSensor`."""

    def __init__(self) -> None:
        self._upright = Feed(value=True)

    def upright(self) -> AsyncIterator[bool]:
        """Yield whether the station stands upright, now and at each change."""
        return self._upright.follow()

    @property
    def tilted(self) -> bool:
        """Whether it leans."""
        return not self._upright.value

    def lean(self, *, tilted: bool) -> None:
        """Drive into it, or put it up again."""
        self._upright.put(not tilted)
