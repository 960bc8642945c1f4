"""Durable steps per second of one and of a hundred stations, next to bare SQLite commits."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from laadpaal.station.measurement import Measurand, Sample, Value
from laadpaal.station.notices import TransactionSampled
from laadpaal.station.words import Context, Trigger
from laadpaal.storage import StationStore, Store
from laadpaal.storage.bodies import encode

_ROUNDS = 15
_STEPS = 150
_STATIONS = 100
_TURNS = 20


@dataclass(frozen=True, slots=True)
class Round:
    """Steps per second of the three rivals, measured right after each other."""

    bare: float
    one: float
    hundred: float


def step(number: int) -> TransactionSampled:
    """Return what a periodic meter value commits, with the values that are told by default."""
    energy_wh = 1000.0 + number
    values = (Value(Measurand.ENERGY, energy_wh, "Wh"),)
    sample = Sample(1_700_000_000.0 + number, Context.PERIODIC, values)
    return TransactionSampled(
        "5f1d6c1e-8a43-4c6e-9d5a-3f6a1f0c2b77",
        1,
        sample.at,
        number,
        Trigger.METER_VALUE_PERIODIC,
        offline=False,
        sample=sample,
        meter_wh=energy_wh,
    )


def bare_file(path: Path) -> sqlite3.Connection:
    """Open a file with one table of bytes, in WAL mode with synchronous=FULL."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE plain (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)")
    return db


def bare(db: sqlite3.Connection, bodies: Sequence[bytes]) -> float:
    """Return commits per second of one INSERT each, of the bytes a step stores.

    The bytes are encoded beforehand, there is no index and no other table.
    """
    began = time.perf_counter()
    for body in bodies:
        db.execute("INSERT INTO plain (body) VALUES (?)", (body,))
    return len(bodies) / (time.perf_counter() - began)


async def durable(stations: Sequence[StationStore], numbers: range) -> float:
    """Return durable steps per second of `stations`, each of which waits for its own steps.

    A step is what `runtime` commits: its notice is made beforehand, all else (encoding, the
    queue, indexes, waking the waiter) is counted.
    """
    steps = [step(number) for number in numbers]
    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for station in stations:
            group.create_task(_walk(station, steps))
    return len(stations) * len(steps) / (time.perf_counter() - began)


async def _walk(station: StationStore, steps: Sequence[TransactionSampled]) -> None:
    for notice in steps:
        await station.commit((), (notice,))


async def rounds(folder: Path) -> list[Round]:
    """Let the three take turns, so that a noisy minute strikes all of them."""
    db = bare_file(folder / "bare")
    one, many = Store.open(folder / "one"), Store.open(folder / "many")
    alone = [one.station("alone")]
    stations = [many.station(f"station-{number:03}") for number in range(_STATIONS)]
    done: list[Round] = []
    for number in range(_ROUNDS + 1):
        span = range(number * _STEPS, (number + 1) * _STEPS)
        turns = range(number * _TURNS, (number + 1) * _TURNS)
        bodies = [encode(step(it)) for it in span]
        speed = Round(bare(db, bodies), await durable(alone, span), await durable(stations, turns))
        done.append(speed)
    for file in (db, one, many):
        file.close()
    # The first round warms the files and is not counted.
    return done[1:]


def main() -> None:
    """Print the median rates, and the medians of the ratios within each round, as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        done = asyncio.run(rounds(Path(folder)))
    print(
        json.dumps(
            {
                "bare_per_s": round(median(it.bare for it in done)),
                "one_per_s": round(median(it.one for it in done)),
                "hundred_per_s": round(median(it.hundred for it in done)),
                "one_over_bare": round(median(it.one / it.bare for it in done), 2),
                "hundred_over_one": round(median(it.hundred / it.one for it in done), 1),
            }
        )
    )


if __name__ == "__main__":
    main()
