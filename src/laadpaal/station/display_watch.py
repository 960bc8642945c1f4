"""Whether the display is there; nothing else depends on it."""

from __future__ import annotations

from laadpaal.station.facts import Facts
from laadpaal.station.notices import DisplaySilent
from laadpaal.station.view import DisplayView


class DisplayWatch:
    """Owns whether the display is lost, and how often it was."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._lost = False
        self._times = 0

    def lost(self) -> None:
        """Take note that it does not answer."""
        if not self._lost:
            self._lost = True
            self._times += 1
            self._facts.tell(DisplaySilent(lost=True))

    def back(self) -> None:
        """Take note that it shows again what is so."""
        if self._lost:
            self._lost = False
            self._facts.tell(DisplaySilent(lost=False))

    def view(self) -> DisplayView:
        """Return how it is."""
        return DisplayView(self._facts.layout.display, self._lost, self._times)
