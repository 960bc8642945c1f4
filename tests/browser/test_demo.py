"""What a newcomer sees who has run one command: the page of a demo, with a vehicle that charges."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.browsing import visiting

PATIENCE_S = 60.0
DEMO = ("-m", "laadpaal", "demo", "--speed", "60")


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[str]:
    """Return where the page of a running demo is, as the demo itself says first of all."""
    said = asyncio.subprocess.PIPE
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    demo = await asyncio.create_subprocess_exec(sys.executable, *DEMO, stdout=said, env=environment)
    assert demo.stdout
    try:
        async with asyncio.timeout(PATIENCE_S):
            first = (await demo.stdout.readline()).decode()
        yield first.removeprefix("page").strip()
    finally:
        demo.send_signal(signal.SIGINT)
        async with asyncio.timeout(PATIENCE_S):
            out, _ = await demo.communicate()
    assert demo.returncode == 0, out.decode()


async def test_a_newcomer_sees_a_vehicle_charge(page: str) -> None:
    """With no second command: it charges, the house leaves it so much, and the page says why."""
    async with visiting(page.rstrip("/")) as visitor:
        await visitor.tab.goto(page)
        socket = visitor.tab.get_by_role("region", name="Socket 1", exact=True)
        await visitor.sees(socket, "Charging")
        await visitor.sees(socket, re.compile(r"[1-9]\d*\.\d kW"))
        await visitor.sees(socket, re.compile(r"A of 32 A: .*the house leaves"))
        house = visitor.tab.get_by_role("region", name="House")
        await visitor.sees(house, re.compile(r"From the grid now\s*L1 -?\d+\.\d A"))
        await visitor.opens("messages")
        await visitor.sees(visitor.tab.get_by_text("TransactionEvent").first)
