"""The vehicle's physics, without a clock."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.simulation.supply import Supply
from laadpaal.simulation.vehicle import NOTHING, Traits, Vehicle
from laadpaal.station.measurement import Phases

THREE: Phases = (230.0, 230.0, 230.0)


def after(vehicle: Vehicle, seconds: int, offered_a: float | None = 16.0, lines: int = 3) -> Phases:
    """Let whole seconds pass; return the currents of the last one."""
    currents_a = NOTHING
    for _ in range(seconds):
        currents_a = vehicle.advance(1.0, offered_a, THREE, lines)
    return currents_a


def test_reacts_after_a_second() -> None:
    """A vehicle is ready one second after it is offered current, not before."""
    vehicle = Vehicle(Traits())
    vehicle.advance(0.5, 16.0, THREE, 0)
    early = vehicle.ready
    vehicle.advance(0.5, 16.0, THREE, 0)

    assert (early, vehicle.ready) == (False, True)


def test_sleeps_on() -> None:
    """A sleeper needs its time on top of the reaction."""
    vehicle = Vehicle(Traits(wakes_after_s=30))
    after(vehicle, 30)
    early = vehicle.ready
    after(vehicle, 1)

    assert (early, vehicle.ready) == (False, True)


def test_takes_nothing_through_an_open_contactor() -> None:
    """A ready vehicle takes nothing before lines are connected."""
    vehicle = Vehicle(Traits())

    assert after(vehicle, 5, lines=0) == NOTHING
    assert after(vehicle, 1) == (16.0, 16.0, 16.0)


@pytest.mark.parametrize(
    ("phases", "lines", "expected"),
    [(3, 3, (10.0, 10.0, 10.0)), (1, 3, (10.0, 0.0, 0.0)), (3, 1, (10.0, 0.0, 0.0))],
)
def test_uses_the_lines_it_has(phases: int, lines: int, expected: Phases) -> None:
    """Lines are those that both the charger and the contactor have."""
    vehicle = Vehicle(Traits(phases=phases))

    assert expected == after(vehicle, 3, 10.0, lines)


def test_uses_no_dead_line() -> None:
    """On a single-phase supply only L1 carries current."""
    vehicle = Vehicle(Traits())
    after(vehicle, 2)

    assert vehicle.advance(1.0, 16.0, Supply(1).voltages_v, 3) == (16.0, 0.0, 0.0)


def test_stops_when_the_offer_goes() -> None:
    """Without an offer the current stops at once and S2 opens within a second."""
    vehicle = Vehicle(Traits())
    after(vehicle, 3)

    currents_a = vehicle.advance(0.5, None, THREE, 3)
    still = vehicle.ready
    vehicle.advance(0.5, None, THREE, 3)

    assert (currents_a, still, vehicle.ready) == (NOTHING, True, False)


def test_needs_its_minimum() -> None:
    """An offer below the vehicle's own minimum is no offer."""
    vehicle = Vehicle(Traits(min_a=8))

    assert after(vehicle, 5, 7.9) == NOTHING
    assert not vehicle.ready


def test_pauses() -> None:
    """During a pause of its own S2 is open, and it comes back."""
    vehicle = Vehicle(Traits(pauses=((10, 5),)))
    seen = []
    for _ in range(20):
        after(vehicle, 1)
        seen.append(vehicle.ready)

    assert seen == [True] * 9 + [False] * 5 + [True] * 6


def test_fills_up() -> None:
    """A full vehicle opens S2 and takes no more; the last fifth goes ever slower."""
    vehicle = Vehicle(Traits(battery_wh=1000, soc=0.7))
    first = after(vehicle, 2)
    seconds, last = 0, first
    while vehicle.ready:
        seconds += 1
        last = after(vehicle, 1)
    power_w = 3 * 230 * 16

    assert first == (16.0, 16.0, 16.0)
    assert last == NOTHING
    assert vehicle.full
    assert vehicle.traits.soc == 1
    assert seconds > 0.3 * 1000 * 3600 / power_w


