"""`/v1/bench/speed`: how quickly time passes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from tests.local_api.conftest import NotedPace, TinyDesk, client

PATH = "/v1/bench/speed"
REAL = "not simulated, and so in real seconds: display"


@pytest.fixture
def pace() -> NotedPace:
    """Return the pace of a station that is in no hurry."""
    return NotedPace()


@pytest.fixture
async def asked(
    desk: TinyDesk, events: EventStream, pace: NotedPace
) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of a station whose time may pass quickly."""
    async with client(make_app(desk, events, pace=pace)) as connected:
        yield connected


async def test_time_passes_as_quickly_as_is_wished(
    asked: httpx.AsyncClient, pace: NotedPace
) -> None:
    """The answer says how quickly, and so does whoever asks later."""
    changed = await asked.put(PATH, json={"speed": 60})

    assert (changed.status_code, pace.speed) == (200, 60.0)
    assert changed.json() == (await asked.get(PATH)).json() == {"speed": 60.0, "fixed": ""}


@pytest.mark.parametrize("speed", [0, -1, 0.001, 100_001, "60", None, True])
async def test_what_is_no_pace_is_refused(
    asked: httpx.AsyncClient, pace: NotedPace, speed: object
) -> None:
    """With the place where it stands, and time goes on as it did."""
    refused = await asked.put(PATH, json={"speed": speed})

    assert (refused.status_code, pace.speed) == (422, 1.0)
    assert "speed" in refused.json()["detail"]


async def test_real_hardware_keeps_real_seconds(asked: httpx.AsyncClient, pace: NotedPace) -> None:
    """The refusal says what is real."""
    pace.fixed = REAL
    refused = await asked.put(PATH, json={"speed": 60})

    assert (refused.status_code, refused.json()["detail"]) == (409, REAL)
    assert (await asked.get(PATH)).json() == {"speed": 1.0, "fixed": REAL}


async def test_a_station_without_a_pace_has_no_such_route(api: httpx.AsyncClient) -> None:
    """As with all that a station does not have."""
    assert (await api.get(PATH)).status_code == 404
