"""Who makes a lamp shine: two colours take turns on it, in real seconds, as people look at it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import suppress

from laadpaal.ports.devices import Lamp
from laadpaal.ports.errors import DeviceLost
from laadpaal.station import actions as a
from laadpaal.station.lights import GLOWS, Light, Rgb

AGAIN_S = 10.0
"""Real seconds until a colour that stays is given once more, to a lamp that may have come back."""


class LampTask:
    """Owns one lamp.

    Args:
        number: The EVSE whose light it is.
        log: Told when it is lost, and when it is back; it bears on nothing else.
    """

    def __init__(self, number: int, lamp: Lamp, log: logging.Logger | None = None) -> None:
        self._number = number
        self._lamp = lamp
        self._log = log
        self._light = Light.BOOTING
        self._percent = 100
        self._changed = asyncio.Event()
        self._lost = False

    def do(self, action: a.Action) -> None:
        """Take note of how it is to shine."""
        match action:
            case a.ShowLight(self._number, light):
                self._light = light
            case a.DimLights(percent):
                self._percent = percent
            case _:
                return
        self._changed.set()

    async def run(self) -> None:
        """Let it shine until cancelled; each light begins with its first colour."""
        while True:
            self._changed.clear()
            for colour, lasts_s in _turns(self._light, self._percent):
                self._shine(colour)
                with suppress(TimeoutError):
                    async with asyncio.timeout(lasts_s):
                        await self._changed.wait()
                if self._changed.is_set():
                    break

    def _shine(self, colour: Rgb) -> None:
        try:
            self._lamp.shine(colour)
        except DeviceLost as lost:
            self._tell(lost=str(lost))
        else:
            self._tell()

    def _tell(self, lost: str = "") -> None:
        """Log that it is lost or back, once."""
        if self._log and bool(lost) is not self._lost:
            level = logging.WARNING if lost else logging.INFO
            text = f"lost: {lost}" if lost else "back"
            self._log.log(level, "Light of socket %d: %s", self._number, text)
        self._lost = bool(lost)


def _turns(light: Light, percent: int) -> Iterator[tuple[Rgb, float]]:
    """Yield the colours of a light and how long each lasts, once."""
    glow = GLOWS[light]
    yield glow.at(0.0, percent), glow.first_s if glow.second_s else AGAIN_S
    if glow.second_s:
        yield glow.at(glow.first_s, percent), glow.second_s
