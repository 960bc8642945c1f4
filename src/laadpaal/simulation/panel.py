"""A panel that only remembers what it was told to show."""

from __future__ import annotations

from laadpaal.station.display import Screen
from laadpaal.station.lights import Light


class SimulatedPanel:
    """Is a `Panel`.

    Args:
        screens: By EVSE, the last one shown.
        lights: By EVSE, the last one shown.
        brightness_percent: Of every light.
    """

    def __init__(self) -> None:
        self.screens: dict[int, Screen] = {}
        self.lights: dict[int, Light] = {}
        self.brightness_percent = 0

    def show_screen(self, evse: int, screen: Screen) -> None:
        """Remember this screen."""
        self.screens[evse] = screen

    def show_light(self, evse: int, light: Light) -> None:
        """Remember this light."""
        self.lights[evse] = light

    def dim(self, percent: int) -> None:
        """Remember this brightness."""
        self.brightness_percent = percent
