"""A panel that only remembers what it was told to show."""

from __future__ import annotations

from laadpaal.station.display import Screen
from laadpaal.station.lights import Light


class SimulatedPanel:
    """Is a `Panel`.

    Args:
        screens: By EVSE, the last one shown.
        lights: By EVSE, the last one shown.
    """

    def __init__(self) -> None:
        self.screens: dict[int, Screen] = {}
        self.lights: dict[int, Light] = {}

    def show_screen(self, evse: int, screen: Screen) -> None:
        """Remember this screen."""
        self.screens[evse] = screen

    def show_light(self, evse: int, light: Light) -> None:
        """Remember this light."""
        self.lights[evse] = light
