"""How many phases the installation has."""

from __future__ import annotations

from math import nan

import pytest

from laadpaal.station import events as e
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
