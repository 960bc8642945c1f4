from __future__ import annotations

import asyncio
import math
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from laadpaal.ports.journal import Fate
from laadpaal.station import records as r
from laadpaal.station.measurement import Measurand, Sample, Value
from laadpaal.station.notices import DurableNotice, TransactionSampled
from laadpaal.station.saved import Saved
from laadpaal.station.words import ChargingState, Context, Token, TokenStatus, Trigger, Verdict
from laadpaal.storage import StationStore, StorageFailed, Store, journal
from laadpaal.storage.statements import Statement
from laadpaal.storage.writer import MOST_AT_ONCE, Writer

OPEN = r.OpenTransaction("t1", 1, 1.0, 1, ChargingState.CHARGING, 10.0, 10.0, 1.0)


def sampled(number: float = 12.5, seq: int = 1) -> TransactionSampled:
    sample = Sample(5.0, Context.PERIODIC, (Value(Measurand.ENERGY, number, "Wh"),))
    return TransactionSampled(
        "t1", 1, 0.5, seq, Trigger.METER_VALUE_PERIODIC, offline=False, sample=sample, meter_wh=0.0
    )


class Unruly:
    """A connection whose next statements fail as told; each failure is used up once."""

    def __init__(self, connection: sqlite3.Connection, failing: list[str]) -> None:
        self._connection = connection
        self.failing = failing
        self.fault: Exception | None = None
        self.hold: threading.Event | None = None
        self.held = threading.Event()

    def cursor(self) -> Unruly:
        """Return this, which executes like a cursor."""
        return self

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._connection.in_transaction

    def execute(self, sql: str, cells: tuple[object, ...] = ()) -> None:
        """Execute, or fail."""
        if self.hold and sql.startswith("BEGIN"):
            self.held.set()
            self.hold.wait()
        if self.fault:
            raise self.fault
        if sql in self.failing:
            self.failing.remove(sql)
            raise sqlite3.OperationalError(f"disk I/O error in {sql}")
        self._connection.execute(sql, cells)

    def executemany(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Execute with each row, or fail."""
        for cells in rows:
            self.execute(sql, cells)

    def close(self) -> None:
        """Close the real connection."""
        self._connection.close()


def unruly(path: Path, failing: list[str]) -> tuple[Unruly, Writer]:
    Store.open(path).close()
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    it = Unruly(connection, failing)
    return it, Writer(it)  # type: ignore[arg-type]  # only what the writer uses of it


def setting(text: str) -> list[Statement]:
    """Return two statements: one alone would need no BEGIN and no COMMIT."""
    write = "REPLACE INTO settings VALUES ('a', 'A', 0, ?)"
    return [(write, ("first",)), (write, (text,))]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
async def test_number_that_is_none_is_refused_by_name(tmp_path: Path, number: float) -> None:
    """A notice with NaN or infinity is refused, its field named, and the queue is not blocked."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    with pytest.raises(StorageFailed, match=r"TransactionSampled\.sample\.values\[0\]\.number is"):
        await ours.commit([r.SettingWritten("A", 0, "1")], [sampled(number)])
    assert ours.pending() is None
    assert ours.load() == Saved()
    await ours.commit([], [sampled()])
    entry = ours.pending()
    assert entry is not None
    assert entry.notice == sampled()
    store.close()


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (r.TransactionSaved(replace(OPEN, meter_wh=math.nan)), r"OpenTransaction\.meter_wh"),
        (r.EnergyCheckpoint("t1", math.inf, 1.0), r"EnergyCheckpoint\.meter_wh"),
        (r.EnergyCheckpoint("t1", 1.0, math.nan), r"EnergyCheckpoint\.at"),
        (
            r.TokenCached(Token("1"), Verdict(TokenStatus.ACCEPTED, expires_at=math.inf), 1.0),
            r"CachedToken\.verdict\.expires_at",
        ),
        (r.TransactionSaved(replace(OPEN, next_seq=2**70)), "OpenTransaction cannot be stored"),
    ],
)
async def test_record_that_cannot_be_read_is_refused(
    tmp_path: Path, record: r.Record, field: str
) -> None:
    """No record is written that could not be loaded again."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit([r.TransactionSaved(OPEN)])
    with pytest.raises(StorageFailed, match=field):
        await ours.commit([record])
    assert ours.load() == Saved(transactions=(OPEN,))
    store.close()


async def test_numbers_that_look_odd_in_bytes_are_stored(tmp_path: Path) -> None:
    """Texts and numbers whose bytes resemble an infinity pass."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    large = 1.7e308
    odd = replace(OPEN, id="\u02ff\u07f0", meter_start_wh=large, meter_wh=-large)
    await ours.commit([r.TransactionSaved(odd)], [sampled(large), sampled(-0.0)])
    assert ours.load() == Saved(transactions=(odd,))
    assert ours.pending_count() == 2
    store.close()


