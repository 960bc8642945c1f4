"""What monitors have told, on the disk until the CSMS has heard it."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from laadpaal.ports.journal import Fate, Journal
from laadpaal.properties.rows import Address
from laadpaal.station.monitors import Firing, Monitor, MonitorKind
from laadpaal.station.notices import MonitorsFired
from laadpaal.station.records import FiringsQueued
from laadpaal.storage import StorageFailed, Store

WATCHED = Monitor(1000, Address("20F5_0"), MonitorKind.UPPER, 10, 3)


def queued(*times: float) -> FiringsQueued:
    """Return a record of firings at these seconds."""
    firings = tuple(
        Firing(number, at, WATCHED, "11", cleared=True, transaction="tx")
        for number, at in enumerate(times)
    )
    return FiringsQueued(MonitorsFired(firings, queued=True))


async def test_they_are_told_in_order_and_then_forgotten(tmp_path: Path) -> None:
    """Each turn's together; a failed attempt is counted."""
    store = Store.open(tmp_path / "db")
    journal: Journal = store.station("a")
    await store.station("a").commit([queued(1, 2), queued(3)])

    first = journal.firings_pending()
    assert first is not None
    assert (first.notice, first.attempts) == (queued(1, 2).notice, 0)
    await journal.firings_tried(first.seq)
    again = journal.firings_pending()
    assert again is not None
    assert (again.seq, again.message_id, again.attempts) == (first.seq, first.message_id, 1)
    await journal.firings_settle(first.seq, Fate.DROPPED)
    second = journal.firings_pending()
    assert second is not None
    assert second.notice == queued(3).notice
    await journal.firings_settle(second.seq, Fate.DELIVERED)
    assert journal.firings_pending() is None
    store.close()


async def test_they_outlive_the_power_and_their_ids_are_nobody_elses(tmp_path: Path) -> None:
    """Not even those of firings that are told and forgotten are given once more."""
    store = Store.open(tmp_path / "db")
    await store.station("a").commit([queued(1)])
    before = store.station("a").firings_pending()
    assert before is not None
    store.close()

    store = Store.open(tmp_path / "db")
    share = store.station("a")
    assert share.firings_pending() == before
    assert store.station("b").firings_pending() is None
    await share.firings_settle(before.seq, Fate.DELIVERED)
    await share.commit([queued(2)])
    after = share.firings_pending()
    assert after is not None
    assert after.message_id != before.message_id
    store.close()


async def test_not_even_the_untold_fill_the_disk(tmp_path: Path) -> None:
    """The newest 1000 of each station are kept."""
    store = Store.open(tmp_path / "db")
    await store.station("b").commit([queued(0)])
    share = store.station("a")
    await share.commit([queued(number) for number in range(1500)])

    oldest, other = share.firings_pending(), store.station("b").firings_pending()
    assert oldest is not None
    assert oldest.notice == queued(500).notice
    assert other is not None
    store.close()


async def test_a_time_that_is_none_is_refused(tmp_path: Path) -> None:
    """Nothing of the step is written then."""
    store = Store.open(tmp_path / "db")
    share = store.station("a")
    with pytest.raises(StorageFailed, match="at is nan"):
        await share.commit([queued(1), queued(math.nan)])

    assert share.firings_pending() is None
    store.close()
