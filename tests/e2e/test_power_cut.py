"""The power goes before and after every commit of a session: nothing is lost, nothing doubled."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from laadpaal.backoffice.ledger import Stage
from laadpaal.backoffice.server import BackOffice
from laadpaal.ports.bench import BenchError
from laadpaal.ports.journal import Entry, Fate, FiringsEntry, SecurityEntry, Start, Trace
from laadpaal.runtime.assembly import DATABASE, Station, assembled
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, CsmsTable
from laadpaal.runtime.life import Share
from laadpaal.station.notices import DurableNotice, Notice, SecurityEvent, TransactionSampled
from laadpaal.station.records import Record
from laadpaal.station.saved import Saved
from laadpaal.station.view import EvseView, StationView, TransactionView
from laadpaal.station.words import Status, Token

IDENTITY = "LP1"
CARDS = {1: "04A1B2C3", 2: "04B2C3D4"}
SPEED = 100.0
PATIENCE_S = 20.0
FEWEST_COMMITS = 12
"""Of a day at both sockets: starts, meter values, stops, and what the CSMS answered."""
SETTINGS: dict[str, str | int | float | bool] = {
    "2087_0": 10,  # sample interval
    "2127_0": True,  # unknown cards charge while offline
    "2108_1": 600,  # at this speed a busy machine is slow to answer
    "20F6_1": 5,
    "20F6_2": 0,
}


@dataclass
class FragileShare:
    """Storage that loses the power at its n-th commit, before or after it is written.

    Args:
        written: Called after every write.
        committed: The durable notices that are on disk.
        count: Commits since it was armed.
    """

    share: Share
    written: Callable[[], None]
    committed: list[DurableNotice] = field(default_factory=list)
    count: int = 0
    cut_at: int = 0
    after: bool = False
    cut: Callable[[], Awaitable[None]] | None = None

    async def _write(self, writing: Callable[[], Awaitable[None]]) -> None:
        self.count += 1
        due = self.count == self.cut_at
        if not due or self.after:
            await writing()
            self.written()
        if due:
            assert self.cut is not None
            self.cut_at = 0
            await self.cut()  # cancels us

    def arm(self, cut_at: int, *, after: bool) -> None:
        """Count commits from now on; the power goes at that one, or never at 0."""
        self.count, self.cut_at, self.after = 0, cut_at, after

    async def commit(self, records: Sequence[Record], notices: Sequence[DurableNotice]) -> None:
        async def write() -> None:
            await self.share.commit(records, notices)
            self.committed += notices

        await self._write(write)

    async def settle(self, seq: int, fate: Fate, csms_id: int | None = None) -> None:
        assert fate is Fate.DELIVERED
        await self._write(lambda: self.share.settle(seq, fate, csms_id))

    async def tried(self, seq: int) -> None:
        await self._write(lambda: self.share.tried(seq))

    async def left_offline(self) -> None:
        await self._write(self.share.left_offline)

    def load(self) -> Saved:
        return self.share.load()

    def pending(self) -> Entry | None:
        return self.share.pending()

    def pending_count(self, transaction: str | None = None) -> int:
        return self.share.pending_count(transaction)

    def start_before(self, evse: int, seq: int) -> Start | None:
        return self.share.start_before(evse, seq)

    def by_csms_id(self, csms_id: int) -> str | None:
        return self.share.by_csms_id(csms_id)

    def known(self, transaction: str) -> bool:
        return self.share.known(transaction)

    def security_pending(self) -> SecurityEntry | None:
        return self.share.security_pending()

    async def security_settle(self, seq: int, fate: Fate) -> None:
        await self._write(lambda: self.share.security_settle(seq, fate))

    async def security_tried(self, seq: int) -> None:
        await self._write(lambda: self.share.security_tried(seq))

    def traces(self, token: Token) -> tuple[Trace, ...]:
        return self.share.traces(token)

    def security_log(
        self, oldest_utc: float | None = None, newest_utc: float | None = None
    ) -> tuple[SecurityEvent, ...]:
        return self.share.security_log(oldest_utc, newest_utc)

    def firings_pending(self) -> FiringsEntry | None:
        return self.share.firings_pending()

    async def firings_settle(self, seq: int, fate: Fate) -> None:
        await self._write(lambda: self.share.firings_settle(seq, fate))

    async def firings_tried(self, seq: int) -> None:
        await self._write(lambda: self.share.firings_tried(seq))


class Play:
    """A station, its CSMS, and somebody who plays a session at each socket."""

    def __init__(self, office: BackOffice, bell: asyncio.Event) -> None:
        self.office = office
        self._bell = bell
        self._stopped: set[str] = set()
        self.station: Station
        self.share: FragileShare

    async def until(self, seen: Callable[[StationView], bool]) -> None:
        """Return once the station looks so."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not seen(self.station.running.view()):
                    self._bell.clear()
                    await self._bell.wait()
        except TimeoutError as late:
            raise AssertionError(f"still {self.station.running.view()}") from late

    async def session(self, evse: int) -> None:
        """Plug, start by card, wait for a meter value, stop by card."""
        bench, sampled = self.station.bench, len(self.samples(evse))
        bench.plug(evse, 32.0)
        await self.swipe(evse)
        await self.until(lambda view: view.evses[evse - 1].transaction is not None)
        await self.until(lambda _: len(self.samples(evse)) > sampled)
        await self.swipe(evse)
        await self.until(lambda view: view.evses[evse - 1].transaction is None)

    async def swipe(self, evse: int) -> None:
        """Hold the card to the reader when it is heard; a busy machine makes meters look lost."""
        faulted = Status.FAULTED
        await self.until(lambda view: view.evses[evse - 1].connectors[0].status is not faulted)
        self.station.bench.swipe(CARDS[evse], 0)

    def samples(self, evse: int) -> list[TransactionSampled]:
        """Return the meter values of an EVSE that are on disk."""
        told = self.share.committed
        return [n for n in told if isinstance(n, TransactionSampled) and n.evse == evse]

    async def leave(self) -> None:
        """End what is running, and take every plug out as soon as it is let go."""
        for evse in CARDS:
            await self.until(lambda view, e=evse: self._left(view.evses[e - 1]))  # type: ignore[misc]  # a default argument

    def _left(self, seen: EvseView) -> bool:
        """Stop what runs, then pull at both ends, and tell whether the socket is empty.

        A station that starts calls a plug unlocked before its hardware has let go of it, and has
        yet to see what is plugged at all, so what was pulled in vain is pulled again at the next
        notice.
        """
        connector, bench = seen.connectors[0], self.station.bench
        if seen.transaction:
            self._stop(seen.transaction, faulted=connector.status is Status.FAULTED)
        if seen.transaction or connector.locked:
            return False
        for vehicle_side in (True, False):
            with suppress(BenchError):  # nothing was plugged, or it is still locked
                bench.unplug(seen.evse, vehicle_side=vehicle_side)
        return bench.evse(seen.evse).look().cable_a is None and not connector.plugged

    def _stop(self, it: TransactionView, *, faulted: bool) -> None:
        """Hold up the card that it was begun with, once.

        It may be the card of the other socket: whoever held it up as the power went did not know
        where a station that starts would use it.
        """
        if it.token and not faulted and it.id not in self._stopped:
            self._stopped.add(it.id)
            self.station.bench.swipe(it.token.value, 0)

    async def delivered(self) -> None:
        """Return once the CSMS has answered to everything that is on disk."""
        await self.until(lambda _: self.share.pending_count() == 0)

    async def online(self) -> None:
        """Return once the CSMS has accepted the station."""
        await self.until(lambda view: view.online)


