"""Commit, answer, act, tell: in that order, and never two turns at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from laadpaal.properties.values import Values
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.turns import Turns
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.actions import Action, OpenContactor, Restart, UnlockPlug
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.layout import Layout
from laadpaal.station.notices import DurableNotice, Restarting
from laadpaal.station.records import Record
from laadpaal.station.station import Station
from laadpaal.station.words import By, ResetKind
from tests.support.world import numbered


class Diary:
    """Keeps nothing, but writes down when it was asked to."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.full = False

    async def commit(self, records: Sequence[Record], notices: Sequence[DurableNotice]) -> None:
        """Take time, as a disk does."""
        await asyncio.sleep(0)
        if self.full:
            raise OSError("disk full")
        self.lines.append(f"commit {len(records)}+{len(notices)}")


@pytest.fixture
async def turns() -> AsyncIterator[Turns]:
    """Have a running station whose patience is short."""
    async with running(speed=1000) as turns:
        yield turns


@asynccontextmanager
async def running(speed: float) -> AsyncIterator[Turns]:
    """Yield a running station, the clock of which is so much faster."""
    station = Station(Layout(), Values(), numbered())
    turns = Turns(station, RealClock(speed=speed), Diary())
    task = asyncio.create_task(turns.run())
    turns.happened(e.PoweredUp())
    turns.happened(e.CsmsOnline())
    yield turns
    task.cancel()
    await asyncio.wait([task])


async def test_the_answer_comes_between_the_disk_and_the_deed(turns: Turns) -> None:
    """A reset is durable before it is answered, answered before it is done, done, then told."""
    diary = turns._keeper
    assert isinstance(diary, Diary)
    turns.doers.append(lambda x: diary.lines.append("act") if isinstance(x, Restart) else None)
    turns.listeners.append(
        lambda n: diary.lines.append("tell") if isinstance(n, Restarting) else None
    )

    answer = await turns.ask(r.Reset(ResetKind.HARD))
    diary.lines.append("answered")
    await asyncio.sleep(0.01)

    assert isinstance(answer, Accepted)
    assert diary.lines == ["commit 2+0", "commit 2+0", "answered", "act", "tell"]


async def test_who_looks_twice_between_two_turns_sees_the_same(turns: Turns) -> None:
    """It is made once, however many look; the next turn makes it anew."""
    await turns.ask(r.WriteSetting("2087_0", "10", By.LOCAL))
    before = turns.view()

    assert turns.view() is before
    await turns.ask(r.Reset(ResetKind.SOFT))
    assert turns.view() != before


async def test_an_unlock_answers_when_the_lock_has_moved() -> None:
    """The desk's `Unlocking` becomes Accepted by the lock's feedback, be that ever so quick."""
    async with running(speed=1) as turns:

        def move(action: Action) -> None:
            match action:
                case UnlockPlug():
                    turns.happened(e.LockMoved(1, 1, locked=False))
                case OpenContactor(evse):
                    turns.happened(e.ContactorMoved(evse, closed=False))
                case _:
                    pass

        turns.doers.append(move)

        assert await turns.ask(r.UnlockConnector(1)) == Accepted()


async def test_an_unlock_that_nobody_confirms_is_refused(turns: Turns) -> None:
    """A lock that says nothing has not opened."""
    answer = await turns.ask(r.UnlockConnector(1))

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.LOCK_STUCK


async def test_a_full_disk_ends_the_loop_before_anything_is_done() -> None:
    """What cannot be kept is neither answered nor done."""
    diary = Diary()
    turns = Turns(Station(Layout(), Values(), numbered()), RealClock(), diary)
    diary.full = True
    done: list[object] = []
    turns.doers.append(done.append)
    asked = asyncio.create_task(turns.ask(r.Reset(ResetKind.HARD)))

    with pytest.raises(OSError, match="disk full"):
        await turns.run()

    assert done == []
    assert not asked.done()
    asked.cancel()
    await asyncio.wait([asked])
