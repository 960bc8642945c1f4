"""Where the clients that others wrote are installed, and how they are run from there."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CLIENTS = ROOT / ".venv-clients"
"""Made by scripts/clients from requirements/clients.txt."""
OLDER = CLIENTS / "older"
"""The same for those that need older libraries, from requirements/clients-older.txt."""
PATIENCE_S = 120.0


def needs(package: str, at: Path = CLIENTS) -> pytest.MarkDecorator:
    """Return the mark of tests that are skipped where a client is not installed."""
    there = list((at / "lib").glob(f"*/site-packages/{package}"))
    return pytest.mark.skipif(not there, reason=f"{package} is not installed; see scripts/clients")


def surroundings() -> dict[str, str]:
    """Return this process's environment, without what would have a client trust other roots.

    The library that some use takes such a file for a wish to verify, whatever the client says.
    """
    others = {"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTPS_PROXY", "https_proxy"}
    return {name: value for name, value in os.environ.items() if name not in others}


async def says(script: str, *given: str, at: Path = CLIENTS) -> dict[str, Any]:
    """Run a script that stands here in the clients' environment; return the JSON that it prints."""
    process = await asyncio.create_subprocess_exec(
        str(at / "bin/python"),
        str(Path(__file__).with_name(script)),
        *given,
        env=surroundings(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(PATIENCE_S):
        told, complaints = await process.communicate()
    assert process.returncode == 0, complaints.decode()
    said: dict[str, Any] = json.loads(told)
    return said
