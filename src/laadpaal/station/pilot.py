"""Control pilot and proximity contact in numbers: what station and vehicle read from them.

Everybody who speaks or hears the pilot does it by these functions, real or simulated (IEC 61851-1
annexes A and B).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from laadpaal.station.words import Pilot

STEADY = 100.0
"""Percent: a level without pulses, which offers nothing."""
_DIGITAL, _ANALOG = (3.0, 7.0), (8.0, 97.0)
"""Percent between which a duty cycle means something at all."""
_KNEE = 85.0
"""Percent up to which the lower line of the table holds."""
_LEAST_A, _KNEE_A, _MOST_A = 6.0, 51.0, 80.0
_BANDS = {
    Pilot.A: (11.0, 13.0),
    Pilot.B: (8.0, 10.0),
    Pilot.C: (5.0, 7.0),
    Pilot.D: (2.0, 4.0),
    Pilot.E: (-1.0, 2.0),
    Pilot.F: (-13.0, -11.0),
}
"""Volt between which a state is read without doubt."""
_DOUBT_V = 1.0
"""How far beyond its band a state that was read before is still read."""
_CABLES = ((1000.0, 2200.0, 13.0), (330.0, 1000.0, 20.0), (150.0, 330.0, 32.0))
"""Ohm from and up to which a cable has a rating."""
_THICKEST = (50.0, 150.0)
_CODED = ((63.0, 100.0), (32.0, 220.0), (20.0, 680.0), (13.0, 1500.0))
"""Ampere and the ohm that say so, the thickest cable first."""
_NO_PLUG_OHM = 4500.0


def duty(limit_a: float | None) -> float:
    """Return the duty cycle in percent that offers 6 to 80 A; None offers nothing.

    Raises ValueError for a current that cannot be offered.
    """
    if limit_a is None:
        return STEADY
    if not _LEAST_A <= limit_a <= _MOST_A:
        raise ValueError(f"a pilot cannot offer {limit_a!r} A")
    return limit_a / 0.6 if limit_a <= _KNEE_A else limit_a / 2.5 + 64


def current(duty: float) -> float:
    """Return the ampere that a vehicle may take at a duty cycle in percent; 0 is nothing.

    Where the two lines of the table meet, a little less may be read than was meant, never more.
    """
    low, high = _ANALOG
    if not low <= duty <= high:
        return 0.0
    if duty <= _KNEE:
        return max(_LEAST_A, duty * 0.6)
    return min(_MOST_A, (duty - 64) * 2.5)


def digital(duty: float) -> bool:
    """Tell whether a duty cycle in percent asks for talk by other means before anything flows."""
    low, high = _DIGITAL
    return low <= duty <= high


@dataclass(frozen=True, slots=True)
class Levels:
    """What the station measures on its pilot.

    Args:
        high_v: In the upper half wave, or of a steady level.
        low_v: In the lower half wave; None while there are no pulses.
    """

    high_v: float
    low_v: float | None = None

    @property
    def rectified(self) -> bool | None:
        """Whether the vehicle's diode is there; None while that cannot be seen."""
        if self.low_v is None:
            return None
        low, high = _BANDS[Pilot.F]
        return low <= self.low_v <= high


def state(levels: Levels, was: Pilot) -> Pilot:
    """Return what the pilot says; between two bands it is what it was, or the nearest."""
    volts = levels.high_v
    for read, (low, high) in _BANDS.items():
        if low <= volts <= high:
            return read
    low, high = _BANDS[was]
    if low - _DOUBT_V <= volts <= high + _DOUBT_V:
        return was
    return min(_BANDS, key=lambda one: abs(math.fsum(_BANDS[one]) / 2 - volts))


def plugged(ohm: float) -> bool:
    """Tell whether a plug is in the socket, by what is measured on its proximity contact."""
    return ohm <= _NO_PLUG_OHM


def rating(ohm: float, phases: int) -> float | None:
    """Return the ampere that a cable is made for, on 1 or 3 lines; None where it tells none."""
    low, high = _THICKEST
    if low <= ohm < high:
        return 70.0 if phases == 1 else 63.0
    return next((rated_a for low, high, rated_a in _CABLES if low <= ohm < high), None)


def coding(rated_a: float) -> float | None:
    """Return the ohm that is put into a cable of that rating; None where it is too thin."""
    return next((ohm for least_a, ohm in _CODED if rated_a >= least_a), None)
