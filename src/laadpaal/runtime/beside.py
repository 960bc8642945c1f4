"""Work that goes on beside a block, and no longer than it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Have it done while the block runs, and give it up at the end; what it raises ends the block.

    Raises:
        ExceptionGroup: Of what `work` has raised.
    """
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(work)
        try:
            yield
        finally:
            task.cancel()
