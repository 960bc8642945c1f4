"""What any meter says, in one form: as it told it, or as it can be worked out from that."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from laadpaal.station.measurement import GridMeasurement, Measurement, Phases

LINES = ("L1", "L2", "L3")
_NONE: Phases = (0.0, 0.0, 0.0)
_APART = "worked out for lines a third of a turn apart"
_SHARED = "shared out where only the sum is told"


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one meter; those of lines are for L1, L2 and L3.

    Args:
        powers_w: Of each line; worked out where the meter tells only their sum.
        delivered_wh: Register of what went to the vehicle, or into the house.
        consumed_wh: Register of what came back.
    """

    voltages_v: Phases = _NONE
    currents_a: Phases = _NONE
    powers_w: Phases = _NONE
    power_w: float = 0.0
    frequency_hz: float = 0.0
    power_factor: float = 0.0
    reactive_var: float = 0.0
    delivered_wh: float = 0.0
    consumed_wh: float = 0.0

    def apparent_va(self, line: int) -> float:
        """Return the apparent power of a line."""
        return self.voltages_v[line] * self.currents_a[line]

    def between_v(self, one: int, other: int) -> float:
        """Return the voltage between two lines; 0 where one of them is dead."""
        a, b = self.voltages_v[one], self.voltages_v[other]
        return math.sqrt(a * a + b * b + a * b) if a and b else 0.0

    def neutral_a(self) -> float:
        """Return what flows in the neutral wire."""
        a, b, c = self.currents_a
        return math.sqrt(max(0.0, a * a + b * b + c * c - a * b - b * c - c * a))


NOTHING = Figures()
"""What is shown of a meter that has said nothing yet."""


def of_socket(said: Measurement | None) -> Figures:
    """Return what the meter of a socket says."""
    if said is None:
        return NOTHING
    volts, amps = said.voltages_v, said.currents_a
    l1, l2, l3 = (volts[line] * amps[line] for line in range(3))
    share = said.power_w / (l1 + l2 + l3) if l1 + l2 + l3 else 0.0
    return Figures(
        volts,
        amps,
        (l1 * share, l2 * share, l3 * share),
        said.power_w,
        said.frequency_hz or 0.0,
        said.power_factor or 0.0,
        said.reactive_var or 0.0,
        said.energy_wh,
        said.exported_wh or 0.0,
    )


def of_grid(said: GridMeasurement | None) -> Figures:
    """Return what the meter at the grid says."""
    if said is None:
        return NOTHING
    powers = said.powers_w or _NONE
    return Figures(
        said.voltages_v or _NONE,
        said.currents_a,
        powers,
        sum(powers),
        delivered_wh=said.imported_wh or 0.0,
        consumed_wh=said.exported_wh or 0.0,
    )


@dataclass(frozen=True, slots=True)
class Quantity:
    """One of the numbers that a meter may tell; `sub` is its sub-index in every block."""

    sub: int
    help: str
    taken: Callable[[Figures], float]


def _lines(first: int, what: str, taken: Callable[[Figures, int], float]) -> Iterator[Quantity]:
    for line, name in enumerate(LINES):
        yield Quantity(first + line, f"{what} {name}.", _of(line, taken))


def _of(line: int, taken: Callable[[Figures, int], float]) -> Callable[[Figures], float]:
    return lambda it: taken(it, line)


def _between(other: int, it: Figures, line: int) -> float:
    return it.between_v(line, other)


def _untold(first: int, what: str, places: int = 3) -> Iterator[Quantity]:
    """Yield what no meter of ours tells, and is 0 therefore."""
    for place, name in enumerate((*LINES, "all lines")[:places]):
        yield Quantity(first + place, f"{what} of {name}; not told, so it is 0.", lambda _: 0.0)


def _quantities() -> Iterator[Quantity]:
    yield from _lines(0x03, "Voltage from neutral to", lambda it, line: it.voltages_v[line])
    for place, (a, b) in enumerate(((0, 1), (1, 2), (2, 0))):
        help_ = f"Voltage from {LINES[a]} to {LINES[b]}, {_APART}."
        yield Quantity(0x06 + place, help_, _of(a, partial(_between, b)))
    yield Quantity(0x09, f"Current in the neutral wire, {_APART}.", Figures.neutral_a)
    yield from _lines(0x0A, "Current through", lambda it, line: it.currents_a[line])
    yield Quantity(0x0D, "Current through all lines.", lambda it: sum(it.currents_a))
    yield from _untold(0x0E, "Power factor")
    yield Quantity(0x11, "Power factor of all lines.", lambda it: it.power_factor)
    yield Quantity(0x12, "Frequency.", lambda it: it.frequency_hz)
    yield from _lines(0x13, f"Active power, {_SHARED}, of", lambda it, line: it.powers_w[line])
    yield Quantity(0x16, "Active power of all lines.", lambda it: it.power_w)
    yield from _lines(0x17, "Apparent power of", Figures.apparent_va)
    yield Quantity(
        0x1A, "Apparent power of all lines.", lambda it: sum(map(it.apparent_va, range(3)))
    )
    yield from _untold(0x1B, "Reactive power")
    yield Quantity(0x1E, "Reactive power of all lines.", lambda it: it.reactive_var)
    yield from _untold(0x1F, "Energy delivered")
    yield Quantity(0x22, "Energy delivered in all.", lambda it: it.delivered_wh)
    yield from _untold(0x23, "Energy taken back")
    yield Quantity(0x26, "Energy taken back in all.", lambda it: it.consumed_wh)
    yield from _untold(0x27, "Apparent energy", places=4)
    yield from _untold(0x2B, "Reactive energy", places=4)


QUANTITIES: tuple[Quantity, ...] = tuple(_quantities())
"""By sub-index."""
