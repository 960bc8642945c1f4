"""A stage for each layout, in a loop that skips the waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import pytest

from tests.conformance.stage import Stage, staged
from tests.support.file_server import FileServer, file_server
from tests.support.jumping import SocketLoop


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Let every case run in a loop whose clock jumps."""
    return {"jumping": SocketLoop}


@pytest.fixture
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """Have two sockets with a lock."""
    async with staged(tmp_path, monkeypatch) as stage:
        yield stage


@pytest.fixture
async def cable_stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """Have a fixed cable at connector 1, and a socket at connector 2."""
    async with staged(tmp_path, monkeypatch, fixed=(1,)) as stage:
        yield stage


@pytest.fixture
async def files() -> AsyncIterator[FileServer]:
    """Have a server for files."""
    async with file_server() as server:
        yield server
