"""The server on a real socket of the loopback: serves, streams, and ends when it is told to."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Collection

import httpx
import pytest
from fastapi import FastAPI

from laadpaal.local_api.app import make_app
from laadpaal.local_api.doors import KnownHosts
from laadpaal.local_api.events import Aside, EventStream
from laadpaal.local_api.server import _guarded, serve
from laadpaal.station.notices import CacheCleared, SettingChanged
from tests.local_api.conftest import NotedBench, TinyDesk

GENEROUS_S = 20


def caller(port: int, host: str = "127.0.0.1") -> httpx.AsyncClient:
    """Return a client of the server on this port."""
    return httpx.AsyncClient(base_url=f"http://{host}:{port}", trust_env=False, timeout=GENEROUS_S)


async def frame(lines: AsyncIterator[str]) -> list[str]:
    """Return the lines of the next frame."""
    found: list[str] = []
    async for line in lines:
        if not line:
            break
        found.append(line)
    return found


async def test_requests_are_served(app: FastAPI) -> None:
    """On the port that the system chose, without a name or a date of the server."""
    async with serve(app, "127.0.0.1", 0) as port, caller(port) as api:
        health = await api.get("/v1/health")
        unknown = await api.put("/v1/properties/0000_0", json={"value": 1})

    assert health.json() == {"ok": True}
    assert not {"server", "date"} & set(health.headers)
    assert unknown.status_code == 404


async def test_events_are_streamed_until_the_end(app: FastAPI, events: EventStream) -> None:
    """A listener hears a notice at once, and the end of the server."""
    async with asyncio.timeout(GENEROUS_S), asyncio.TaskGroup() as group:
        heard = asyncio.Event()

        async def hear(port: int) -> list[list[str]]:
            async with caller(port) as api, api.stream("GET", "/v1/events") as response:
                lines = response.aiter_lines()
                frames = [await frame(lines)]
                events.tell(SettingChanged("2087_0", 0, "30"))
                frames.append(await frame(lines))
                heard.set()
                return [*frames, await frame(lines)]

        async with serve(app, "127.0.0.1", 0, [events.close]) as port:
            listener = group.create_task(hear(port))
            await heard.wait()

    assert listener.result() == [
        [": listening"],
        ["event: SettingChanged", 'data: {"id":"2087_0","evse":0,"text":"30"}'],
        [": closed, what follows is not told here"],
    ]
    assert events.listeners == 0


async def test_who_does_not_read_cannot_stop_the_end(desk: TinyDesk) -> None:
    """A listener that takes nothing more is cut off."""
    events = EventStream(buffer=10**6)
    async with asyncio.timeout(GENEROUS_S):
        async with serve(make_app(desk, events), "127.0.0.1", 0, [events.close]) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
            writer.write(b"GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            await reader.readuntil(b": listening")
            for _ in range(100):
                events.tell(SettingChanged("2087_0", 0, "x" * 200_000))
        writer.close()

    assert events.listeners == 0


async def test_a_request_that_hangs_is_cancelled(
    desk: TinyDesk, events: EventStream, bench: NotedBench
) -> None:
    """Nothing runs on when the server has ended."""
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    async def ask(port: int) -> None:
        async with caller(port) as api:
            with pytest.raises(httpx.TransportError):
                await api.post("/v1/bench/power-cut")

    app = make_app(desk, events, bench=bench, power_cut=hang)
    async with asyncio.timeout(GENEROUS_S), asyncio.TaskGroup() as group:
        async with serve(app, "127.0.0.1", 0) as port:
            group.create_task(ask(port))
            await begun.wait()
        assert cancelled.is_set()


async def test_an_open_connection_does_not_stop_the_end(app: FastAPI) -> None:
    """A client that keeps its connection for later loses it, and the port is free again."""
    async with asyncio.timeout(GENEROUS_S):
        async with serve(app, "127.0.0.1", 0) as port:
            api = caller(port)
            await api.get("/v1/health")
        async with serve(app, "127.0.0.1", port) as again:
            assert again == port
            assert (await api.get("/v1/health")).status_code == 200
        await api.aclose()


async def test_the_end_comes_with_an_error_too(app: FastAPI, events: EventStream) -> None:
    """What went wrong in the block goes on, and the streams are closed."""
    with pytest.raises(KeyError):
        async with serve(app, "127.0.0.1", 0, [events.close]) as port:
            raise KeyError(port)

    with pytest.raises(httpx.ConnectError):
        async with caller(port) as api:
            await api.get("/v1/health")
    events.tell(CacheCleared())
    assert [f async for f in events.listen()][-1].startswith(b": closed")


async def test_signals_are_left_alone(app: FastAPI) -> None:
    """They belong to whoever runs the process."""
    before = [signal.getsignal(which) for which in (signal.SIGINT, signal.SIGTERM)]
    async with serve(app, "127.0.0.1", 0):
        during = [signal.getsignal(which) for which in (signal.SIGINT, signal.SIGTERM)]

    assert during == before


async def test_a_port_that_is_taken_is_an_error(app: FastAPI) -> None:
    """Two servers do not share one."""
    async with serve(app, "127.0.0.1", 0) as port:
        with pytest.raises(OSError, match="in use"):
            async with serve(app, "127.0.0.1", port):
                raise AssertionError("served twice")


@pytest.mark.parametrize(
    ("host", "asked", "status"),
    [
        ("127.0.0.1", "localhost", 200),
        ("127.0.0.1", "example.org", 421),
        ("localhost", "127.0.0.1", 200),
        ("127.0.0.2", "127.0.0.2", 200),
        ("127.0.0.2", "127.0.0.3", 421),
    ],
)
async def test_the_loopback_knows_its_names(
    app: FastAPI, host: str, asked: str, status: int
) -> None:
    """Bound to the loopback, only its names are served, and the one it is bound to."""
    async with serve(app, host, 0) as port, caller(port, host) as api:
        response = await api.get("/v1/health", headers={"Host": f"{asked}:{port}"})

    assert response.status_code == status


@pytest.mark.parametrize(
    ("host", "guarded"),
    [("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False), ("station", False)],  # noqa: S104  nothing is bound
)
def test_only_the_loopback_is_guarded(app: FastAPI, host: str, *, guarded: bool) -> None:
    """Whoever serves a network has names that we do not know."""
    assert isinstance(_guarded(app, host), KnownHosts) is guarded


async def test_who_hangs_up_is_forgotten(
    app: FastAPI, events: EventStream, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A listener that has gone costs nothing more, long before the server ends."""
    gone, hear = asyncio.Event(), events.listen

    async def listen(asides: Collection[Aside]) -> AsyncIterator[bytes]:
        try:
            async for heard in hear(asides):
                yield heard
        finally:
            gone.set()

    monkeypatch.setattr(events, "listen", listen)
    async with asyncio.timeout(GENEROUS_S), serve(app, "127.0.0.1", 0) as port:
        async with caller(port) as api, api.stream("GET", "/v1/events") as response:
            assert await frame(response.aiter_lines()) == [": listening"]
            assert events.listeners == 1
        await gone.wait()
        assert events.listeners == 0
