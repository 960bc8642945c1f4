"""The log of a running station tells how each meter found the installation to be wired."""

from __future__ import annotations

import asyncio
import logging
import re
from pathlib import Path

import pytest

from laadpaal.drivers.modbus_line import ATTEMPTS
from laadpaal.runtime.assembly import LOG, assembled
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, EvseTable, RtuMeterTable
from laadpaal.simulation.meter import Misbehaviour, SimulatedMeter
from laadpaal.simulation.modbus import on_serial
from laadpaal.station.measurement import Measurement
from laadpaal.station.notices import MeterSilent, Notice, PhasesDetected

HEAD = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z:USER:taskModbus\.c:802:Meter #"


@pytest.mark.parametrize(
    ("phases", "words"),
    [(3, "Multiple phase installation"), (1, r"Single phase installation\.")],
)
async def test_one_line_for_each_meter(phases: int, words: str, tmp_path: Path) -> None:
    """Word for word, and once however often the meter is read (S18, S19)."""
    seen: list[int] = []
    both = asyncio.Event()

    def hear(notice: Notice) -> None:
        if isinstance(notice, PhasesDetected):
            seen.append(notice.evse)
            if len(seen) == 2:
                both.set()

    evses = (EvseTable(phases=phases),) * 2  # type: ignore[arg-type]  # 1 or 3
    config = Config(csms=None, api=None, folder=str(tmp_path), evse=evses)
    log = logging.getLogger(f"laadpaal.test.{tmp_path.name}")
    log.setLevel(logging.INFO)
    async with (
        asyncio.timeout(30),
        assembled(config, RealClock(100.0), log, hear) as station,
    ):
        await both.wait()
        first = station.running.view().evses[0].measurement
        while station.running.view().evses[0].measurement is first:  # noqa: ASYNC110  a reading is no notice
            await asyncio.sleep(0)  # until the meter has been read again

    lines = (tmp_path / LOG).read_text(encoding="utf-8").splitlines()
    told = sorted(line for line in lines if "first meter update" in line)
    assert len(told) == 2
    for number, line in enumerate(sorted(told, key=lambda it: it[24:]), 1):
        assert re.fullmatch(f"{HEAD}{number}: first meter update, {words}", line)


async def test_s16_the_third_reading_is_the_first_that_counts(tmp_path: Path) -> None:
    """Two readings of broken frames on a serial line, then a good one: one line in the log."""
    heard: list[Notice] = []
    found = asyncio.Event()

    def hear(notice: Notice) -> None:
        heard.append(notice)
        if isinstance(notice, PhasesDetected):
            found.set()

    meter = SimulatedMeter(lambda: Measurement(5_000.0, (230.0, 0.0, 0.0)))
    meter.misbehave(Misbehaviour.BROKEN_FRAME, requests=2 * ATTEMPTS)
    log = logging.getLogger(f"laadpaal.test.{tmp_path.name}")
    log.setLevel(logging.INFO)
    async with asyncio.timeout(30), on_serial(meter) as device:
        table = RtuMeterTable(model="SDM630", device=device, baud=115_200)
        config = Config(csms=None, api=None, folder=str(tmp_path), evse=(EvseTable(meter=table),))
        async with assembled(config, RealClock(100.0), log, hear) as station:
            await found.wait()
            asked = meter.asked
            first = station.running.view().evses[0].measurement
            while station.running.view().evses[0].measurement is first:  # noqa: ASYNC110  a reading is no notice
                await asyncio.sleep(0)  # until the meter has been read again

    assert asked == 2 * ATTEMPTS + 1
    silences = [(it.evse, it.lost) for it in heard if isinstance(it, MeterSilent)]
    assert silences == [(1, True), (1, False)]
    lines = (tmp_path / LOG).read_text(encoding="utf-8").splitlines()
    [told] = [line for line in lines if "first meter update" in line]
    assert told.endswith(":Meter #1: first meter update, Single phase installation.")
