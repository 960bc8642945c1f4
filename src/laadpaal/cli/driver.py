"""People of the demo: they arrive, hold a card to the reader, charge and leave."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle

from laadpaal.ports.bench import Bench, BenchError
from laadpaal.ports.clock import Clock, timeout
from laadpaal.station.notices import (
    LockSettled,
    Notice,
    StatusChanged,
    TransactionEnded,
    TransactionStarted,
)
from laadpaal.station.words import Status

CARDS = ("04A1B2C3D4E580", "04F00DCAFE1234")
CABLE_A = 32.0
REST_S = 300.0
"""Station seconds between two visits to a socket."""
STAYS_S = (7200.0, 10_800.0, 5400.0)
SOC = 0.3
"""How full the battery is of each who comes."""
PATIENCE_S = 60.0
"""Real seconds until something that must come has not come."""


class Driver:
    """Plays people at the bench, and listens to the station to know when it is their turn."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: list[tuple[Callable[[Notice], bool], asyncio.Future[Notice]]] = []
        self._bench: Bench | None = None
        self._statuses: dict[int, Status] = {}

    def at(self, bench: Bench) -> None:
        """Stand in front of this station."""
        self._bench = bench

    def hear(self, notice: Notice) -> None:
        """Take a notice of the station."""
        if isinstance(notice, StatusChanged):
            self._statuses[notice.evse] = notice.status
        for wanted, found in self._waiting:
            if not found.done() and wanted(notice):
                found.set_result(notice)
        self._waiting = [(wanted, found) for wanted, found in self._waiting if not found.done()]

    async def days(self) -> None:
        """Come and go at both sockets until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for evse, card in enumerate(CARDS, 1):
                tasks.create_task(self._regular(evse, card))

    async def _regular(self, evse: int, card: str) -> None:
        await self._clock.sleep(evse * REST_S / 4)
        for stay_s in cycle(STAYS_S):
            if self._statuses.get(evse, Status.AVAILABLE) is Status.AVAILABLE:
                await self._try(evse, card, stay_s)
            await self._clock.sleep(REST_S)

    async def _try(self, evse: int, card: str, stay_s: float) -> None:
        # Whoever looks at the demo has hands as well, and may be quicker at the socket.
        with suppress(BenchError, TimeoutError):
            self._here.vehicle(evse, {"soc": SOC})
            await self.visit(evse, card, stay_s)

    async def visit(self, evse: int, card: str, charge_s: float) -> None:
        """Plug in, start with the card, charge so many station seconds, stop with it, leave.

        Somebody else may end it before.
        """
        bench = self._here
        ended = self._until(lambda n: isinstance(n, TransactionEnded) and n.evse == evse)
        started = self._until(lambda n: isinstance(n, TransactionStarted) and n.evse == evse)
        bench.park(evse, occupied=True)
        bench.plug(evse, CABLE_A)
        bench.swipe(card, 0)
        await _soon(started)
        unlocked = self._until(lambda n: isinstance(n, LockSettled) and _let_go(n, evse))
        with suppress(TimeoutError):
            async with timeout(self._clock, charge_s):
                await ended
        if ended.cancelled():  # the time was up first
            bench.swipe(card, 0)
        await _soon(unlocked)
        left = self._until(lambda n: isinstance(n, StatusChanged) and _free(n, evse))
        bench.unplug(evse, vehicle_side=True)
        bench.unplug(evse, vehicle_side=False)
        bench.park(evse, occupied=False)
        await _soon(left)

    @property
    def _here(self) -> Bench:
        if self._bench is None:
            raise AssertionError("a driver needs a station")
        return self._bench

    def _until(self, wanted: Callable[[Notice], bool]) -> asyncio.Future[Notice]:
        found: asyncio.Future[Notice] = asyncio.get_running_loop().create_future()
        self._waiting.append((wanted, found))
        return found


async def _soon(found: asyncio.Future[Notice]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        await found


def _let_go(notice: LockSettled, evse: int) -> bool:
    return notice.evse == evse and not notice.locked


def _free(notice: StatusChanged, evse: int) -> bool:
    return notice.evse == evse and notice.status is Status.AVAILABLE
