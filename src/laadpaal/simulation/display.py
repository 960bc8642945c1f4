"""A display that may hang, lose everything or be gone, and shows what it was told last."""

from __future__ import annotations

import asyncio

from laadpaal.ports.devices import Picture
from laadpaal.ports.errors import DeviceLost


class SimulatedDisplay:
    """Is a `Display`.

    Args:
        shown: What people see; None is a blank display.
        begun: How often it was brought into order.
    """

    def __init__(self) -> None:
        self.shown: Picture | None = None
        self.begun = 0
        self._there = True
        self._hangs = False
        self._lost_its_state = True

    async def begin(self) -> None:
        """Start blank; a display that hung does so no more."""
        if not self._there:
            raise DeviceLost("the display does not answer")
        self.begun += 1
        self.shown = None
        self._hangs = self._lost_its_state = False

    async def show(self, picture: Picture) -> None:
        """Show it, if there is anybody who does; a display that hangs never returns."""
        while self._hangs:
            await asyncio.Future[None]()
        if not self._there or self._lost_its_state:
            raise DeviceLost("the display does not know the picture")
        self.shown = picture

    def hang(self) -> None:
        """Answer no more, and show what is shown, until it is brought into order."""
        self._hangs = True

    def reset(self) -> None:
        """Go blank and forget everything, as after a dip of its supply."""
        self._lost_its_state = True
        self.shown = None

    def unplug(self) -> None:
        """Be gone."""
        self._there = False
        self.reset()

    def plug(self) -> None:
        """Be there again, blank."""
        self._there = True
