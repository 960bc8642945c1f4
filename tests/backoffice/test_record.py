from __future__ import annotations

from laadpaal.backoffice.record import (
    MOST_CALLS,
    MOST_FRAMES,
    MOST_PROBLEMS,
    Direction,
    Exchange,
    Record,
)
from laadpaal.protocols.ocpp import v16


def test_the_record_forgets_what_is_old() -> None:
    """Frames, calls and problems are bounded; the counters are not."""
    record = Record()
    for number in range(MOST_FRAMES + 1):
        record.went(Exchange("CP1", Direction.RECEIVED, "Heartbeat", f"m{number}", "", 0.0))
        record.heard("CP1", "Heartbeat", v16.Heartbeat())
        record.wrong("CP1", "late")

    assert (len(record.frames), record.frames[0].message_id) == (MOST_FRAMES, "m1")
    assert len(list(record.since(0, "CP1", "Heartbeat"))) == MOST_CALLS
    assert len(record.problems) == MOST_PROBLEMS
    assert (record.received["CP1"], record.mark) == (MOST_FRAMES + 1, MOST_FRAMES + 1)


def test_calls_are_told_by_station_action_and_mark() -> None:
    """Only what was asked for, from the mark on."""
    record = Record()
    record.heard("CP1", "Heartbeat", v16.Heartbeat())
    mark = record.mark
    record.heard("CP2", "Heartbeat", v16.Heartbeat())
    record.heard("CP1", "Authorize", v16.Authorize(idTag="04AB"))

    assert list(record.since(mark, "CP1", "Heartbeat")) == []
    assert list(record.since(mark, "CP1", "Authorize")) == [v16.Authorize(idTag="04AB")]
    assert list(record.since(0, "CP3", "Authorize")) == []
