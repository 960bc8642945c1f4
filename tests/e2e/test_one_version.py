"""S1: the product has one version, and every face shows it."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Literal

import httpx
import pytest
from typer.testing import CliRunner

from laadpaal import VERSION
from laadpaal.backoffice.server import BackOffice
from laadpaal.cli.app import app
from laadpaal.protocols.ocpp import v16, v201
from laadpaal.protocols.ocpp.message import Message
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import ApiTable, Config, CsmsTable
from tests.runtime.stage import SPEED, Stage, logged, staged

ROOT = Path(__file__).parents[2]


def test_the_version_tells_which_of_two_is_newer() -> None:
    """It has three numbers and the number of its build, and fits into both versions' messages."""
    assert re.fullmatch(r"\d+\.\d+\.\d+-\d+", VERSION)
    assert len(VERSION) <= 50


def _told(boot: Message) -> str:
    if isinstance(boot, v16.BootNotification):
        return str(boot.firmwareVersion)
    assert isinstance(boot, v201.BootNotification)
    return str(boot.chargingStation.firmwareVersion)


async def _painted(stage: Stage) -> str:
    """Return the version that its display has, which is painted while it boots."""
    display = stage.bench.display
    while display.shown is None:  # noqa: ASYNC110  a picture is no notice
        await asyncio.sleep(0)
    return display.shown.brand.version


@pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
async def test_s1_every_face_shows_the_same_version(
    tmp_path: Path, ocpp: Literal["1.6", "2.0.1"]
) -> None:
    """The CSMS, the control API, its property, the display, the log and the command line."""
    async with BackOffice(clock := RealClock(SPEED)) as office:
        table = CsmsTable(url=office.url, identity="LP1", ocpp=ocpp)
        config = Config(folder=str(tmp_path), api=ApiTable(port=0), csms=table)
        async with staged(config, clock) as stage:
            painted = await _painted(stage)
            boot = await office.wait_for("LP1", "BootNotification", timeout_s=60)
            async with httpx.AsyncClient(base_url=stage.station.api or "") as client:
                station = (await client.get("/v1/station")).json()
                row = (await client.get("/v1/properties/100A_0")).json()

    line = CliRunner().invoke(app, ["--version"]).stdout.strip()
    assert {_told(boot), station["firmware"], row["value"], painted, line} == {VERSION}
    assert any(f"Laadpaal {VERSION} starts" in line for line in logged(config))


def test_s1_the_changelog_has_an_entry_for_it() -> None:
    """It is the newest one."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert re.findall(r"^## \[(.+)\]", text, flags=re.MULTILINE)[0] == VERSION
