from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.ports.journal import Fate, Journal
from laadpaal.station import records as r
from laadpaal.station.cards import Card, CardDropped, CardKept, Rank
from laadpaal.station.charging_profiles import (
    Kind,
    Period,
    Profile,
    Purpose,
    Recurrency,
    Schedule,
    Source,
    Unit,
)
from laadpaal.station.measurement import Measurand, Sample, Value
from laadpaal.station.network_profile import Apn, Generation, NetworkProfile, Vpn
from laadpaal.station.notices import DurableNotice, TransactionSampled, TransactionStarted
from laadpaal.station.saved import CachedToken, ListedToken, Saved
from laadpaal.station.words import (
    LARGEST,
    BootReason,
    ChargingState,
    Context,
    Reservation,
    Token,
    TokenStatus,
    Trigger,
    Verdict,
)
from laadpaal.storage import StorageFailed, Store, journal
from laadpaal.storage.migration import scripts
from laadpaal.storage.statements import Statement

SAMPLE = Sample(5.0, Context.PERIODIC, (Value(Measurand.ENERGY, 12.5, "Wh"),))
TOKEN = Token("04AB")
OPEN = r.OpenTransaction(
    "t1", 1, 1.0, 2, ChargingState.CHARGING, 10.0, 10.0, 1.0, token=TOKEN, samples=(SAMPLE,)
)

PROFILE = Profile(
    3,
    1,
    Purpose.TX,
    Kind.RECURRING,
    1,
    (Schedule(Unit.WATT, (Period(0, 6.5, 1, 2), Period(60, 7)), 3600, 5.5, 6.1),),
    Recurrency.WEEKLY,
    1.5,
    2.5,
    "t1",
)


def started(transaction: str = "t1", evse: int = 1) -> TransactionStarted:
    return TransactionStarted(
        transaction=transaction, evse=evse, at=1.0, seq=0, trigger=Trigger.AUTHORIZED,
        state=ChargingState.CHARGING, connector=1, token=TOKEN, remote_id=None, meter_wh=10.0,
        offline=False,
    )  # fmt: skip


def sampled(transaction: str = "t1", evse: int = 1) -> TransactionSampled:
    # Earlier than its start: order alone may decide.
    return TransactionSampled(
        transaction,
        evse,
        0.5,
        1,
        Trigger.METER_VALUE_PERIODIC,
        offline=False,
        sample=SAMPLE,
        meter_wh=0.0,
    )


