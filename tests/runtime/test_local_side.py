"""The local side shows what only the whole station knows."""

from __future__ import annotations

from pathlib import Path

import httpx

from laadpaal.runtime.config import ApiTable, Config, CsmsTable
from tests.runtime.stage import staged
from tests.support.certificates import root


async def test_whom_the_station_trusts_is_shown(tmp_path: Path) -> None:
    """The root that the configuration names, with its names and how long it lives."""
    file = tmp_path / "root.pem"
    file.write_text((made := root("Root of the operator")).pem)
    csms = CsmsTable(url="wss://127.0.0.1:9/ocpp", ca_file=str(file))
    config = Config(folder=str(tmp_path / "data"), api=ApiTable(port=0), csms=csms)
    async with staged(config) as stage, httpx.AsyncClient() as browser:
        [seen] = (await browser.get(f"{stage.station.api}/v1/certificates")).json()

    assert seen["use"] == "CSMS root"
    assert seen["subject"] == seen["issuer"]
    assert "Root of the operator" in seen["subject"]
    assert seen["not_after"] == made.certificate.not_valid_after_utc.timestamp()
