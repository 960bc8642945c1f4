"""One life of a station, from power-up to its restart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlsplit
from uuid import uuid4

from laadpaal.csms.dialect import Dialect, Scene
from laadpaal.csms.exchange import deaf
from laadpaal.csms.holdings import holdings
from laadpaal.csms.link import Line
from laadpaal.csms.overheard import Overheard
from laadpaal.csms.talk import Talk
from laadpaal.ports.clock import Clock
from laadpaal.ports.devices import Board
from laadpaal.ports.echo import Echo
from laadpaal.ports.journal import Journal
from laadpaal.ports.modem import Modem
from laadpaal.ports.payments import PaymentProvider
from laadpaal.ports.vault import Vault
from laadpaal.properties.comms import RESET_RETRIES
from laadpaal.properties.connectivity import CONNECTIVITY
from laadpaal.properties.connectivity import NONE as NO_WAY
from laadpaal.properties.values import Values
from laadpaal.runtime.board import BoardTasks
from laadpaal.runtime.expiry import Expiry, Kept
from laadpaal.runtime.jobs import Jobs, Means
from laadpaal.runtime.lan import carried
from laadpaal.runtime.mobile import MobileWay
from laadpaal.runtime.narrator import Narrator
from laadpaal.runtime.payment_jobs import PaymentJobs
from laadpaal.runtime.recorder import Recorder
from laadpaal.runtime.routes import with_given
from laadpaal.runtime.socket_lines import SocketLines
from laadpaal.runtime.turns import Keeper, Turns
from laadpaal.station.actions import Action, Restart
from laadpaal.station.events import Event, PoweredUp, RestartFailed
from laadpaal.station.layout import Layout
from laadpaal.station.network_profile import Generation, NetworkProfile
from laadpaal.station.notices import Notice
from laadpaal.station.saved import Saved, restored
from laadpaal.station.station import Station
from laadpaal.station.view import StationView
from laadpaal.station.words import BootReason
from laadpaal.updates.trial import Trial

PATIENCE_S = 5.0
"""Real seconds that hardware and queued notices each have before a restart."""


class Share(Journal, Keeper, Protocol):
    """One station's share of the storage."""

    def load(self) -> Saved:
        """Return everything the station was told to keep."""
        ...


@dataclass(frozen=True, slots=True)
class Csms:
    """How to reach the CSMS, in whichever version of OCPP.

    Args:
        speaks: Returns the dialect of a generation.
        line: Makes the line that dials, for the settings of one life.
        echo: Asks for a sign of life when the CSMS gives none.
        given: The network profile that the configuration stands for.
        overheard: Hears every message of every life.
    """

    speaks: Callable[[Generation], Dialect]
    line: Callable[[Scene], Line]
    echo: Echo | None = None
    given: NetworkProfile | None = None
    overheard: Overheard | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """What outlasts every life: the hardware, the disk, the clock.

    Args:
        settings: Makes the settings the configuration gives; what was written later wins.
        means: What fetches, installs and sends files.
        listeners: Told every notice of every life.
        vault: Where certificates are kept; None for a station that has no such place.
        certificates: Returns those whose end is watched; None watches none.
        aftermath: What the process before this one has left to tell; the first life tells it.
        provider: Who takes money from payment cards; None takes no payment cards.
        modem: What leads through a mobile network, if anything does.
    """

    layout: Layout
    settings: Callable[[], Values]
    board: Board
    share: Share
    clock: Clock
    log: logging.Logger
    means: Means
    csms: Csms | None = None
    listeners: tuple[Callable[[Notice], None], ...] = ()
    recorder: Recorder | None = None
    vault: Vault | None = None
    certificates: Callable[[], Iterator[Kept]] | None = None
    aftermath: Iterator[Event] = field(default_factory=lambda: iter(()))
    provider: PaymentProvider | None = None
    modem: Modem | None = None


