"""`/v1/security-events`, and how the station shows its security."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.properties import comms
from laadpaal.station.events import CredentialsHeld
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.security import SecurityKind
from tests.local_api.conftest import TinyDesk, client

EVENTS = [
    SecurityEvent(SecurityKind.STARTED, 10.0, "The reason is PowerUp."),
    SecurityEvent(SecurityKind.INVALID_MESSAGES, 20.0),
]


@pytest.fixture
async def guarded(desk: TinyDesk, events: EventStream) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of a station with a security log."""

    def log(oldest: float | None, newest: float | None) -> tuple[SecurityEvent, ...]:
        since, until = oldest or 0.0, 99.0 if newest is None else newest
        return tuple(event for event in EVENTS if since <= event.at <= until)

    async with client(make_app(desk, events, security_log=log)) as connected:
        yield connected


@pytest.mark.parametrize(
    ("query", "told"), [("", [10.0, 20.0]), ("?since=15", [20.0]), ("?until=15", [10.0])]
)
async def test_the_log_is_told(guarded: httpx.AsyncClient, query: str, told: list[float]) -> None:
    """All of it, or a span of time."""
    seen = (await guarded.get(f"/v1/security-events{query}")).json()

    assert [event["at"] for event in seen] == told


async def test_an_event_is_told_whole(guarded: httpx.AsyncClient) -> None:
    """With its kind as OCPP spells it, and what there is to know."""
    seen = (await guarded.get("/v1/security-events")).json()

    assert seen[0] == {"kind": "StartupOfTheDevice", "at": 10.0, "info": "The reason is PowerUp."}


async def test_a_span_must_be_numbers(guarded: httpx.AsyncClient) -> None:
    """Anything else is a mistake of who asks."""
    assert (await guarded.get("/v1/security-events?since=noon")).status_code == 422


async def test_without_a_log_there_is_no_route(api: httpx.AsyncClient) -> None:
    """A station that keeps none has nothing to tell."""
    assert (await api.get("/v1/security-events")).status_code == 404


async def test_the_station_shows_its_security(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """The profile, whether it has yet to prove itself, and how many roots there are."""
    desk.world.put(comms.SECURITY_PROFILE, to=2)
    desk.world.tell(CredentialsHeld(1, roots=4))

    seen = (await api.get("/v1/station")).json()

    assert seen["security"] == {"profile": 2, "on_trial": False, "roots": 4}
