"""Durable steps per second through the writer, next to bare SQLite commits of the same row."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from pathlib import Path

from laadpaal.station.notices import TransactionStarted
from laadpaal.station.words import ChargingState, Trigger
from laadpaal.storage import StationStore, Store, journal

_STEPS = 1000
_NOTICE = TransactionStarted(
    transaction="t", evse=1, at=1.0, seq=0, trigger=Trigger.AUTHORIZED,
    state=ChargingState.CHARGING, connector=1, token=None, remote_id=None, meter_wh=10.0,
    offline=False,
)  # fmt: skip


def bare(path: Path) -> float:
    """Return FULL commits per second without any writer, of the same row in the same schema."""
    Store.open(path).close()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = FULL")
    began = time.perf_counter()
    for _ in range(_STEPS):
        db.execute("BEGIN IMMEDIATE")
        journal.append(db, "a", _NOTICE)
        db.execute("COMMIT")
    rate = _STEPS / (time.perf_counter() - began)
    db.close()
    return rate


async def shared(path: Path, stations: int, steps: int) -> float:
    """Return durable steps per second of that many stations that share one file."""
    store = Store.open(path)
    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(stations):
            group.create_task(_walk(store.station(str(number)), steps))
    rate = stations * steps / (time.perf_counter() - began)
    store.close()
    return rate


async def _walk(station: StationStore, steps: int) -> None:
    for _ in range(steps):
        await station.commit([], [_NOTICE])


def main() -> None:
    """Print the rates and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        alone = bare(place / "bare")
        one = asyncio.run(shared(place / "one", 1, _STEPS))
        many = asyncio.run(shared(place / "many", 100, 200))
    print(f"bare {alone:.0f}/s, one station {one:.0f}/s, 100 stations {many:.0f}/s")
    print(f"one / bare = {one / alone:.2f} (goal 0.80)")
    print(f"100 / one = {many / one:.1f} (goal 15)")


if __name__ == "__main__":
    main()
