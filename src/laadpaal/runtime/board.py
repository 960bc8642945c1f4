"""Ties the devices of a board to the station: facts go in, actions come out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from functools import partial
from typing import Any

from laadpaal.ports.clock import Clock
from laadpaal.ports.devices import (
    BaySensor,
    Board,
    Contactor,
    Display,
    DomesticOutlet,
    EnergyMeter,
    EvseDevices,
    GridMeter,
    PaymentReader,
    ResidualMonitor,
    Thermometer,
)
from laadpaal.ports.errors import DeviceLost, DeviceStuck
from laadpaal.runtime.display import DisplayTask
from laadpaal.runtime.lamps import LampTask
from laadpaal.runtime.reader import ReaderTask
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.faults import CABLE_FAULT, DIODE_FAULT, TILT_FAULT
from laadpaal.station.payment_words import PaymentCardPresented, PaymentJob
from laadpaal.station.surroundings import ArmResidual, ResidualChanged, TemperatureRead

DOMESTIC = 2
"""Number of the domestic outlet among the connectors of its EVSE."""
Happened = Callable[[e.Event], None]
Task = Coroutine[Any, Any, None]

STEP_K = 0.5
"""Smaller differences of temperature are not told."""
GRID_RETRY_S = 1.0
"""The least time until a grid meter that was lost is asked again."""


class BoardTasks:
    """Runs one task for each source of facts, and one queue of deeds for each EVSE.

    Args:
        log: Told what people should know who look after the devices.
    """

    def __init__(
        self,
        board: Board,
        clock: Clock,
        happened: Happened,
        log: logging.Logger | None = None,
    ) -> None:
        self._board = board
        self._clock = clock
        self._happened = happened
        self._log = log
        self._display = self._display_task(board.display) if board.display else None
        self._lamps = [
            LampTask(number, devices.lamp, log)
            for number, devices in enumerate(board.evses, 1)
            if devices.lamp
        ]
        self._deeds: dict[int, asyncio.Queue[a.Action]] = {
            number: asyncio.Queue() for number in range(1, len(board.evses) + 1)
        }

    def _display_task(self, display: Display) -> DisplayTask:
        evses, brand = len(self._board.evses), self._board.brand
        return DisplayTask(display, self._clock, self._happened, evses, brand)

    def do(self, action: a.Action) -> None:
        """Hand an action over; what it leads to comes back as an event."""
        if isinstance(action, a.Job | PaymentJob):
            return  # no device's business
        if self._display:
            self._display.do(action)
        for lamp in self._lamps:
            lamp.do(action)
        match action:
            case a.ShowScreen(evse, screen):
                self._board.panel.show_screen(evse, screen)
            case a.ShowLight(evse, light):
                self._board.panel.show_light(evse, light)
            case a.DimLights(percent):
                self._board.panel.dim(percent)
            case a.Restart():
                pass  # the composition root's business
            case _:
                self._deeds[action.evse].put_nowait(action)

    async def settled(self) -> None:
        """Return once every action handed over has been done."""
        for deeds in self._deeds.values():
            await deeds.join()

    async def run(self) -> None:
        """Watch and serve every device until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for number, devices in enumerate(self._board.evses, 1):
                for task in self._of_evse(number, devices):
                    tasks.create_task(task)
            for task in self._of_station():
                tasks.create_task(task)

    def _of_evse(self, number: int, devices: EvseDevices) -> Iterator[Task]:
        yield self._pilot(number, devices)
        yield self._watch(devices.pilot.diodes(), partial(_judged, number, DIODE_FAULT), was=True)
        yield self._meter(number, devices.meter)
        yield self._deed_by_deed(number, devices)
        if devices.proximity:
            yield self._cables(number, devices)
        if devices.domestic:
            yield self._plugs(number, devices.domestic)
        if devices.bay:
            yield self._vehicles(number, devices.bay)
        if devices.residual:
            yield self._watch(devices.residual.trips(), partial(ResidualChanged, number), was=False)

    def _of_station(self) -> Iterator[Task]:
        for number, reader in self._board.readers.items():
            yield ReaderTask(number, reader, self._clock, self._happened, self._log).run()
        for number, taps in self._board.payment_readers.items():
            yield self._payment_cards(number, taps)
        if self._display:
            yield self._display.run()
        for lamp in self._lamps:
            yield lamp.run()
        if self._board.grid:
            yield self._grid(self._board.grid)
        if self._board.thermometer:
            yield self._temperature(self._board.thermometer)
        if self._board.tilt:
            yield self._watch(self._board.tilt.upright(), partial(_judged, 0, TILT_FAULT), was=True)

    async def _pilot(self, evse: int, devices: EvseDevices) -> None:
        async for pilot in devices.pilot.states():
            self._happened(e.PilotChanged(evse, pilot))

    async def _cables(self, evse: int, devices: EvseDevices) -> None:
        if devices.proximity is None:
            return
        async for cable in devices.proximity.cables():
            if cable and cable.rating_a is None:
                self._happened(e.FaultRaised(evse, CABLE_FAULT))
            if cable:
                self._happened(e.CablePlugged(evse, 1, cable.rating_a))
            else:
                self._happened(e.CableUnplugged(evse))

    async def _watch(
        self, states: AsyncIterator[bool], told: Callable[[bool], e.Event], *, was: bool
    ) -> None:
        """Tell every state that is another than the last; what was before a life is not told."""
        async for now in states:
            if now is not was:
                was = now
                self._happened(told(now))

    async def _plugs(self, evse: int, outlet: DomesticOutlet) -> None:
        async for plugged in outlet.plugs():
            told = e.CablePlugged if plugged else e.CableUnplugged
            self._happened(told(evse, DOMESTIC))

    async def _vehicles(self, evse: int, bay: BaySensor) -> None:
        async for occupied in bay.vehicles():
            self._happened(e.BayChanged(evse, occupied))

    async def _temperature(self, thermometer: Thermometer) -> None:
        """Tell every temperature that is another than the last."""
        told: float | None = None
        while True:
            try:
                celsius: float | None = round(await thermometer.read() / STEP_K) * STEP_K
            except DeviceLost:
                celsius = None
            if celsius != told:
                told = celsius
                self._happened(TemperatureRead(celsius))
            if _told_to_end():
                return
            await self._clock.sleep(self._board.meter_poll_s)

    async def _payment_cards(self, reader: int, taps: PaymentReader) -> None:
        async for card in taps.cards():
            self._happened(PaymentCardPresented(reader, card))

    async def _meter(self, evse: int, meter: EnergyMeter) -> None:
        lost = False
        while True:
            try:
                measurement = await meter.read()
            except DeviceLost:
                if not lost:
                    self._happened(e.MeterLost(evse))
                lost = True
            else:
                lost = False
                self._happened(e.MeterRead(evse, measurement))
            if _told_to_end():
                return
            await self._clock.sleep(self._board.meter_poll_s)

    async def _grid(self, meter: GridMeter) -> None:
        """Tell every measurement; when there were none for too long is the core's to judge."""
        while True:
            wait_s = self._board.grid_poll_s
            try:
                self._happened(e.GridRead(await meter.read()))
            except DeviceLost:
                wait_s = max(wait_s, GRID_RETRY_S)
            if _told_to_end():
                return
            await self._clock.sleep(wait_s)

    async def _deed_by_deed(self, evse: int, devices: EvseDevices) -> None:
        """Do the EVSE's actions one after the other, in the order they were decided."""
        while not _told_to_end():
            await self._deed(await self._deeds[evse].get(), devices)
            self._deeds[evse].task_done()

    async def _deed(self, action: a.Action, devices: EvseDevices) -> None:
        match action:
            case a.OfferCurrent(_, limit_a):
                await devices.pilot.offer(limit_a)
            case a.CloseContactor(evse, phases, connector):
                contactor = _contactor(devices, connector)
                await self._switch(evse, contactor.close(phases), closed=True)
            case a.OpenContactor(evse, connector):
                await self._switch(evse, _contactor(devices, connector).open(), closed=False)
            case ArmResidual(evse) if devices.residual:
                await self._arm(evse, devices.residual)
            case a.LockPlug(evse, connector) if devices.lock:
                await self._bolt(evse, connector, devices.lock.lock(), locked=True)
            case a.UnlockPlug(evse, connector) if devices.lock:
                await self._bolt(evse, connector, devices.lock.unlock(), locked=False)
            case a.ForceUnlock(evse, connector) if devices.lock:
                await self._bolt(evse, connector, devices.lock.force(), locked=False)
            case _:
                raise AssertionError(f"{action} is not for this board")

    async def _switch(self, evse: int, moving: Awaitable[None], *, closed: bool) -> None:
        try:
            await moving
        except DeviceStuck:
            self._happened(e.ContactorFailed(evse, closed))
        else:
            self._happened(e.ContactorMoved(evse, closed))

    async def _arm(self, evse: int, residual: ResidualMonitor) -> None:
        """Arm it; one that is armed says so by itself."""
        try:
            await residual.arm()
        except DeviceStuck:
            self._happened(ResidualChanged(evse, tripped=True))

    async def _bolt(
        self, evse: int, connector: int, moving: Awaitable[None], *, locked: bool
    ) -> None:
        try:
            await moving
        except DeviceStuck:
            self._happened(e.LockFailed(evse, connector, locking=locked))
        else:
            self._happened(e.LockMoved(evse, connector, locked))


def _contactor(devices: EvseDevices, connector: int) -> Contactor:
    if connector == DOMESTIC and devices.domestic:
        return devices.domestic
    return devices.contactor


def _judged(evse: int, code: int, well: bool) -> e.Event:  # noqa: FBT001  what a sensor says
    """Return the fault that begins or ends with what a sensor says."""
    return e.FaultCleared(evse, code) if well else e.FaultRaised(evse, code)


def _told_to_end() -> bool:
    """Tell whether the running task was cancelled while a driver was at work.

    In Python 3.11 `wait_for`, which pymodbus connects with, loses a cancellation that comes as
    it succeeds.
    """
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
