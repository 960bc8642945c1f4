"""Settings are written through one door, and come back from the disk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laadpaal.properties import charging as charging_rows
from laadpaal.properties import metering as meter_rows
from laadpaal.properties.book import BOOK
from laadpaal.properties.comms import HEARTBEAT_INTERVAL
from laadpaal.properties.rows import Setting
from laadpaal.properties.state import LAST_CHANGE, STARTS
from laadpaal.properties.values import Values
from laadpaal.properties.wiring import MAX_PHASES
from laadpaal.station import actions as a
from laadpaal.station import desk
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, AfterRestart, Answer, Reason, Refused
from laadpaal.station.notices import LinkChanged, SettingChanged
from laadpaal.station.records import SettingWritten
from laadpaal.station.saved import Saved, restored
from laadpaal.station.words import By
from tests.support.world import World

CONNECTOR_MAX = charging_rows.CONNECTOR_MAX
SECRET = next(row for row in BOOK if isinstance(row, Setting) and row.secret and not row.restart)


def reason(answer: Answer) -> Reason | None:
    """Return why it was refused."""
    return answer.reason if isinstance(answer, Refused) else None


def written(world: World) -> list[SettingWritten]:
    """Return what was kept of settings, but for what the station counts by itself."""
    kept = (record for record in world.records if isinstance(record, SettingWritten))
    return [record for record in kept if record.id not in {STARTS.id, LAST_CHANGE.id}]


def test_a_written_setting_is_kept_and_told() -> None:
    """The record and the notice carry the text as its kind prints it."""
    world = World()

    assert world.ask(r.WriteSetting(CONNECTOR_MAX.id, "13.0", evse=2)) == Accepted()
    assert SettingWritten(CONNECTOR_MAX.id, 2, "13") in world.records
    assert world.told(SettingChanged) == [SettingChanged(CONNECTOR_MAX.id, 2, "13")]
    assert [evse.limit_a for evse in world.station.view().evses] == [16.0, 13.0]


@pytest.mark.parametrize(
    ("row", "evse"),
    [(meter_rows.SAMPLE_INTERVAL, 1), (CONNECTOR_MAX, 3), (CONNECTOR_MAX, -1)],
)
def test_a_setting_has_values_only_where_it_applies(row: Setting[object], evse: int) -> None:
    """A setting of the station has none for an EVSE, and no EVSE beyond the last has any."""
    world = World()

    assert reason(world.ask(r.WriteSetting(row.id, "8", evse=evse))) is Reason.BAD_VALUE
    assert written(world) == []


def test_the_installer_s_settings_are_not_the_csms_s() -> None:
    """Only the local side writes them; what is held fixed nobody does."""
    world = World()
    row = charging_rows.INSTALLATION_MAX

    assert reason(world.ask(r.WriteSetting(row.id, "10"))) is Reason.READ_ONLY
    assert world.ask(r.WriteSetting(row.id, "10", By.LOCAL)) == Accepted()
    world.values.hold({row.id: 12.0})
    assert reason(world.ask(r.WriteSetting(row.id, "9", By.LOCAL))) is Reason.READ_ONLY


def test_some_settings_wait_for_the_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are kept at once, shown as waiting, and not yet in force."""
    later = replace(meter_rows.SAMPLE_INTERVAL, restart=True)
    monkeypatch.setattr(desk, "setting", lambda _: later)
    world = World()

    assert world.ask(r.WriteSetting(later.id, "30")) == AfterRestart()
    assert world.station.view().pending_settings == (later.id,)
    assert written(world) == [SettingWritten(later.id, 0, "30")]
    assert world.values[later] == 60
    assert world.told(SettingChanged) == []


def test_a_secret_is_not_told() -> None:
    """The notice says that it changed, and not to what."""
    world = World()
    world.ask(r.WriteSetting(SECRET.id, "0123456789abcdef", By.LOCAL))

    assert world.told(SettingChanged) == [SettingChanged(SECRET.id, 0, "")]


