"""A tool that others wrote reads what the control API says of itself, and tries all of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.support.process import station_process

PROGRAM = Path(__file__).parents[2] / ".venv-counterparts/bin/st"
PATIENCE_S = 600.0
NOBODY = "ws://127.0.0.1:9/ocpp"
"""A CSMS that is not there."""
ENDLESS = "/v1/events"
"""Its answer has no end, and the tool waits for one."""
HARSH = "positive_data_acceptance"
"""A station refuses much that is well formed, such as stopping what does not run."""
REFUSALS = "[400, 401, 403, 404, 405, 409, 413, 414, 415, 422, 431]"
"""How broken requests are refused; by itself the tool knows of no length of a URL."""
SETTINGS = f"[checks.negative_data_rejection]\nexpected-statuses = {REFUSALS}\n"

pytestmark = pytest.mark.skipif(
    not PROGRAM.exists(), reason="the counterparts are not installed; see scripts/counterparts"
)


async def test_the_control_api_is_as_it_says(tmp_path: Path) -> None:
    """No error of the server, and no answer but those that its document describes."""
    async with station_process(tmp_path, NOBODY, "1.6") as station:
        code, said = await _tried(station.url, tmp_path)

    assert code == 0, said


async def _tried(url: str, folder: Path) -> tuple[int, str]:
    (folder / "schemathesis.toml").write_text(SETTINGS)
    process = await asyncio.create_subprocess_exec(
        *(str(PROGRAM), "run", f"{url}/v1/openapi.json", "--seed", "1", "--no-color"),
        *("--phases", "examples,coverage,fuzzing", "--max-examples", "20"),
        *("--exclude-path", ENDLESS, "--exclude-checks", HARSH, "--warnings", "off"),
        *("--request-timeout", "60"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=folder,
    )
    try:
        async with asyncio.timeout(PATIENCE_S):
            said, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0, said.decode()
