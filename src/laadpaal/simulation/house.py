"""A simulated house: what it takes from each line of the grid, and what the sun gives back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from laadpaal.station.measurement import Phases

DAY_S = 86_400.0
HIGHEST_A = 200.0
"""No house takes more from a line."""
_SUNRISE_S, _SUNSET_S = 6 * 3600.0, 20 * 3600.0
_APPLIANCES = (
    # lines, ampere on each, least and most seconds on, least and most seconds from one to the next
    (1, 9.0, 120, 300, 5_000, 15_000),  # a kettle
    (1, 9.0, 600, 1_800, 7_000, 40_000),  # a washing machine that heats
    (1, 1.5, 600, 1_200, 2_400, 4_800),  # a fridge
    (3, 7.0, 1_200, 4_000, 20_000, 50_000),  # an oven
    (3, 5.0, 900, 3_600, 4_000, 12_000),  # a heat pump
)


@dataclass(frozen=True, slots=True)
class Household:
    """What distinguishes one house from another; raises ValueError when it cannot exist.

    Args:
        base_a: What always flows through each line.
        appliances: How many of them come and go.
        sun_a: What the roof gives back to each line at noon of a clear day.
        seed: Of what is left to chance: which appliances, where, and when.
        extra_a: What somebody has switched on besides, on each line; negative gives back.
        fuse_a: What each line to the grid may carry.
    """

    base_a: float = 1.0
    appliances: int = 6
    sun_a: float = 0.0
    seed: int = 1
    extra_a: Phases = (0.0, 0.0, 0.0)
    fuse_a: float = 25.0

    def __post_init__(self) -> None:
        possible = {
            "base_a": 0 <= self.base_a <= HIGHEST_A,
            "appliances": 0 <= self.appliances <= 100,  # noqa: PLR2004  enough for any house
            "sun_a": 0 <= self.sun_a <= HIGHEST_A,
            "extra_a": all(-HIGHEST_A <= current_a <= HIGHEST_A for current_a in self.extra_a),
            "fuse_a": 0 < self.fuse_a <= HIGHEST_A,
        }
        for name, fits in possible.items():
            if not fits:
                raise ValueError(f"{name}: no house has {getattr(self, name)!r}")


EMPTY = Household(base_a=0.0, appliances=0)
"""Where nothing is switched on."""


@dataclass(frozen=True, slots=True)
class _Appliance:
    """One thing that is on for `on_s` of every `period_s`."""

    lines: tuple[int, ...]
    current_a: float
    on_s: float
    period_s: float
    offset_s: float

    def on(self, at_s: float) -> bool:
        return (at_s + self.offset_s) % self.period_s < self.on_s


class House:
    """Takes current by the second of the day alone: the same house has the same day again.

    Args:
        household: What it is like.
    """

    def __init__(self, household: Household | None = None) -> None:
        self.household = household or Household()

    @property
    def household(self) -> Household:
        """What it is like."""
        return self._household

    @household.setter
    def household(self, household: Household) -> None:
        lots = Random(household.seed)  # noqa: S311  nobody's secret
        self._household = household
        self._appliances = [_drawn(lots) for _ in range(household.appliances)]

    def taken_a(self, at_s: float) -> Phases:
        """Return what it takes from each line at a second of the day, less what the sun gives."""
        here = self._household
        taken = [here.base_a - self._sun_a(at_s) + extra_a for extra_a in here.extra_a]
        for appliance in self._appliances:
            if appliance.on(at_s):
                for line in appliance.lines:
                    taken[line] += appliance.current_a
        return taken[0], taken[1], taken[2]

    def _sun_a(self, at_s: float) -> float:
        high = (at_s % DAY_S - _SUNRISE_S) / (_SUNSET_S - _SUNRISE_S)
        return self._household.sun_a * math.sin(math.pi * high) if 0 < high < 1 else 0.0


def _drawn(lots: Random) -> _Appliance:
    lines, current_a, least_on, most_on, least_s, most_s = lots.choice(_APPLIANCES)
    where = (0, 1, 2) if lines == 3 else (lots.randrange(3),)  # noqa: PLR2004  all of them
    period_s = lots.uniform(least_s, most_s)
    on_s = lots.uniform(least_on, most_on)
    return _Appliance(where, current_a, on_s, period_s, lots.uniform(0, period_s))