@pytest.mark.parametrize(
    ("asked_s", "kept"), [(300, 300), (0, None), (10**9, HEARTBEAT_INTERVAL.kind.high)]
)
def test_the_heartbeat_is_the_csms_s(asked_s: int, kept: float | None) -> None:
    """What it wants at boot is kept, within bounds; zero leaves ours (1.6 4.1, 2.0.1 B01)."""
    world = World()
    world.tell(e.CsmsOnline(asked_s))
    world.tell(e.CsmsOnline(asked_s))

    wanted = [] if kept is None else [f"{kept:g}"]
    assert [n.text for n in world.told(SettingChanged)] == wanted


def test_the_link_is_told_when_it_changes() -> None:
    """Once each, whatever is repeated."""
    world = World()
    for event in (e.CsmsOffline(), e.CsmsOnline(), e.CsmsOnline(), e.CsmsOffline()):
        world.tell(event)

    assert [n.online for n in world.told(LinkChanged)] == [True, False]
    assert not world.station.view().online


def test_settings_come_back_from_the_disk() -> None:
    """What no longer fits is named and left out; the rest is in force."""
    values = Values()
    settings = {
        (meter_rows.SAMPLE_INTERVAL.id, 0): "30",
        (CONNECTOR_MAX.id, 2): "13",
        ("FFFF_0", 0): "1",
        (meter_rows.ENDED_INTERVAL.id, 0): "often",
    }
    wrong = restored(values, Saved(settings=settings))

    assert values[meter_rows.SAMPLE_INTERVAL] == 30
    assert values.of(CONNECTOR_MAX, 2) == 13
    assert values[meter_rows.ENDED_INTERVAL] == meter_rows.ENDED_INTERVAL.default
    assert len(wrong) == 2
    assert wrong[0].startswith("FFFF_0")
    assert wrong[1].startswith(meter_rows.ENDED_INTERVAL.id)


@pytest.mark.parametrize("text", ["2", "03", "", "\x00", "three"])
def test_s38_a_corrupt_number_of_lines_is_the_default_again(text: str) -> None:
    """Whatever the configuration file gives, and a sentence says so."""
    values = Values({(MAX_PHASES.id, 0): "1"})
    [wrong] = restored(values, Saved(settings={(MAX_PHASES.id, 0): text}))

    assert values[MAX_PHASES] == "3"
    assert wrong.endswith("is not exactly one of 1, 3; the default holds")


def test_s38_what_is_no_number_of_lines_puts_the_default_in_force() -> None:
    """It is refused, and 3 is kept; once more, and there is nothing new to keep."""
    world = World()
    world.ask(r.WriteSetting(MAX_PHASES.id, "1", By.LOCAL))
    for _ in range(2):
        assert isinstance(world.ask(r.WriteSetting(MAX_PHASES.id, "2", By.LOCAL)), Refused)

    assert world.values[MAX_PHASES] == "3"
    assert [it.text for it in written(world)] == ["1", "3"]


def test_a_station_shows_what_it_is_made_of() -> None:
    """Its values and layout are there for everybody who only looks."""
    world = World()

    assert world.station.values is world.values
    assert replace(world.station.layout) == world.station.layout


def test_a_transaction_is_found_by_its_id() -> None:
    """The view names the EVSE with it; an unknown id has none."""
    world = World()
    world.online()
    world.plug(2)
    world.swipe()
    found = world.station.view().transaction("tx-1")

    assert found is not None
    assert (found[0].evse, found[1].id) == (2, "tx-1")
    assert world.station.view().transaction("tx-2") is None


def test_the_lights_are_as_bright_as_is_set() -> None:
    """Hardware is told at the start, and at every write."""
    world = World()
    world.ask(r.WriteSetting("2500_0", "30"))

    assert [x for x in world.actions if isinstance(x, a.DimLights)] == [
        a.DimLights(100),
        a.DimLights(30),
    ]
