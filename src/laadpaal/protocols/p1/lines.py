"""What flows through each line of the house, as far as a telegram tells it."""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, sqrt

from laadpaal.protocols.p1.errors import TelegramError
from laadpaal.protocols.p1.telegram import Telegram

NOMINAL_V = 230.0
_WHOLE_A = 1.0
_BELOW_A, _ABOVE_A = 0.5, 1.0
"""How far the current may be from a whole one: some meters round it, and others cut it off."""

Three = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Lines:
    """One number for each of L1, L2, L3; 0 for a line that the house does not have.

    Args:
        currents_a: Negative where it flows into the grid.
        powers_w: Likewise; None where they are not told.
        voltages_v: None where they are not told.
    """

    currents_a: Three
    powers_w: Three | None = None
    voltages_v: Three | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """What is told of one line; `power_w` is negative towards the grid."""

    current_a: float | None
    power_w: float | None
    voltage_v: float | None


def lines_of(telegram: Telegram, *, phases: int = 3) -> Lines:
    """Return what flows through the lines.

    Args:
        telegram: A whole one.
        phases: 1 where the house has one line only, whose power is then that of all.

    Raises:
        TelegramError: It tells nothing about a line that the house has.
    """
    told = _told(telegram)
    if phases == 1 or _only_first(told):
        told = (_with_total(told[0], telegram),)
    currents = [_current(line, telegram.current_step_a) for line in told]
    if len(currents) > 1 and _without_neutral(told):
        currents[1] = _between(currents[0], currents[2])
    if None in currents:
        raise TelegramError("it tells neither currents nor powers of the lines")
    return Lines(
        _filled(currents),
        _if_any([line.power_w for line in told]),
        _if_any([line.voltage_v for line in told]),
    )


def _told(telegram: Telegram) -> tuple[_Line, ...]:
    powers = map(_net, telegram.powers_in_w, telegram.powers_out_w)
    return tuple(map(_Line, telegram.currents_a, powers, telegram.voltages_v))


def _net(inwards_w: float | None, outwards_w: float | None) -> float | None:
    if inwards_w is None and outwards_w is None:
        return None
    return (inwards_w or 0.0) - (outwards_w or 0.0)


def _only_first(told: tuple[_Line, ...]) -> bool:
    """Tell whether the meter has one line: it says something about it, and nothing of others."""
    nothing = _Line(None, None, None)
    return told[0] != nothing and told[1:] == (nothing, nothing)


def _with_total(line: _Line, telegram: Telegram) -> _Line:
    if line.power_w is not None:
        return line
    return _Line(line.current_a, _net(telegram.power_in_w, telegram.power_out_w), line.voltage_v)


def _current(line: _Line, step_a: float) -> float | None:
    """Return a current with its direction, which only the power tells."""
    if line.power_w is None:
        return line.current_a
    by_power_a = abs(line.power_w) / (line.voltage_v or NOMINAL_V)
    current_a = by_power_a if line.current_a is None else line.current_a
    if line.current_a is not None and step_a == _WHOLE_A:
        current_a = min(max(by_power_a, current_a - _BELOW_A), current_a + _ABOVE_A)
    return copysign(max(current_a, 0.0), line.power_w)


def _without_neutral(told: tuple[_Line, ...]) -> bool:
    """Tell whether it is a net of 3 x 230 V, where the meter measures two lines against L2."""
    _, second, third = told
    return bool(third.voltage_v) and not second.voltage_v


def _between(first_a: float | None, third_a: float | None) -> float | None:
    """Return what L2 carries at most of what the two others carry.

    Two currents between lines are 60 degrees apart, or more, as long as each load between two of
    the lines takes active power only.
    """
    if first_a is None or third_a is None:
        return None
    size_a = sqrt(first_a**2 + first_a * third_a + third_a**2)
    return copysign(size_a, first_a + third_a)


def _if_any(numbers: list[float | None]) -> Three | None:
    return None if all(number is None for number in numbers) else _filled(numbers)


def _filled(numbers: list[float | None]) -> Three:
    one, two, three = (*(number or 0.0 for number in numbers), 0.0, 0.0)[:3]
    return one, two, three
