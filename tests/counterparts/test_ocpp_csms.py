"""A whole charging session with a CSMS that others wrote, run as a process of its own."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support.process import station_process

PROGRAM = Path(__file__).parents[2] / ".venv-counterparts/bin/ocpp-csms"
PATIENCE_S = 60.0

pytestmark = pytest.mark.skipif(
    not PROGRAM.exists(), reason="the counterparts are not installed; see scripts/counterparts"
)


class Counterpart:
    """The program, and every line it printed."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.lines: list[str] = []

    async def until(self, text: str) -> str:
        """Return the next line that holds `text`."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            async for raw in self._process.stdout:
                line = raw.decode()
                self.lines.append(line)
                if text in line:
                    return line
        raise AssertionError(f"it ended without {text}:\n{''.join(self.lines)}")


@asynccontextmanager
async def counterpart() -> AsyncIterator[tuple[Counterpart, str]]:
    """Run the program; yield it and its URL."""
    process = await asyncio.create_subprocess_exec(
        *(str(PROGRAM), "--host", "127.0.0.1", "--port", "0", "--debug"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        limit=1 << 20,
    )
    csms = Counterpart(process)
    try:
        port = (await csms.until("listening on port")).split()[-1]
        yield csms, f"ws://127.0.0.1:{port}"
    finally:
        process.kill()
        await process.wait()


async def test_a_session_with_ocpp_csms(tmp_path: Path) -> None:
    """It boots, starts, meters and stops, and neither side refuses a message of the other."""
    async with counterpart() as (csms, url), station_process(tmp_path, url, "1.6") as station:
        await csms.until("BootEvent")
        await csms.until("StatusEvent")
        await station.post("/v1/bench/evses/1/plug")
        await station.post("/v1/bench/cards", uid="04A1B2C3", reader=0)
        await csms.until("TransactionStartedEvent")
        await csms.until("MeterValuesEvent")
        await station.post("/v1/bench/cards", uid="04A1B2C3", reader=0)
        await csms.until("TransactionStoppedEvent")
        await csms.until("StatusEvent")

    assert [line for line in csms.lines if "[4," in line or "CallError" in line] == []
