"""Control pilot and proximity contact: what the numbers mean, in both directions."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.station.pilot import (
    Levels,
    coding,
    current,
    digital,
    duty,
    plugged,
    rating,
    state,
)
from laadpaal.station.words import Pilot


@pytest.mark.parametrize(
    ("limit_a", "percent"),
    [
        (6, 10.0),
        (10, 16.7),
        (13, 21.7),
        (16, 26.7),
        (20, 33.3),
        (25, 41.7),
        (32, 53.3),
        (40, 66.7),
        (48, 80.0),
        (51, 85.0),
        (63, 89.2),
        (80, 96.0),
    ],
)
def test_what_is_offered(limit_a: float, percent: float) -> None:
    """The points of the standard, each read back as it was meant."""
    assert duty(limit_a) == pytest.approx(percent, abs=0.05)
    assert current(duty(limit_a)) == pytest.approx(limit_a)


@pytest.mark.parametrize(
    ("percent", "limit_a"),
    [
        (0.0, 0.0),
        (2.9, 0.0),
        (5.0, 0.0),
        (7.9, 0.0),
        (8.0, 6.0),
        (9.9, 6.0),
        (10.0, 6.0),
        (50.0, 30.0),
        (85.0, 51.0),
        (85.1, 52.75),
        (96.0, 80.0),
        (96.5, 80.0),
        (97.0, 80.0),
        (97.1, 0.0),
        (100.0, 0.0),
        (math.nan, 0.0),
    ],
)
def test_what_a_vehicle_may_take(percent: float, limit_a: float) -> None:
    """Each line of the table, and its ends."""
    assert current(percent) == pytest.approx(limit_a)


def test_five_percent_asks_for_other_means() -> None:
    """From 3 to 7 %; a steady level asks for nothing."""
    told = [percent for percent in range(101) if digital(percent)]

    assert told == [3, 4, 5, 6, 7]


def test_nothing_is_a_steady_level() -> None:
    """Nobody may take anything at it."""
    assert duty(None) == 100.0
    assert current(duty(None)) == 0.0


@pytest.mark.parametrize("limit_a", [0.0, 5.9, 80.1, math.nan])
def test_what_cannot_be_offered(limit_a: float) -> None:
    """Neither less than six ampere nor more than eighty, and nothing that is no number."""
    with pytest.raises(ValueError, match="cannot offer"):
        duty(limit_a)


@given(limit_a=st.floats(6, 80))
def test_there_and_back(limit_a: float) -> None:
    """A vehicle reads what was meant, and next to where the lines meet up to 1.5 A less."""
    read_a = current(duty(limit_a))
    met = 51 < limit_a < 52.5

    assert read_a <= limit_a + 1e-9
    assert read_a >= limit_a - (1.5 if met else 1e-9)


@given(one=st.floats(8, 97), other=st.floats(8, 97))
def test_a_longer_pulse_never_means_less(one: float, other: float) -> None:
    """The table rises."""
    low, high = sorted((one, other))

    assert current(low) <= current(high) + 1e-9


@pytest.mark.parametrize(
    ("volts", "read"),
    [
        (12.0, Pilot.A),
        (11.0, Pilot.A),
        (13.0, Pilot.A),
        (9.0, Pilot.B),
        (8.0, Pilot.B),
        (10.0, Pilot.B),
        (6.0, Pilot.C),
        (3.0, Pilot.D),
        (0.0, Pilot.E),
        (-12.0, Pilot.F),
        (15.0, Pilot.A),
        (-14.0, Pilot.F),
        (-3.0, Pilot.E),
        (-9.0, Pilot.F),
    ],
)
@pytest.mark.parametrize("was", [Pilot.A, Pilot.E])
def test_levels_are_states(volts: float, read: Pilot, was: Pilot) -> None:
    """Inside its band a level is never in doubt, and far from all of them it is the nearest."""
    assert state(Levels(volts), was) is read


@pytest.mark.parametrize(
    ("volts", "one", "other"),
    [
        (10.5, Pilot.A, Pilot.B),
        (7.5, Pilot.B, Pilot.C),
        (4.5, Pilot.C, Pilot.D),
    ],
)
def test_between_two_bands_nothing_changes(volts: float, one: Pilot, other: Pilot) -> None:
    """So that a level at the edge does not flutter."""
    assert state(Levels(volts), one) is one
    assert state(Levels(volts), other) is other


def test_the_diode() -> None:
    """The lower half wave shows it, and without pulses there is none."""
    assert Levels(9.0, -12.0).rectified
    assert Levels(9.0, -9.0).rectified is False
    assert Levels(9.0).rectified is None


@pytest.mark.parametrize(
    ("ohm", "phases", "rated_a"),
    [
        (1500, 3, 13.0),
        (1000, 3, 13.0),
        (680, 3, 20.0),
        (330, 3, 20.0),
        (220, 3, 32.0),
        (150, 1, 32.0),
        (100, 3, 63.0),
        (100, 1, 70.0),
        (50, 3, 63.0),
        (49, 3, None),
        (0, 3, None),
        (2200, 3, None),
        (4000, 3, None),
        (math.nan, 3, None),
    ],
)
def test_ratings(ohm: float, phases: int, rated_a: float | None) -> None:
    """Each band, its edges, and what is in none."""
    assert rating(ohm, phases) == rated_a


def test_a_plug_is_seen_by_its_resistor() -> None:
    """Above that nothing is in the socket."""
    assert plugged(4500)
    assert not plugged(4501)
    assert not plugged(math.inf)


@given(rated_a=st.floats(13, 80))
def test_a_cable_never_says_more_than_it_can(rated_a: float) -> None:
    """What is put into it is read as no more than it is made for."""
    ohm = coding(rated_a)

    assert ohm is not None
    assert 13.0 <= (rating(ohm, 3) or 0.0) <= rated_a


def test_some_cables_are_too_thin() -> None:
    """There is no resistor that says so little."""
    assert coding(12.9) is None
