"""What people notice of an upgrade, and where they were told of it."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from pathlib import Path

from laadpaal.runtime.assembly import DATABASE
from laadpaal.runtime.config import Config, EvseTable, RtuMeterTable
from laadpaal.simulation.meter import SimulatedMeter
from laadpaal.simulation.modbus import on_serial
from laadpaal.station.measurement import Measurement
from laadpaal.station.notices import PhasesDetected
from laadpaal.storage.migration import migrate, scripts
from tests.runtime.stage import logged, staged

ROOT = Path(__file__).parents[2]
SHOWN = "display: socket 1 shows 1 x 16 A as its maximum now, and 3 x 16 A before"


def _of_an_earlier_release(folder: Path) -> None:
    """Leave what a station of the release before has in its folder, that has run once."""
    path = folder / DATABASE
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, path, scripts()[:13])
    db.execute(
        "INSERT INTO security_log VALUES (1, 'LP000001', 5.0, 'StartupOfTheDevice', '', 'kept', 0)"
    )
    db.close()


async def _run(config: Config) -> None:
    """Let a station live until it knows how the installation is wired."""
    async with staged(config) as stage:
        await stage.ear.until(lambda: bool(stage.ear.all(PhasesDetected)))


async def test_s67_the_first_start_tells_that_the_maximum_looks_different(tmp_path: Path) -> None:
    """On an installation of one phase, once: the next start has nothing to tell."""
    _of_an_earlier_release(tmp_path)
    meter = SimulatedMeter(lambda: Measurement(5_000.0, (230.0, 0.0, 0.0)))
    async with asyncio.timeout(60), on_serial(meter) as device:
        table = RtuMeterTable(model="SDM630", device=device, baud=115_200)
        config = Config(csms=None, api=None, folder=str(tmp_path), evse=(EvseTable(meter=table),))
        await _run(config)
        [told] = [line for line in logged(config) if "maximum" in line]
        await _run(config)

    assert re.fullmatch(rf"\S+Z:USER:[^:]+:\d+:{SHOWN}", told)
    assert [line for line in logged(config) if "maximum" in line] == [told]


def test_s67_the_upgrade_note_says_so_before() -> None:
    """There is a part for operators, with the line that they will find, and one for installers."""
    text = (ROOT / "docs" / "howto" / "upgrade.md").read_text(encoding="utf-8")
    _, part = text.split("## The maximum current may look different\n")
    note, faq = part.partition("\n## ")[0].split("### What installers ask\n")

    assert SHOWN in note
    assert len(re.findall(r"^\| [^|]+\? \| [^|]+\. \|$", faq, flags=re.MULTILINE)) >= 5
