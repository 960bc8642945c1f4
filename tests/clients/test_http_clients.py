"""Tools that others wrote use a station over real TLS, unmodified."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from laadpaal import VERSION
from laadpaal.cli.password import changed
from laadpaal.ports.accounts import User
from laadpaal.runtime.config import load
from tests.clients.environment import CLIENTS, PATIENCE_S, needs, says, surroundings
from tests.support.meter_seal import MeterSeal

SECRET = "correct horse"
CARD = "04A1B2C3"
ALFEN = CLIENTS / "bin/alfen"
LOOK_S = 0.1
"""How often to look whether a station, a process of its own, is back."""


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[str]:
    """Run a station as a process of its own; yield where it can be reached."""
    file = folder / "station.toml"
    file.write_text(
        f'folder = "{folder / "data"}"\n[station]\nserial = "LP000042"\n'
        '[api]\nport = 0\n[web]\nhost = "127.0.0.1"\nport = 0\nannounce = false\n'
    )
    await changed(User.ADMIN, SECRET, load(file))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "laadpaal", "run", "--config", str(file)),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield await _url(process)
    finally:
        process.terminate()
        await process.wait()


async def _back(url: str) -> None:
    """Return once a station that starts anew can be reached again."""
    host, _, port = url.removeprefix("https://").partition(":")
    async with asyncio.timeout(PATIENCE_S):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection(host, int(port))
                writer.close()
                return
            await asyncio.sleep(LOOK_S)


async def _url(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_S):
        async for line in process.stdout:
            if line.startswith(b"HTTPS"):
                return line.split()[1].decode()
    raise AssertionError("it told no address")


async def alfen(url: str, *command: str) -> str:
    """Give one command, and return what it prints."""
    host = url.partition("://")[2]
    process = await asyncio.create_subprocess_exec(
        *(str(ALFEN), "--host", host, "--json", *command),
        env={**surroundings(), "ALFEN_PASSWORD": SECRET},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(PATIENCE_S):
        told, complaints = await process.communicate()
    assert process.returncode == 0, complaints.decode()
    return told.decode()


async def rows(url: str, *command: str) -> list[dict[str, Any]]:
    """Give one command, and return the rows that it prints."""
    found: list[dict[str, Any]] = json.loads(await alfen(url, *command))
    return found


@needs("alfen_cli")
async def test_alfen_cli_reads_and_writes(tmp_path: Path) -> None:
    """Each command but the restart: identity, categories, values, prices, log, history, cards."""
    async with running(tmp_path) as url:
        (info,) = await rows(url, "info")
        categories = [it["category"] for it in await rows(url, "categories")]
        generic = {it["id"]: it["value"] for it in await rows(url, "get", "-c", "generic")}
        named = {it["id"]: it["value"] for it in await rows(url, "get", "2053_0", "2129_0")}
        written = {it["id"]: it["value"] for it in await rows(url, "set", "2129_0=13")}
        prices = {it["id"]: it["value"] for it in await rows(url, "tariff")}
        lines = (await alfen(url, "logs", "--limit", "40")).splitlines()
        transactions = await alfen(url, "transactions")
        cards = await rows(url, "whitelist", "--index", "0")

    assert info["ObjectId"] == info["Identity"] == "LP000042"
    assert (info["FWVersion"], info["Type"]) == (VERSION, "2.1.1")
    assert {"generic", "meter1", "meter2", "states", "temp", "leds"} <= set(categories)
    assert len(generic) > 32
    assert set(named) == {"2053_0", "2129_0"}
    assert written == {"2129_0": 13}
    assert set(prices) == {"3262_1"}
    assert transactions.strip() == "0_Empty transaction database"
    assert any("has logged in as admin" in json.loads(line)["message"] for line in lines)
    assert cards == []


@needs("alfen_cli")
async def test_alfen_cli_reboot(tmp_path: Path) -> None:
    """It has its answer before the station starts anew, and the station is there again."""
    async with running(tmp_path) as url:
        said = json.loads(await alfen(url, "reboot", "--yes"))
        await _back(url)
        (info,) = await rows(url, "info")
        categories = await rows(url, "categories")

    assert said is None
    assert info["ObjectId"] == "LP000042"
    assert categories


@needs("alfen_cli")
async def test_alfen_cli_verify() -> None:
    """A signed value is good, and one of another meter is not."""
    seal, other = MeterSeal(), MeterSeal()
    record = seal.sealed(12_345)

    good = json.loads(await alfen("https://127.0.0.1", "verify", seal.public_key, record))

    assert good["verified"] is True
    assert good["total_energy_kwh"] == 12.345
    with pytest.raises(AssertionError):
        await alfen("https://127.0.0.1", "verify", other.public_key, record)


@needs("alfeneve")
async def test_alfeneve(tmp_path: Path) -> None:
    """It walks all pages, keeps its connection, logs out, and can log in again at once."""
    async with running(tmp_path) as url:
        said = await says("http_eve_says.py", url, SECRET)

    assert {"generic", "meter1", "temp"} <= set(said["categories"])
    assert len(said["generic"]) > 32
    assert set(said["named"]) == {"OD_sysChargeBoxIdentity", "OD_mainNormalMaxCurrent"}
    assert said["whitelist"] == []
    assert said["transactions"] == ["0_Empty transaction database"]
    assert said["again"] is True
    assert any("starts" in line for line in said["log"])
