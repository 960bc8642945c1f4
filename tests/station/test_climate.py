"""How warm it is inside: less current before it is too warm, and none in heat or cold."""

from __future__ import annotations

import pytest

from laadpaal.properties import surroundings as rows
from laadpaal.properties.charging import CONNECTOR_MAX
from laadpaal.station.display import ScreenState
from laadpaal.station.events import FaultRaised
from laadpaal.station.faults import COLD_FAULT, HOT_FAULT
from laadpaal.station.lights import Light
from laadpaal.station.notices import TransactionEnded
from laadpaal.station.surroundings import TemperatureRead
from laadpaal.station.words import Status
from tests.support.world import World, last


def charging() -> World:
    """Return a station that charges on EVSE 1, with 32 A."""
    world = World()
    world.values.put(CONNECTOR_MAX, 32.0, 1)
    world.online()
    world.plug()
    world.swipe()
    return world


@pytest.mark.parametrize(
    ("celsius", "offered_a"),
    [(-24.5, 32.0), (20.0, 32.0), (60.0, 32.0), (60.5, 30.7), (65.0, 19.0), (69.5, 7.3)],
)
def test_the_warmer_the_less(celsius: float, offered_a: float) -> None:
    """From 10 K below the limit on, and what limits it has a name."""
    world = charging()
    world.tell(TemperatureRead(celsius))
    seen = world.station.view().evses[0]

    assert seen.offered_a == offered_a
    assert (seen.because == "temperature inside") is (offered_a < 32.0)
    assert world.evse().closed_wanted


@pytest.mark.parametrize(
    ("celsius", "still", "back", "code", "error", "info"),
    [
        (
            70.0,
            65.5,
            65.0,
            HOT_FAULT,
            "HighTemperature",
            "inside temperature high: limit 70, actual 70",
        ),
        (
            -30.5,
            -20.5,
            -20.0,
            COLD_FAULT,
            "OtherError",
            "inside temperature low: limit -25, actual -30.5",
        ),
    ],
)
def test_too_much_of_it_pauses_everybody(
    celsius: float, still: float, back: float, code: int, error: str, info: str
) -> None:
    """It is told with both numbers, and ends only when it is well within the limit again."""
    world = charging()
    world.tell(TemperatureRead(celsius))
    assert not world.evse().closed_wanted
    told = last(world)
    assert (told.status, told.error, told.code) == (Status.SUSPENDED_EVSE, error, code)
    assert (told.info, len(info) <= 50) == (info, True)
    assert world.station.view().evses[0].connectors[0].info == info
    other = world.station.view().evses[1]
    assert (set(other.faults), other.screen.state) == ({code}, ScreenState.ERROR)
    assert other.light is Light.ERROR_TEMPERATURE

    world.tell(TemperatureRead(still))
    assert not world.evse().closed_wanted
    world.tell(TemperatureRead(back))
    world.pass_time(1)

    assert world.evse().closed_wanted
    assert (last(world).error, last(world).info) == ("NoError", "")
    assert world.station.view().evses[1].faults == frozenset()
    assert world.told(TransactionEnded) == []


def test_the_limits_are_settings() -> None:
    """They count at once."""
    world = charging()
    world.put(rows.HOTTEST, to=40)
    world.put(rows.COLDEST, to=0)
    world.tell(TemperatureRead(40.0))
    hot = world.evse().faults.copy()
    world.tell(TemperatureRead(0.0))

    assert (hot, world.evse().faults) == ({HOT_FAULT}, {COLD_FAULT})


def test_a_silent_thermometer_changes_nothing() -> None:
    """What the last temperature led to stays; nobody knows any better."""
    world = charging()
    world.tell(TemperatureRead(65.0))
    world.tell(TemperatureRead(None))
    assert world.station.view().celsius is None
    assert world.station.view().evses[0].offered_a == 19.0
    world.tell(TemperatureRead(75.0))
    world.tell(TemperatureRead(None))

    assert world.evse().faults == {HOT_FAULT}


def test_a_fault_that_somebody_else_has_raised_is_theirs() -> None:
    """A temperature that was never beyond its limit clears nothing."""
    world = charging()
    world.tell(FaultRaised(1, HOT_FAULT))
    world.tell(TemperatureRead(20.0))

    assert last(world).info == "inside temperature high"
    assert world.evse().faults == {HOT_FAULT}
