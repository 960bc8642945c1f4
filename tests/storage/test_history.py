"""The history is the journal as people read it: whole transactions, and what was measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from laadpaal.ports.history import About, Measured, Sought
from laadpaal.ports.journal import Fate
from laadpaal.station.measurement import Measurand, Sample, Value
from laadpaal.station.notices import (
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.records import CustomerForgotten
from laadpaal.station.words import ChargingState, Context, StopReason, Token, Trigger
from laadpaal.storage import Store
from laadpaal.storage import store as store_module
from laadpaal.storage.history import measured
from laadpaal.storage.store import StationStore

TOKEN = Token("04AB")


def started(name: str, at: float = 0.0, evse: int = 1) -> TransactionStarted:
    """Return a beginning at 10 Wh."""
    return TransactionStarted(
        name, evse, at, 0, Trigger.AUTHORIZED, ChargingState.CHARGING, 1, TOKEN, None, 10.0,
        offline=False,
    )  # fmt: skip


def sampled(name: str, at: float, meter_wh: float, *more: Value) -> TransactionSampled:
    """Return a sample of the register and of what more there is."""
    values = (Value(Measurand.ENERGY, meter_wh, "Wh"), *more)
    return TransactionSampled(
        name, 1, at, 1, Trigger.METER_VALUE_PERIODIC, offline=False,
        sample=Sample(at, Context.PERIODIC, values), meter_wh=meter_wh,
    )  # fmt: skip


def ended(name: str, at: float, meter_wh: float, evse: int = 1) -> TransactionEnded:
    """Return the end that unplugging makes."""
    return TransactionEnded(
        name, evse, at, 2, Trigger.EV_DEPARTED, StopReason.EV_DISCONNECTED, ChargingState.IDLE,
        None, meter_wh, offline=False, charged_s=at,
    )  # fmt: skip


async def one_after_the_other(share: StationStore, *names: str) -> None:
    """Let transactions begin and end, an hour each."""
    for hour, name in enumerate(names):
        at = hour * 3600.0
        await share.commit([], [started(name, at)])
        await share.commit([], [sampled(name, at + 60, 70.0), ended(name, at + 3599, 510.0)])


async def test_a_session_is_whole_after_a_restart(tmp_path: Path) -> None:
    """Who, where, when, how much, why it ended, and what the CSMS calls it."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await one_after_the_other(ours, "t1")
    await ours.settle(1, Fate.DELIVERED, 77)
    store.close()

    again = Store.open(tmp_path / "db")
    (seen,) = again.station("a").sessions(Sought(), 10)
    nobodys = again.station("b").sessions(Sought(), 10)
    again.close()
    assert (seen.offset, seen.id, seen.evse, seen.connector) == (1, "t1", 1, 1)
    assert (seen.started_at, seen.ended_at, seen.energy_wh) == (0.0, 3599.0, 500.0)
    assert (seen.token, seen.csms_id, seen.reason) == (TOKEN, 77, StopReason.EV_DISCONNECTED)
    assert (seen.waiting, seen.charged_s) == (True, 3599.0)
    assert nobodys == ()


async def test_a_session_that_runs_is_as_far_as_was_told(tmp_path: Path) -> None:
    """Its register is the last sampled, its token and plug those that an update brought."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    begun = replace(started("t1"), token=None, connector=None)
    await ours.commit([], [begun])
    (bare,) = ours.sessions(Sought(), 10)
    update = TransactionUpdated(
        "t1", 1, 5.0, 1, Trigger.AUTHORIZED, None, offline=False, connector=2, token=TOKEN
    )
    await ours.commit([], [update, sampled("t1", 60.0, 35.0)])
    (seen,) = ours.sessions(Sought(), 10)
    store.close()
    assert (bare.token, bare.connector, bare.energy_wh) == (None, None, 0.0)
    assert (seen.token, seen.connector, seen.energy_wh) == (TOKEN, 2, 25.0)
    assert (seen.ended_at, seen.reason) == (None, None)


async def test_sessions_are_sought_by_evse_and_time_and_page(tmp_path: Path) -> None:
    """Newest first, and each page goes on where the last ended."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await one_after_the_other(ours, "t0", "t1", "t2", "t3")
    await ours.commit([], [started("other", 9000.0, 2), ended("other", 9100.0, 11.0, 2)])

    def names(sought: Sought, limit: int = 10) -> list[str]:
        return [it.id for it in ours.sessions(sought, limit)]

    assert names(Sought()) == ["other", "t3", "t2", "t1", "t0"]
    assert names(Sought(evse=2)) == ["other"]
    assert names(Sought(evse=1, since=7199.0, until=7201.0)) == ["t2", "t1"]
    assert names(Sought(until=0.0)) == []
    first = ours.sessions(Sought(evse=1), 2)
    assert [it.id for it in first] == ["t3", "t2"]
    assert names(Sought(evse=1, before=first[-1].offset)) == ["t1", "t0"]
    store.close()


