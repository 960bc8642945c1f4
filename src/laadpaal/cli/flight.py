"""`laadpaal replay`: a recording as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from laadpaal.runtime.recorder import FlightError
from laadpaal.runtime.replay import Replayed, replay

_1970 = datetime(1970, 1, 1, tzinfo=UTC)


def lines(path: Path) -> Iterator[str]:
    """Yield what came in, and under it what went out; turns without effect are left out.

    Of a life whose beginning is lost, only what came in is known.

    Raises:
        FlightError: The file is no recording.
    """
    life = -1
    for turn in replay(path):
        if turn.life != life:
            life = turn.life
            yield f"=== life {life}" if life else "=== a life whose beginning is lost"
        yield from _turn(turn)


def _turn(turn: Replayed) -> Iterator[str]:
    out = [
        *(("answer", turn.answer),) * (turn.answer is not None),
        *(("record", record) for record in turn.step.records),
        *(("action", action) for action in turn.step.actions),
        *(("notice", notice) for notice in turn.step.notices),
    ]
    if out or (turn.item and not turn.life):
        yield f"{_time(turn.at.utc)} {turn.item or 'timer'}"
    for kind, thing in out:
        yield f"    {kind} {thing}"


def _time(utc: float) -> str:
    try:
        at = _1970 + timedelta(seconds=utc)
    except OverflowError as wrong:
        raise FlightError(f"{utc} is no time of this world") from wrong
    return f"{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03}"
