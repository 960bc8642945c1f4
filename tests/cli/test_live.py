"""The live view shows what the station is doing."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

from rich.console import Console

from laadpaal.backoffice.server import BackOffice
from laadpaal.cli import live
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, CsmsTable
from tests.runtime.stage import SPEED, staged


async def test_a_frame_shows_sockets_and_messages(tmp_path: Path) -> None:
    """One row for each socket with what it is doing, and the last messages below."""
    async with BackOffice(clock := RealClock(SPEED)) as office:
        csms = CsmsTable(url=office.url, identity="LP1")
        config = Config(folder=str(tmp_path), api=None, csms=csms)
        async with staged(config, clock) as stage:
            await office.wait_for("LP1", "StatusNotification")
            await stage.driver.visit(1, "04A1B2C3", 600.0)
            stage.bench.plug(2, 32.0)
            await stage.ear.until(lambda: stage.running.view().evses[1].connectors[0].plugged)
            shown = StringIO()
            console = Console(width=160, color_system=None, file=shown)
            console.print(live.picture(stage.station, office, clock))

    lines = shown.getvalue().splitlines()
    assert lines[0].rstrip().endswith("UTC, online")
    rows = {cells[1].strip(): cells for line in lines if len(cells := line.split("│")) > 8}
    assert rows["1"][2].strip() == "Available"
    assert rows["2"][2].strip() != "Available"
    metered = re.fullmatch(r"\d+ W, (\d+\.\d\d) kWh", rows["1"][8].strip())
    assert metered
    assert float(metered[1]) > 0
    messages = [line for line in lines if "TransactionEvent" in line]
    assert messages
    assert all(len(line.rstrip()) <= live.WIDTH for line in messages)
