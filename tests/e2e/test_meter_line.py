"""The log of a running station tells how each meter found the installation to be wired."""

from __future__ import annotations

import asyncio
import logging
import re
from pathlib import Path

import pytest

from laadpaal.runtime.assembly import LOG, assembled
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, EvseTable
from laadpaal.station.notices import Notice, PhasesDetected

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