async def test_more_sessions_than_are_looked_through_at_a_time(tmp_path: Path) -> None:
    """A page that has to skip many is filled all the same."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await one_after_the_other(ours, *(f"t{number}" for number in range(120)))
    found = ours.sessions(Sought(until=3600.0), 5)
    everything = ours.sessions(Sought(), 500)
    store.close()
    assert [it.id for it in found] == ["t0"]
    assert [it.id for it in everything] == [f"t{number}" for number in reversed(range(120))]


async def test_what_was_measured_is_in_order_and_once(tmp_path: Path) -> None:
    """Begin, samples and end; the mean power is what the registers tell."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    lines = [Value(Measurand.CURRENT, amps, "A", f"L{n}") for n, amps in enumerate((6, 7), 1)]
    volts = Value(Measurand.VOLTAGE, 230.0, "V", "L1-N")
    more = (*lines, volts, Value(Measurand.CURRENT_OFFERED, 16.0, "A"))
    power = Value(Measurand.POWER, 3000.0, "W")
    await ours.commit([], [started("t1"), sampled("t1", 60.0, 60.0, *more, power)])
    await ours.commit([], [ended("t1", 120.0, 60.0)])
    found = ours.session("t1")
    store.close()
    assert found
    assert found[0].energy_wh == 50.0
    assert found[1] == (
        Measured(0.0, 10.0),
        Measured(60.0, 60.0, 3000.0, 3000.0, (6.0, 7.0, 0.0), (230.0, 0.0, 0.0), 16.0),
        Measured(120.0, 60.0, 0.0),
    )


def test_samples_that_are_told_at_the_end_are_part_of_it() -> None:
    """What stands in two notices about one instant is one point."""
    kept = Sample(60.0, Context.PERIODIC, (Value(Measurand.POWER, 3000.0, "W"),))
    begin = Sample(0.0, Context.BEGIN, (Value(Measurand.VOLTAGE, 230.0, "V", "L1-N"),))
    update = TransactionUpdated(
        "t1", 1, 30.0, 1, Trigger.CHARGING_STATE_CHANGED, None, offline=False,
        sample=Sample(30.0, Context.BEGIN, (Value(Measurand.ENERGY, 20.0, "Wh"),)),
    )  # fmt: skip
    quiet = replace(update, sample=None)
    end = replace(ended("t1", 120.0, 60.0), samples=(begin, kept))
    assert measured([started("t1"), update, quiet, end]) == (
        Measured(0.0, 10.0, None, voltages_v=(230.0, 0.0, 0.0)),
        Measured(30.0, 20.0, 1200.0),
        Measured(60.0, None, None, 3000.0),
        Measured(120.0, 60.0, 1600.0),
    )


async def test_why_there_was_no_more_outlasts_a_restart(tmp_path: Path) -> None:
    """Each sample has the limit of its instant and who set it; those of earlier releases none."""
    old = sampled("t1", 60.0, 30.0)
    new = sampled("t1", 120.0, 60.0)
    new = replace(new, sample=replace(new.sample, limit_a=13.0, because="house fuse L1"))
    store = Store.open(tmp_path / "db")
    await store.station("a").commit([], [started("t1"), old, new])
    store.close()
    again = Store.open(tmp_path / "db")
    found = again.station("a").session("t1")
    again.close()
    assert found
    assert [(it.limit_a, it.because) for it in found[1]] == [
        (None, None), (None, None), (13.0, "house fuse L1"),
    ]  # fmt: skip


