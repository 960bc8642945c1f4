from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from laadpaal.ports.journal import Fate
from laadpaal.station.measurement import Measurand, Sample, Value
from laadpaal.station.notices import DurableNotice, TransactionSampled, TransactionStarted
from laadpaal.station.words import ChargingState, Context, Trigger
from laadpaal.storage import StationStore, Store

STATIONS = ("a", "b")


@dataclass(frozen=True, slots=True)
class Row:
    """What the model knows of an entry."""

    notice: DurableNotice
    attempts: int = 0
    offline: bool = False
    fate: Fate | None = None
    csms_id: int | None = None
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Commit:
    """Each station commits so many notices, all stations at once."""

    counts: tuple[int, int]
    start: bool


@dataclass(frozen=True, slots=True)
class Settle:
    """The station's oldest entry is told."""

    station: str
    fate: Fate
    csms_id: int | None


@dataclass(frozen=True, slots=True)
class Tried:
    """The station's oldest entry was sent in vain."""

    station: str


@dataclass(frozen=True, slots=True)
class Offline:
    """The station lost its CSMS."""

    station: str


@dataclass(frozen=True, slots=True)
class Reopen:
    """The file is closed and opened again."""


Move = Commit | Settle | Tried | Offline | Reopen
_station = st.sampled_from(STATIONS)
_count = st.integers(0, 3)
MOVES: st.SearchStrategy[Move] = st.one_of(
    st.builds(Commit, st.tuples(_count, _count), st.booleans()),
    st.builds(Settle, _station, st.sampled_from(Fate), st.none() | st.integers(1, 9)),
    st.builds(Tried, _station),
    st.builds(Offline, _station),
    st.builds(Reopen),
)


def notice(number: int, *, start: bool) -> DurableNotice:
    sample = Sample(5.0, Context.PERIODIC, (Value(Measurand.ENERGY, float(number), "Wh"),))
    if start:
        return TransactionStarted(
            f"t{number}", 1, 1.0, 0, Trigger.AUTHORIZED, ChargingState.CHARGING, 1, None, None,
            0.0, offline=False, sample=sample,
        )  # fmt: skip
    return TransactionSampled(
        f"t{number}",
        1,
        0.5,
        number,
        Trigger.METER_VALUE_PERIODIC,
        offline=False,
        sample=sample,
        meter_wh=0.0,
    )


class World:
    """The real file and the model beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Store.open(path)
        self.model: dict[str, list[Row]] = {name: [] for name in STATIONS}
        self.made = 0

    def oldest(self, name: str) -> int | None:
        """Return the model's place of the oldest unsettled row."""
        waiting = (at for at, row in enumerate(self.model[name]) if row.fate is None)
        return next(waiting, None)

    async def move(self, move: Move) -> None:
        """Do it to both."""
        match move:
            case Commit(counts, start):
                await self._commit(counts, start=start)
            case Settle(name, fate, csms_id):
                await self._settle(name, fate, csms_id)
            case Tried(name):
                await self._tried(name)
            case Offline(name):
                await self.store.station(name).left_offline()
                rows = self.model[name]
                self.model[name] = [it if it.fate else replace(it, offline=True) for it in rows]
            case Reopen():
                self.store.close()
                self.store = Store.open(self.path)

    async def _commit(self, counts: tuple[int, int], *, start: bool) -> None:
        waiting = []
        for name, count in zip(STATIONS, counts, strict=True):
            fresh = [notice(self.made + it, start=start) for it in range(count)]
            self.made += count
            self.model[name] += [Row(it) for it in fresh]
            waiting.append(self.store.station(name).commit([], fresh))
        await asyncio.gather(*waiting)

    async def _settle(self, name: str, fate: Fate, csms_id: int | None) -> None:
        at, station = self.oldest(name), self.store.station(name)
        entry = station.pending()
        if at is None or entry is None:
            return
        await station.settle(entry.seq, fate, csms_id)
        self.model[name][at] = replace(self.model[name][at], fate=fate, csms_id=csms_id)

    async def _tried(self, name: str) -> None:
        at, station = self.oldest(name), self.store.station(name)
        entry = station.pending()
        if at is None or entry is None:
            return
        await station.tried(entry.seq)
        row = self.model[name][at]
        self.model[name][at] = replace(row, attempts=row.attempts + 1)

    def check(self) -> None:
        """Compare what both know."""
        for name in STATIONS:
            self._check_queue(name, self.store.station(name))
            self._check_rows(name)

    def _check_queue(self, name: str, station: StationStore) -> None:
        rows, at, entry = self.model[name], self.oldest(name), station.pending()
        assert station.pending_count() == sum(it.fate is None for it in rows)
        assert (entry is None) == (at is None)
        if at is None or entry is None:
            return
        row = rows[at]
        found = (entry.notice, entry.attempts, entry.offline)
        assert found == (row.notice, row.attempts, row.offline)
        assert row.message_id in {None, entry.message_id}
        rows[at] = replace(row, message_id=entry.message_id)

    def _check_rows(self, name: str) -> None:
        found = self.store._reader.execute(
            "SELECT transaction_id, attempts, state, csms_id FROM journal WHERE station = ?"
            " ORDER BY seq",
            (name,),
        ).fetchall()
        assert found == [
            (
                it.notice.transaction,
                it.attempts,
                it.fate.value if it.fate else "pending",
                it.csms_id,
            )
            for it in self.model[name]
        ]


@settings(max_examples=60, deadline=None)
@given(st.lists(MOVES, max_size=20))
def test_any_order_of_moves_keeps_the_model(moves: list[Move]) -> None:
    """Commits, settling, attempts and reopening in any order: order, attempts, fate, ids stay."""

    async def play(path: Path) -> None:
        world = World(path)
        for move in moves:
            await world.move(move)
            world.check()
        world.store.close()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder) / "db"))
