"""People of the demo give way to whoever looks at it and has hands as well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from laadpaal.backoffice.server import BackOffice
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, CsmsTable
from laadpaal.station.notices import TransactionStarted
from laadpaal.station.requests import StopCharging
from laadpaal.station.words import By, Status, StopReason
from tests.runtime.stage import SPEED, Stage, staged

CARD = "04A1B2C3"
LONG_S = 1e9


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Run a station whose back office lets every card charge."""
    async with BackOffice(clock := RealClock(SPEED)) as office:
        csms = CsmsTable(url=office.url, identity="LP1")
        async with staged(Config(folder=str(tmp_path), api=None, csms=csms), clock) as stage:
            await office.wait_for("LP1", "StatusNotification")
            yield stage


def status(stage: Stage, evse: int) -> Status:
    """Return how a socket is now."""
    return stage.running.view().evses[evse - 1].connectors[0].status


async def test_who_is_stopped_by_another_leaves(stage: Stage) -> None:
    """The driver does not swipe again, which would begin anew, but unplugs and drives off."""
    visit = asyncio.create_task(stage.driver.visit(1, CARD, LONG_S))
    await stage.ear.until(lambda: bool(stage.ear.all(TransactionStarted)))
    [begun] = stage.ear.all(TransactionStarted)
    await stage.running.ask(StopCharging(begun.transaction, By.LOCAL, StopReason.LOCAL))
    await visit

    assert status(stage, 1) is Status.AVAILABLE
    assert len(stage.ear.all(TransactionStarted)) == 1


async def test_a_socket_that_somebody_has_is_left_alone(stage: Stage) -> None:
    """A vehicle that others have plugged in stays as it is, and nobody falls over it."""
    stage.bench.vehicle(1, {"soc": 0.9})
    stage.bench.plug(1, 32.0)
    await stage.ear.until(lambda: status(stage, 1) is not Status.AVAILABLE)
    days = asyncio.create_task(stage.driver.days())
    await stage.ear.until(lambda: status(stage, 2) is Status.CHARGING)
    days.cancel()

    assert status(stage, 1) is Status.PREPARING
    assert stage.bench.vehicle(1, {})["soc"] == 0.9
