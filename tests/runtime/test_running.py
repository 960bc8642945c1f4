"""Lives follow each other: after a reset, after a power cut, and not after a broken disk."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from laadpaal.backoffice.server import BackOffice
from laadpaal.properties.charging import STATION_MAX
from laadpaal.properties.comms import HEARTBEAT_INTERVAL
from laadpaal.properties.wiring import MAX_PHASES
from laadpaal.runtime import life
from laadpaal.runtime.assembly import DATABASE
from laadpaal.runtime.board import BoardTasks
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, CsmsTable
from laadpaal.runtime.life import Share
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.notices import (
    DurableNotice,
    Restarting,
    StatusChanged,
    TransactionEnded,
    TransactionStarted,
)
from laadpaal.station.records import Record
from laadpaal.station.requests import Reset, WriteSetting
from laadpaal.station.words import By, ResetKind, StopReason
from laadpaal.storage import StorageFailed
from tests.runtime.stage import PATIENCE_S, SPEED, Stage, logged, staged

CARD = "04A1B2C3"
OFFLINE_START: dict[str, str | int | float | bool] = {"2127_0": True}
"""Unknown cards charge while offline."""


def _config(folder: Path, **more: Any) -> Config:
    return Config(**{"folder": str(folder), "api": None, "settings": OFFLINE_START} | more)


def _csms(office: BackOffice, ocpp: Any = "2.0.1") -> CsmsTable:
    return CsmsTable(url=office.url, ocpp=ocpp, identity="LP1")


async def _charging(stage: Stage) -> None:
    stage.bench.plug(1, 32.0)
    stage.bench.swipe(CARD, 0)
    await stage.ear.until(lambda: bool(stage.ear.all(TransactionStarted)))


def _committing(
    commit: Callable[[Sequence[Record], Sequence[DurableNotice]], Any],
) -> Callable[[Share], Share]:
    """Return what puts `commit` between a station and its storage."""

    def wrap(share: Share) -> Share:
        between = Mock(wraps=share)
        between.commit = commit
        wrapped: Share = between
        return wrapped

    return wrap


@pytest.mark.parametrize("kind", [ResetKind.HARD, ResetKind.SOFT])
async def test_a_reset_begins_a_new_life(tmp_path: Path, kind: ResetKind) -> None:
    """The new life answers as the old one did, and what was written is still so."""
    async with staged(_config(tmp_path)) as stage:
        written = await stage.running.ask(WriteSetting(HEARTBEAT_INTERVAL.id, "77", By.LOCAL))
        reset = await stage.running.ask(Reset(kind))
        await stage.life(2)
        again = await stage.running.ask(WriteSetting(STATION_MAX.id, "16", By.LOCAL))

        assert (written, reset, again) == (Accepted(), Accepted(), Accepted())
        assert stage.running.values[HEARTBEAT_INTERVAL] == 77
        assert len(stage.ear.all(Restarting)) == 1


async def test_a_soft_reset_tells_the_csms_before_it_restarts(tmp_path: Path) -> None:
    """The end of the transaction is told before the next boot notification (2.0.1 B11)."""
    async with (
        BackOffice(clock := RealClock(SPEED)) as office,
        staged(_config(tmp_path, csms=_csms(office)), clock) as stage,
    ):
        await stage.ear.until(lambda: stage.running.view().online)
        await _charging(stage)
        await stage.running.ask(Reset(ResetKind.SOFT))
        await stage.life(2)
        await stage.ear.until(lambda: stage.running.view().online)

        told = [
            f.text for f in office.frames if '"BootNotification"' in f.text or "Ended" in f.text
        ]
        assert ["Ended" in text for text in told] == [False, True, False]


@pytest.mark.parametrize(("kind", "waits"), [(ResetKind.SOFT, True), (ResetKind.HARD, False)])
async def test_only_a_soft_reset_waits_for_the_csms(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: ResetKind,
    waits: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    """With a CSMS out of reach a soft reset waits a bounded time, and a hard one not at all."""
    monkeypatch.setattr(life, "PATIENCE_S", 0.2)
    csms = CsmsTable(url="ws://127.0.0.1:1", identity="LP1")
    config = _config(tmp_path, csms=csms)
    async with staged(config) as stage:
        await _charging(stage)
        await stage.running.ask(Reset(kind))
        await stage.life(2)

    assert any("Restarting before everything was told" in line for line in logged(config)) is waits


async def test_s38_a_corrupt_number_of_phases_is_3_again_with_one_warning(tmp_path: Path) -> None:
    """Whatever the disk holds in its place."""
    config = _config(tmp_path)
    async with staged(config) as stage:
        await stage.running.ask(WriteSetting(MAX_PHASES.id, "1", By.LOCAL))
    with closing(sqlite3.connect(tmp_path / DATABASE)) as db, db:
        db.execute("UPDATE settings SET text = '2' WHERE id = ?", (MAX_PHASES.id,))
    async with staged(config) as stage:
        assert stage.running.values[MAX_PHASES] == "3"
        written = await stage.running.ask(WriteSetting(MAX_PHASES.id, "2", By.LOCAL))
        assert isinstance(written, Refused)

    warnings = [line for line in logged(config) if MAX_PHASES.id in line and "WARN" in line]
    assert [line.partition("2189_0: ")[2] for line in warnings] == [
        "'2' is not exactly one of 1, 3; the default holds",
        "'2' cannot be, and 3 is in force",
    ]


async def test_a_power_cut_ends_the_transaction_in_the_next_life(tmp_path: Path) -> None:
    """The transaction that was open is ended with PowerLoss, once (E07, S26)."""
    async with staged(_config(tmp_path)) as stage:
        await _charging(stage)
        await stage.running.cut_power()
        await stage.ear.until(lambda: bool(stage.ear.all(TransactionEnded)))

        [started] = stage.ear.all(TransactionStarted)
        [ended] = stage.ear.all(TransactionEnded)
        assert (ended.transaction, ended.reason) == (started.transaction, StopReason.POWER_LOSS)
        assert stage.running.lives == 2


async def test_a_power_cut_while_another_is_waited_for_is_one(tmp_path: Path) -> None:
    """Both callers go on, and the station lives."""
    async with staged(_config(tmp_path)) as stage, asyncio.timeout(PATIENCE_S):
        await asyncio.gather(stage.running.cut_power(), stage.running.cut_power())
        answer = await stage.running.ask(WriteSetting(HEARTBEAT_INTERVAL.id, "77", By.LOCAL))

        assert stage.running.lives == 2
        assert answer == Accepted()


async def test_who_asks_as_the_power_goes_is_refused(tmp_path: Path) -> None:
    """The disk still turns when the life ends: nobody is left waiting for it."""
    never = asyncio.Event()
    asked = asyncio.Event()

    async def commit(records: Sequence[Record], _notices: Sequence[DurableNotice]) -> None:
        if any(getattr(record, "id", "") == HEARTBEAT_INTERVAL.id for record in records):
            asked.set()
            await never.wait()

    wrap = _committing(commit)
    async with staged(_config(tmp_path), wrap=wrap) as stage, asyncio.timeout(PATIENCE_S):
        wish = WriteSetting(HEARTBEAT_INTERVAL.id, "77", By.LOCAL)
        answer = asyncio.ensure_future(stage.running.ask(wish))
        await asked.wait()
        await stage.running.cut_power()

        assert await answer == Refused(Reason.UNAVAILABLE, "the station is starting anew")


async def test_a_broken_disk_ends_the_station(tmp_path: Path) -> None:
    """Whoever runs it gets StorageFailed, and the log says why it has ended."""
    full = False

    async def commit(records: Sequence[Record], notices: Sequence[DurableNotice]) -> None:
        if full:
            raise StorageFailed(f"no room for {len(records)} and {len(notices)}")

    async def story() -> None:
        nonlocal full
        async with staged(config, wrap=_committing(commit)) as stage:
            full = True
            answer = await stage.running.ask(WriteSetting(STATION_MAX.id, "17", By.LOCAL))
            assert isinstance(answer, Refused)
            await asyncio.Event().wait()

    config = _config(tmp_path)
    with pytest.raises(ExceptionGroup) as ended:
        await story()

    assert ended.value.subgroup(StorageFailed) is not None
    assert ended.value.split(StorageFailed)[1] is None
    assert any(":ERROR:" in line and "The station has ended" in line for line in logged(config))


@pytest.fixture
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let hardware never come to rest."""

    async def settled(_board: BoardTasks) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(life, "PATIENCE_S", 0.01)
    monkeypatch.setattr(BoardTasks, "settled", settled)


