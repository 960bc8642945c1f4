"""What stands before every route: who may knock, and how much may be brought in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from laadpaal.local_api.problems import Problem, shaped

LARGEST_BODY = 64 * 1024
"""Bytes of a request's body."""
BODY_S = 30.0
"""How long they may take to come."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""How a program on this machine calls this machine."""

_AUTHORITY = re.compile(r"(\[[0-9a-f:.]*\]|[^\[\]:/@]*)(?::[0-9]*)?")
_TOO_LARGE = f"the body has more than {LARGEST_BODY} bytes"


class SmallBodies:
    """Refuses larger bodies (413), whether their length is told before or not.

    Args:
        spared: Paths of those who count for themselves.
    """

    def __init__(
        self, app: ASGIApp, largest: int = LARGEST_BODY, spared: Collection[str] = ()
    ) -> None:
        self._app = app
        self._largest = largest
        self._spared = spared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in as long as it is small enough."""
        if scope.get("path") in self._spared:
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "0") if scope["type"] == "http" else ""
        if length.isdecimal() and int(length[:20]) > self._largest:
            problem = Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE)
            await shaped(scope, problem)(scope, receive, send)
            return
        await self._app(scope, self._counted(receive), send)

    def _counted(self, receive: Receive) -> Receive:
        size, more = 0, True
        until = asyncio.get_running_loop().time() + BODY_S

        async def counting() -> Message:
            nonlocal size, more
            # What comes after the body is that the client has gone, and that may take long.
            message = await (_until(until, receive) if more else receive())
            more = message.get("more_body", False)
            size += len(message.get("body", b""))
            if size > self._largest:
                # The framework takes any other error here for a body that is no JSON.
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE)
            return message

        return counting


async def _until(at: float, receive: Receive) -> Message:
    try:
        async with asyncio.timeout_at(at):
            return await receive()
    except TimeoutError as late:
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, "the body takes too long") from late


class Fork:
    """Leads to the compatible API whoever asks for it, and to the control API everybody else."""

    def __init__(self, control: ASGIApp, compatible: ASGIApp) -> None:
        self._control, self._compatible = control, compatible

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lead a request on."""
        compatible = scope["type"] == "http" and scope["path"].startswith("/api")
        await (self._compatible if compatible else self._control)(scope, receive, send)


class Turnstile:
    """Lets one request in with each turn of the loop, whatever the crowd before it.

    What a handler does without waiting holds up everything else, the station too; this way it is
    never more than one handler's work.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._one = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in when it is its turn."""
        async with self._one:
            await asyncio.sleep(0)
        await self._app(scope, receive, send)


class KnownHosts:
    """Serves only who calls us by one of our names, on any port.

    A page of the web can let a browser ask us under a name of its own (421), or under ours
    but then the browser says where the page is from (403).

    Args:
        names: As they stand in a URL, in lower case; IPv6 addresses in brackets.
    """

    def __init__(self, app: ASGIApp, names: Collection[str] = LOOPBACK) -> None:
        self._app = app
        self._names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in when it names us."""
        problem = self._problem(Headers(scope=scope)) if scope["type"] == "http" else None
        if problem:
            await shaped(scope, problem)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _problem(self, headers: Headers) -> Problem | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or _name(hosts[0]) not in self._names:
            return Problem(HTTPStatus.MISDIRECTED_REQUEST, "this station has another name")
        pages = headers.getlist("origin")
        if any(_name(page.partition("://")[2]) not in self._names for page in pages):
            return Problem(HTTPStatus.FORBIDDEN, "pages of other places may not ask this station")
        return None


def _name(authority: str) -> str:
    match = _AUTHORITY.fullmatch(authority.lower())
    return match[1] if match else ""