async def test_an_open_transaction_goes_on_from_its_last_notice(tmp_path: Path) -> None:
    """A sample saves nothing but itself, and restores number and register all the same."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit(
        [r.TransactionSaved(OPEN)], [replace(sampled(), seq=4, meter_wh=20.0, at=9.0)]
    )
    await ours.settle(1, Fate.DELIVERED)
    store.close()

    again = Store.open(tmp_path / "db")
    (found,) = again.station("a").load().transactions
    again.close()
    assert found == replace(OPEN, next_seq=5, meter_wh=20.0, at=9.0)


async def test_a_kept_sample_is_a_row_of_its_own(tmp_path: Path) -> None:
    """In order of their numbers, beside what an older release kept, until the transaction ends."""
    late = replace(SAMPLE, at=7.0)
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    # The first sample comes before its transaction, in one step.
    await ours.commit([r.SampleKept("t1", 0, SAMPLE), r.TransactionSaved(OPEN)])
    await ours.commit([r.SampleKept("t1", 2, late)])
    await ours.commit([r.SampleKept("t1", 1, SAMPLE), r.SampleKept("t1", 3, SAMPLE)])
    await ours.commit([r.SamplesDropped("t1", (1, 3))])
    await ours.commit([r.TransactionSaved(OPEN)])
    store.close()

    again = Store.open(tmp_path / "db")
    (found,) = again.station("a").load().transactions
    assert found == replace(OPEN, samples=(*OPEN.samples, SAMPLE, late))
    await again.station("a").commit([r.TransactionClosed("t1")])
    left = again._reader.execute("SELECT count(*) FROM kept_samples").fetchone()
    again.close()
    assert left == (0,)


NETWORK = NetworkProfile(
    Generation.FIRST,
    "ws://csms.example",
    1,
    30,
    apn=Apn("internet", "PAP", "anna", "hush", "1234", "20408", only_that=True),
    vpn=Vpn("IPSec", "vpn.example", "anna", "hush", "key", "group"),
)


async def test_everything_is_found_after_each_reopening(tmp_path: Path) -> None:
    """A file opened afresh after every commit holds all that was committed so far."""
    verdict = Verdict(TokenStatus.ACCEPTED, group="G", evses=(1,))
    opened = Saved(transactions=(OPEN,))
    checked = Saved(transactions=(replace(OPEN, meter_wh=99.0, at=7.0),))
    setting = replace(checked, settings={("A", 0): "5"})
    cached = replace(setting, tokens=(CachedToken(TOKEN, verdict, 3.0),))
    barred = replace(cached, inoperative=frozenset({(1, 0)}))
    planned = replace(barred, restart=BootReason.REMOTE_RESET)
    closed = replace(planned, transactions=())
    limited = replace(closed, profiles=(PROFILE,))
    again = replace(PROFILE, stack_level=2)
    both = replace(closed, profiles=(replace(PROFILE, id=-4), again))
    steps: list[tuple[r.Record, Saved]] = [
        (r.TransactionSaved(OPEN), opened),
        (r.EnergyCheckpoint("t1", 99.0, 7.0), checked),
        (r.SettingWritten("A", 0, "5"), setting),
        (r.TokenCached(TOKEN, verdict, 3.0), cached),
        (r.AvailabilityWritten(1, 0, operative=False), barred),
        (r.RestartPlanned(BootReason.REMOTE_RESET), planned),
        (r.TransactionClosed("t1"), closed),
        (r.ProfileInstalled(PROFILE), limited),
        (
            r.ProfileInstalled(replace(PROFILE, id=-4)),
            replace(both, profiles=(PROFILE, both.profiles[0])),
        ),
        (r.ProfileInstalled(again), both),
        (r.ProfileRemoved(PROFILE.id), replace(both, profiles=both.profiles[:1])),
        (r.ProfileRemoved(-4), closed),
        (r.NetworkStored(2, NETWORK), replace(closed, networks={2: NETWORK})),
        (r.NetworkRemoved(1), replace(closed, networks={1: None, 2: NETWORK})),
        (r.NetworkStored(1, NETWORK), replace(closed, networks={1: NETWORK, 2: NETWORK})),
        (r.NetworkRemoved(2), replace(closed, networks={1: NETWORK, 2: None})),
        (r.NetworkRemoved(1), emptied := replace(closed, networks={1: None, 2: None})),
        (r.SettingWritten("A", 0, None), replace(emptied, settings={})),
        (r.TokenForgotten(TOKEN), replace(emptied, settings={}, tokens=())),
        (r.CacheEmptied(), replace(emptied, settings={}, tokens=())),
        (
            r.AvailabilityWritten(1, 0, operative=True),
            Saved(restart=BootReason.REMOTE_RESET, networks={1: None, 2: None}),
        ),
        (r.RestartPlanned(None), Saved(networks={1: None, 2: None})),
    ]
    for count, (record, expected) in enumerate(steps, 1):
        store = Store.open(tmp_path / "db")
        await store.station("a").commit([record], [sampled()])
        store.close()
        store = Store.open(tmp_path / "db")
        assert store.station("a").load() == expected
        assert store.station("a").pending_count() == count
        assert store.station("b").load() == Saved()
        store.close()


async def test_list_and_reservations_are_found_after_each_reopening(tmp_path: Path) -> None:
    """Each station has its own, and what is replaced stands once, as the newest."""
    verdict, kindless = Verdict(TokenStatus.BLOCKED, expires_at=9.0), Token("ab", kind=None)
    first, second = Reservation(-5, 0, TOKEN, 9.0, "G"), Reservation(LARGEST, 2, kindless, 8.0)
    listed = (ListedToken(TOKEN, verdict), ListedToken(kindless, verdict))
    moved = replace(first, evse=1)
    steps: list[tuple[r.Record, Saved]] = [
        (r.TokenListed(TOKEN, verdict), Saved(listed=listed[:1])),
        (r.TokenListed(kindless, verdict), Saved(listed=listed)),
        (r.ListVersionWritten(3), Saved(listed=listed, list_version=3)),
        (r.ListVersionWritten(LARGEST), Saved(listed=listed, list_version=LARGEST)),
        (r.TokenUnlisted(TOKEN), Saved(listed=listed[1:], list_version=LARGEST)),
        (r.ListEmptied(), Saved(list_version=LARGEST)),
        (r.ListVersionWritten(1), Saved(list_version=1)),
        (r.ReservationSaved(first), Saved(list_version=1, reservations=(first,))),
        (r.ReservationSaved(second), Saved(list_version=1, reservations=(first, second))),
        (r.ReservationSaved(moved), Saved(list_version=1, reservations=(second, moved))),
        (r.ReservationClosed(LARGEST), Saved(list_version=1, reservations=(moved,))),
        (r.ReservationClosed(-5), Saved(list_version=1)),
    ]
    for record, expected in steps:
        store = Store.open(tmp_path / "db")
        await store.station("a").commit([record])
        store.close()
        store = Store.open(tmp_path / "db")
        assert store.station("a").load() == expected
        assert store.station("b").load() == Saved()
        store.close()


async def test_journal_is_told_in_order(tmp_path: Path) -> None:
    """Entries come oldest first, keep their message id, and know their start's number."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    book: Journal = ours
    await ours.commit([], [started(), sampled()])
    first = book.pending()
    assert first is not None
    assert first.notice == started()
    await book.tried(first.seq)
    await book.left_offline()
    again = book.pending()
    assert again == replace(first, attempts=1, offline=True)
    await book.settle(first.seq, Fate.DELIVERED, 77)
    second = book.pending()
    assert second is not None
    assert second.notice == sampled()
    start = book.start_before(1, second.seq)
    assert start is not None
    assert (start.transaction, start.csms_id, start.settled) == ("t1", 77, True)
    assert book.by_csms_id(77) == "t1"
    assert book.known("t1")
    assert not book.known("t2")
    assert book.pending_count("t1") == 1
    assert store.station("b").pending() is None
    store.close()


