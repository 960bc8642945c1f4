"""A station that lives, restarts, and loses its power, with one face towards its neighbours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TypeVar

from laadpaal.ports.clock import Clock
from laadpaal.properties.rows import Reading
from laadpaal.properties.values import Values
from laadpaal.runtime.life import Body, Life
from laadpaal.station.answers import Answer, Reason, Refused
from laadpaal.station.events import Event
from laadpaal.station.layout import Layout
from laadpaal.station.moment import Moment
from laadpaal.station.requests import Request
from laadpaal.station.view import StationView
from laadpaal.station.why import Why
from laadpaal.station.words import BootReason

T = TypeVar("T")


class PowerCutError(Exception):
    """The power goes; ends a life without any farewell."""


class Running:
    """Is a `StationDesk` that outlasts restarts; the API and people hold on to it.

    Args:
        power_lost: Called when the power goes: what the hardware then does by itself.
    """

    def __init__(self, body: Body, power_lost: Callable[[], None] = lambda: None) -> None:
        self._body = body
        self._power_lost = power_lost
        self._life = Life(body)
        self._cut = asyncio.Event()
        self._back = asyncio.Event()
        self.over = asyncio.Event()
        """Set when no life follows any more."""
        self.lives = 1
        """How often the station has started."""
        self._taken = 0
        self.began_at = body.clock.now().mono
        """Monotonic second at which the present life began."""

    async def run(self) -> None:
        """Live one life after the other until cancelled, or until another version has to start.

        Raises:
            ExceptionGroup: Of what ended a life that should have gone on, such as StorageFailed.
        """
        try:
            while True:
                await self._live()
                if await self._makes_way():
                    return
                # A cut that comes as a life ends has been seen to with its end.
                self._cut.clear()
                self._taken += self._life.turns.taken
                self._life = Life(self._body)
                self.lives += 1
                self.began_at = self._body.clock.now().mono
                self._back.set()
        finally:
            self.over.set()
            self._back.set()

    async def _makes_way(self) -> bool:
        """Tell whether another version starts now, for which this process has to end."""
        updater, log = self._body.means.updater, self._body.log
        if not updater.leaves():
            return False
        log.info("The next version starts in a process of its own")
        why = await updater.make_way()
        if why:
            log.error("Firmware: the next version does not start, %s", why)
        return not why

    async def _live(self) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                cut = tasks.create_task(self._until_cut())
                await self._life.run()
                cut.cancel()
        except* PowerCutError:
            self._power_lost()
            self._body.log.warning("Power cut")

    async def _until_cut(self) -> None:
        await self._cut.wait()
        raise PowerCutError

    async def cut_power(self) -> None:
        """Take the power away and give it back; returns when the next life has begun."""
        self._back.clear()
        self._cut.set()
        await self._back.wait()

    # --- the desk of the present life ---

    @property
    def layout(self) -> Layout:
        """What the station is built of."""
        return self._life.turns.layout

    @property
    def values(self) -> Values:
        """The present settings; read only."""
        return self._life.turns.values

    @property
    def turns_taken(self) -> int:
        """How many events, wishes and timers were taken in all lives."""
        return self._taken + self._life.turns.taken

    @property
    def clock(self) -> Clock:
        """The clock of every life."""
        return self._body.clock

    def now(self) -> Moment:
        """Return both clocks at this instant."""
        return self.clock.now()

    @property
    def boot_reason(self) -> BootReason:
        """Why the present life has begun."""
        return self._life.boot_reason

    def happened(self, event: Event) -> None:
        """Put a fact in the inbox; returns at once."""
        self._life.turns.happened(event)

    async def ask(self, request: Request) -> Answer:
        """Return the final answer; a life that ends before it has answered refuses."""
        answer = await self._in_this_life(self._life.turns.ask(request))
        return answer or Refused(Reason.UNAVAILABLE, "the station is starting anew")

    async def _in_this_life(self, waiting: Coroutine[Any, Any, T]) -> T | None:
        """Return what `waiting` does, or None when the present life ends before."""
        done = asyncio.ensure_future(waiting)
        over = asyncio.ensure_future(self._life.over.wait())
        try:
            await asyncio.wait({done, over}, return_when=asyncio.FIRST_COMPLETED)
            return done.result() if done.done() else None
        finally:
            done.cancel()
            over.cancel()

    def view(self) -> StationView:
        """Return the whole station as it is now."""
        return self._life.turns.view()

    def why(self, evse: int) -> Why:
        """Explain what was decided last at an EVSE, or for the station (0)."""
        return self._life.turns.why(evse)

    def read(self, row: Reading[Any], evse: int = 0, connector: int = 0) -> str:
        """Return the text of a live property."""
        return self._life.turns.read(row, evse, connector)

    # --- the link of the present life ---

    def connect(self) -> None:
        """Want a connection from now on; returns at once."""
        if self._life.talk:
            self._life.talk.connect()

    def disconnect(self) -> None:
        """Want no connection until the next start; returns at once."""
        if self._life.talk:
            self._life.talk.disconnect()

    def drop(self) -> None:
        """Lose the connection there is, as when the network goes; returns at once."""
        if self._life.talk:
            self._life.talk.drop()

    async def drained(self) -> None:
        """Return once everything that can be told to the CSMS has been told, or the life ends."""
        if self._life.talk:
            await self._in_this_life(self._life.talk.drained())

    def state(self) -> Mapping[str, object]:
        """Return how the link is now, ready for JSON; empty without a CSMS."""
        return self._life.talk.state() if self._life.talk else {}