@asynccontextmanager
async def playing(ocpp: Any, folder: Path) -> AsyncIterator[Play]:
    """Run a CSMS and a station with a database in `folder`."""
    clock, bell = RealClock(SPEED), asyncio.Event()
    shares: list[FragileShare] = []

    def wrap(share: Share) -> Share:
        shares.append(FragileShare(share, bell.set))
        return shares[0]

    def ring(_notice: Notice) -> None:
        bell.set()

    log = logging.getLogger(f"laadpaal.test.{folder.name}")
    log.setLevel(logging.INFO)
    log.propagate = False
    async with BackOffice(clock) as office:
        csms = CsmsTable(url=office.url, ocpp=ocpp, identity=IDENTITY)
        config = Config(csms=csms, api=None, folder=str(folder), settings=SETTINGS)
        play = Play(office, bell)
        async with assembled(config, clock, log, ring, wrap=wrap) as play.station:
            play.share = shares[0]
            play.share.cut = play.station.running.cut_power
            await play.online()
            try:
                yield play
            finally:
                play.share.cut_at = 0


async def day(play: Play, *, offline: bool) -> None:
    """Play a session at both sockets at once, and let the CSMS hear of them."""
    async with asyncio.TaskGroup() as tasks:
        for evse in CARDS:
            tasks.create_task(play.session(evse))
    if offline:
        await play.office.resume()
    await play.delivered()


