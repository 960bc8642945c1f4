from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import pytest

from laadpaal.ports.journal import Fate
from laadpaal.station import records as r
from laadpaal.station.measurement import Measurand, Sample, Value
from laadpaal.station.notices import TransactionSampled
from laadpaal.station.words import Context, Trigger
from laadpaal.storage import StationStore, StorageFailed, Store
from laadpaal.storage import store as store_module
from laadpaal.storage.backlog import Backlog

SAMPLE = Sample(5.0, Context.PERIODIC, (Value(Measurand.ENERGY, 12.5, "Wh"),))
ON_EACH_DISK = pytest.mark.parametrize("slow", [False, True], ids=["quick", "slow"])


def sampled(number: int, transaction: str = "t1") -> TransactionSampled:
    return TransactionSampled(
        transaction,
        1,
        0.5,
        number,
        Trigger.METER_VALUE_PERIODIC,
        offline=False,
        sample=SAMPLE,
        meter_wh=0.0,
    )


def oldest(share: StationStore) -> TransactionSampled | None:
    """Return the notice that is to be told first."""
    entry = share.pending()
    if entry is None:
        return None
    assert isinstance(entry.notice, TransactionSampled)
    return entry.notice


async def told(share: StationStore) -> list[int]:
    """Deliver everything, and return it in order."""
    order: list[int] = []
    while entry := share.pending():
        order.append(entry.notice.seq)
        await share.settle(entry.seq, Fate.DELIVERED)
    return order


def test_a_backlog_knows_its_oldest() -> None:
    """Nothing below it is unsettled, whichever entry is settled first."""
    backlog = Backlog(4)
    assert backlog.oldest == 5
    backlog.add([7, 8])
    backlog.add([])
    backlog.add([11])
    backlog.remove(8)
    backlog.remove(9)
    assert (list(backlog), backlog.oldest) == ([7, 11], 7)
    backlog.remove(7)
    backlog.remove(11)
    assert (len(backlog), backlog.oldest) == (0, 12)


@ON_EACH_DISK
async def test_what_a_cancelled_waiter_wrote_is_told(tmp_path: Path, slow: bool) -> None:  # noqa: FBT001  a parameter of the test
    """The power of one life goes while its commit succeeds, and the next life tells of it."""
    store = Store.open(tmp_path / "db")
    store._writer._slow = slow
    life = store.station("a").commit([], [sampled(1)])
    if slow:
        await asyncio.sleep(0)  # the thread is at it
    life.cancel()
    ours = store.station("a")
    await ours.commit([], [sampled(2)])
    assert life.cancelled()
    assert await told(ours) == [1, 2]
    store.close()


@ON_EACH_DISK
async def test_what_a_cancelled_waiter_settled_is_not_told(tmp_path: Path, slow: bool) -> None:  # noqa: FBT001  a parameter of the test
    """The power goes while the answer of the CSMS is written, and nothing is told twice."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit([], [sampled(1), sampled(2)])
    store._writer._slow, store._writer._at_once = slow, 0
    life = asyncio.ensure_future(ours.settle(1, Fate.DELIVERED))
    await asyncio.sleep(0)
    life.cancel()
    await ours.tried(2)
    assert life.cancelled()
    assert await told(ours) == [2]
    store.close()


async def test_a_failed_commit_leaves_no_ghost(tmp_path: Path) -> None:
    """What was not written is not waited for, alone or in a shared commit."""
    store = Store.open(tmp_path / "db")
    ours, theirs = store.station("a"), store.station("b")
    impossible = r.AvailabilityWritten(2**70, 0, operative=False)
    with pytest.raises(StorageFailed, match="Nothing was written"):
        await ours.commit([impossible], [sampled(1)])
    outcomes = await asyncio.gather(
        ours.commit([impossible], [sampled(2)]),
        ours.commit([], [sampled(3)]),
        theirs.commit([impossible], [sampled(4)]),
        return_exceptions=True,
    )
    assert [it is None for it in outcomes] == [False, True, False]
    assert (ours.pending_count(), theirs.pending_count()) == (1, 0)
    assert await told(ours) == [3]
    assert theirs.pending() is None
    store.close()


async def test_a_failed_settling_is_told_anew(tmp_path: Path) -> None:
    """An entry stays at the head until its fate is on disk."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit([], [sampled(1)])
    await store._writer.write([("PRAGMA query_only = 1", ())])
    with pytest.raises(StorageFailed, match="Nothing was written"):
        await ours.settle(1, Fate.DELIVERED)
    assert oldest(ours) == sampled(1)
    await store._writer.write([("PRAGMA query_only = 0", ())])
    assert await told(ours) == [1]
    store.close()


async def test_shares_of_one_name_have_one_backlog(tmp_path: Path) -> None:
    """What one share commits another tells, and what that settles is settled for both."""
    store = Store.open(tmp_path / "db")
    one, other = store.station("a"), store.station("a")
    await one.commit([], [sampled(1)])
    await other.commit([], [sampled(2)])
    assert oldest(other) == sampled(1)
    await other.settle(1, Fate.DELIVERED)
    assert oldest(one) == sampled(2)
    assert (one.pending_count(), other.pending_count()) == (1, 1)
    store.close()


