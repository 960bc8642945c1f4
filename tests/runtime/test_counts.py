"""What a process has done is counted over all lives of its station, and told in numbers."""

from __future__ import annotations

from pathlib import Path

import httpx

from laadpaal.runtime.config import ApiTable, Config
from laadpaal.station.requests import Reset
from laadpaal.station.words import ResetKind
from tests.runtime.stage import staged


async def test_turns_and_restarts_are_counted(tmp_path: Path) -> None:
    """The next life goes on where the one before has ended."""
    async with staged(Config(folder=str(tmp_path), api=ApiTable(port=0))) as stage:
        await stage.running.ask(Reset(ResetKind.HARD))
        before = stage.running.turns_taken
        await stage.life(2)
        async with httpx.AsyncClient(base_url=stage.station.api or "") as client:
            told = (await client.get("/metrics")).text.splitlines()

    numbers = dict(line.rsplit(" ", 1) for line in told if not line.startswith("#"))
    assert numbers["laadpaal_restarts_total"] == "1.0"
    assert float(numbers["laadpaal_turns_total"]) >= before > 1