async def test_entry_of_a_stranger_is_named(tmp_path: Path) -> None:
    """A row that somebody else wrote raises a sentence with its number, and can be dropped."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit([], [sampled()])
    await store._writer.write([("UPDATE journal SET body = ?", (b"{}",))])
    with pytest.raises(StorageFailed, match="Entry 1 cannot be read"):
        ours.pending()
    store.close()


async def _outcome(station: StationStore, notice: DurableNotice, evse: int) -> bool:
    try:
        await station.commit([r.AvailabilityWritten(evse, 0, operative=False)], [notice])
    except StorageFailed:
        return False
    return True


async def test_one_bad_step_fails_alone(tmp_path: Path) -> None:
    """Of many steps that wait together only the impossible one fails, whole."""
    store = Store.open(tmp_path / "db")
    stations = [store.station(str(number)) for number in range(20)]
    waiting = [
        asyncio.create_task(_outcome(it, sampled(), 2**70 if number == 7 else 1))
        for number, it in enumerate(stations)
    ]
    outcomes = [await it for it in waiting]
    assert outcomes == [number != 7 for number in range(20)]
    assert [it.pending_count() for it in stations] == [int(it) for it in outcomes]
    store.close()


@pytest.mark.parametrize(
    "failing", [["BEGIN IMMEDIATE"], ["COMMIT"], ["COMMIT", "ROLLBACK"], ["ROLLBACK", "COMMIT"]]
)
async def test_writer_outlives_sqlite_errors(tmp_path: Path, failing: list[str]) -> None:
    """Whatever statement fails, even ROLLBACK, the waiter is told and the next step works."""
    told = "rolled back" if "ROLLBACK" in failing else "disk I/O error"
    connection, writer = unruly(tmp_path / "db", list(failing))
    with pytest.raises(StorageFailed, match=told):
        await writer.write(setting("lost"))
    await writer.write(setting("kept"))
    writer.close()
    assert connection.failing == []
    store = Store.open(tmp_path / "db")
    assert store.station("a").load().settings == {("A", 0): "kept"}
    store.close()


async def test_rollback_that_never_works_is_told_each_time(tmp_path: Path) -> None:
    """A connection that stays stuck fails every step, and none waits for ever."""
    _, writer = unruly(tmp_path / "db", ["COMMIT", *["ROLLBACK"] * 5])
    for _ in range(3):
        with pytest.raises(StorageFailed, match="ROLLBACK"):
            await writer.write(setting("lost"))
    await writer.write(setting("kept"))
    writer.close()


@pytest.mark.parametrize("slow", [False, True])
async def test_a_fault_of_ours_leaves_nobody_waiting(tmp_path: Path, slow: bool) -> None:  # noqa: FBT001  a parameter of the test
    """It is told loudly, who waits is told too, and the next step works."""
    connection, writer = unruly(tmp_path / "db", [])
    connection.fault, writer._slow = KeyError("ours"), slow
    faults: list[object] = []
    asyncio.get_running_loop().set_exception_handler(
        lambda _, told: faults.append(told["exception"])
    )
    for text in "12":
        with pytest.raises(StorageFailed, match="failed"):
            await writer.write(setting(text))
    connection.fault = None
    await writer.write(setting("3"))
    writer.close()
    await asyncio.sleep(0)
    assert [type(fault) for fault in faults] == [KeyError, KeyError]


async def test_a_slow_disk_does_not_stop_the_loop(tmp_path: Path) -> None:
    """After a slow commit the next ones are waited for in a thread, until they are quick again."""
    connection, writer = unruly(tmp_path / "db", [])
    connection.hold = threading.Event()
    writer._slow = True
    slow = asyncio.ensure_future(writer.write(setting("1")))
    await asyncio.sleep(0)
    more = asyncio.ensure_future(writer.write(setting("2")))
    await asyncio.to_thread(connection.held.wait)
    assert not slow.done()
    connection.hold.set()
    await asyncio.wait([slow, more])
    writer.close()
    assert (slow.exception(), more.exception()) == (None, None)


async def test_closing_writes_what_waits(tmp_path: Path) -> None:
    """Nothing that was asked for before is lost, even if nobody waits any more."""
    _, writer = unruly(tmp_path / "db", [])
    waiting = asyncio.ensure_future(writer.write(setting("last")))
    await asyncio.sleep(0)
    writer.close()
    await waiting
    store = Store.open(tmp_path / "db")
    assert store.station("a").load().settings == {("A", 0): "last"}
    store.close()


async def test_full_disk_with_many_waiting(tmp_path: Path) -> None:
    """On a full disk the large steps fail and the small one is kept; with room all work."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    pages = store._reader.execute("PRAGMA page_count").fetchone()[0]
    await store._writer.write([(f"PRAGMA max_page_count = {pages}", ())])
    large = r.SettingWritten("B", 0, "x" * 500_000)
    small = r.SettingWritten("A", 0, "1")
    tasks = [ours.commit([it]) for it in (large, small, large)]
    _, small_task, _ = tasks
    await asyncio.wait(tasks)
    assert [it for it in tasks if it.exception() is None] == [small_task]
    assert "full" in str(tasks[0].exception())
    assert ours.load().settings == {("A", 0): "1"}
    await store._writer.write([("PRAGMA max_page_count = 100000", ())])
    await ours.commit([large])
    assert set(ours.load().settings) == {("A", 0), ("B", 0)}
    store.close()


