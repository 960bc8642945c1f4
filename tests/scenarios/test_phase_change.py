"""A vehicle goes on with other lines: the whole station, its simulated hardware and its disk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from laadpaal.properties.wiring import MAX_PHASES
from laadpaal.runtime.assembly import Station, assembled
from laadpaal.runtime.config import Config, StationTable
from laadpaal.simulation.evse import Part
from laadpaal.station.answers import Accepted
from laadpaal.station.faults import CONTACTOR_FAULT, RELEASE_FAULT
from laadpaal.station.notices import Notice, TransactionEnded, TransactionStarted
from laadpaal.station.requests import WriteSetting
from laadpaal.station.words import By, ChargingState, StopReason
from tests.support.jumping import LoopClock

CARD = "04A1B2C3"
SETTINGS: dict[str, str | int | float | bool] = {"2127_0": True}
"""Unknown cards charge while offline."""
SOON_S = 30.0


class Stage:
    """A station whose contactors switch, and who drives up to it."""

    def __init__(self, station: Station, notices: list[Notice], clock: LoopClock) -> None:
        self.station, self.running = station, station.running
        self.bench, self.notices, self.clock = station.bench, notices, clock

    async def charge(self, **traits: object) -> None:
        """Plug a vehicle in at EVSE 1 and let it charge."""
        self.bench.vehicle(1, traits)
        await asyncio.sleep(10)
        self.bench.plug(1, 32.0)
        self.bench.swipe(CARD, 0)
        await asyncio.sleep(20)
        assert self.flowing

    @property
    def currents_a(self) -> tuple[float, ...]:
        """What flows on each line."""
        return self.bench._evses[1].measure().currents_a

    @property
    def flowing(self) -> list[int]:
        """The lines on which anything flows."""
        return [line for line, amps in enumerate(self.currents_a, 1) if amps > 0]

    async def allow(self, lines: int) -> None:
        """Write how many lines may be used."""
        wish = WriteSetting(MAX_PHASES.id, str(lines), By.LOCAL)
        assert await self.running.ask(wish) == Accepted()

    def of(self, kind: type[Notice]) -> list[Notice]:
        """Return all notices of a kind."""
        return [notice for notice in self.notices if isinstance(notice, kind)]

    @property
    def faults(self) -> frozenset[int]:
        """What is wrong with EVSE 1."""
        return self.running.view().evses[0].faults


@asynccontextmanager
async def staged(folder: Path) -> AsyncIterator[Stage]:
    """Give a station its power."""
    clock, notices = LoopClock(), list[Notice]()
    config = Config(
        csms=None,
        api=None,
        folder=str(folder),
        settings=SETTINGS,
        station=StationTable(switches_phases=True),
    )
    log = logging.Logger("phases", logging.CRITICAL)  # noqa: LOG001  of this stage alone
    async with assembled(config, clock, log, notices.append) as station:
        yield Stage(station, notices, clock)


async def test_s39_a_running_transaction_goes_on_with_one_line(tmp_path: Path) -> None:
    """Within half a minute nothing flows on L2 and L3, and it is the same transaction."""
    async with staged(tmp_path) as stage:
        await stage.charge()
        assert stage.flowing == [1, 2, 3]
        await stage.allow(1)
        seen: list[list[int]] = []
        for _ in range(int(SOON_S)):
            await asyncio.sleep(1)
            seen.append(stage.flowing)

        assert seen[-1] == [1]
        assert [] in seen
        assert all(lines in ([], [1]) for lines in seen)
        [tx] = [evse.transaction for evse in stage.running.view().evses if evse.transaction]
        assert tx.state is ChargingState.CHARGING
        assert len(stage.of(TransactionStarted)) == 1
        assert stage.of(TransactionEnded) == []


async def test_s40_the_lines_stay_one_until_the_next_start(tmp_path: Path) -> None:
    """The setting is 3 again, and a power cut begins with what it says."""
    async with staged(tmp_path) as stage:
        await stage.charge()
        await stage.allow(1)
        await asyncio.sleep(SOON_S)
        await stage.allow(3)
        await asyncio.sleep(600)
        assert stage.flowing == [1]
        await stage.running.cut_power()
        await asyncio.sleep(20)
        stage.bench.swipe(CARD, 0)
        await asyncio.sleep(20)
        assert stage.flowing == [1, 2, 3]


async def test_a_vehicle_of_one_phase_hardly_notices(tmp_path: Path) -> None:
    """It charges on L1 before and after."""
    async with staged(tmp_path) as stage:
        await stage.charge(phases=1)
        assert stage.flowing == [1]
        await stage.allow(1)
        await asyncio.sleep(SOON_S)
        assert stage.flowing == [1]


async def test_a_drowsy_vehicle_is_woken(tmp_path: Path) -> None:
    """Half a minute after it could have gone on."""
    async with staged(tmp_path) as stage:
        await stage.charge(drowsy=True)
        await stage.allow(1)
        await asyncio.sleep(SOON_S)
        assert stage.flowing == []
        await asyncio.sleep(SOON_S)
        assert stage.flowing == [1]


async def test_a_vehicle_that_holds_its_switch_is_cut_off(tmp_path: Path) -> None:
    """Under load, and code 007 says why it does not go on."""
    async with staged(tmp_path) as stage:
        await stage.charge(holds_switch=True)
        await stage.allow(1)
        await asyncio.sleep(SOON_S)
        assert stage.flowing == []
        assert stage.faults == {RELEASE_FAULT}
        stage.bench.vehicle(1, {"holds_switch": False})
        await asyncio.sleep(SOON_S)
        assert stage.faults == frozenset()
        assert stage.flowing == [1]


async def test_a_contactor_that_sticks_ends_it(tmp_path: Path) -> None:
    """No other line is closed beside those that stick."""
    async with staged(tmp_path) as stage:
        await stage.charge()
        await stage.allow(1)
        stage.bench._evses[1].break_part(Part.WELDED, broken=True)
        await asyncio.sleep(SOON_S)

        assert CONTACTOR_FAULT in stage.faults
        assert stage.bench._evses[1].look().phases == 3
        assert stage.bench._evses[1].look().offered_a is None
        assert len(stage.of(TransactionEnded)) == 1


@pytest.mark.parametrize("after_s", [0.2, 2.0, 4.0, 7.0, 8.5])
async def test_a_power_cut_in_the_middle_leaves_nothing_closed(
    tmp_path: Path, after_s: float
) -> None:
    """The next life ends the transaction, and begins with an open contactor."""
    async with staged(tmp_path) as stage:
        await stage.charge()
        await stage.allow(1)
        await asyncio.sleep(after_s)
        await stage.running.cut_power()
        await asyncio.sleep(20)
        [ended] = stage.of(TransactionEnded)
        assert isinstance(ended, TransactionEnded)
        assert ended.reason is StopReason.POWER_LOSS
        assert stage.bench._evses[1].look().phases == 0
        assert stage.faults == frozenset()

        stage.bench.swipe(CARD, 0)
        await asyncio.sleep(20)
        assert stage.flowing == [1]