async def test_prune_keeps_what_is_needed(tmp_path: Path) -> None:
    """Settled transactions go, but not the newest, an open one, or one with unsettled rows."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    for name in ("open", "unsettled", "old", "new"):
        await ours.commit([], [started(name), sampled(name)])
    await ours.commit([r.TransactionSaved(replace(OPEN, id="open"))], [])
    for seq in (1, 2, 3, 5, 6, 7, 8):
        await ours.settle(seq, Fate.DELIVERED)
    await ours.prune(1)
    assert [ours.known(it) for it in ("open", "unsettled", "old", "new")] == [
        True, True, False, True,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="-1"):
        await ours.prune(-1)
    store.close()


async def test_many_stations_share_commits(tmp_path: Path) -> None:
    """Every one of many that wait finds its notice written."""
    store = Store.open(tmp_path / "db")
    stations = [store.station(str(number)) for number in range(100)]
    await asyncio.gather(*(it.commit([], [started()]) for it in stations))
    assert [it.pending_count() for it in stations] == [1] * 100
    store.close()


async def test_full_disk_fails_the_step_only(tmp_path: Path) -> None:
    """A step that does not fit is not written at all, and the next small one is."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await store._writer.write(_limit(1))
    large = r.SettingWritten("B", 0, "x" * 500_000)
    with pytest.raises(StorageFailed, match="full"):
        await ours.commit([r.SettingWritten("A", 0, "1"), large])
    assert ours.load() == Saved()
    await store._writer.write(_limit(100_000))
    await ours.commit([large])
    assert ours.load().settings[("B", 0)] == "x" * 500_000
    store.close()
    with pytest.raises(StorageFailed, match="closed"):
        await ours.commit([large])


