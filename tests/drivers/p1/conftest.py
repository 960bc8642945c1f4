"""The loop of this driver: it speaks over real lines, and nobody waits for time to pass."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from tests.support.jumping import SocketLoop


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Let every test run in a loop whose clock jumps."""
    return {"jumping": SocketLoop}
