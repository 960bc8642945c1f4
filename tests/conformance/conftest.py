"""What the cases of both versions share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping

import pytest

from tests.support.file_server import FileServer, file_server
from tests.support.jumping import SocketLoop


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Let every case run in a loop whose clock jumps."""
    return {"jumping": SocketLoop}


@pytest.fixture
async def files() -> AsyncIterator[FileServer]:
    """Have a server for files."""
    async with file_server() as server:
        yield server
