"""How many phases the installation has."""

from __future__ import annotations

from math import nan

import pytest

from laadpaal.properties.wiring import MAX_PHASES, PHASE_PAUSE
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.measurement import Measurement, Phases
from laadpaal.station.notices import PhasesDetected
from laadpaal.station.phases import wired
from tests.support.world import World

ENERGY_WH = 5000.0


@pytest.mark.parametrize(
    ("voltages_v", "phases"),
    [
        ((230.0, 0.0, 0.0), 1),
        ((80.0, 0.0, 0.0), 3),
        ((80.1, 0.0, 0.0), 1),
        ((230.0, 79.0, 79.0), 1),
        ((230.0, 80.0, 80.0), 1),
        ((230.0, 81.0, 0.0), 3),
        ((230.0, 0.0, 81.0), 3),
        ((0.0, 230.0, 0.0), 3),
        ((133.0, 133.0, 133.0), 3),
        ((230.0, 230.0, 230.0), 3),
        ((230.0, nan, nan), 1),
        ((230.0, 230.0, nan), 3),
        ((0.0, 0.0, 0.0), None),
        ((nan, nan, nan), None),
    ],
)
def test_rule_of_80_volts(voltages_v: Phases, phases: int | None) -> None:
    """One phase is more than 80 V on L1 and on no other; without supply nothing is said (S17)."""
    assert wired(voltages_v) == phases


def test_only_the_first_complete_reading_decides() -> None:
    """Silence and dead supply decide nothing; the first supply does, for each meter (S16)."""
    world = World()
    world.tell(e.MeterLost(1))
    world.tell(e.MeterRead(1, Measurement(ENERGY_WH, (0.0, 0.0, 0.0))))
    assert world.told(PhasesDetected) == []

    world.tell(e.MeterRead(1, Measurement(ENERGY_WH, (230.0, 0.0, 0.0))))
    world.tell(e.MeterRead(1, Measurement(ENERGY_WH, (230.0, 230.0, 230.0))))
    world.tell(e.MeterLost(1))
    world.tell(e.MeterRead(1, Measurement(ENERGY_WH, (230.0, 230.0, 230.0))))
    world.tell(e.MeterRead(2, Measurement(ENERGY_WH, (230.0, 230.0, 230.0))))

    assert world.told(PhasesDetected) == [PhasesDetected(1, 1), PhasesDetected(2, 3)]


# --- how many may be used ---


def closings(world: World) -> list[int]:
    """Return how many lines each closing of the contactor of EVSE 1 was to close."""
    return [x.phases for x in world.actions if isinstance(x, a.CloseContactor) and x.evse == 1]


def charge(world: World) -> None:
    """Plug in and show a card, whatever went before."""
    world.plug()
    world.swipe()


def allow(world: World, lines: str) -> Answer:
    """Write how many lines may be used."""
    return world.ask(r.WriteSetting(MAX_PHASES.id, lines))


def test_one_line_is_used_where_one_is_allowed() -> None:
    """Whatever is built and wired (S39)."""
    world = World()
    world.online()
    assert allow(world, "1") == Accepted()
    charge(world)

    assert closings(world) == [1]
    assert world.station.view().evses[0].phases == 1


def test_lines_that_are_closed_stay_in_use_until_the_contactor_opens() -> None:
    """What flows is reckoned by what is closed, not by what is wished (S39)."""
    world = World()
    world.online()
    charge(world)
    allow(world, "1")
    assert world.station.view().evses[0].phases == 3
    world.swipe()
    assert world.station.view().evses[0].phases == 1
    world.swipe()
    world.pass_time(world.values[PHASE_PAUSE])

    assert closings(world) == [3, 1]


def test_more_lines_are_used_again_after_a_restart() -> None:
    """Allowing them is no wish to use them (S40)."""
    world = World()
    world.online()
    allow(world, "1")
    allow(world, "3")
    charge(world)
    assert closings(world) == [1]

    again = World()
    again.online()
    charge(again)
    assert closings(again) == [3]


@pytest.mark.parametrize("text", ["0", "2", "4", "-1", "03", "+3", "3 ", "3.0", "true", ""])
def test_one_or_three_lines_may_be_allowed(text: str) -> None:
    """Nothing else is a number of lines (S36)."""
    answer = allow(World(), text)

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.BAD_VALUE
