"""What people and tests may do to simulated hardware."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from laadpaal.station.words import Token


class BenchError(Exception):
    """The bench cannot do that; the text says what was wrong."""


class Bench(Protocol):
    """The world around a simulated station; every method may raise BenchError."""

    def park(self, evse: int, *, occupied: bool) -> None:
        """Drive the vehicle into the bay in front of `evse`, or out of it."""
        ...

    def plug(self, evse: int, cable_a: float) -> None:
        """Connect the vehicle in front of `evse` with a cable rated `cable_a`."""
        ...

    def unplug(self, evse: int, *, vehicle_side: bool) -> None:
        """Pull the plug, at the vehicle or at the station; a locked plug does not move."""
        ...

    def appliance(self, evse: int, current_a: float | None) -> None:
        """Plug something that takes so much into the domestic outlet; None pulls its plug."""
        ...

    def vehicle(self, evse: int, wishes: Mapping[str, object]) -> Mapping[str, object]:
        """Change the vehicle's traits (see `simulation.vehicle.Traits`); return all of them."""
        ...

    def house(self, wishes: Mapping[str, object]) -> Mapping[str, object]:
        """Change the house's traits (see `simulation.house.Household`); return all of them.

        Beside them stands what flows from the grid, and which lines carry more than their fuse.
        """
        ...

    def swipe(self, uid: str, reader: int) -> None:
        """Hold a card to a reader."""
        ...

    def pay(self, card: str, reader: int) -> None:
        """Hold a payment card to a reader."""
        ...

    def present(self, token: Token, reader: int) -> None:
        """Present any token there: a card, a code, or the start button as nobody's token."""
        ...

    def look(self) -> Mapping[str, object]:
        """Return the state of vehicles, cables, house and supply, ready for JSON."""
        ...
