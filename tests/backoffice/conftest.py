"""A back office that listens, on a clock that only moves by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from laadpaal.backoffice.server import BackOffice
from tests.simulation.clock import HandClock


@pytest.fixture
def clock() -> HandClock:
    """Return a clock at 2023-11-15T12:00:00Z."""
    return HandClock()


@pytest.fixture
async def office(clock: HandClock) -> AsyncIterator[BackOffice]:
    """Return a back office with the usual policy."""
    async with BackOffice(clock) as office:
        yield office
