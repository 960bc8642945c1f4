"""What a connection puts up with: slow ones, silent ones, loud ones, and what is no HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from laadpaal.local_api import connections
from laadpaal.local_api.connections import IDLE_S, LINGER_S, REQUEST_S, SILENCE_S, Peer
from laadpaal.local_api.doors import BODY_S, LARGEST_BODY, SmallBodies
from laadpaal.local_api.server import Serving, serving
from tests.support.jumping import jump_on_lines

HOST = "127.0.0.1"
HEAD = b"POST /v1/x HTTP/1.1\r\nHost: localhost\r\n"


class Echo:
    """Answers with the body it is sent, and remembers who asked."""

    def __init__(self) -> None:
        self.peers: list[Peer] = []
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        peer = request.state.peer
        if peer not in self.peers:
            self.peers.append(peer)
        self.bodies.append(await request.body())
        await Response(self.bodies[-1], media_type="text/plain")(scope, receive, send)


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def met(app: ASGIApp) -> AsyncIterator[tuple[Serving, Line]]:
    """Yield a server and a connection to it."""
    async with serving(app, HOST, 0) as server:
        reader, writer = await asyncio.open_connection(HOST, server.port, limit=2**20)
        try:
            yield server, (reader, writer)
        finally:
            writer.close()


def played(app: Callable[[], ASGIApp], story: Callable[[ASGIApp, Line], Awaitable[None]]) -> None:
    """Play a story between a client and the server, in which nobody waits."""

    async def whole() -> None:
        it = app()
        async with met(it) as (_, line):
            await story(it, line)

    jump_on_lines(whole())


def now() -> float:
    """Return the seconds of the loop."""
    return asyncio.get_running_loop().time()


def test_who_says_nothing_is_hung_up_on() -> None:
    """A place that is taken and not used is free again after a while."""

    async def story(_app: ASGIApp, line: Line) -> None:
        began = now()
        assert await line[0].read() == b""
        assert now() - began == pytest.approx(REQUEST_S, abs=0.5)

    played(Echo, story)


def test_a_head_in_drops_is_told_that_it_takes_too_long() -> None:
    """However steadily they come: the clock does not begin anew with each."""

    async def story(_app: ASGIApp, line: Line) -> None:
        began = now()
        for drop in (b"P", b"O", b"S", b"T", b" "):
            line[1].write(drop)
            await asyncio.sleep(3)
            if now() - began > REQUEST_S:
                break
        told = await line[0].read()
        assert told.startswith(b"HTTP/1.1 408 ")
        assert now() - began < 2 * REQUEST_S

    played(Echo, story)


def test_a_body_that_stops_is_given_up() -> None:
    """What was announced must go on coming."""

    async def story(_app: ASGIApp, line: Line) -> None:
        line[1].write(HEAD + b"Content-Length: 10\r\n\r\n12345")
        began = now()
        assert await line[0].read() == b""
        assert now() - began == pytest.approx(SILENCE_S, abs=0.5)

    played(Echo, story)


def test_a_body_in_drops_is_told_that_it_takes_too_long() -> None:
    """A small body has its time as a whole."""

    async def story(_app: ASGIApp, line: Line) -> None:
        line[1].write(HEAD + b"Content-Length: 1000\r\n\r\n")
        began = now()
        while now() - began < BODY_S + 20:
            line[1].write(b"x")
            await asyncio.sleep(10)
        told = await line[0].read()
        assert told.startswith(b"HTTP/1.1 408 ")
        assert b"connection: close" in told

    played(lambda: SmallBodies(_told(Echo())), story)


def _told(app: ASGIApp) -> ASGIApp:
    """Answer an error with its status, as a framework does."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except HTTPException as wrong:
            await Response(status_code=wrong.status_code)(scope, receive, send)

    return answering


def test_a_connection_is_kept_for_the_next_request() -> None:
    """As long as a session lasts without any, and for as many requests as there are."""

    async def story(app: ASGIApp, line: Line) -> None:
        assert isinstance(app, Echo)
        for body in (b"111", b"222"):
            line[1].write(HEAD + b"Content-Length: 3\r\n\r\n" + body)
            await line[0].readuntil(body)
            await asyncio.sleep(IDLE_S - 1)
        assert not app.peers[0].gone.is_set()
        began = now()
        assert await line[0].read() == b""
        assert now() - began == pytest.approx(1, abs=0.5)
        assert len(app.peers) == 1
        await app.peers[0].gone.wait()

    played(Echo, story)


def test_who_does_not_read_is_cut_off() -> None:
    """A response that nobody takes does not stay in memory."""
    ended = asyncio.Event()

    async def endless(scope: Scope, receive: Receive, send: Send) -> None:
        async def drops() -> AsyncIterator[bytes]:
            try:
                while True:
                    yield b"x" * 65_536
                    await asyncio.sleep(0)
            finally:
                ended.set()

        await StreamingResponse(drops())(scope, receive, send)

    async def story(_app: ASGIApp, line: Line) -> None:
        line[1].transport.pause_reading()  # type: ignore[attr-defined]  # it is one that reads
        line[1].write(b"GET /v1/x HTTP/1.1\r\nHost: localhost\r\n\r\n")
        began = now()
        await ended.wait()
        assert now() - began == pytest.approx(SILENCE_S, abs=1)

    played(lambda: endless, story)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /v1/x HTTP/x.y\r\n\r\n", 400),
        (b"GET /v1/x HTTP/1.1\r\n\r\n", 400),
        (b"GET /v1/x y HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /v1/x HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n", 400),
        (b"POST /v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST /v1/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET /v1/x HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 99_999, 431),
        (b"GET /v1/" + b"x" * 99_999, 414),
        (b"GET /api/" + b"x" * 99_999, 414),
    ],
)
def test_what_is_no_request_is_told_so(said: bytes, status: int) -> None:
    """In the shape of every error, and then the connection is closed."""

    async def story(_app: ASGIApp, line: Line) -> None:
        line[1].write(said)
        told = await line[0].read()
        head, _, body = told.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 %d " % status)
        assert b"connection: close" in head.lower()
        shape = b'{"code":' if said.startswith(b"GET /api") else b'{"type":'
        assert body.startswith(shape)

    played(Echo, story)