def test_never_ready() -> None:
    """A vehicle that does not want current stays in B."""
    vehicle = Vehicle(Traits(never_ready=True))
    after(vehicle, 100)

    assert not vehicle.ready


def test_ignores_the_limit() -> None:
    """A disobedient vehicle takes its own maximum whatever the pilot says."""
    vehicle = Vehicle(Traits(max_a=32, ignores_limit=True))

    assert after(vehicle, 3, 6.0) == (32.0, 32.0, 32.0)
    assert after(vehicle, 3, None) == (32.0, 32.0, 32.0)


def test_a_new_plug_starts_over() -> None:
    """After a new plug the vehicle reacts as to a first offer, with the battery it has."""
    vehicle = Vehicle(Traits())
    after(vehicle, 100)
    soc = vehicle.traits.soc
    vehicle.plugged()

    assert not vehicle.ready
    assert soc == vehicle.traits.soc > 0.3


@pytest.mark.parametrize(
    "wrong",
    [
        {"battery_wh": 0.0},
        {"soc": 1.1},
        {"soc": math.nan},
        {"max_a": 81.0},
        {"phases": 2},
        {"min_a": 17.0},
        {"wakes_after_s": math.inf},
        {"pauses": ((1.0, 0.0),)},
    ],
)
def test_impossible_vehicles(wrong: dict[str, object]) -> None:
    """Traits no vehicle can have are refused by name."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Traits(**wrong)  # type: ignore[arg-type]  # each case breaks one trait


def test_impossible_supply() -> None:
    """There is no two-phase supply here."""
    with pytest.raises(ValueError, match="not 2"):
        Supply(2)


def test_broken_supply() -> None:
    """A broken supply has neither voltage nor frequency."""
    supply = Supply()
    supply.broken = True

    assert (supply.voltages_v, supply.frequency_hz) == (NOTHING, 0.0)


@given(
    offers=st.lists(st.none() | st.floats(0, 80), max_size=60),
    max_a=st.floats(6, 80),
    soc=st.floats(0, 1),
    lines=st.sampled_from([0, 1, 3]),
)
def test_obedient(offers: list[float | None], max_a: float, soc: float, lines: int) -> None:
    """An obedient vehicle never takes more than it is offered, nor more than it can."""
    vehicle = Vehicle(Traits(max_a=max_a, soc=soc))
    for offered_a in offers:
        currents_a = vehicle.advance(1.0, offered_a, THREE, lines)

        assert max(currents_a) <= min(offered_a or 0.0, max_a)
        assert 3 - lines <= currents_a.count(0.0)


# --- other lines ---


def test_opens_its_switch_when_nothing_is_offered() -> None:
    """Within a second; one that holds it takes what is there only while it is offered."""
    polite, stubborn = Vehicle(Traits()), Vehicle(Traits(holds_switch=True))
    for vehicle in (polite, stubborn):
        after(vehicle, 5)
        assert after(vehicle, 5, None) == NOTHING

    assert (polite.ready, stubborn.ready) == (False, True)


def test_a_drowsy_one_sleeps_until_it_is_woken() -> None:
    """It goes on after the second time that it is offered nothing."""
    vehicle = Vehicle(Traits(drowsy=True))
    after(vehicle, 5)
    assert vehicle.ready
    after(vehicle, 10, None)
    after(vehicle, 60)
    asleep = vehicle.ready
    after(vehicle, 3, None)
    after(vehicle, 2)

    assert (asleep, vehicle.ready) == (False, True)


def test_a_new_plug_wakes_it() -> None:
    """Nothing of before counts."""
    vehicle = Vehicle(Traits(drowsy=True))
    after(vehicle, 5)
    after(vehicle, 5, None)
    vehicle.plugged()
    after(vehicle, 2)

    assert vehicle.ready
