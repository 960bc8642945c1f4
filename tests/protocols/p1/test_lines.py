"""What flows through the lines, from what meters of every kind tell."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import pytest

from laadpaal.protocols.p1 import Lines, Telegram, TelegramError, lines_of

BARE = Telegram("LPX5")
THREE = replace(
    BARE,
    powers_in_w=(2300.0, 0.0, 100.0),
    powers_out_w=(0.0, 1150.0, 0.0),
    currents_a=(10.02, 5.01, 0.5),
    current_step_a=0.01,
    voltages_v=(230.0, 231.0, 229.0),
)


def test_the_direction_is_that_of_the_power() -> None:
    """A current has no sign of its own; towards the grid it is negative."""
    assert lines_of(THREE) == Lines(
        (10.02, -5.01, 0.5), (2300.0, -1150.0, 100.0), (230.0, 231.0, 229.0)
    )


@pytest.mark.parametrize(
    ("told_a", "power_w", "expected_a"),
    [
        (3.0, 736.0, 3.2),  # a rounded current, made finer
        (3.0, 897.0, 3.9),  # one that was cut off
        (3.0, 1150.0, 4.0),  # no more than a whole one can mean
        (3.0, 230.0, 2.5),  # much reactive current
        (0.0, 0.0, 0.0),
        (1.0, -276.0, -1.2),
    ],
)
def test_whole_amperes_are_refined(told_a: float, power_w: float, expected_a: float) -> None:
    """Power over voltage says what a whole ampere leaves open, within what it leaves open."""
    inwards, outwards = (max(power_w, 0.0), 0.0, 0.0), (max(-power_w, 0.0), 0.0, 0.0)
    said = replace(
        THREE,
        powers_in_w=inwards,
        powers_out_w=outwards,
        currents_a=(told_a, 0.0, 0.0),
        current_step_a=1.0,
        voltages_v=(230.0, 230.0, 230.0),
    )

    assert lines_of(said).currents_a[0] == pytest.approx(expected_a)


def test_without_voltages() -> None:
    """A meter that tells no voltage has the nominal one."""
    said = replace(THREE, voltages_v=(None, None, None), current_step_a=1.0, currents_a=(10, 5, 1))

    assert lines_of(said) == Lines((10.0, -5.0, 0.5), (2300.0, -1150.0, 100.0), None)


def test_without_currents() -> None:
    """Where only powers are told, currents are computed."""
    said = replace(THREE, currents_a=(None, None, None), voltages_v=(230.0, 230.0, 200.0))

    assert lines_of(said).currents_a == (10.0, -5.0, 0.5)


def test_without_powers() -> None:
    """Where no direction is told, currents count as taken from the grid."""
    said = replace(THREE, powers_in_w=(None,) * 3, powers_out_w=(None,) * 3)

    assert lines_of(said) == Lines((10.02, 5.01, 0.5), None, (230.0, 231.0, 229.0))


@pytest.mark.parametrize("phases", [1, 3])
def test_a_meter_with_one_line(phases: int) -> None:
    """It tells nothing of the others, which carry nothing; the total power is that of the line."""
    said = replace(
        BARE, power_in_w=0.0, power_out_w=460.0, currents_a=(2.0, None, None),
        voltages_v=(230.0, None, None),
    )  # fmt: skip

    assert lines_of(said, phases=phases) == Lines(
        (-2.0, 0.0, 0.0), (-460.0, 0.0, 0.0), (230.0, 0.0, 0.0)
    )


def test_an_old_meter_of_a_house_with_one_line() -> None:
    """The total power alone is enough where there is one line."""
    said = replace(BARE, power_in_w=980.0, power_out_w=0.0)

    assert lines_of(said, phases=1).currents_a == pytest.approx((980 / 230, 0.0, 0.0))


def test_one_line_of_three() -> None:
    """A house with one line behind a meter with three goes by the first."""
    assert lines_of(THREE, phases=1) == Lines(
        (10.02, 0.0, 0.0), (2300.0, 0.0, 0.0), (230.0, 0.0, 0.0)
    )


@pytest.mark.parametrize("silent", [0, 1, 2])
def test_a_line_of_which_nothing_is_told(silent: int) -> None:
    """Lines that are only partly told cannot be protected."""
    currents: list[float | None] = [1.0, 2.0, 3.0]
    currents[silent] = None
    one, two, three = currents

    with pytest.raises(TelegramError, match="neither"):
        lines_of(replace(BARE, currents_a=(one, two, three)))


def test_an_old_meter_of_three_lines() -> None:
    """The total power says nothing about one of three lines."""
    with pytest.raises(TelegramError, match="neither"):
        lines_of(replace(BARE, power_in_w=980.0))


@pytest.mark.parametrize("told", [None, 0.0])
@pytest.mark.parametrize(
    ("first_a", "third_a", "second_a"),
    [(10.0, 0.0, 10.0), (0.0, 6.0, 6.0), (10.0, 10.0, sqrt(300)), (-10.0, -10.0, -sqrt(300))],
)
def test_a_net_without_a_neutral(
    told: float | None, first_a: float, third_a: float, second_a: float
) -> None:
    """With 3 x 230 V the meter measures two lines, and L2 carries what the two have in common."""
    said = replace(
        BARE,
        currents_a=(abs(first_a), told, abs(third_a)),
        current_step_a=0.01,
        powers_in_w=(max(first_a, 0.0) * 200, told, max(third_a, 0.0) * 200),
        powers_out_w=(max(-first_a, 0.0) * 200, told, max(-third_a, 0.0) * 200),
        voltages_v=(230.0, told, 230.0),
    )

    assert lines_of(said).currents_a == pytest.approx((first_a, second_a, third_a))


def test_a_net_without_a_neutral_that_is_half_told() -> None:
    """Of L2 nothing is known when one of the two others is not told."""
    said = replace(BARE, currents_a=(1.0, None, None), voltages_v=(230.0, None, 230.0))

    with pytest.raises(TelegramError, match="neither"):
        lines_of(said)