async def test_impossible_value_fails_its_step_only(tmp_path: Path) -> None:
    """A number no column can hold is refused, and the writer lives on."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    with pytest.raises(StorageFailed, match="Nothing was written"):
        await ours.commit([r.SettingWritten("A", 2**70, "1")])
    await ours.commit([r.SettingWritten("A", 2, "1")])
    assert ours.load().settings == {("A", 2): "1"}
    store.close()


def _limit(pages: int) -> list[Statement]:
    return [(f"PRAGMA max_page_count = {pages}", ())]


async def test_corrupt_file_is_set_aside(tmp_path: Path) -> None:
    """A file that is no database is kept under another name, each time another."""
    path = tmp_path / "db"
    for number in (1, 2):
        path.write_bytes(b"no database at all" * 1000)
        store = Store.open(path)
        assert store.set_aside == tmp_path / f"db.corrupt-{number}"
        assert store.set_aside.read_bytes().startswith(b"no database")
        assert path.stat().st_mode & 0o777 == 0o600
        await store.station("a").commit([r.SettingWritten("A", 0, "1")])
        store.close()
    store = Store.open(path)
    assert store.set_aside is None
    assert store.station("a").load().settings == {("A", 0): "1"}
    store.close()


def test_newer_file_is_refused(tmp_path: Path) -> None:
    """A file of a later release is left alone, and both versions are named."""
    Store.open(tmp_path / "db").close()
    db = sqlite3.connect(tmp_path / "db")
    newer = len(scripts()) + 1
    db.execute(f"PRAGMA user_version = {newer}")
    db.close()
    with pytest.raises(StorageFailed, match=rf"version {newer}.*knows {len(scripts())}"):
        Store.open(tmp_path / "db")


Rows = list[tuple[bool, int]]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2)), max_size=30))
def test_start_before_equals_a_scan(rows: Rows) -> None:
    """The one query finds what a scan that remembers each EVSE's last start finds (S26)."""
    db = sqlite3.connect(":memory:")
    for script in scripts():
        db.executescript(script)
    current: dict[int, str] = {}
    expected: list[str | None] = []
    for number, (is_start, evse) in enumerate(rows):
        expected.append(current.get(evse))
        name = f"t{number}"
        notice: DurableNotice = started(name, evse) if is_start else sampled(name, evse)
        db.execute(*journal.appending("a", number + 1, notice))
        if is_start:
            current[evse] = name
    found = [journal.start_before(db, "a", evse, seq) for seq, (_, evse) in enumerate(rows, 1)]
    db.close()
    assert [it.transaction if it else None for it in found] == expected


async def test_cards_are_found_after_each_reopening(tmp_path: Path) -> None:
    """In the order in which they came, whatever is written of them later."""
    first, second = Card(TOKEN, Rank.MASTER), Card(Token("ab", kind=None))
    steps: list[tuple[r.Record, tuple[Card, ...]]] = [
        (CardKept(first), (first,)),
        (CardKept(second), (first, second)),
        (CardKept(replace(first, rank=Rank.BLOCKED)), (replace(first, rank=Rank.BLOCKED), second)),
        (CardDropped(TOKEN), (second,)),
        (CardDropped(second.token), ()),
    ]
    for record, expected in steps:
        store = Store.open(tmp_path / "db")
        await store.station("a").commit([record])
        store.close()
        store = Store.open(tmp_path / "db")
        assert store.station("a").load() == Saved(cards=expected)
        assert store.station("b").load() == Saved()
        store.close()


async def test_what_the_csms_has_heard_of_limits_is_found_again(tmp_path: Path) -> None:
    """The last word counts, also when it is that there are none."""
    path = tmp_path / "db"
    for places in (((Source.EMS, 0), (Source.SO, 2)), ((Source.SO, 2),), ()):
        store = Store.open(path)
        await store.station("a").commit([r.LimitsHeard(places)])
        store.close()
        store = Store.open(path)
        assert store.station("a").load() == Saved(limits_heard=places)
        store.close()