async def test_there_is_no_such_session(tmp_path: Path) -> None:
    """An id that nobody has, and one whose beginning is not there any more."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit([], [sampled("headless", 1.0, 2.0)])
    assert ours.session("nobody") is None
    assert ours.session("headless") is None
    store.close()


async def test_entries_go_on_after_an_offset(tmp_path: Path) -> None:
    """Beginnings know why their transaction ended, and updates are none of it."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    update = TransactionUpdated("t1", 1, 4001.0, 1, Trigger.AUTHORIZED, None, offline=False)
    await one_after_the_other(ours, "t0")
    await ours.commit([], [started("t1", 4000.0), update, sampled("t1", 4060.0, 12.0)])
    await ours.settle(1, Fate.DELIVERED, 9)
    found = ours.happenings(0, 10)
    rest = ours.happenings(3, 1)
    store.close()
    assert [(it.offset, it.about, it.transaction) for it in found] == [
        (1, About.BEGIN, "t0"),
        (2, About.VALUE, "t0"),
        (3, About.END, "t0"),
        (4, About.BEGIN, "t1"),
        (6, About.VALUE, "t1"),
    ]
    assert rest == found[3:4]
    assert [it.reason for it in found] == [
        StopReason.EV_DISCONNECTED, None, StopReason.EV_DISCONNECTED, None, None,
    ]  # fmt: skip
    assert [it.waiting for it in found] == [False, True, True, True, True]
    assert [it.csms_id for it in found] == [9, None, None, None, None]


async def test_what_is_erased_stays_so_and_offsets_grow(tmp_path: Path) -> None:
    """What the CSMS has yet to hear is still told; it is only shown to nobody."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await one_after_the_other(ours, "gone", "told", "untold")
    for seq in range(1, 7):
        await ours.settle(seq, Fate.DELIVERED)
    await ours.erase()
    assert (ours.sessions(Sought(), 9), ours.happenings(0, 9)) == ((), ())
    assert ours.session("untold") is None
    assert (ours.known("gone"), ours.pending_count()) == (False, 3)
    store.close()

    again = Store.open(tmp_path / "db")
    ours = again.station("a")
    assert ours.sessions(Sought(), 9) == ()
    await one_after_the_other(ours, "new")
    offsets = [it.offset for it in ours.happenings(0, 9)]
    again.close()
    assert offsets == [10, 11, 12]


async def test_who_is_forgotten_is_in_no_session(tmp_path: Path) -> None:
    """Once the CSMS knows who has to pay."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await one_after_the_other(ours, "t1")
    await ours.commit([CustomerForgotten(TOKEN)])
    before = ours.sessions(Sought(), 1)[0].token
    for seq in (1, 2, 3):
        await ours.settle(seq, Fate.DELIVERED)
    after = ours.sessions(Sought(), 1)[0].token
    store.close()
    assert (before, after) == (TOKEN, None)


async def test_the_oldest_are_forgotten_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many stay is asked whenever some are forgotten."""
    monkeypatch.setattr(store_module, "PRUNE_EVERY", 3)
    store = Store.open(tmp_path / "db")
    kept = [2]
    ours = store.station("a", kept=lambda: kept[0])
    await one_after_the_other(ours, "t0", "t1", "t2", "t3")
    for seq in range(1, 13):
        await ours.settle(seq, Fate.DELIVERED)
    assert [it.id for it in ours.sessions(Sought(), 9)] == ["t3", "t2"]
    kept[0] = 1
    await one_after_the_other(ours, "t4")
    for seq in range(13, 16):
        await ours.settle(seq, Fate.DELIVERED)
    assert [it.id for it in ours.sessions(Sought(), 9)] == ["t4"]
    store.close()


async def test_without_a_csms_nothing_waits_and_all_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The history of a station that nobody hears is read and forgotten like any other."""
    monkeypatch.setattr(store_module, "PRUNE_EVERY", 3)
    store = Store.open(tmp_path / "db")
    ours = store.station("a", kept=lambda: 2, heard=False)
    await one_after_the_other(ours, "t0", "t1", "t2", "t3")
    found = ours.sessions(Sought(), 9)
    waiting = ours.pending_count()
    store.close()
    assert [it.id for it in found] == ["t3", "t2"]
    assert (waiting, [it.waiting for it in found]) == (0, [False, False])