async def story(play: Play, *, offline: bool, cut_at: int, after: bool) -> None:
    """Play a day until it ends or the power goes, then show that life goes on."""
    if offline:
        await play.office.pause()
        await play.until(lambda view: not view.online)
    play.share.arm(cut_at, after=after)
    played = asyncio.ensure_future(day(play, offline=offline))
    cut = asyncio.ensure_future(play.until(lambda _: play.station.running.lives > 1))
    await asyncio.wait({played, cut}, return_when=asyncio.FIRST_COMPLETED)
    if not cut.done():
        await played  # raises what went wrong
    play.share.arm(0, after=False)
    for task in (played, cut):
        task.cancel()
    await asyncio.wait({played, cut})
    await play.office.resume()
    await play.online()
    await play.leave()
    await play.session(1)
    await play.leave()
    await play.delivered()


def compare(office: BackOffice, database: Path) -> None:
    """Compare what is on disk with what the CSMS heard."""
    ledger, rows = office.ledger, journal(database)
    started, ended, sampled = (rows[kind] for kind in ("start", "stop", "meter"))
    assert ledger.problems() == ()
    assert list(office.problems) == []
    assert len(ledger.transactions) == len(set(started)) == len(started)
    assert sorted(started) == sorted(ended)
    assert all((t.starts, t.stops) == (1, 1) for t in ledger.transactions)
    # The id is that of the socket's own start (S24).
    assert all(len({f.evse for f in t.facts if f.evse}) == 1 for t in ledger.transactions)
    during = [f for t in ledger.transactions for f in t.facts if f.stage is Stage.DURING]
    periodic = [f for f in during if f.readings and f.cause in {None, "MeterValuePeriodic"}]
    assert len(periodic) == len(sampled)
    assert not any('"transactionId":-1' in frame.text for frame in office.frames)


def journal(database: Path) -> dict[str, list[str]]:
    """Return the transaction of every durable notice on disk, by kind; all are delivered."""
    rows: dict[str, list[str]] = {"start": [], "update": [], "meter": [], "stop": []}
    with closing(sqlite3.connect(database)) as db:
        for kind, transaction, state in db.execute(
            "SELECT kind, transaction_id, state FROM journal ORDER BY seq"
        ):
            assert state == "delivered"
            rows[kind].append(transaction)
    return rows


async def one_run(
    ocpp: str, folder: Path, *, offline: bool, cut_at: int = 0, after: bool = False
) -> bool:
    """Play it with a cut at one commit; tell whether the day had that many."""
    async with playing(ocpp, folder) as play:
        await story(play, offline=offline, cut_at=cut_at, after=after)
        compare(play.office, folder / DATABASE)
        return play.station.running.lives > 1


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("offline", [False, True], ids=["online", "offline"])
@pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
async def test_a_cut_at_every_commit(
    ocpp: str,
    offline: bool,  # noqa: FBT001  a parameter of the test
    after: bool,  # noqa: FBT001  as above
    tmp_path: Path,
) -> None:
    """Every start has one end, every meter value its transaction, and the CSMS has all of it."""
    cut_at = 1
    while await one_run(ocpp, tmp_path / str(cut_at), offline=offline, cut_at=cut_at, after=after):
        cut_at += 1

    assert cut_at > FEWEST_COMMITS
