"""The only one who speaks with the display: shows what is so, and brings it back when it is lost.

Nothing waits in a queue: whatever changes while the display is away, it is shown what is so then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from enum import Enum

from laadpaal.ports.clock import Clock, timeout
from laadpaal.ports.devices import UNBRANDED, Brand, Display, Face, Picture
from laadpaal.station import actions as a
from laadpaal.station.display import ScreenState
from laadpaal.station.events import DisplayBack, DisplayLost
from laadpaal.station.evse import BOOT_SCREEN
from laadpaal.station.lights import Light

ANSWER_S = 5.0
"""Real seconds in which it has to say that it shows a picture."""
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0
"""Station seconds before it is brought into order: doubled each time it was in vain."""
STEADY_S = 30.0
"""Station seconds until it is asked whether it is still there, when nothing changes."""
COUNTING_S = 1.0
"""The same while something on it counts."""

Happened = Callable[[DisplayLost | DisplayBack], None]


class DisplayState(Enum):
    """How the display is; a station without any has none of these."""

    INITIALISING = "initialising"
    RUNNING = "running"
    LOST = "lost"
    RECOVERING = "recovering"
    FAILED = "failed"
    """Tried for so long that only every minute is left."""


class DisplayTask:
    """Owns the display.

    Args:
        evses: How many sockets it shows.
        happened: Told when it is lost, and when it shows what is so again.
    """

    def __init__(
        self,
        display: Display,
        clock: Clock,
        happened: Happened,
        evses: int,
        brand: Brand = UNBRANDED,
    ) -> None:
        self._display = display
        self._clock = clock
        self._happened = happened
        boots = (Face(number, BOOT_SCREEN, Light.BOOTING) for number in range(1, evses + 1))
        self._faces = {face.evse: face for face in boots}
        self._percent = 100
        self._brand = brand
        self._changed = asyncio.Event()
        self.state = DisplayState.INITIALISING

    def do(self, action: a.Action) -> None:
        """Take note of what is to be shown; what it was before is of no interest any more."""
        match action:
            case a.ShowScreen(evse, screen):
                self._faces[evse] = replace(self._faces[evse], screen=screen)
            case a.ShowLight(evse, light):
                self._faces[evse] = replace(self._faces[evse], light=light)
            case a.DimLights(percent):
                self._percent = percent
            case _:
                return
        self._changed.set()

    async def run(self) -> None:
        """Keep the display up to date until cancelled."""
        wait_s = FIRST_WAIT_S
        while True:
            if await self._serve():
                wait_s = FIRST_WAIT_S
            self._lose(wait_s)
            await self._clock.sleep(wait_s)
            wait_s = min(2 * wait_s, LONGEST_WAIT_S)
            self.state = DisplayState.RECOVERING

    async def _serve(self) -> bool:
        """Bring it into order and show everything until it is lost; tell whether it showed any."""
        served = False
        # A driver may fail in ways of its own, and none of them is anybody else's business.
        with suppress(Exception):
            async with asyncio.timeout(ANSWER_S):
                await self._display.begin()
            while True:
                await self._show()
                served = True
                await self._change()
        return served

    async def _show(self) -> None:
        self._changed.clear()
        async with asyncio.timeout(ANSWER_S):
            await self._display.show(self._picture())
        if self.state is not DisplayState.RUNNING:
            if self.state is DisplayState.RECOVERING:
                self._happened(DisplayBack())
            self.state = DisplayState.RUNNING

    def _lose(self, wait_s: float) -> None:
        if self.state in {DisplayState.INITIALISING, DisplayState.RUNNING}:
            self._happened(DisplayLost())
        failed = wait_s >= LONGEST_WAIT_S
        self.state = DisplayState.FAILED if failed else DisplayState.LOST

    def _picture(self) -> Picture:
        faces = tuple(self._faces.values())
        language = faces[0].screen.language if faces else Picture(()).language
        return Picture(faces, language, self._percent, self._clock.now().utc, self._brand)

    async def _change(self) -> None:
        """Wait for something new, or until it is time to show that what counts goes on."""
        counts = any(_counts(face) for face in self._faces.values())
        with suppress(TimeoutError):
            async with timeout(self._clock, COUNTING_S if counts else STEADY_S):
                await self._changed.wait()


def _counts(face: Face) -> bool:
    """Tell whether people see seconds go by; that a charge takes time is told in minutes."""
    counted = face.screen.state is ScreenState.AUTHORIZED
    return counted or face.screen.popup is not None
