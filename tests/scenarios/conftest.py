"""The loop of the stories that are told over real websockets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from tests.support.jumping import SocketLoop


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Let every story run in a loop whose clock jumps."""
    return {"jumping": SocketLoop}
