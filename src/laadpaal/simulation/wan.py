"""The network between a station and its CSMS, which may be down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class SimulatedWan:
    """Carries everything, by whichever interface, as long as it is not `down`."""

    down: bool = False

    @property
    def lacking(self) -> str:
        """Why nothing gets through; "" when it does."""
        return "the network is down" if self.down else ""
