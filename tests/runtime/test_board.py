"""The tasks of the devices end when they are told to, whatever a driver makes of that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from unittest.mock import AsyncMock, Mock

import pytest

from laadpaal.ports.devices import Board, EvseDevices
from laadpaal.ports.errors import DeviceLost
from laadpaal.runtime.board import BoardTasks
from laadpaal.runtime.clock import RealClock
from laadpaal.simulation.evse import SimulatedEvse
from laadpaal.simulation.feed import Feed
from laadpaal.simulation.outlet import SimulatedOutlet
from laadpaal.simulation.supply import Supply
from laadpaal.simulation.surroundings import SimulatedThermometer, SimulatedTiltSensor
from laadpaal.simulation.vehicle import Traits
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.faults import CABLE_FAULT, DIODE_FAULT, TILT_FAULT
from laadpaal.station.lights import Light, Rgb
from laadpaal.station.measurement import GridMeasurement, Measurement
from laadpaal.station.surroundings import ArmResidual, ResidualChanged, TemperatureRead
from laadpaal.station.words import Pilot
from tests.simulation.clock import HandClock

MEASURED = Measurement(1000.0, (230.0, 230.0, 230.0), (0.0, 0.0, 0.0), 0.0, 50.0)


async def _read() -> Measurement:
    return MEASURED


async def _states() -> AsyncIterator[Pilot]:
    await asyncio.Event().wait()
    yield Pilot.A


@pytest.mark.parametrize("part", ["meter", "contactor", "grid"])
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

    well, ill = Mock(read=_read, states=_states, diodes=_states), Mock(read=deaf, open=deaf)
    parts = {"meter": well, "contactor": well, part: ill}
    devices = EvseDevices(well, parts["contactor"], parts["meter"])
    board = Board((devices,), {}, Mock(), grid=parts.get("grid"))
    tasks = BoardTasks(board, RealClock(), lambda _event: None)
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


async def test_a_lamp_shines_as_it_is_told() -> None:
    """Its first colour is that of a station that boots."""
    shone: list[Rgb] = []
    twice = asyncio.Event()

    def shine(colour: Rgb) -> None:
        shone.append(colour)
        if len(shone) == 2:
            twice.set()

    lamp, well = Mock(shine=shine), Mock(read=_read, states=_states, diodes=_states)
    devices = EvseDevices(well, well, well, lamp=lamp)
    tasks = BoardTasks(Board((devices,), {}, Mock()), RealClock(), lambda _event: None)
    running = asyncio.create_task(tasks.run())
    while not shone:  # noqa: ASYNC110  a colour is no notice
        await asyncio.sleep(0)
    tasks.do(a.ShowLight(1, Light.CHARGING))
    await twice.wait()
    running.cancel()
    await asyncio.wait([running])

    assert shone == [(255, 0, 0), (0, 0, 255)]


async def test_a_bay_is_watched() -> None:
    """What its sensor sees becomes a fact."""
    happened: list[e.Event] = []
    seen = asyncio.Event()

    def hear(event: e.Event) -> None:
        if isinstance(event, e.BayChanged):
            happened.append(event)
            seen.set()

    bay = Feed(value=True)
    well = Mock(read=_read, states=_states, diodes=_states, vehicles=bay.follow)
    tasks = BoardTasks(
        Board((EvseDevices(well, well, well, bay=well),), {}, Mock()), RealClock(), hear
    )
    running = asyncio.create_task(tasks.run())
    await seen.wait()
    running.cancel()
    await asyncio.wait([running])

    assert happened == [e.BayChanged(1, occupied=True)]


async def test_what_is_wrong_with_a_plug_or_a_vehicle_is_a_fault() -> None:
    """A cable that tells no rating before it is told, and a diode that is missing or back."""
    happened: list[e.Event] = []
    clock = HandClock()
    evse = SimulatedEvse(clock, Supply(3), Traits(no_diode=True))
    well = Mock(read=_read)
    devices = EvseDevices(evse, evse, well, proximity=evse)
    running = asyncio.create_task(
        BoardTasks(Board((devices,), {}, Mock()), clock, happened.append).run()
    )
    await clock.pass_time(0)
    happened.clear()
    evse.resistor(20)
    await clock.pass_time(0)
    evse.plug(32)
    await evse.offer(16)
    await clock.pass_time(0)
    evse.unplug_station()
    await clock.pass_time(0)
    running.cancel()
    await asyncio.wait([running])

    faults = [one for one in happened if isinstance(one, e.FaultRaised | e.FaultCleared)]
    assert happened[:2] == [e.FaultRaised(1, CABLE_FAULT), e.CablePlugged(1, 1, None)]
    assert faults[1:] == [e.FaultRaised(1, DIODE_FAULT), e.FaultCleared(1, DIODE_FAULT)]


async def test_heat_tilt_and_leaks_become_facts() -> None:
    """Temperatures in steps of half a degree, each once; what leaks still is told once more."""
    happened: list[e.Event] = []
    clock, tilt, thermometer = HandClock(), SimulatedTiltSensor(), SimulatedThermometer()
    evse = SimulatedEvse(clock, Supply(3))
    devices = EvseDevices(evse, evse, Mock(read=_read), residual=evse.residual)
    board = Board((devices,), {}, Mock(), meter_poll_s=1.0, thermometer=thermometer, tilt=tilt)
    tasks = BoardTasks(board, clock, happened.append)
    running = asyncio.create_task(tasks.run())
    for celsius in (20.0, 20.2, 20.3, 20.4, None, 20.4):
        await clock.pass_time(1)
        thermometer.celsius = celsius
    tilt.lean(tilted=True)
    await evse.close(3)
    evse.residual.leak(leaks=True)
    await clock.pass_time(1)
    for leaks in (True, False):
        evse.residual.leak(leaks=leaks)
        tasks.do(ArmResidual(1))
        await tasks.settled()
    await clock.pass_time(0)
    running.cancel()
    await asyncio.wait([running])

    told = [one for one in happened if not isinstance(one, e.PilotChanged | e.MeterRead)]
    assert [one for one in told if isinstance(one, TemperatureRead)] == [
        TemperatureRead(celsius) for celsius in (20.0, 20.5, None, 20.5)
    ]
    assert [one for one in told if not isinstance(one, TemperatureRead)] == [
        e.FaultRaised(0, TILT_FAULT),
        ResidualChanged(1, tripped=True),
        ResidualChanged(1, tripped=True),
        ResidualChanged(1, tripped=False),
    ]


@pytest.mark.parametrize(("poll_s", "waits_s"), [(0.0, [0.0, 1.0, 0.0]), (5.0, [5.0, 5.0, 5.0])])
async def test_the_grid_is_read_on_and_on(poll_s: float, waits_s: list[float]) -> None:
    """Every measurement becomes a fact; one that fails is tried again, and not at once."""
    said = GridMeasurement((1.0, 2.0, 3.0))
    meter = Mock(read=AsyncMock(side_effect=[said, DeviceLost("gone"), said]))
    happened: list[e.Event] = []
    waited_s: list[float] = []
    clock = Mock(sleep=AsyncMock(side_effect=waited_s.append))
    board = Board((), {}, Mock(), grid=meter, grid_poll_s=poll_s)

    with pytest.raises(ExceptionGroup) as ended:
        await BoardTasks(board, clock, happened.append).run()

    assert ended.group_contains(StopAsyncIteration)
    assert happened == [e.GridRead(said)] * 2
    assert waited_s == waits_s


async def test_a_domestic_outlet_is_watched_and_switched() -> None:
    """Its plug is the second connector's, and so is its relay."""
    outlet, contactor, lock = SimulatedOutlet(lambda: None), AsyncMock(), AsyncMock()
    well = Mock(read=_read, states=_states, diodes=_states)
    devices = EvseDevices(well, contactor, well, lock=lock, domestic=outlet)
    heard: list[e.Event] = []
    emptied = asyncio.Event()

    def hear(event: e.Event) -> None:
        heard.append(event)
        if isinstance(event, e.CableUnplugged):
            emptied.set()

    outlet.plug(8.0)
    tasks = BoardTasks(Board((devices,), {}, Mock()), RealClock(), hear)
    running = asyncio.create_task(tasks.run())
    tasks.do(a.CloseContactor(1, 1, 2))
    tasks.do(a.ForceUnlock(1, 1))
    await tasks.settled()
    assert outlet.current_a == 8.0
    outlet.broken = True
    tasks.do(a.OpenContactor(1, 2))
    await tasks.settled()
    outlet.unplug()
    await emptied.wait()
    running.cancel()
    await asyncio.wait([running])

    told = [one for one in heard if not isinstance(one, e.MeterRead)]
    assert sorted(map(repr, told)) == sorted(
        map(
            repr,
            [
                e.CablePlugged(1, 2),
                e.ContactorMoved(1, closed=True),
                e.LockMoved(1, 1, locked=False),
                e.ContactorFailed(1),
                e.CableUnplugged(1, 2),
            ],
        )
    )
    contactor.close.assert_not_called()
    lock.force.assert_called_once_with()
