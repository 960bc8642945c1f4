"""How the installation is wired, as the first meter reading tells (S15 to S20)."""

from __future__ import annotations

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