async def test_reopening_finds_the_backlog_in_order(tmp_path: Path) -> None:
    """Each station goes on with what it had not told, oldest first."""
    store = Store.open(tmp_path / "db")
    for number in range(1, 7):
        await store.station("ab"[number % 2]).commit([], [sampled(number)])
    await store.station("b").settle(3, Fate.DELIVERED)
    store.close()

    store = Store.open(tmp_path / "db")
    assert await told(store.station("a")) == [2, 4, 6]
    assert await told(store.station("b")) == [1, 5]
    store.close()


async def test_what_the_file_says_is_settled_is_not_told(tmp_path: Path) -> None:
    """Between the thread's commit and the loop's hearing of it the file is right."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit([], [sampled(1), sampled(2)])
    await store._writer.write([("UPDATE journal SET state = 'delivered' WHERE seq = ?", (1,))])
    assert oldest(ours) == sampled(2)
    await store._writer.write([("UPDATE journal SET state = ?", ("delivered",))])
    assert ours.pending() is None
    store.close()


async def test_what_is_being_written_is_left_over_too(tmp_path: Path) -> None:
    """A connection lost before a commit is made marks what is in it, with nothing else waiting."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit([], [sampled(1)])
    await ours.settle(1, Fate.DELIVERED)
    await asyncio.gather(ours.commit([], [sampled(2)]), ours.left_offline())
    await ours.commit([], [sampled(3)])
    marks = store._reader.execute("SELECT offline FROM journal ORDER BY seq").fetchall()
    assert marks == [(0,), (1,), (0,)]
    store.close()


async def test_one_transaction_is_counted_apart(tmp_path: Path) -> None:
    """The CSMS may ask of one transaction what has not been told yet."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit([], [sampled(1, "t1"), sampled(2, "t2"), sampled(3, "t1")])
    await store.station("b").commit([], [sampled(4, "t1")])
    await ours.settle(1, Fate.DELIVERED)
    assert [ours.pending_count(it) for it in ("t1", "t2", "t3")] == [1, 1, 0]
    store.close()


async def test_message_ids_stay(tmp_path: Path) -> None:
    """A repetition has the id of the first attempt, also after a restart."""
    store = Store.open(tmp_path / "db")
    await store.station("a").commit([], [sampled(1)])
    first = store.station("a").pending()
    store.close()
    store = Store.open(tmp_path / "db")
    await store.station("a").tried(1)
    again = store.station("a").pending()
    store.close()
    assert first is not None
    assert again == replace(first, attempts=1)
    assert re.fullmatch("[0-9a-f]{24}-1", first.message_id)


async def test_no_two_files_have_a_message_id_in_common(tmp_path: Path) -> None:
    """Entries of the same number in two files are told apart."""
    ids: set[str] = set()
    for name in "xyz":
        store = Store.open(tmp_path / name)
        await store.station("a").commit([], [sampled(1)])
        entry = store.station("a").pending()
        assert entry is not None
        ids.add(entry.message_id)
        store.close()
    assert len(ids) == 3


async def test_numbers_grow_over_pruning_and_reopening(tmp_path: Path) -> None:
    """A number that was given is never given again, and neither is its message id."""
    seen: list[int] = []
    for number in range(4):
        store = Store.open(tmp_path / "db")
        ours = store.station("a")
        await ours.commit([], [sampled(number, f"t{number}")])
        entry = ours.pending()
        assert entry is not None
        seen.append(entry.seq)
        await ours.settle(entry.seq, Fate.DELIVERED)
        await ours.prune(0)
        store.close()
    assert seen == [1, 2, 3, 4]


async def _tell(share: StationStore, numbers: range) -> None:
    """Commit and settle one notice each, all of transactions of their own."""
    for number in numbers:
        await share.commit([], [sampled(number, f"t{number}")])
    await told(share)


def _transactions(store: Store) -> list[str]:
    rows = store._reader.execute("SELECT transaction_id FROM journal ORDER BY seq")
    return [name for (name,) in rows]


async def test_settling_prunes_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A station that runs for years keeps its newest transactions, and its file stays small."""
    monkeypatch.setattr(store_module, "KEPT", 2)
    monkeypatch.setattr(store_module, "PRUNE_EVERY", 5)
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await _tell(ours, range(4))
    assert _transactions(store) == ["t0", "t1", "t2", "t3"]
    await _tell(ours, range(4, 5))
    assert _transactions(store) == ["t3", "t4"]
    await _tell(ours, range(5, 9))
    assert _transactions(store) == ["t3", "t4", "t5", "t6", "t7", "t8"]
    store.close()


async def test_the_first_that_is_settled_in_a_run_prunes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Runs too short to settle much leave no more behind, and what waits is not touched."""
    store = Store.open(tmp_path / "db")
    for name in "ab":
        await _tell(store.station(name), range(4))
    await store.station("a").commit([], [sampled(9, "t9")])
    store.close()
    monkeypatch.setattr(store_module, "KEPT", 1)
    store = Store.open(tmp_path / "db")
    await _tell(store.station("b"), range(4, 5))
    assert _transactions(store) == ["t0", "t1", "t2", "t3", "t9", "t4"]
    assert await told(store.station("a")) == [9]
    assert _transactions(store) == ["t9", "t4"]
    store.close()