def test_bad_chunks_are_told() -> None:
    """And whoever waited for the body learns that there will be none."""

    async def story(app: ASGIApp, line: Line) -> None:
        assert isinstance(app, Echo)
        line[1].write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n")
        told = await line[0].read()
        assert told.startswith(b"HTTP/1.1 400 ")
        assert app.bodies == []

    played(Echo, story)


def test_old_http_is_served() -> None:
    """A client of HTTP/1.0 names no host, and is hung up on when it has its answer."""

    async def story(_app: ASGIApp, line: Line) -> None:
        line[1].write(b"POST /v1/x HTTP/1.0\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")
        told = await line[0].read()
        assert told.startswith(b"HTTP/1.1 200 OK")
        assert told.endswith(b"abc")

    played(Echo, story)


async def deaf(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer without hearing what the client has to say."""
    await Response("no", 413, media_type="text/plain")(scope, receive, send)


def test_a_small_body_that_nobody_reads_does_no_harm() -> None:
    """The next request follows it on the same connection."""

    async def story(_app: ASGIApp, line: Line) -> None:
        for _ in range(2):
            line[1].write(HEAD + b"Content-Length: 3\r\n\r\nabc")
            head = await line[0].readuntil(b"\r\n\r\n")
            assert b"connection: close" not in head
            assert await line[0].readexactly(2) == b"no"

    played(lambda: deaf, story)


@pytest.mark.parametrize("more", [b"", b"Expect: 100-continue\r\n"])
def test_a_large_body_that_nobody_reads_ends_the_connection(more: bytes) -> None:
    """The client reads why, though it is still sending, and is not asked to go on."""

    async def story(_app: ASGIApp, line: Line) -> None:
        line[1].write(HEAD + more + b"Content-Length: 9000000\r\n\r\n")
        head = await line[0].readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 413 ")
        assert b"connection: close" in head
        for _ in range(50):
            line[1].write(b"x" * 65_536)
            await line[1].drain()
        assert await line[0].readexactly(2) == b"no"
        began = now()
        assert await line[0].read() == b""
        assert now() - began <= LINGER_S

    played(lambda: deaf, story)


def test_a_small_body_that_does_not_come_ends_the_connection() -> None:
    """The answer does not wait long for it."""

    async def story(_app: ASGIApp, line: Line) -> None:
        line[1].write(HEAD + b"Content-Length: %d\r\n\r\n" % LARGEST_BODY)
        began = now()
        head = await line[0].readuntil(b"\r\n\r\n")
        assert b"connection: close" in head
        assert now() - began <= 1.5

    played(lambda: deaf, story)


async def silence(reader: asyncio.StreamReader) -> bool:
    """Tell whether a connection ends without a word."""
    try:
        return await reader.read() == b""
    except ConnectionError:
        return True


def test_too_many_connections_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those above are told to come again, and those far above are not even told."""
    monkeypatch.setattr(connections, "MOST", 2)
    monkeypatch.setattr(connections, "MOST_REFUSED", 3)
    asked = b"GET /v1/x HTTP/1.1\r\nHost: localhost\r\n\r\n"

    async def story() -> None:
        async with met(Echo()) as (server, first):
            others = [await asyncio.open_connection(HOST, server.port) for _ in range(3)]
            lines = [first, *others]
            for _, writer in lines:
                writer.write(asked)
            heads = [await reader.read(12) for reader, _ in lines[:3]]
            assert heads == [b"HTTP/1.1 200", b"HTTP/1.1 200", b"HTTP/1.1 503"]
            assert await silence(lines[3][0])
            for _, writer in others:
                writer.close()

    jump_on_lines(story())


def test_requests_that_come_together_are_answered_in_turn() -> None:
    """A client that does not wait for the first answer gets both."""

    async def story(_app: ASGIApp, line: Line) -> None:
        line[1].write(
            HEAD + b"Content-Length: 3\r\n\r\n111" + HEAD + b"Content-Length: 3\r\n\r\n222"
        )
        assert await line[0].readuntil(b"111")
        assert await line[0].readuntil(b"222")

    played(Echo, story)


def test_a_server_drops_its_connections() -> None:
    """Without leaving: who comes again is served."""

    async def story() -> None:
        async with met(Echo()) as (server, (reader, writer)):
            writer.write(HEAD + b"Content-Length: 3\r\n\r\n111")
            await reader.readuntil(b"111")
            server.drop()
            assert await reader.read() == b""
            again, asking = await asyncio.open_connection(HOST, server.port)
            asking.write(HEAD + b"Content-Length: 3\r\n\r\n222")
            assert await again.readuntil(b"222")
            asking.close()

    jump_on_lines(story())
