"""The manners of a web server, the same for all routes of both APIs and the page (S31)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from laadpaal.local_api.doors import LARGEST_BODY
from laadpaal.local_api.problems import Problem, shape_at, shaped

LONGEST_URL = 4096
"""Bytes of path and query; the longest that we know of lists 100 properties."""
LONGEST_HEADERS = 8192
"""Bytes of all together."""
DRAIN_S = 1.0
"""How long we wait for the rest of a small body that nobody reads."""
ALWAYS: Mapping[str, str] = MappingProxyType(
    {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": (
            "default-src 'self'; img-src 'self' data: blob:; object-src 'none';"
            " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        ),
        # With none at all a browser would not say either where a form comes from.
        "Referrer-Policy": "same-origin",
    }
)
"""Headers of every response that does not say otherwise."""


def early(path: str, status: HTTPStatus, detail: str) -> Response:
    """Return the response of an error that was found before there was any request."""
    response = shape_at(path)(Problem(status, detail), {"Connection": "close"})
    _polite(response.headers)
    return response


class Manners:
    """Answers HEAD and OPTIONS, adds what every response has, and closes what was cut short."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        body = _Body(scope, receive)
        method = scope["method"]
        replying = _Reply(method, body, send)
        problem = _problem(scope)
        app = shaped(scope, problem) if problem else self._app
        asked = {**scope, "method": "GET"} if method == "HEAD" else scope
        await app(asked, body.receive, replying.send)


def _problem(scope: Scope) -> Problem | None:
    """Return what is wrong before anybody looks at what is asked."""
    peer = scope.get("state", {}).get("peer")
    if peer and peer.crowded:
        return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "too many connections at once")
    if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > LONGEST_URL:
        return Problem(HTTPStatus.REQUEST_URI_TOO_LONG, f"a URL has at most {LONGEST_URL} bytes")
    if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEADERS:
        return Problem(
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            f"the headers have at most {LONGEST_HEADERS} bytes",
        )
    return None


class _Body:
    """A request's body, and whether there is more of it to come."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        headers = Headers(scope=scope)
        announced = headers.get("content-length", "0")
        self.open = announced != "0" or "transfer-encoding" in headers
        """Whether the client has yet to send some of it."""
        self._asks_first = "expect" in headers
        self._small = announced.isdecimal() and int(announced[:20]) <= LARGEST_BODY
        self._receive = receive

    async def receive(self) -> Message:
        """Return the next piece."""
        self._asks_first = False  # it has been told to go on
        message = await self._receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            self.open = False
        return message

    async def drain(self) -> None:
        """Take what is left of a small body, so that the next request can follow it."""
        if not self.open or self._asks_first or not self._small:
            return
        try:
            async with asyncio.timeout(DRAIN_S):
                while self.open:
                    await self.receive()
        except TimeoutError:
            return


class _Reply:
    """A response on its way out."""

    def __init__(self, method: str, body: _Body, send: Send) -> None:
        self._method, self._body, self._send = method, body, send
        self._bare = method == "HEAD"
        """Whether it has no body."""
        self._over = False

    async def send(self, message: Message) -> None:
        """Send one message of it."""
        if self._over:
            return
        if message["type"] == "http.response.start":
            await self._send(await self._begun(message))
        elif not self._bare:
            await self._send(message)
        if self._bare:
            self._over = True
            await self._send({"type": "http.response.body", "body": b""})

    async def _begun(self, message: Message) -> Message:
        headers = MutableHeaders(raw=list(message["headers"]))
        _polite(headers)
        await self._body.drain()
        if self._body.open:
            headers["Connection"] = "close"
        if self._tells_methods(message):
            self._bare = True
            message = {**message, "status": HTTPStatus.NO_CONTENT}
            del headers["content-length"], headers["content-type"]
        return {**message, "headers": headers.raw}

    def _tells_methods(self, message: Message) -> bool:
        """Whether it is the answer to OPTIONS: the refusal of a method names those there are."""
        return self._method == "OPTIONS" and message["status"] == HTTPStatus.METHOD_NOT_ALLOWED


def _polite(headers: MutableHeaders) -> None:
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)