class Life:
    """A running station: the core, its loop, its hardware tasks and its talk, wired together."""

    def __init__(self, body: Body) -> None:
        self._body = body
        saved = with_given(body.share.load(), body.csms.given if body.csms else None)
        values = body.settings()
        for wrong in restored(values, saved):
            body.log.warning("Setting left out: %s", wrong)
        ids = self._recorded(_ids())
        # Asked anew in each life: an update has perhaps been installed in the last.
        updater = body.means.updater
        self._layout = replace(body.layout, firmware=updater.version(), release=updater.release())
        self._station = Station(self._layout, values, ids, saved)
        if body.csms:
            values.hold(self._dialect(body.csms).fixed)
        self.turns = Turns(self._station, body.clock, body.share)
        self._board = BoardTasks(body.board, body.clock, self.turns.happened, body.log)
        self._jobs = Jobs(body.means, self.turns, body.log)
        self._payments = PaymentJobs(body.provider, self.turns.happened) if body.provider else None
        self._mobile = MobileWay(body.modem, self.turns) if body.modem else None
        reachable = values[CONNECTIVITY] != NO_WAY
        self.talk = self._talk(body.csms) if body.csms and reachable else None
        self._sockets = SocketLines(self.turns.view, body.log)
        self._restart: asyncio.Future[Restart] = asyncio.get_running_loop().create_future()
        self.over = asyncio.Event()
        """Set when this life has ended, however it did."""
        self._connect(saved)

    @property
    def boot_reason(self) -> BootReason:
        """Why it has begun."""
        return self._station.boot_reason

    def _recorded(self, ids: Iterator[str]) -> Iterator[str]:
        return self._body.recorder.ids(ids) if self._body.recorder else ids

    def _dialect(self, csms: Csms) -> Dialect:
        return csms.speaks(self._station.view().network.route.generation)

    def _talk(self, csms: Csms) -> Talk:
        body = self._body
        trusts = body.means.judge.trusts
        scene = Scene(self.turns, body.share, body.vault, self._utc, trusts=trusts)
        reason = self._station.boot_reason
        return Talk(
            self._dialect(csms),
            csms.line(scene),
            scene,
            body.clock,
            body.log,
            reason,
            echo=csms.echo,
            host=urlsplit(self._station.view().network.route.url).hostname or "",
            speaks=csms.speaks,
            doubt=self._mobile.doubt if self._mobile else lambda: None,
            ear=csms.overheard.heard if csms.overheard else deaf,
        )

    def _utc(self) -> float | None:
        now = self._body.clock.now()
        return now.utc if now.trusted else None

    def _connect(self, saved: Saved) -> None:
        narrator = Narrator(self._body.log)
        self.turns.watchers.append(narrator.watch)
        self.turns.answered.append(narrator.answered)
        if self._body.recorder:
            self._body.recorder.begin(self._layout, self.turns.values, saved)
            self.turns.watchers.append(self._body.recorder.watch)
        self.turns.doers += [self._board.do, self._jobs.do, self._do]
        if self._payments:
            self.turns.doers.append(self._payments.do)
        self.turns.listeners += [narrator.tell, self._sockets.tell, *self._body.listeners]
        if self.talk:
            self.turns.listeners.append(self.talk.tell)
        if self._mobile:
            self.turns.listeners.append(self._mobile.tell)

    def _do(self, action: Action) -> None:
        if isinstance(action, Restart) and not self._restart.done():
            self._restart.set_result(action)

    async def run(self) -> None:
        """Live until the station wants to start anew; being cancelled is a power cut."""
        self._sockets.begin()
        self.turns.happened(PoweredUp())
        if self._body.vault:
            self.turns.happened(holdings(self._body.vault))
        for event in self._body.aftermath:
            self.turns.happened(event)
        try:
            await self._live()
        finally:
            self.over.set()

    async def _live(self) -> None:
        body = self._body
        async with asyncio.TaskGroup() as tasks:
            parts = (self.turns, self._board, self._jobs)
            running = [tasks.create_task(part.run()) for part in parts]
            if self._payments:
                running.append(tasks.create_task(self._payments.run()))
            if self.talk:
                running.append(tasks.create_task(self.talk.run()))
            if self._mobile:
                running.append(tasks.create_task(self._mobile.run()))
            if body.certificates:
                expiry = Expiry(body.certificates, body.clock, body.log, self.turns.happened)
                running.append(tasks.create_task(expiry.run()))
            if self._layout.release.on_trial:
                trial = Trial(self.turns, body.clock, body.log, self._reachable)
                running.append(tasks.create_task(trial.run()))
                running.append(tasks.create_task(body.means.updater.guard()))
            while not await self._wind_down(orderly=(await self._restart).orderly):
                self._restart = asyncio.get_running_loop().create_future()
                self.turns.happened(RestartFailed())
            for task in running:
                task.cancel()

    def _reachable(self, view: StationView) -> bool:
        """Tell whether the CSMS hears us; a network is enough while it cannot be reached."""
        return self.talk is None or view.online or carried()

    async def _wind_down(self, *, orderly: bool) -> bool:
        """Let hardware come to rest, and give what waits for the CSMS a bounded time to leave.

        Hardware that does not rest makes an orderly restart fail; any other comes all the same.
        """
        if not await self._rested() and orderly:
            return False
        if self.talk:
            # Whoever asked for the restart hears that it comes.
            await _in_time(self.talk.answered())
        if orderly and self.talk and not await _in_time(self.talk.drained()):
            self._body.log.info("Restarting before everything was told; the rest is kept")
        return True

    async def _rested(self) -> bool:
        for _ in range(1 + self.turns.values[RESET_RETRIES]):
            if await _in_time(self._board.settled()):
                return True
            self._body.log.warning("The hardware has not come to rest")
        return False


async def _in_time(waiting: Awaitable[None]) -> bool:
    try:
        async with asyncio.timeout(PATIENCE_S):
            await waiting
    except TimeoutError:
        return False
    return True


def _ids() -> Iterator[str]:
    while True:
        yield str(uuid4())
