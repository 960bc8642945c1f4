"""What is known of the energy around the vehicles: house, manager, their habits, their queue."""

from __future__ import annotations

from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.grid import Grid
from laadpaal.station.sharing import Sharing
from laadpaal.station.steering import Steering
from laadpaal.station.usage import Usage


class Energy:
    """Holds the parts that supply is decided by."""

    def __init__(self, facts: Facts) -> None:
        self.usage = Usage(facts)
        self.grid = Grid(facts, self.usage)
        self.steering = Steering(facts)
        self.sharing = Sharing(facts, self.usage)

    def driven(self, evses: list[Evse]) -> None:
        """Take note of what was offered in this turn, and to whom nothing was."""
        for evse in evses:
            self.usage.settle(evse)
        self.sharing.settle()
