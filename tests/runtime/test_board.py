"""The tasks of the devices end when they are told to, whatever a driver makes of that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from unittest.mock import Mock

import pytest

from laadpaal.ports.devices import Board, EvseDevices
from laadpaal.runtime.board import BoardTasks
from laadpaal.runtime.clock import RealClock
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.measurement import Measurement

MEASURED = Measurement(1000.0, (230.0, 230.0, 230.0), (0.0, 0.0, 0.0), 0.0, 50.0)


class Deaf:
    """Stands for devices whose library loses the cancellation that comes while they work."""

    def __init__(self) -> None:
        self.at_work = asyncio.Event()

    async def work(self) -> None:
        """Work until cancelled, and then go on as if nothing was."""
        self.at_work.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return

    async def read(self) -> Measurement:
        """Return a measurement in the end."""
        await self.work()
        return MEASURED

    async def close(self) -> None:
        """Be a contactor that is told to open."""

    async def open(self) -> None:
        """Be a contactor that opens in the end."""
        await self.work()

    async def offer(self, _limit_a: float | None) -> None:
        """Be a pilot."""

    async def states(self) -> AsyncIterator[e.Pilot]:
        """Yield nothing, ever."""
        await asyncio.Event().wait()
        yield e.Pilot.A


async def _quick() -> Measurement:
    return MEASURED


@pytest.mark.parametrize("part", ["meter", "contactor"])
async def test_a_lost_cancellation_is_made_up_for(part: str) -> None:
    """Power cut and restart do not wait for ever for a driver that has swallowed them."""
    deaf = Deaf()
    well = Mock(read=_quick, states=deaf.states)
    devices = EvseDevices(
        well, deaf if part == "contactor" else well, deaf if part == "meter" else well
    )  # type: ignore[arg-type]  # Deaf has what is used
    tasks = BoardTasks(Board((devices,), {}, Mock()), RealClock(), lambda _event: None)
    running = asyncio.create_task(tasks.run())
    if part == "contactor":
        tasks.do(a.OpenContactor(1))
    await deaf.at_work.wait()
    running.cancel()
    await asyncio.wait([running], timeout=30)

    assert running.cancelled()
