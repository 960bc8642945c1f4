"""The one loop: takes facts and wishes in turn, and does commit, answer, act, tell."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from laadpaal.ports.clock import Alarm, Clock, timeout
from laadpaal.properties.rows import Reading
from laadpaal.properties.values import Values
from laadpaal.station import readings
from laadpaal.station.actions import Action
from laadpaal.station.answers import Accepted, Answer, Reason, Refused, Unlocking
from laadpaal.station.events import Event
from laadpaal.station.layout import Layout
from laadpaal.station.moment import Moment
from laadpaal.station.notices import DurableNotice, LockSettled, Notice
from laadpaal.station.records import Record
from laadpaal.station.requests import Request
from laadpaal.station.station import Station
from laadpaal.station.step import Step
from laadpaal.station.view import StationView
from laadpaal.station.why import Why

LOCK_S = 10.0
"""How long a lock may take to move before its unlocking is called failed."""


class Keeper(Protocol):
    """Makes a step's records and durable notices durable, together."""

    def commit(
        self, records: Sequence[Record], notices: Sequence[DurableNotice]
    ) -> Awaitable[None]:
        """Return what is done when everything is on disk, and raises when nothing is."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish in the inbox, and where its answer goes."""

    request: Request
    answer: asyncio.Future[Answer]


@dataclass(frozen=True, slots=True)
class Woken:
    """The agenda's next timer has come due."""


Item = Event | Asked | Woken


class Turns:
    """A running station: one inbox, one loop, nothing handled twice or at once."""

    def __init__(self, station: Station, clock: Clock, keeper: Keeper) -> None:
        self._station = station
        self._clock = clock
        self._keeper = keeper
        self._inbox: asyncio.Queue[Item] = asyncio.Queue()
        self._alarm: Alarm | None = None
        self._locks: list[tuple[Unlocking, asyncio.Future[bool]]] = []
        self._seen: StationView | None = None
        self.taken = 0
        """How many items it has taken."""
        self.watchers: list[Callable[[Item, Moment], None]] = []
        """Told of every item and its moment before its turn: log and flight recorder."""
        self.answered: list[Callable[[Request, Answer], None]] = []
        """Told of every wish and what the station has answered."""
        self.doers: list[Callable[[Action], None]] = []
        """Handed every action; they never wait."""
        self.listeners: list[Callable[[Notice], None]] = []
        """Told every notice; they never wait."""

    @property
    def layout(self) -> Layout:
        """What the station is built of."""
        return self._station.layout

    @property
    def values(self) -> Values:
        """The present settings; read only."""
        return self._station.values

    def happened(self, event: Event) -> None:
        """Put a fact in the inbox; returns at once."""
        self._inbox.put_nowait(event)

    async def ask(self, request: Request) -> Answer:
        """Return the final answer, after its records are committed; never `Unlocking`."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._inbox.put_nowait(Asked(request, answer))
        given = await answer
        return await self._unlocked(given) if isinstance(given, Unlocking) else given

    async def _unlocked(self, waiting: Unlocking) -> Answer:
        opened: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._locks.append((waiting, opened))
        try:
            async with timeout(self._clock, LOCK_S):
                done = await opened
        except TimeoutError:
            done = False
        return Accepted() if done else Refused(Reason.LOCK_STUCK, "the lock did not open")

    def view(self) -> StationView:
        """Return the whole station as it is now."""
        # Nothing changes between two turns, and those who look may be many.
        if self._seen is None:
            self._seen = self._station.view()
        return self._seen

    def now(self) -> Moment:
        """Return both clocks at this instant."""
        return self._clock.now()

    def why(self, evse: int) -> Why:
        """Explain what was decided last at an EVSE, or for the station (0)."""
        return self._station.why(evse)

    def read(self, row: Reading[Any], evse: int = 0, connector: int = 0) -> str:
        """Return the text of a live property; raises KeyError as `readings.read` does."""
        return readings.read(row, self.view(), evse, connector)

    async def run(self) -> None:
        """Take turns until cancelled; what fails to be kept ends the loop with its error."""
        try:
            while True:
                await self._take(await self._inbox.get())
                self._rearm()
        finally:
            self._disarm()

    async def _take(self, item: Item) -> None:
        now = self._clock.now()
        for watch in self.watchers:
            watch(item, now)
        self._seen = None
        self.taken += 1
        match item:
            case Asked(request, future):
                answer, step = self._station.ask(request, now)
                await self._keep(step)
                if not future.done():
                    future.set_result(answer)
                for hear in self.answered:
                    hear(request, answer)
                # The asker runs now, so that its answer precedes what the step causes.
                await asyncio.sleep(0)
            case Woken():
                step = self._station.tick(now)
                await self._keep(step)
            case _:
                step = self._station.handle(item, now)
                await self._keep(step)
        self._hand_out(step)

    async def _keep(self, step: Step) -> None:
        durable = step.durable
        if step.records or durable:
            await self._keeper.commit(step.records, durable)

    def _hand_out(self, step: Step) -> None:
        for action in step.actions:
            for do in self.doers:
                do(action)
        for notice in step.notices:
            self._settle_locks(notice)
            for tell in self.listeners:
                tell(notice)

    def _settle_locks(self, notice: Notice) -> None:
        if not isinstance(notice, LockSettled):
            return
        place = Unlocking(notice.evse, notice.connector)
        for waiting, opened in self._locks:
            if waiting == place and not opened.done():
                opened.set_result(not notice.locked)
        self._locks = [(w, f) for w, f in self._locks if not f.done()]

    def _rearm(self) -> None:
        self._disarm()
        wake = self._station.next_wake()
        if wake is not None:
            wait_s = wake - self._clock.now().mono
            self._alarm = self._clock.alarm(wait_s, lambda: self._inbox.put_nowait(Woken()))

    def _disarm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
