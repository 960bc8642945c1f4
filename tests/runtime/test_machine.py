"""What a machine tells of itself and of the station that runs on it."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from pathlib import Path

import pytest

from laadpaal.ports.machine import Dealings, Wire
from laadpaal.properties.state import STARTS
from laadpaal.runtime.config import Config
from laadpaal.runtime.machine import FRESH_S, StationMachine
from laadpaal.runtime.running import Running
from laadpaal.station.answers import Refused
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.requests import Reset
from laadpaal.station.security import SecurityKind
from laadpaal.station.words import ResetKind
from tests.runtime.stage import Stage, staged


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Return a station without a CSMS."""
    return Config(folder=str(tmp_path), api=None)


async def settled(stage: Stage) -> None:
    """Return a turn later: the station has powered up."""
    assert isinstance(await stage.running.ask(Reset(ResetKind.HARD, evse=9)), Refused)


async def test_a_life_has_a_reason_and_a_beginning(config: Config) -> None:
    """The next one has another of each, and is counted."""
    async with staged(config) as stage:
        machine = StationMachine(stage.running)
        assert machine.boot_reason == "PowerUp"
        first = machine.up_s()
        assert first >= 0
        await settled(stage)
        assert stage.running.values[STARTS] == 1

        await stage.running.ask(Reset(ResetKind.HARD))
        await stage.life(2)

        assert machine.boot_reason == "RemoteReset"
        assert stage.running.began_at > 0
        await settled(stage)
        assert stage.running.values[STARTS] == 2


async def test_the_clock_is_set_and_told(config: Config) -> None:
    """The station hears of the jump, and takes note of it as it does of any other."""
    async with staged(config) as stage:
        machine = StationMachine(stage.running)
        ahead = machine.utc() + 3600.0
        machine.set_clock(ahead)

        def set_() -> bool:
            events = stage.ear.all(SecurityEvent)
            return any(event.kind is SecurityKind.CLOCK_SET for event in events)

        await stage.ear.until(set_)
        assert machine.utc() >= ahead


async def test_the_network_is_looked_at_now_and_then(config: Config) -> None:
    """Not at every question."""
    looks = []

    def look() -> Wire:
        looks.append(1)
        return Wire("eth0", address=f"192.0.2.{len(looks)}")

    async with staged(config) as stage:
        machine = StationMachine(stage.running, look=look)
        assert {machine.wire().address for _ in range(5)} == {"192.0.2.1"}

        await stage.running.clock.sleep(FRESH_S)
        assert machine.wire().address == "192.0.2.2"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({}, Dealings()),
        ({"registration": None, "online": False, "last_contact_s": 5.0}, Dealings()),
        (
            {"registration": "Accepted", "online": True, "last_contact_s": 5.0},
            Dealings("Accepted", connected=True, heard_at=-5.0),
        ),
    ],
)
async def test_how_it_goes_with_the_csms(
    config: Config,
    monkeypatch: pytest.MonkeyPatch,
    state: Mapping[str, object],
    expected: Dealings,
) -> None:
    """What it said, whether it is there, and how long ago it was heard."""
    monkeypatch.setattr(Running, "state", lambda _: state)
    monkeypatch.setattr(StationMachine, "utc", lambda _: 0.0)
    async with staged(config) as stage:
        assert StationMachine(stage.running).dealings() == expected


async def test_the_board_has_a_name(config: Config, tmp_path: Path) -> None:
    """Where the machine has one; else it is called by its processor."""
    named = tmp_path / "model"
    named.write_bytes(b"A board with a name that is much too long\0")
    async with staged(config) as stage:
        board = StationMachine(stage.running, board=named).board
        assert board == "A board with a name that is much"
        missing = StationMachine(stage.running, "LP1", board=tmp_path / "no")
        assert (missing.board, missing.identity) == (platform.machine(), "LP1")
