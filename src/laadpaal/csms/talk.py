"""The talk with the CSMS, over whichever connection there is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit
from uuid import uuid4

from laadpaal.csms.dialect import Dialect, Scene, held
from laadpaal.csms.errors import LinkLost
from laadpaal.csms.exchange import Ear, Exchange, Traffic, deaf
from laadpaal.csms.guard import Guard
from laadpaal.csms.hearing import Hearing
from laadpaal.csms.link import Line, Wire
from laadpaal.csms.registration import Standing
from laadpaal.csms.speaking import Speaker
from laadpaal.ports.clock import Clock, timeout
from laadpaal.ports.echo import Echo
from laadpaal.properties import comms
from laadpaal.protocols.ocpp import rpc
from laadpaal.station.events import CsmsSilent
from laadpaal.station.network_profile import WIRELESS, Generation, Route
from laadpaal.station.notices import CredentialsChanged, MobileChanged, Notice
from laadpaal.station.words import BootReason

LINGER_S = 2.0
"""Real seconds before hanging up to show new credentials: a Reset often follows at once."""


class Talk:
    """Dials, speaks and hears; what was said is remembered across connections.

    Args:
        dialect: What is spoken until a connection takes a route that asks for another.
        line: Dials again and again.
        reason: Why the station started, for the first boot notification.
        ids: Makes message ids of at most 36 characters, never the same twice.
        echo: Asks for a sign of life of `host` when the CSMS gives none.
        speaks: Returns the dialect of a generation; None where all speak the same.
        doubt: Called when the CSMS is dialled anew for want of any sign of life.
        ear: Hears every message.
    """

    def __init__(
        self,
        dialect: Dialect,
        line: Line,
        scene: Scene,
        clock: Clock,
        log: logging.Logger,
        reason: BootReason = BootReason.POWER_UP,
        *,
        ids: Callable[[], str] = lambda: str(uuid4()),
        echo: Echo | None = None,
        host: str = "",
        speaks: Callable[[Generation], Dialect] | None = None,
        doubt: Callable[[], None] = lambda: None,
        ear: Ear = deaf,
    ) -> None:
        self._ear = ear
        self._dialect = dialect
        self._speaks = speaks or (lambda _: dialect)
        self._slot = scene.desk.view().network.route.slot
        self._line = line
        self._scene = scene
        self._clock = clock
        self._log = log
        self._hearing = Hearing(dialect, scene, log)
        standing = Standing(reason, heartbeat_s=scene.desk.values[comms.HEARTBEAT_INTERVAL])
        self._speaker = Speaker(dialect, scene, clock, log, standing, ids)
        self._stir = asyncio.Event()
        self._idle = asyncio.Event()
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._wanted = asyncio.Event()
        self._wanted.set()
        self._unwanted = asyncio.Event()
        self._dropped = asyncio.Event()
        self._changed = asyncio.Event()
        self._opened = asyncio.Event()
        self._doubt = doubt
        self._guard = Guard(self, clock, log, echo, host)
        self.traffic = Traffic()

    def tell(self, notice: Notice) -> None:
        """Take a notice of the station; never waits."""
        if isinstance(notice, CredentialsChanged):
            self._line.hurry()
            self._changed.set()
        if isinstance(notice, MobileChanged):
            self._mobile_changed(attached=notice.attached)
        self._speaker.tell(notice)
        self._guard.rhythm()
        self._wake()

    def _mobile_changed(self, *, attached: bool) -> None:
        """Dial at once where a way has opened, and hang up where it has closed."""
        if attached and self._scene.desk.view().network.route.interface == WIRELESS:
            self._line.hurry()
            self._opened.set()
        elif not attached and self._line.route.interface == WIRELESS:
            self._dropped.set()

    def connect(self) -> None:
        """Want a connection from now on, at once."""
        self._line.hurry()
        self._unwanted.clear()
        self._wanted.set()

    def disconnect(self) -> None:
        """Want no connection from now on; returns at once."""
        self._wanted.clear()
        self._unwanted.set()

    def drop(self) -> None:
        """Lose the connection there is, as when the network goes; it will be dialled anew."""
        self._dropped.set()

    def state(self) -> Mapping[str, object]:
        """Return how it is now, ready for JSON, without any secret."""
        registration = self._speaker.standing.state
        return {
            "wanted": self._wanted.is_set(),
            "online": self._speaker.online,
            "registration": registration.value if registration else None,
            "slot": self._slot,
            "subprotocol": self._dialect.language.version.subprotocol,
            "undelivered": self._scene.journal.pending_count(),
            "messages_sent": self.traffic.sent,
            "messages_received": self.traffic.received,
            **self._line.state(),
            **self._guard.last(),
        }

    @property
    def heartbeat_s(self) -> float:
        """Seconds between heartbeats, as they are now."""
        return self._speaker.standing.heartbeat_s

    def beat(self) -> None:
        """Send a heartbeat, when there is a connection."""
        if self._speaker.online:
            self._speaker.beat()
        self._wake()

    def silent(self, silent_s: float) -> None:
        """Tell the station that the CSMS has been silent for so long."""
        self._scene.desk.happened(CsmsSilent(silent_s))

    def reconnect(self) -> None:
        """Give the connection up and dial anew, at once."""
        self._line.hurry()
        self._dropped.set()
        self._doubt()

    async def answered(self) -> None:
        """Return once no call of the CSMS is being answered."""
        await self._at_rest.wait()

    async def drained(self) -> None:
        """Return once everything that can be told has been told and answered."""
        await self._idle.wait()

    async def run(self) -> None:
        """Talk until cancelled."""
        while True:
            await self._wanted.wait()
            try:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._connections())
                    tasks.create_task(self._guard.run())
                    tasks.create_task(self._until_unwanted())
            except* LinkLost:
                self._log.info("Disconnected as asked")

    async def _until_unwanted(self) -> None:
        await self._unwanted.wait()
        raise LinkLost("not wanted any more")

    async def _connections(self) -> None:
        while True:
            wire = await self._dialled()
            self._dropped.clear()
            self._follow(self._line.route)
            try:
                await self._converse(self._exchange(wire))
            finally:
                self._idle.clear()
                await self._speaker.lost()
                await wire.close()

    async def _dialled(self) -> Wire:
        """Return a connection; dial anew when credentials change or a way opens meanwhile."""
        while True:
            self._changed.clear()
            self._opened.clear()
            dialling = asyncio.ensure_future(self._line.dial())
            changed = asyncio.ensure_future(self._changed.wait())
            opened = asyncio.ensure_future(self._opened.wait())
            try:
                waiting = {dialling, changed, opened}
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                if dialling.done():
                    return dialling.result()
            finally:
                dialling.cancel()
                changed.cancel()
                opened.cancel()

    def _follow(self, route: Route) -> None:
        """Speak as a route asks: another slot is another CSMS, which hears a boot first (B10)."""
        if route.slot == self._slot:
            return
        dialect = self._speaks(route.generation)
        if dialect is not self._dialect:
            self._scene.desk.happened(held(self._dialect, dialect))
        self._slot, self._dialect = route.slot, dialect
        self._hearing = Hearing(dialect, self._scene, self._log)
        self._speaker = self._speaker.heir(dialect)
        self._guard.host = urlsplit(route.url).hostname or ""
        self._guard.rhythm()
        subprotocol = dialect.language.version.subprotocol
        self._log.info("Talking by way of slot %d, in %s", route.slot, subprotocol)

    def _exchange(self, wire: Wire) -> Exchange:
        version, happened = self._dialect.language.version, self._scene.desk.happened
        alive = self._guard.alive
        return Exchange(wire, version, self._log, self.traffic, alive, happened, self._ear)

    async def _converse(self, exchange: Exchange) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(exchange.read())
                tasks.create_task(self._until_dropped())
                tasks.create_task(self._until_changed())
                tasks.create_task(self._hear(exchange))
                tasks.create_task(self._speak(exchange))
        except* LinkLost:
            pass  # the wire has logged it

    async def _until_dropped(self) -> None:
        await self._dropped.wait()
        raise LinkLost("given up")

    async def _until_changed(self) -> None:
        """Hang up to show new credentials, a little after the answer to who changed them."""
        await self._changed.wait()
        await asyncio.sleep(LINGER_S)
        self._log.info("Dialling anew, for the credentials have changed")
        self._line.hurry()
        raise LinkLost("the credentials have changed")

    async def _hear(self, exchange: Exchange) -> None:
        while True:
            call = await exchange.heard()
            self._at_rest.clear()
            try:
                await self._reply(exchange, call)
            finally:
                self._at_rest.set()

    async def _reply(self, exchange: Exchange, call: rpc.Call) -> None:
        if self._speaker.standing.rejected:
            await self._shut_out(exchange, call)
            return
        said = await self._hearing.answer(call)
        await exchange.send(said.frame)
        for then in said.then:
            await self._speaker.follow(then)
        self._wake()

    async def _shut_out(self, exchange: Exchange, call: rpc.Call) -> None:
        """Refuse what a CSMS asks that has rejected us (2.0.1 B03); 1.6 stays silent."""
        if not self._dialect.silent_when_rejected:
            why = "this station is not registered"
            await exchange.send(rpc.CallError(call.id, "SecurityError", why))

    async def _speak(self, exchange: Exchange) -> None:
        self._speaker.connected()
        while True:
            self._stir.clear()
            if not await self._speaker.say(exchange):
                if not self._stir.is_set():
                    self._idle.set()
                await self._pause()

    async def _pause(self) -> None:
        at = self._speaker.next_wake()
        now = self._clock.now().mono
        try:
            async with timeout(self._clock, None if at is None else at - now):
                await self._stir.wait()
        except TimeoutError:
            pass  # something is due

    def _wake(self) -> None:
        self._idle.clear()
        self._stir.set()
