"""`laadpaal run` as a process of its own, driven through its control API."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

PATIENCE_S = 60.0
LOOK_S = 0.05
"""Pause between two looks; nothing depends on it but how soon a change is seen."""


class StationProcess:
    """A station that runs; `kill` is a power cut that nobody saw coming."""

    def __init__(self, process: asyncio.subprocess.Process, api: httpx.AsyncClient) -> None:
        self._process = process
        self._api = api

    @property
    def url(self) -> str:
        """Where its control API is, without a slash at the end."""
        return str(self._api.base_url).rstrip("/")

    async def kill(self) -> None:
        """End it with SIGKILL."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def end(self) -> int:
        """Ask it to end, and return its exit code."""
        self._process.terminate()
        async with asyncio.timeout(PATIENCE_S):
            return await self._process.wait()

    async def look(self) -> Any:
        """Return the snapshot of `GET /v1/station`."""
        answer = await self._api.get("/v1/station")
        return answer.raise_for_status().json()

    async def post(self, path: str, **body: Any) -> Any:
        """Post to the control API; an error raises."""
        answer = await self._api.post(path, json=body or None)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def until(self, seen: Callable[[Any], bool]) -> Any:
        """Return the first snapshot that satisfies `seen`."""
        async with asyncio.timeout(PATIENCE_S):
            while not seen(snapshot := await self.look()):  # noqa: ASYNC110  another process has no Event
                await asyncio.sleep(LOOK_S)
        return snapshot


@asynccontextmanager
async def station_process(
    folder: Path, csms_url: str, ocpp: str, *, speed: float = 20.0
) -> AsyncIterator[StationProcess]:
    """Run a two-socket station with its data in `folder`."""
    config = folder / "station.toml"
    config.write_text(
        f'speed = {speed}\nfolder = "{folder / "data"}"\n'
        f'[csms]\nurl = "{csms_url}"\nocpp = "{ocpp}"\nidentity = "LP1"\n[api]\nport = 0\n'
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "laadpaal", "run", "--config", str(config)),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        url = await _api_url(process)
        async with httpx.AsyncClient(base_url=url, timeout=PATIENCE_S) as api:
            yield StationProcess(process, api)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _api_url(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_S):
        async for line in process.stdout:
            name, _, url = line.decode().partition("  ")
            if name == "control API":
                return url.strip().removesuffix("/v1/station")
    raise AssertionError(f"laadpaal run ended with {await process.wait()}")