@pytest.mark.usefixtures("restless")
async def test_hardware_that_does_not_rest_is_waited_for_as_often_as_set(tmp_path: Path) -> None:
    """ResetRetries more waits, a warning for each, and a hard restart comes all the same."""
    config = _config(tmp_path, settings={"20F7_0": 2})
    async with staged(config) as stage:
        await stage.running.ask(Reset(ResetKind.HARD))
        await stage.life(2)

    assert sum("has not come to rest" in line for line in logged(config)) == 3


@pytest.mark.usefixtures("restless")
async def test_a_soft_restart_that_hardware_prevents_fails(tmp_path: Path) -> None:
    """It is told with the station's status, and the same life goes on (1.6 section 5.14)."""
    config = _config(tmp_path, settings={"20F7_0": 1})
    async with staged(config) as stage:
        await stage.running.ask(Reset(ResetKind.SOFT))
        await stage.ear.until(
            lambda: stage.ear.all(StatusChanged)[-1].error == "ResetFailure",
        )
        view = stage.running.view()
        answer = await stage.running.ask(WriteSetting(STATION_MAX.id, "16", By.LOCAL))

        assert not view.restarting
        assert answer == Accepted()
        await stage.running.ask(Reset(ResetKind.HARD))
        await stage.life(2)

    assert sum("has not come to rest" in line for line in logged(config)) == 4


async def test_without_a_csms_the_link_is_nothing(tmp_path: Path) -> None:
    """There is no state, nothing to wait for, and nothing to connect."""
    async with staged(_config(tmp_path)) as stage, asyncio.timeout(PATIENCE_S):
        stage.running.connect()
        stage.running.disconnect()
        await stage.running.drained()

        assert stage.running.state() == {}


async def test_waiting_for_the_csms_ends_with_the_life(tmp_path: Path) -> None:
    """What cannot be told any more is not waited for."""
    config = _config(tmp_path, csms=CsmsTable(url="ws://127.0.0.1:1", identity="LP1"))
    async with staged(config) as stage, asyncio.timeout(PATIENCE_S):
        waiting = asyncio.ensure_future(stage.running.drained())
        await stage.running.cut_power()
        await waiting

        assert stage.running.state()["online"] is False
