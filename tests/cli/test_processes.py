"""The commands as processes: what they print, how they end, and what they carry."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

PATIENCE_S = 60.0


@asynccontextmanager
async def _laadpaal(*arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "laadpaal", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _until(process: asyncio.subprocess.Process, start: str) -> str:
    """Return the first line that begins so."""
    assert process.stdout is not None
    async for line in process.stdout:
        if line.decode().startswith(start):
            return line.decode().strip()
    assert process.stderr is not None
    raise AssertionError((await process.stderr.read()).decode())


async def _ended(process: asyncio.subprocess.Process, number: signal.Signals) -> tuple[int, str]:
    """Send a signal; return the exit code and what was said of it."""
    process.send_signal(number)
    _, said = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_station_ends_in_peace(tmp_path: Path, number: signal.Signals) -> None:
    """SIGTERM and SIGINT are how it is meant to end: exit code 0, and no word of it."""
    config = tmp_path / "station.toml"
    config.write_text(f'folder = "{tmp_path}/data"\n[api]\nport = 0\n')
    async with _laadpaal("run", "--config", str(config)) as process:
        await _until(process, "control API  http://127.0.0.1:")

        assert await _ended(process, number) == (0, "")


async def test_a_back_office_prints_its_address_and_ends(tmp_path: Path) -> None:
    """A station finds it there, its coming is printed, and SIGTERM is exit code 0."""
    async with _laadpaal("backoffice", "--port", "0") as office:
        address = (await _until(office, "back office  ")).split()[2]
        url = address.removesuffix("/<identity>")
        config = tmp_path / "station.toml"
        config.write_text(
            f'folder = "{tmp_path}/data"\n[api]\nport = 0\n[csms]\nurl = "{url}"\nocpp = "1.6"\n'
        )
        async with _laadpaal("run", "--config", str(config)) as station:
            assert await _until(office, "LP000001 ") == "LP000001 connected, ocpp1.6"
            assert (await _ended(station, signal.SIGTERM))[0] == 0

        assert await _ended(office, signal.SIGTERM) == (0, "")


@pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
async def test_a_demo_of_one_visit_prints_one_object(ocpp: str) -> None:
    """One transaction with energy, and nothing that the CSMS has not heard."""
    arguments = ("demo", "--once", "--json", "--ocpp", ocpp, "--speed", "600")
    async with _laadpaal(*arguments) as process:
        out, said = await process.communicate()

    told = json.loads(out)
    assert (process.returncode, said.decode()) == (0, "")
    assert (told["ocpp"], told["transactions"], told["undelivered"]) == (ocpp, 1, 0)
    assert told["energy_wh"] > 0
    assert told["meter_values"] > 0
    assert told["messages_sent"] == told["messages_received"] > 0
    assert told["problems"] == []


async def test_a_demo_without_a_terminal_prints_where_it_is_and_ends() -> None:
    """Addresses, the page's first, then a table now and then, until SIGINT: exit code 0."""
    async with _laadpaal("demo", "--speed", "600") as process:
        page = (await _until(process, "page         http://127.0.0.1:")).split()[1]
        async with httpx.AsyncClient() as browser:
            assert "/page/main.js" in (await browser.get(page)).text
        office = await _until(process, "back office  ws://127.0.0.1:")
        api = await _until(process, "control API  http://127.0.0.1:")
        await _until(process, "20")  # the table's title

        assert office.endswith("(2.0.1)")
        assert api.endswith("/v1/station")
        assert await _ended(process, signal.SIGINT) == (0, "")


async def test_a_station_does_not_carry_what_only_the_demo_needs() -> None:
    """Neither the back office nor the live view is imported by `laadpaal run`."""
    script = (
        "import sys, laadpaal.cli.app, laadpaal.cli.station;"
        "print([m for m in sys.modules if m.startswith(('rich.live', 'laadpaal.backoffice',"
        " 'laadpaal.cli.live', 'laadpaal.cli.demo'))])"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()

    assert out == b"[]\n"
