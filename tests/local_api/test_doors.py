"""Only who calls us by our name is served."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import Message, Receive, Scope, Send

from laadpaal.local_api.doors import KnownHosts, Turnstile


@pytest.fixture
async def guarded(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of the API behind the door."""
    transport = httpx.ASGITransport(KnownHosts(app))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as connected:
        yield connected


@pytest.mark.parametrize(
    "host",
    ["localhost", "LocalHost:8080", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8080"],
)
async def test_our_names_are_served(guarded: httpx.AsyncClient, host: str) -> None:
    """With any port, in any case."""
    response = await guarded.get("/v1/health", headers={"Host": host})

    assert response.status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "example.org",
        "localhost.example.org",
        "example.org:80",
        "127.0.0.1.example.org",
        "127.0.0.2",
        "localhost:80:80",
        "localhost:x",
        "user@localhost",
        "[::1",
        "::1",
        "[::2]",
        "[::1].example.org",
    ],
)
async def test_other_names_are_not(guarded: httpx.AsyncClient, host: str) -> None:
    """A name that a stranger has led to this machine is not ours (421)."""
    response = await guarded.get("/v1/health", headers={"Host": host})

    assert response.status_code == 421
    assert response.json()["title"] == "Misdirected Request"
    assert response.headers["content-type"] == "application/problem+json"


async def test_two_names_are_none(guarded: httpx.AsyncClient) -> None:
    """Who says two things is not served, and neither is who says nothing."""
    two = guarded.build_request("GET", "/v1/health")
    two.headers = httpx.Headers([("Host", "localhost"), ("Host", "example.org")])
    none = guarded.build_request("GET", "/v1/health")
    none.headers = httpx.Headers([])

    assert (await guarded.send(two)).status_code == 421
    assert (await guarded.send(none)).status_code == 421


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost:3000", 409),
        ("http://127.0.0.1", 409),
        ("https://[::1]:8443", 409),
        ("http://example.org", 403),
        ("null", 403),
        ("", 403),
        ("http://localhost.example.org", 403),
    ],
)
async def test_pages_of_others_may_not_ask(
    guarded: httpx.AsyncClient, origin: str, status: int
) -> None:
    """A browser tells where the page is from; the station would only have refused ours (409)."""
    response = await guarded.post("/v1/evses/1/stop", headers={"Origin": origin})

    assert response.status_code == status


async def test_a_crowd_comes_in_one_by_one() -> None:
    """Between two requests that came at once, whoever else has work in the loop has a turn."""
    seen: list[str] = []

    async def busy(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["path"])

    async def other(done: asyncio.Event) -> None:
        while not done.is_set():
            seen.append("other")
            await asyncio.sleep(0)

    door, done = Turnstile(busy), asyncio.Event()
    alongside = asyncio.create_task(other(done))
    async with asyncio.TaskGroup() as crowd:
        for number in range(5):
            crowd.create_task(door({"type": "http", "path": str(number)}, _nothing, _nobody))
    done.set()
    await alongside

    came = [at for at, who in enumerate(seen) if who != "other"]
    assert [seen[at] for at in came] == ["0", "1", "2", "3", "4"]
    assert all(after - before > 1 for before, after in pairwise(came))


async def _nothing() -> Message:
    raise AssertionError("nothing is read")


async def _nobody(_message: Message) -> None:
    raise AssertionError("nothing is sent")
