"""Every response has the manners of a good server, whatever is asked (S31)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from laadpaal.local_api.connections import Peer
from laadpaal.local_api.manners import ALWAYS, LONGEST_HEADERS, LONGEST_URL, Manners


@pytest.fixture
async def polite(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of the control API behind its manners."""
    transport = httpx.ASGITransport(Manners(app))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


@pytest.mark.parametrize("path", ["/v1/health", "/v1/nothing", "/api/nothing"])
async def test_every_response_protects_the_page(polite: httpx.AsyncClient, path: str) -> None:
    """No guessing of types, no frames, no scripts of others, nothing kept, no address told."""
    response = await polite.get(path)

    assert {name: response.headers[name] for name in ALWAYS} == ALWAYS


async def test_head_is_get_without_a_body(polite: httpx.AsyncClient) -> None:
    """With the length that the body would have."""
    head, get = await polite.head("/v1/health"), await polite.get("/v1/health")

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers == get.headers
    assert (await polite.head("/v1/nothing")).status_code == 404


async def test_the_head_of_a_stream_ends(polite: httpx.AsyncClient) -> None:
    """Whoever wants to know whether there are events does not wait for one."""
    response = await polite.head("/v1/events")

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize(
    ("path", "status", "allow"),
    [
        ("/v1/station", 204, "GET, HEAD, OPTIONS"),
        ("/v1/session", 204, "GET, POST, DELETE, HEAD, OPTIONS"),
        ("/v1/evses/1/start", 204, "POST, OPTIONS"),
        ("/v1/nothing", 404, None),
    ],
)
async def test_options_tells_the_methods(
    polite: httpx.AsyncClient, path: str, status: int, allow: str | None
) -> None:
    """Of a path that there is."""
    response = await polite.options(path)

    assert (response.status_code, response.headers.get("allow")) == (status, allow)
    assert bool(response.content) is (status == 404)


@pytest.mark.parametrize(
    ("path", "shape"),
    [("/v1/", {"type", "title", "status", "detail"}), ("/api/", {"code", "message", "detail"})],
)
async def test_long_urls_are_refused(polite: httpx.AsyncClient, path: str, shape: set[str]) -> None:
    """With path and query together; in the shape of whom was asked."""
    longest = path + "x" * (LONGEST_URL - len(path) - 2)

    assert (await polite.get(f"{longest}?yy")).status_code == 404
    response = await polite.get(f"{longest}?yyy")
    assert response.status_code == 414
    assert set(response.json()) == shape


async def test_many_headers_are_refused(polite: httpx.AsyncClient) -> None:
    """Whatever they say."""
    response = await polite.get("/v1/health", headers={"X-Long": "x" * LONGEST_HEADERS})

    assert response.status_code == 431
    assert response.headers["content-type"] == "application/problem+json"


async def test_one_too_many_is_told_to_come_again(app: FastAPI) -> None:
    """A connection that came when there were too many is answered, and closed by the client."""
    polite = Manners(app)
    told: list[dict[str, object]] = []

    async def send(message: object) -> None:
        assert isinstance(message, dict)
        told.append(message)

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/api/info",
        "raw_path": b"/api/info",
        "query_string": b"",
        "headers": [],
        "state": {"peer": Peer(crowded=True)},
    }
    await polite(scope, receive, send)

    assert told[0]["status"] == 503
    assert dict(told[0]["headers"])[b"retry-after"] == b"5"  # type: ignore[call-overload]  # it is a list of pairs
