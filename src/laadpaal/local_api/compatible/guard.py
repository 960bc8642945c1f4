"""Stands before the compatible API: nothing but the login is open to who has not logged in."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from laadpaal.local_api.compatible.seat import Holder, Seat
from laadpaal.local_api.connections import Peer
from laadpaal.local_api.gate import READING, cookies, foreign
from laadpaal.local_api.problems import Problem, shaped
from laadpaal.ports.accounts import User

OPEN = frozenset({"/api/info", "/api/login", "/api/logout", "/api/prc"})
"""What needs no session; logging out twice is no mistake."""
_CHANGES = re.compile(r"/api/(whitelist|chargingprofiles)")
"""What changes something though it is only read."""


class Guard:
    """Finds the session of who asks, and lets nobody pass without one.

    Args:
        now: Seconds that only grow.
    """

    def __init__(self, app: ASGIApp, seat: Seat, now: Callable[[], float]) -> None:
        self._app, self._seat, self._now = app, seat, now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass when who asks may ask that."""
        state = scope.setdefault("state", {})
        peer = state.setdefault("peer", Peer(crowded=False))
        holder = self._seat.find(peer, cookies(Headers(scope=scope)), self._now())
        problem = foreign(HTTPConnection(scope)) or _problem(holder, scope)
        if problem:
            await shaped(scope, problem)(scope, receive, send)
            return
        state["holder"] = holder
        await self._app(scope, receive, send)


def _problem(holder: Holder | None, scope: Scope) -> Problem | None:
    path, method = scope["path"], scope["method"]
    if path in OPEN or method == "OPTIONS":
        return None
    if holder is None:
        return Problem(HTTPStatus.UNAUTHORIZED, "log in first: POST /api/login")
    if holder.user is not User.DRIVER:
        return None
    changes = _CHANGES.match(path) and scope["query_string"]
    if changes or method not in READING:
        return Problem(HTTPStatus.FORBIDDEN, f"{holder.user.value} may only read")
    return None