async def test_seq_is_never_given_twice(tmp_path: Path) -> None:
    """Pruning all there is leaves the last row, so that numbers go on growing."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    for seq, name in enumerate(("t1", "t2", "t3"), 1):
        await ours.commit([], [replace(sampled(), transaction=name)])
        await ours.settle(seq, Fate.DELIVERED)
    await ours.prune(0)
    rows = store._reader.execute("SELECT seq FROM journal").fetchall()
    assert rows == [(3,)]
    await ours.commit([], [sampled()])
    entry = ours.pending()
    assert entry is not None
    assert entry.seq == 4
    store.close()


async def test_closing_tells_a_second_call_nothing(tmp_path: Path) -> None:
    """A store may be closed twice, and what comes after is refused."""
    store = Store.open(tmp_path / "db")
    store.close()
    store.close()
    with pytest.raises(StorageFailed, match="closed"):
        await store.station("a").tried(1)


async def test_close_writes_what_waits(tmp_path: Path) -> None:
    """More than one batch may hold is waiting when the store is closed; all of it is written."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    tasks = [ours.commit([], [sampled()]) for _ in range(1500)]
    store.close()
    await asyncio.wait(tasks)
    assert [it.exception() for it in tasks] == [None] * 1500
    found = Store.open(tmp_path / "db")
    assert found.station("a").pending_count() == 1500
    found.close()


def test_message_ids_fit_ocpp() -> None:
    """A message id is at most 36 characters long, however many entries a file has had."""
    file = "0123456789abcdef01234567"
    assert journal.message_id(file, 1) == f"{file}-1"
    assert len(journal.message_id(file, 10**13)) <= 36


async def test_hot_queries_use_their_index(tmp_path: Path) -> None:
    """Nothing that is asked for each message reads the whole journal."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit([], [sampled()])
    asked: list[str] = []
    store._reader.set_trace_callback(asked.append)
    ours.pending()
    ours.pending_count("t1")
    ours.start_before(1, 5)
    ours.by_csms_id(7)
    ours.known("t1")
    store._reader.set_trace_callback(None)
    plans = [
        row[3]
        for sql in asked
        for row in store._reader.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    ]
    assert len(plans) == 5
    assert all(it.startswith("SEARCH") for it in plans)
    store.close()


async def test_who_is_alone_does_not_wait_for_others(tmp_path: Path) -> None:
    """After a commit that nobody shared a few are made at once, and then the loop has its turn."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit([r.SettingWritten("A", 0, "0")])
    at_once = [ours.commit([r.SettingWritten("A", 0, str(n))]).done() for n in range(6)]
    await asyncio.sleep(0)
    assert at_once == [True] * MOST_AT_ONCE + [False] * 2
    store.close()


async def test_who_has_company_shares(tmp_path: Path) -> None:
    """After a commit that was shared, whoever is ready in the same turn shares the next one."""
    store = Store.open(tmp_path / "db")
    ours, theirs = store.station("a"), store.station("b")
    for n in range(3):
        both = [it.commit([r.SettingWritten("A", 0, str(n))]) for it in (ours, theirs)]
        if n:
            assert [it.done() for it in both] == [False, False]
        await asyncio.gather(*both)
    store.close()
