"""`laadpaal replay`: a recording as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from laadpaal.runtime.replay import Replayed, replay


def lines(path: Path) -> Iterator[str]:
    """Yield what came in, and under it what went out; turns without effect are left out."""
    life = 0
    for turn in replay(path):
        if turn.life != life:
            life = turn.life
            yield f"=== life {life}"
        yield from _turn(turn)


def _turn(turn: Replayed) -> Iterator[str]:
    out = [
        *(("answer", turn.answer),) * (turn.answer is not None),
        *(("record", record) for record in turn.step.records),
        *(("action", action) for action in turn.step.actions),
        *(("notice", notice) for notice in turn.step.notices),
    ]
    if not out:
        return
    at = datetime.fromtimestamp(turn.at.utc, UTC)
    yield f"{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03} {turn.item or 'timer'}"
    for kind, thing in out:
        yield f"    {kind} {thing}"
