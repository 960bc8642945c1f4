"""A whole station in one jumping loop: core, turns, talk, disk and journal, hardware and CSMS."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, TypeVar

from laadpaal.backoffice.ledger import Wrong
from laadpaal.backoffice.policy import Policy
from laadpaal.backoffice.tongue import TONGUES
from laadpaal.csms.dialect import Dialect, Scene
from laadpaal.csms.v16 import V16
from laadpaal.csms.v201 import V201
from laadpaal.ports.journal import Entry, Fate
from laadpaal.properties import comms
from laadpaal.properties.values import Values
from laadpaal.protocols.ocpp.message import Message
from laadpaal.runtime.life import Body, Csms
from laadpaal.runtime.running import Running
from laadpaal.station.events import ClockCorrected, CsmsReached, CsmsUnreached
from laadpaal.station.layout import Layout
from laadpaal.station.moment import Moment
from laadpaal.station.requests import WriteSetting
from laadpaal.station.station import Station
from laadpaal.station.words import By
from tests.support.errands import Errands
from tests.support.flash import Flash, Fuse
from tests.support.jumping import JumpingLoop
from tests.support.office import PROMPT_S, STATION, Office
from tests.support.paying import Cashier
from tests.support.points import EQUIPPED
from tests.support.promises import assert_saved, assert_supplied, assert_whole
from tests.support.slots import assert_true
from tests.support.sockets import Bench
from tests.support.world import NOON

T = TypeVar("T")

CABLE_A = 20.0
MOST_ATTEMPTS = 65_535
LONGEST_DRAIN_S = 6 * 3600.0
LOOK_S = 60.0
UNSETTLED = "A payment is not settled: "
"""Begins the one error that may be: what the provider refuses for good, people have to know."""


class DayClock:
    """Is a `Clock` of a loop that need not run; remembers whether UTC was ever set back."""

    def __init__(self, loop: JumpingLoop) -> None:
        self._loop = loop
        self._offset = NOON - loop.time()
        self.went_back = False

    def now(self) -> Moment:
        mono = self._loop.time()
        return Moment(mono, mono + self._offset)

    def correct(self, utc: float) -> float:
        jumped_s = utc - self.now().utc
        self._offset += jumped_s
        self.went_back = self.went_back or jumped_s < 0
        return jumped_s

    def alarm(self, station_s: float, ring: Callable[[], None]) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(max(0.0, station_s), ring)

    async def sleep(self, station_s: float) -> None:
        await asyncio.sleep(max(0.0, station_s))


class Grave(logging.Handler):
    """Keeps every error and traceback that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class Day:
    """Everybody on stage; each method lets time pass, and then looks at every promise."""

    def __init__(self, ocpp: str, layout: Layout = EQUIPPED) -> None:
        self.cashier = Cashier()
        self._loop = JumpingLoop()
        self._layout = layout
        self.grave = Grave()
        log = logging.Logger("any day", logging.ERROR)  # noqa: LOG001  of this day alone
        log.addHandler(self.grave)
        self.clock, self.csms_clock, self.flash = (
            DayClock(self._loop),
            DayClock(self._loop),
            Flash(),
        )
        dialect: Dialect = V16(log) if ocpp == "1.6" else V201(self.clock)
        self.office = Office(TONGUES[dialect.language.version.subprotocol], self.csms_clock, log)
        self.dialect = dialect
        self.errands = Errands(self.clock)
        self.running, self.bench = self._loop.run_until_complete(self._born(log))
        self._task = self._loop.create_task(self.running.run())
        self.wait(5.0)

    async def _born(self, log: logging.Logger) -> tuple[Running, Bench]:
        def line(scene: Scene) -> Office:
            def attempted(why: str) -> None:
                number = scene.desk.view().security.credentials
                met = CsmsUnreached(number, why, refused=True) if why else CsmsReached(number)
                scene.desk.happened(met)

            self.office.born()
            self.office.attempted = attempted
            return self.office

        bench = Bench(self.clock, equipped=True)
        body = Body(
            layout=replace(self._layout, switches_phases=True, payment=True, modem=True),
            settings=_configured,
            board=bench.board(),
            share=self.flash,
            clock=self.clock,
            log=log,
            means=self.errands.means(),
            csms=Csms(lambda _: self.dialect, line),
            provider=self.cashier,
        )
        return Running(body, bench.power_lost), bench

    # What happens.

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.do(asyncio.sleep(seconds))

    def do(self, deed: Coroutine[Any, Any, T]) -> T:
        """Run something while the day goes on, then look at every promise."""
        return self._loop.run_until_complete(self._beside(deed))

    async def _beside(self, deed: Coroutine[Any, Any, T]) -> T:
        task = asyncio.ensure_future(deed)
        await asyncio.wait({task, self._task}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            task.cancel()
            await asyncio.wait({task})
            await self._task
        done = await task
        while self._busy():  # noqa: ASYNC110  nobody tells when a station is at rest
            await asyncio.sleep(0.001)
        self.look()  # before the loop does anything more
        return done

    def _busy(self) -> bool:
        """Tell whether something is yet to be done, be it that the next life begins."""
        waits = not self.running._life.turns._inbox.empty()
        return self.flash.dead or self.flash.writing > 0 or waits

    def ask(self, message: Message) -> Message | None:
        """Let the CSMS ask something."""
        return self.do(self.office.ask(message))

    def correct(self, jump_s: float) -> None:
        """Set the station's clock by hand."""
        self.clock.correct(self.clock.now().utc + jump_s)
        self.running.happened(ClockCorrected(jump_s))

    def skew(self, jump_s: float) -> None:
        """Set the clock of the CSMS, which the station follows when it hears of it."""
        self.csms_clock.correct(self.csms_clock.now().utc + jump_s)

    def cut_power(self) -> None:
        """Cut the power now."""
        self.flash.dead = True
        self.do(self.running.cut_power())

    def cut_power_at(self, write: int, *, kept: bool) -> None:
        """Cut the power at a write to come."""
        self.flash.fuse = Fuse(write, kept, self.running._cut.set)

    # What must be true.

    @property
    def station(self) -> Station:
        """The core of the present life."""
        return self.running._life._station

    def look(self) -> None:
        """Look at what must always be true."""
        assert [line for line in self.grave.lines if not line.startswith(UNSETTLED)] == []
        assert self.office.complaints == []
        assert self.office.record.problems == []
        closed = {n for n, socket in self.bench.sockets.items() if socket.closed}
        offered = {n: socket.offered_a for n, socket in self.bench.sockets.items()}
        assert_supplied(self.station, closed, offered, CABLE_A)
        values = _configured()
        values.hold(self.dialect.fixed)
        assert_saved(self.station, values, self.flash.disk.saved())
        is_open = self.flash.disk.transactions
        for id_, story in self.flash.stories().items():
            assert_whole(story, seen_open=id_ in is_open)
        wake = self.station.next_wake()
        assert wake is None or wake > self._loop.time() - 0.001
        assert self._problems() == []
        update = self.station.parts.firmware.update
        if not update.told:
            assert_true(update, self.errands.slots)

    def _problems(self) -> list[object]:
        """Return what the ledger finds; by time, energy falls when the clock was set back."""
        excused = {Wrong.ENERGY_FELL} if self.clock.went_back else set()
        return [one for one in self.office.ledger.problems() if one.wrong not in excused]

    # How it ends.

    def end(self) -> None:
        """Let a CSMS that behaves hear everything, and compare its ledger with the journal."""
        self.flash.fuse = None
        self.office.reception.policy = Policy()
        self.office.latency_s = PROMPT_S
        self.office.refusing = False
        self.office.reach(reachable=True)
        self.cashier.trouble, self.cashier.wait_s = None, PROMPT_S
        self.do(self._told())
        assert self.flash.pending() is None
        assert {state for _, state in self.flash.security.values()} <= {"kept", "delivered"}
        assert not self.station.view().security.on_trial
        assert set(self.flash.fates.values()) <= {Fate.DELIVERED}
        self._compare()

    async def _told(self) -> None:
        """Return once nothing is pending: retries are short, and time is plenty."""
        waited_s = 0.0
        while waited_s < LONGEST_DRAIN_S:
            for row, text in ((comms.ATTEMPT_INTERVAL, "1"), (comms.MESSAGE_TIMEOUT, "30")):
                await self.running.ask(WriteSetting(row.id, text, By.LOCAL))
            await asyncio.sleep(LOOK_S)
            flash = self.flash
            queues = flash.pending(), flash.security_pending(), flash.firings_pending()
            told = not any(queues) and not self.running.view().unsettled
            if told and self.running.view().online and self._files_known():
                return
            waited_s += LOOK_S

    def _files_known(self) -> bool:
        """Tell whether the CSMS knows how the last update stands."""
        return self.station.parts.firmware.update.told

    def _compare(self) -> None:
        ledger = self.office.ledger
        told_of = {e.message_id for e in self.flash.entries.values()}
        strange = self.office.transaction_ids - told_of
        assert strange == set()
        starts = {self._csms_id(entry): entry for entry in self.flash.starts()}
        assert len(starts) == len(self.flash.starts())
        assert {one.id for one in ledger.of(STATION)} == set(starts)
        ended = {entry.notice.transaction for entry in self.flash.ends()}
        for id_, entry in starts.items():
            told = ledger.find(STATION, id_)
            assert told is not None
            assert told.starts == 1
            assert told.stops == (entry.notice.transaction in ended)

    def _csms_id(self, start: Entry) -> str:
        """Return the id that the CSMS knows the transaction by."""
        number = self.flash.csms_ids.get(start.seq)
        return start.notice.transaction if number is None else str(number)

    def close(self) -> None:
        """End everything, and leave nothing behind."""
        self._task.cancel()
        self._loop.run_until_complete(asyncio.wait({self._task}))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()


def _configured() -> Values:
    return Values({(comms.ATTEMPTS.id, 0): MOST_ATTEMPTS})
