from __future__ import annotations

import pytest

from laadpaal.csms.dialect import Call
from laadpaal.csms.outbox import (
    MOST_WAITING,
    Drop,
    Lane,
    Lanes,
    Patience,
    Retries,
    SendNow,
    Waiting,
    WaitUntil,
)
from laadpaal.ports.journal import Entry
from laadpaal.protocols.ocpp import v16
from laadpaal.station.measurement import Sample
from laadpaal.station.notices import TransactionSampled
from laadpaal.station.words import Context, Trigger


def entry(seq: int, attempts: int) -> Entry:
    sample = Sample(0.0, Context.PERIODIC, ())
    notice = TransactionSampled(
        "t", 1, 0.0, 1, Trigger.METER_VALUE_PERIODIC, offline=False, sample=sample, meter_wh=0.0
    )
    return Entry(seq, f"id-{seq}", notice, attempts, offline=False)


def waiting() -> Waiting:
    return Waiting(Call("Heartbeat", v16.Heartbeat()))


def test_a_fresh_entry_goes_at_once() -> None:
    """What never failed is sent now."""
    assert SendNow() == Retries(Patience()).turn(entry(1, 0), 0.0)


@pytest.mark.parametrize(("attempts", "wait_s"), [(1, 60.0), (2, 120.0)])
def test_the_wait_grows_with_the_attempts(attempts: int, wait_s: float) -> None:
    """After the n-th failure the wait is n times the interval."""
    retries = Retries(Patience(attempts=3, interval_s=60.0))
    retries.failed(7, 1000.0)

    assert WaitUntil(1000.0 + wait_s) == retries.turn(entry(7, attempts), 1000.0 + wait_s - 0.1)
    assert SendNow() == retries.turn(entry(7, attempts), 1000.0 + wait_s)


def test_dropped_after_the_last_attempt() -> None:
    """The third failure of three is the end, without another wait."""
    retries = Retries(Patience(attempts=3, interval_s=60.0))
    retries.failed(7, 1000.0)

    assert Drop() == retries.turn(entry(7, 3), 1000.0)


def test_at_least_one_attempt() -> None:
    """A limit of 0 still sends once."""
    retries = Retries(Patience(attempts=0))

    assert SendNow() == retries.turn(entry(1, 0), 0.0)
    assert Drop() == retries.turn(entry(1, 1), 0.0)


def test_a_restart_forgets_the_wait_and_keeps_the_count() -> None:
    """An entry with attempts from an earlier life goes at once."""
    assert SendNow() == Retries(Patience()).turn(entry(7, 2), 0.0)


def test_another_entry_does_not_inherit_the_wait() -> None:
    """The wait belongs to the entry that failed."""
    retries = Retries(Patience())
    retries.failed(7, 1000.0)

    assert SendNow() == retries.turn(entry(8, 0), 1000.0)


def test_lanes_are_first_in_first_out_and_forgettable() -> None:
    """Each lane keeps its order; clearing returns the urgent ones first."""
    lanes = Lanes()
    calls = [waiting() for _ in range(3)]
    lanes.put(Lane.REST, calls[0])
    lanes.put(Lane.REST, calls[1])
    lanes.put(Lane.AUTHORIZE, calls[2])

    assert lanes.take(Lane.ASKED) is None
    assert lanes.take(Lane.REST) is calls[0]
    assert [id(calls[2]), id(calls[1])] == [id(left) for left in lanes.clear()]
    assert lanes.take(Lane.REST) is None


def test_a_full_lane_takes_no_more() -> None:
    """A CSMS that never answers cannot fill the memory."""
    lanes = Lanes()
    taken = [lanes.put(Lane.REST, waiting()) for _ in range(MOST_WAITING + 1)]

    assert taken == [True] * MOST_WAITING + [False]
