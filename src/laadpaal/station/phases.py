"""Lines: how the installation is wired, how their number changes, and who may wish for one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from laadpaal.station.measurement import Phases

LIVE_V = 80.0
"""Above what an open wire picks up from its neighbours."""


def wired(voltages_v: Phases) -> int | None:
    """Return 1 or 3, or None when there is no supply to judge by.

    Single phase means more than 80 V on L1 and not on L2 and not on L3; NaN is not more (S17).
    """
    l1, l2, l3 = (volts > LIVE_V for volts in voltages_v)
    if l1 and not l2 and not l3:
        return 1
    return 3 if any(volts > 0 for volts in voltages_v) else None


class LineChange(Enum):
    """How far an EVSE has come that is to go on with another number of lines."""

    RELEASING = "the vehicle is to open its switch"
    OPENING = "the contactor is to open"
    PAUSING = "the vehicle is to notice that nothing is connected"
    STUCK = "the vehicle keeps its switch closed"
    RESUMING = "the vehicle is to answer the new offer"
    WAKING = "the vehicle is offered nothing for a moment, to wake it"

    @property
    def withholds(self) -> bool:
        """Whether nothing is offered in it."""
        return self is not LineChange.RESUMING


@dataclass(frozen=True, slots=True)
class SetPhases:
    """Use so many lines at an EVSE from now on: 1 or 3.

    Args:
        source: Who wishes it, as people call them.
    """

    evse: int
    phases: int
    source: str
