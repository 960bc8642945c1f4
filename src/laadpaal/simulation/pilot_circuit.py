"""The control pilot as a circuit: a source, its resistor, and what a vehicle hangs on it."""

from __future__ import annotations

from laadpaal.station.pilot import STEADY, Levels

SOURCE_V = 12.0
SERIES_OHM = 1000.0
DIODE_V = 0.7
R2_OHM = 2740.0
"""What every vehicle connects."""
R3_OHM = 1300.0
"""What it adds with its switch S2 when it is ready."""
R3_AIR_OHM = 270.0
"""The same of a vehicle that asks for ventilation."""
SHORT = Levels(0.0, 0.0)


def load(*, ready: bool, wants_air: bool) -> float:
    """Return the ohm of a vehicle."""
    if not ready:
        return R2_OHM
    r3_ohm = R3_AIR_OHM if wants_air else R3_OHM
    return R2_OHM * r3_ohm / (R2_OHM + r3_ohm)


def levels(duty: float, load_ohm: float | None, *, diode: bool = True) -> Levels:
    """Return what the station measures; None is an open end."""
    part = 1.0 if load_ohm is None else load_ohm / (load_ohm + SERIES_OHM)
    drop_v = DIODE_V if diode else 0.0
    high_v = drop_v + (SOURCE_V - drop_v) * part
    if duty >= STEADY:
        return Levels(high_v)
    return Levels(high_v, -SOURCE_V if diode else -SOURCE_V * part)
