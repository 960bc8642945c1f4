"""Stands before the control API where it is open to a network: nobody passes without a login."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from laadpaal.local_api.problems import Problem, shaped
from laadpaal.local_api.visitors import COOKIE, Logins, Visitor
from laadpaal.ports.accounts import User

GUARDED = re.compile(r"/(v1|metrics)(/.*)?")
"""What is behind the gate; everything else is the page's own files."""
OPEN = frozenset({"/v1/health", "/v1/session", "/v1/password"})
"""What can be reached before a login; it looks for itself who asks."""
READING = frozenset({"GET", "HEAD", "OPTIONS"})
CHARGING = re.compile(r"/v1/evses/\d+/(start|stop)")
"""What somebody who charges may do besides reading."""
PRIVATE = re.compile(r"/v1/(accounts|lockouts|certificate)(/.*)?")
"""What is none of their business."""
_COOKIE = re.compile(rf"(?:^|;)\s*{COOKIE}=([^;\s]*)")


class Gate:
    """Tells everything behind it who the visitor is, and lets nobody pass whom it does not know.

    Args:
        now: Seconds that only grow.
    """

    def __init__(self, app: ASGIApp, logins: Logins, now: Callable[[], float]) -> None:
        self._app, self._logins, self._now = app, logins, now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass when its visitor may ask that."""
        if scope["type"] != "http":
            return
        visitor = self._logins.find(cookies(Headers(scope=scope)), self._now())
        problem = foreign(HTTPConnection(scope)) or _problem(visitor, scope)
        if problem:
            await shaped(scope, problem)(scope, receive, send)
            return
        scope.setdefault("state", {})["visitor"] = visitor
        await self._app(scope, receive, send)


def cookies(headers: Headers) -> list[str]:
    """Return every session that the cookies name; a browser may send one for each path."""
    found = [one for line in headers.getlist("cookie") for one in _COOKIE.findall(line)]
    # Ours are ASCII, and others could not be compared in constant time.
    return [one for one in found if one.isascii()]


def foreign(asked: HTTPConnection) -> Problem | None:
    """Return what is wrong with a page of another place, for a browser sends it our cookie too."""
    hosts = asked.headers.getlist("host")
    for origin in asked.headers.getlist("origin"):
        if [origin.lower().partition("://")[2]] != [host.lower() for host in hosts]:
            return Problem(HTTPStatus.FORBIDDEN, "pages of other places may not ask this station")
    return None


def _problem(visitor: Visitor, scope: Scope) -> Problem | None:
    path, method = scope["path"], scope["method"]
    # Nothing runs for OPTIONS: it tells only which methods there are.
    if not GUARDED.fullmatch(path) or path in OPEN or method == "OPTIONS":
        return None
    if visitor.user is None:
        return Problem(HTTPStatus.UNAUTHORIZED, "log in first: POST /v1/session")
    if visitor.user is not User.DRIVER:
        return None
    charging = method == "POST" and CHARGING.fullmatch(path)
    if PRIVATE.fullmatch(path) or not (method in READING or charging):
        return Problem(HTTPStatus.FORBIDDEN, f"{visitor.user.value} may read, start and stop")
    return None
