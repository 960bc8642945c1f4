"""The tasks of the devices end when they are told to, whatever a driver makes of that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from unittest.mock import Mock

import pytest

from laadpaal.ports.devices import Board, EvseDevices
from laadpaal.runtime.board import BoardTasks
from laadpaal.runtime.clock import RealClock
from laadpaal.simulation.feed import Feed
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.measurement import Measurement
from laadpaal.station.words import Pilot

MEASURED = Measurement(1000.0, (230.0, 230.0, 230.0), (0.0, 0.0, 0.0), 0.0, 50.0)


async def _read() -> Measurement:
    return MEASURED


async def _states() -> AsyncIterator[Pilot]:
    await asyncio.Event().wait()
    yield Pilot.A


@pytest.mark.parametrize("part", ["meter", "contactor"])
async def test_a_lost_cancellation_is_made_up_for(part: str) -> None:
    """Power cut and restart do not wait for ever for a driver that has swallowed them."""
    at_work = asyncio.Event()

    async def deaf() -> Measurement:
        """Work until cancelled, and then go on as if nothing was."""
        at_work.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return MEASURED
        raise AssertionError

    well, ill = Mock(read=_read, states=_states), Mock(read=deaf, open=deaf)
    contactor, meter = (ill, well) if part == "contactor" else (well, ill)
    devices = EvseDevices(well, contactor, meter)
    tasks = BoardTasks(Board((devices,), {}, Mock()), RealClock(), lambda _event: None)
    running = asyncio.create_task(tasks.run())
    if part == "contactor":
        tasks.do(a.OpenContactor(1))
    await at_work.wait()
    running.cancel()
    await asyncio.wait([running], timeout=30)

    assert running.cancelled()


def test_the_panel_is_told_how_bright_to_be() -> None:
    """Its lights are all of the same brightness."""
    panel = Mock()
    BoardTasks(Board((), {}, panel), RealClock(), lambda _event: None).do(a.DimLights(30))

    panel.dim.assert_called_once_with(30)


async def test_a_bay_is_watched() -> None:
    """What its sensor sees becomes a fact."""
    happened: list[e.Event] = []
    seen = asyncio.Event()

    def hear(event: e.Event) -> None:
        if isinstance(event, e.BayChanged):
            happened.append(event)
            seen.set()

    bay = Feed(value=True)
    well = Mock(read=_read, states=_states, vehicles=bay.follow)
    tasks = BoardTasks(
        Board((EvseDevices(well, well, well, bay=well),), {}, Mock()), RealClock(), hear
    )
    running = asyncio.create_task(tasks.run())
    await seen.wait()
    running.cancel()
    await asyncio.wait([running])

    assert happened == [e.BayChanged(1, occupied=True)]
