"""A station with its back office, and somebody with a browser in front of its page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from laadpaal.backoffice.server import BackOffice
from laadpaal.protocols.pki import Names
from laadpaal.runtime import web as front
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import ApiTable, Config, CsmsTable, HouseTable, SimulatedGridTable
from laadpaal.runtime.web_table import WebTable
from tests.runtime.stage import Stage, staged
from tests.support.browsing import Visitor, driving, visiting

SPEED = 60.0
HOUSE = SimulatedGridTable(house=HouseTable(base_a=2.0, appliances=6, sun_a=4.0, seed=4))
"""A house with people, who leave a vehicle all that it takes, and two of them less."""


@pytest.fixture(autouse=True)
def _browser() -> None:
    """Skip what cannot be tried here, before a station is started for it."""
    driving()


@pytest.fixture
def clock() -> RealClock:
    """Return the clock that all go by, quicker than a real one."""
    return RealClock(SPEED)


@pytest.fixture
async def office(clock: RealClock) -> AsyncIterator[BackOffice]:
    """Return the back office of the station."""
    async with BackOffice(clock) as office:
        yield office


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the certificate be of no machine in particular, for pictures are taken of it."""
    called = Names(("laadpaal", "laadpaal.local", "localhost"), ("127.0.0.1",))
    monkeypatch.setattr(front, "names", lambda: called)


@pytest.fixture
async def stage(office: BackOffice, clock: RealClock, tmp_path: Path) -> AsyncIterator[Stage]:
    """Run a station that has told its back office of itself."""
    csms = CsmsTable(url=office.url, identity="LP1")
    web = WebTable(host="127.0.0.1", port=0, announce=False)
    folder = str(tmp_path)
    config = Config(
        folder=folder, csms=csms, api=ApiTable(port=0), web=web, speed=SPEED, grid=HOUSE
    )
    async with staged(config, clock) as stage:
        await office.wait_for("LP1", "StatusNotification")
        yield stage


@pytest.fixture
async def visitor(stage: Stage) -> AsyncIterator[Visitor]:
    """Return somebody who looks at the page of the station."""
    assert stage.station.api
    async with visiting(stage.station.api) as visitor:
        yield visitor
