"""The supply of a simulated installation."""

from __future__ import annotations

from laadpaal.station.measurement import Phases

NOMINAL_V = 230.0
NOMINAL_HZ = 50.0
DEAD: Phases = (0.0, 0.0, 0.0)


class Supply:
    """One or three lines at the nominal voltage, or none while `broken`."""

    def __init__(self, phases: int = 3) -> None:
        """Connect 1 line (L1) or 3; raises ValueError for another number."""
        if phases not in {1, 3}:
            raise ValueError(f"a supply has 1 or 3 phases, not {phases}")
        self.phases = phases
        self.broken = False

    @property
    def voltages_v(self) -> Phases:
        """Line to neutral, now."""
        if self.broken:
            return DEAD
        return (NOMINAL_V, NOMINAL_V, NOMINAL_V) if self.phases > 1 else (NOMINAL_V, 0.0, 0.0)

    @property
    def frequency_hz(self) -> float:
        """Of the lines; 0 while there is nothing to measure."""
        return 0.0 if self.broken else NOMINAL_HZ
