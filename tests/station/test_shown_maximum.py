"""The most that each socket can show: kept, and compared by the next start (S67)."""

from __future__ import annotations

from laadpaal.properties.charging import CONNECTOR_MAX, STATION_MAX
from laadpaal.properties.panel import AS_BUILT, SHOWN_MAX
from laadpaal.properties.wiring import MAX_PHASES
from laadpaal.station import events as e
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout
from laadpaal.station.measurement import Measurement, Phases
from laadpaal.station.notices import MaximumLooksDifferent
from laadpaal.station.records import SettingWritten
from laadpaal.station.requests import WriteSetting
from laadpaal.station.saved import Saved
from laadpaal.station.words import By
from tests.support.world import World

ONE: Phases = (230.0, 0.0, 0.0)
THREE: Phases = (230.0, 230.0, 230.0)
OLD = Saved(settings={(SHOWN_MAX.id, 0): AS_BUILT})
"""What the database of a release has that did not look at the wiring."""


def read(world: World, evse: int, volts: Phases) -> None:
    world.tell(e.MeterRead(evse, Measurement(5000.0, volts)))


def kept(world: World) -> list[tuple[int, str | None]]:
    """Return what was kept, in order, as EVSE and text."""
    written = [r for r in world.records if isinstance(r, SettingWritten)]
    return [(record.evse, record.text) for record in written if record.id == SHOWN_MAX.id]


def test_s67_a_single_phase_installation_looks_different_after_the_upgrade() -> None:
    """It is told once, at the first reading; each socket has a result of its own."""
    world = World(saved=OLD)
    assert world.told(MaximumLooksDifferent) == []
    read(world, 1, ONE)
    read(world, 2, THREE)
    read(world, 1, ONE)

    assert world.told(MaximumLooksDifferent) == [MaximumLooksDifferent(1, "3 x 16 A", "1 x 16 A")]
    assert kept(world) == [(1, "1 x 16 A"), (2, "3 x 16 A")]


def test_s67_the_next_start_has_nothing_to_tell() -> None:
    """It is as it was; and where the wiring has changed since, that is told again."""
    shown = Saved(settings={(SHOWN_MAX.id, 1): "1 x 16 A", (SHOWN_MAX.id, 2): "1 x 16 A"})
    world = World(saved=shown)
    read(world, 1, ONE)
    read(world, 2, THREE)

    assert world.told(MaximumLooksDifferent) == [MaximumLooksDifferent(2, "1 x 16 A", "3 x 16 A")]
    assert kept(world) == [(2, "3 x 16 A")]


def test_a_new_station_has_nothing_to_compare_with() -> None:
    """What it shows first is kept, and no news."""
    world = World()
    read(world, 1, ONE)

    assert world.told(MaximumLooksDifferent) == []
    assert kept(world) == [(1, "1 x 16 A")]


def test_what_somebody_changes_meanwhile_is_no_surprise() -> None:
    """Each setting that bounds the maximum is kept with it, and nothing is told."""
    world = World()
    read(world, 1, THREE)
    for row, text in ((CONNECTOR_MAX, "20.0"), (STATION_MAX, "10.0"), (MAX_PHASES, "1")):
        world.ask(WriteSetting(row.id, text, By.LOCAL))

    assert kept(world) == [(1, "3 x 16 A"), (1, "3 x 20 A"), (1, "3 x 10 A"), (1, "1 x 10 A")]
    assert world.told(MaximumLooksDifferent) == []


def test_an_outlet_of_less_shows_less() -> None:
    """Its rating and its lines are part of what it is built as."""
    small = EvseLayout((ConnectorLayout(rated_a=13.0, phases=1),))
    world = World(Layout(evses=(small,)), saved=OLD)
    read(world, 1, THREE)

    assert kept(world) == [(1, "1 x 13 A")]
