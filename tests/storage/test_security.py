"""The security log on the disk: what it keeps, and what waits to be told."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from laadpaal.ports.journal import Fate, Journal
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.records import SecurityLogged
from laadpaal.station.security import SecurityKind
from laadpaal.storage import StationStore, StorageFailed, Store

STARTED = SecurityKind.STARTED
INVALID = SecurityKind.INVALID_MESSAGES


def logged(at: float, *, pushed: bool = False, info: str = "") -> SecurityLogged:
    """Return a record of an event at that second."""
    return SecurityLogged(SecurityEvent(STARTED if pushed else INVALID, at, info), pushed)


async def times(share: StationStore) -> list[float]:
    """Return when the events of the log happened."""
    return [event.at for event in share.security_log()]


async def test_events_are_kept_in_order_and_told_in_order(tmp_path: Path) -> None:
    """Those that are only for the log wait for nobody; the oldest of the others comes first."""
    store = Store.open(tmp_path / "db")
    share = store.station("a")
    journal: Journal = share
    await share.commit([logged(1), logged(2, pushed=True, info="x"), logged(3, pushed=True)])

    first = journal.security_pending()
    assert first is not None
    assert (first.event, first.attempts) == (SecurityEvent(STARTED, 2, "x"), 0)
    await journal.security_tried(first.seq)
    again = journal.security_pending()
    assert again is not None
    assert (again.seq, again.message_id, again.attempts) == (first.seq, first.message_id, 1)
    await journal.security_settle(first.seq, Fate.DROPPED)
    second = journal.security_pending()
    assert second is not None
    assert second.event.at == 3
    await journal.security_settle(second.seq, Fate.DELIVERED)
    assert journal.security_pending() is None
    assert await times(share) == [1, 2, 3]
    store.close()


async def test_the_log_outlives_the_power(tmp_path: Path) -> None:
    """What was committed is there again, with the message id it had, and is nobody else's."""
    store = Store.open(tmp_path / "db")
    await store.station("a").commit([logged(1, pushed=True)])
    before = store.station("a").security_pending()
    store.close()

    store = Store.open(tmp_path / "db")
    assert store.station("a").security_pending() == before
    assert store.station("b").security_pending() is None
    assert store.station("b").security_log() == ()
    store.close()


@pytest.mark.parametrize(
    ("oldest", "newest", "told"),
    [(None, None, [1, 2, 3]), (2, None, [2, 3]), (None, 2, [1, 2]), (2, 2, [2]), (4, None, [])],
)
async def test_a_span_of_the_log(
    tmp_path: Path, oldest: float | None, newest: float | None, told: list[float]
) -> None:
    """Both ends belong to it, and None leaves one open."""
    store = Store.open(tmp_path / "db")
    share = store.station("a")
    await share.commit([logged(1), logged(2), logged(3)])

    assert [event.at for event in share.security_log(oldest, newest)] == told
    store.close()


async def test_the_log_rolls(tmp_path: Path) -> None:
    """Each station keeps its newest 1000, and those that are still to be told beside them."""
    store = Store.open(tmp_path / "db")
    share, other = store.station("a"), store.station("b")
    await other.commit([logged(0)])
    await share.commit([logged(0, pushed=True), *(logged(at) for at in range(1, 1500))])

    assert await times(share) == [0, *range(500, 1500)]
    assert await times(other) == [0]
    store.close()


async def test_not_even_the_untold_fill_the_disk(tmp_path: Path) -> None:
    """Of events that nobody takes, the newest 1000 are kept."""
    store = Store.open(tmp_path / "db")
    share = store.station("a")
    await share.commit([logged(at, pushed=True) for at in range(1500)])

    assert await times(share) == list(range(500, 1500))
    store.close()


async def test_a_time_that_is_none_is_refused(tmp_path: Path) -> None:
    """Nothing of the step is written then."""
    store = Store.open(tmp_path / "db")
    share = store.station("a")
    with pytest.raises(StorageFailed, match="at is nan"):
        await share.commit([logged(1), logged(math.nan)])

    assert await times(share) == []
    store.close()
