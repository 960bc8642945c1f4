"""A week without the CSMS: when it comes back, it hears of everything, once and in order."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import pytest

from laadpaal.runtime.assembly import DATABASE
from laadpaal.station.notices import (
    Notice,
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
)
from laadpaal.station.view import EvseView
from laadpaal.station.words import StopReason, Trigger
from tests.conformance.stage import CONNECTORS, Ocpp, Stage, staged
from tests.support.quick_disk import quick_disk
from tests.support.told import Written, assert_told, written

HOUR_S = 3_600.0
WEEK_S = 7 * 24 * HOUR_S
SESSIONS = 60
EACH = SESSIONS // len(CONNECTORS)
KNOWN, UNKNOWN, UNWANTED = ("04000001", "04000002"), ("04000003", "04000004"), "04000005"
LAST = "04000006"
"""Still charges when the CSMS comes back."""
CUT_DURING, CUT_BETWEEN, CUT_AFTER = 8, 16, 24
"""The sessions of the first socket after whose beginning the power goes, each time otherwise."""
CUTS = 3
CLOCK_BACK = 12
"""The session of the second socket in which the clock is set back by an hour."""
FEWEST_RESTARTS = 3
"""A station that hears nothing for a day starts anew as soon as nobody charges."""
FEWEST_OVERLAPS = 10
RESTART = "CSMS silent for 86700 s: the station starts anew"
SAMPLED = (Trigger.METER_VALUE_PERIODIC, Trigger.METER_VALUE_CLOCK)
SETTINGS: dict[str, str | int | float | bool] = {
    "2127_0": True,  # unknown cards charge while offline
    "2087_0": 900,  # sampled
    "209A_0": 1_800,  # clock-aligned
}


@dataclass(frozen=True, slots=True)
class Session:
    """What somebody will do; instants are seconds of the week."""

    card: str
    begins_s: float
    length_s: float


def planned(lots: random.Random) -> tuple[Session, ...]:
    """Draw what happens at one socket in a week: stays and pauses that together fill it."""
    parts = [lots.uniform(0.2, 1.0) * (1.0, 0.7)[n % 2] for n in range(2 * EACH + 1)]
    scale = WEEK_S / sum(parts)
    ends = list(accumulate(part * scale for part in parts))
    cards = (*KNOWN, *UNKNOWN, UNWANTED)
    return tuple(
        Session(lots.choice(cards), ends[n], 0.9 * parts[n + 1] * scale)
        for n in range(0, 2 * EACH, 2)
    )


class Week:
    """Who comes to the station in a week, and what happens to its power and its clock."""

    def __init__(self, stage: Stage, seed: str) -> None:
        self.stage = stage
        lots = random.Random(seed)  # noqa: S311  a plan is no secret
        self.plans = {connector: planned(lots) for connector in CONNECTORS}
        self._began_at = stage.clock.now().mono
        self._after: asyncio.Future[None] | None = None
        stage.listeners.append(self._hear)

    def evse(self, connector: int) -> EvseView:
        """Return how the socket looks now, in whichever life."""
        return self.stage.running.view().evses[connector - 1]

    async def until(self, true: Callable[[], bool], patience_s: float = HOUR_S) -> None:
        """Return once it is true, looking every second."""
        for _ in range(int(patience_s)):
            if true():
                return
            await self.stage.clock.sleep(1.0)
        raise AssertionError(f"never: {self.stage.running.view()}")

    async def at(self, week_s: float) -> None:
        """Wait for a second of the week."""
        await self.stage.clock.sleep(self._began_at + week_s - self.stage.clock.now().mono)

    # People.

    async def visit(self, connector: int, session: Session) -> None:
        """Plug in, show the card until it charges, come back, show it again, and leave."""
        await self.begin(connector, session.card)
        await self.stage.clock.sleep(session.length_s)
        await self.leave(connector, session.card)

    async def begin(self, connector: int, card: str) -> None:
        """Plug in, and show the card once a minute until it charges."""
        self.stage.plug(connector)
        while not self._charges(connector):
            self.stage.swipe(card, connector)
            await self.stage.clock.sleep(60.0)

    async def leave(self, connector: int, card: str) -> None:
        """Stop what still charges, and take the plug out as soon as it is let go."""
        if self._charges(connector):
            self.stage.swipe(card, connector)
        await self.until(lambda: not self.stage.bench.sockets[connector].locked)
        self.stage.unplug(connector)
        await self.until(lambda: self.evse(connector).transaction is None)

    def _charges(self, connector: int) -> bool:
        transaction = self.evse(connector).transaction
        return transaction is not None and transaction.authorized

    async def _people(self, connector: int) -> None:
        for session in self.plans[connector]:
            await self.at(session.begins_s)
            await self.visit(connector, session)

    # What befalls the station.

    async def _cuts(self) -> None:
        during, between, after = (self.plans[1][n] for n in (CUT_DURING, CUT_BETWEEN, CUT_AFTER))
        await self.at(during.begins_s + during.length_s / 2)
        assert self._charges(1)
        await self.stage.cut_power()
        await self.at(between.begins_s)
        await self.until(lambda: not any(map(self._charges, CONNECTORS)), WEEK_S)
        await self.stage.cut_power()
        await self.at(after.begins_s)
        self._after = asyncio.get_running_loop().create_future()
        await self._after
        await self.stage.cut_power()

    def _hear(self, notice: Notice) -> None:
        """Let the power go as soon as a stop is on the disk, when that is wanted."""
        if isinstance(notice, TransactionEnded) and self._after and not self._after.done():
            self._after.set_result(None)

    async def _clock(self) -> None:
        session = self.plans[2][CLOCK_BACK]
        await self.at(session.begins_s + session.length_s / 2)
        assert self._charges(2)
        self.stage.correct_clock(-HOUR_S)

    async def live(self) -> None:
        """Let the week pass."""
        self._began_at = self.stage.clock.now().mono
        async with asyncio.TaskGroup() as tasks:
            for connector in CONNECTORS:
                tasks.create_task(self._people(connector))
            tasks.create_task(self._cuts())
            tasks.create_task(self._clock())
        await self.at(WEEK_S)


@asynccontextmanager
async def told_all(stage: Stage) -> AsyncIterator[None]:
    """Have the station accepted, and wait at the end until it has told everything."""
    await stage.power_up()
    await stage.csms.until(lambda: stage.running.view().online, 60.0, "registration")
    yield
    await stage.running.drained()


@pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
async def test_a_week_without_the_csms(
    ocpp: Ocpp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the CSMS hears is what the journal holds: all of it, once, in order, with its ids."""
    quick_disk(monkeypatch)
    async with staged(Stage, tmp_path, monkeypatch, ocpp=ocpp) as stage:
        stage.settings |= SETTINGS
        stage.echo = False
        stage.csms.judge(UNWANTED, "Blocked")
        week = Week(stage, ocpp)
        async with told_all(stage):
            for connector, card in zip(CONNECTORS, KNOWN, strict=True):
                await week.begin(connector, card)
                await week.leave(connector, card)
            online = len(stage.csms.heard)
            async with stage.csms.away():
                await week.live()
                await week.begin(1, LAST)
                assert len(stage.csms.heard) == online
            await stage.clock.sleep(HOUR_S)
            await week.leave(1, LAST)
        assert_told(ocpp, written(tmp_path / DATABASE), stage.csms.heard)
        assert stage.csms.repeated == []
        assert_eventful(written(tmp_path / DATABASE))
        restarts = stage.grave.lines.copy()
        stage.grave.lines.clear()
        assert stage.running.lives == 1 + CUTS + len(restarts)
        assert len(restarts) >= FEWEST_RESTARTS
        assert set(restarts) == {RESTART}


def assert_eventful(entries: Sequence[Written]) -> None:
    """Have had a week in which everything happened that was planned."""
    notices = [entry.notice for entry in entries]
    starts = [n for n in notices if isinstance(n, TransactionStarted)]
    ends = [n for n in notices if isinstance(n, TransactionEnded)]
    triggers = Counter(n.trigger for n in notices if isinstance(n, TransactionSampled))
    assert len(starts) == len(ends) == len(KNOWN) + SESSIONS + 1
    assert {n.token.value for n in starts if n.token} == {*KNOWN, *UNKNOWN, UNWANTED, LAST}
    assert StopReason.POWER_LOSS in {n.reason for n in ends}
    assert min(*(triggers[one] for one in SAMPLED)) > SESSIONS
    bounds = [n for n in notices if isinstance(n, TransactionStarted | TransactionEnded)]
    overlaps = [n for n, m in pairwise(bounds) if type(n) is type(m) is TransactionStarted]
    assert len(overlaps) > FEWEST_OVERLAPS
    assert sum(m.at < n.at - HOUR_S / 2 for n, m in pairwise(notices)) == 1
