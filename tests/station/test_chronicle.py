"""The station counts its starts, and remembers when a setting was written last."""

from __future__ import annotations

from laadpaal.properties.metering import SAMPLE_INTERVAL
from laadpaal.properties.state import LAST_CHANGE, STARTS
from laadpaal.properties.wiring import MAX_PHASES
from laadpaal.station import requests as r
from laadpaal.station.answers import Refused
from laadpaal.station.moment import Moment
from laadpaal.station.notices import SettingChanged
from laadpaal.station.records import SettingWritten
from laadpaal.station.saved import Saved
from laadpaal.station.words import By
from tests.support.world import NOON, World


def kept(world: World) -> Saved:
    """Return what a disk has of the settings."""
    written = (one for one in world.records if isinstance(one, SettingWritten))
    return Saved(settings={(one.id, one.evse): one.text or "" for one in written})


def test_every_start_counts() -> None:
    """The first is number one, and what the disk has of it is counted on."""
    first = World()
    assert first.values[STARTS] == 1

    assert World(saved=kept(first)).values[STARTS] == 2


def test_a_written_setting_tells_its_time() -> None:
    """In milliseconds, also after a restart; nobody is told of that besides."""
    world = World()
    assert world.values[LAST_CHANGE] == 0
    world.pass_time(1.5)

    world.ask(r.WriteSetting(SAMPLE_INTERVAL.id, "30"))

    assert world.values[LAST_CHANGE] == (NOON + 1.5) * 1000
    assert World(saved=kept(world)).values[LAST_CHANGE] == (NOON + 1.5) * 1000
    assert [told.id for told in world.told(SettingChanged)] == [SAMPLE_INTERVAL.id]


def test_what_is_refused_changes_nothing() -> None:
    """But for a bad value that puts the default in force."""
    world = World()
    assert isinstance(world.ask(r.WriteSetting(SAMPLE_INTERVAL.id, "soon")), Refused)
    assert world.values[LAST_CHANGE] == 0
    world.ask(r.WriteSetting(MAX_PHASES.id, "1", By.LOCAL))
    world.pass_time(1.0)

    assert isinstance(world.ask(r.WriteSetting(MAX_PHASES.id, "2", By.LOCAL)), Refused)

    assert world.values[LAST_CHANGE] == (NOON + 1.0) * 1000


def test_a_clock_that_knows_no_time_tells_none() -> None:
    """What lies before 1970 is written down as never."""
    world = World(now=Moment(10.0, -5.0, trusted=False))

    world.ask(r.WriteSetting(SAMPLE_INTERVAL.id, "30"))

    assert world.values[LAST_CHANGE] == 0
