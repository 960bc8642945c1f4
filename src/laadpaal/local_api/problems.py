"""What an error looks like: what was wrong, where, and why.

There is one shape for the control API (RFC 9457), and one for the compatible API.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, assert_never

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from laadpaal.local_api.doorman import Denial, Denied
from laadpaal.ports.accounts import AccountsFailed
from laadpaal.ports.bench import BenchError
from laadpaal.station.answers import Reason

MEDIA_TYPE = "application/problem+json"
JSON = "application/json"
COMPATIBLE_JSON = "alfen/json; charset=utf-8"
"""What installers' tools are told that they are sent; their word, and JSON all the same."""
LOCKED = "lockout_remaining_seconds"
"""Member that says how long a lock-out lasts."""
RETRY_S = 5
"""When to ask again whoever cannot answer now."""
METHODS = ("GET", "POST", "PUT", "DELETE")
"""All that any route of ours knows; HEAD is GET without a body, and OPTIONS tells of all."""
STATUSES = {
    Reason.UNKNOWN_EVSE: HTTPStatus.NOT_FOUND,
    Reason.UNKNOWN_CONNECTOR: HTTPStatus.NOT_FOUND,
    Reason.UNKNOWN_SETTING: HTTPStatus.NOT_FOUND,
    Reason.UNKNOWN_LIMIT: HTTPStatus.NOT_FOUND,
    Reason.BAD_SCHEDULE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Reason.BAD_VALUE: HTTPStatus.UNPROCESSABLE_ENTITY,
}
"""Statuses of refusals; every other is a conflict with the state of the station."""


class Problem(Exception):  # noqa: N818  the field's word, see RFC 9457
    """Ends a request with an error.

    Args:
        status: Of HTTP, 4xx or 5xx.
        detail: One sentence for people.
        more: Further members of the problem, such as `reason` or `errors`.
    """

    def __init__(self, status: int, detail: str, **more: object) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.more = more


def refused(reason: Reason, detail: str) -> Problem:
    """Return the problem that a refusal of the station is."""
    status = STATUSES.get(reason, HTTPStatus.CONFLICT)
    return Problem(status, detail or "the station refused", reason=reason.value)


def denied(denial: Denied, detail: str = "the name or the password is wrong") -> Problem:
    """Return the problem that it is not to be let in."""
    match denial.why:
        case Denial.WRONG:
            return Problem(HTTPStatus.FORBIDDEN, detail)
        case Denial.OFF:
            return Problem(HTTPStatus.FORBIDDEN, "this user has no account now")
        case Denial.LOCKED_OUT:
            wait_s = denial.wait_s
            detail = f"too many were wrong; the next try counts in {wait_s} s"
            more = {LOCKED: wait_s}
            return Problem(HTTPStatus.TOO_MANY_REQUESTS, detail, **more)
        case _:
            assert_never(denial.why)


def retry_after(problem: Problem) -> Mapping[str, str]:
    """Return the header that says when to ask again, where that may help."""
    if problem.status not in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        return {}
    return {"Retry-After": str(problem.more.get(LOCKED, RETRY_S))}


def rendered(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return the HTTP response of a problem."""
    headers = {**retry_after(problem), **(headers or {})}
    body = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": int(problem.status),
        "detail": problem.detail,
        **problem.more,
    }
    return Response(msgspec.json.encode(body), problem.status, headers, MEDIA_TYPE)


def compatible(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return the HTTP response of a problem in the shape of the compatible API (S31)."""
    status = HTTPStatus(problem.status)
    if status is HTTPStatus.UNPROCESSABLE_ENTITY:
        status = HTTPStatus.BAD_REQUEST  # the only status for bad requests that its clients know
    body = {
        "code": status.name.lower(),
        "message": status.phrase,
        "detail": problem.detail,
        **problem.more,
    }
    headers = {**retry_after(problem), **(headers or {})}
    return Response(msgspec.json.encode(body), status, headers, COMPATIBLE_JSON)


Shape = Callable[[Problem, Mapping[str, str] | None], Response]


def shape_at(path: str) -> Shape:
    """Return the shape of the errors at a path."""
    return compatible if path.startswith("/api") else rendered


def shaped(scope: Scope, problem: Problem) -> Response:
    """Return the HTTP response of a problem in the shape of whom was asked."""
    return shape_at(scope["path"])(problem, None)


def install(app: FastAPI) -> None:
    """Let every error of `app`, whoever raises it, have the shape of its path."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(BenchError, _bench)
    app.add_exception_handler(AccountsFailed, _not_kept)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _bug)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  the registration above says so
    return shaped(request.scope, error)


async def _bench(request: Request, error: Exception) -> Response:
    return shaped(request.scope, Problem(HTTPStatus.CONFLICT, str(error), reason="BenchError"))


async def _not_kept(request: Request, error: Exception) -> Response:
    return shaped(request.scope, Problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error)))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  the registration above says so
    if isinstance(error.body, bytes):
        detail = f"the body was not sent as {JSON}"
        return shaped(request.scope, Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail))
    wrong = _places(error.errors())
    detail = "; ".join(f"{place['where']}: {place['what']}" for place in wrong)
    problem = Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=wrong)
    return shaped(request.scope, problem)


def _places(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    # What was sent is not repeated: it may be a secret.
    return [
        {"where": ".".join(str(part) for part in error["loc"]), "what": str(error["msg"])}
        for error in errors
    ]


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  the registration above says so
    detail = error.detail
    if detail == HTTPStatus(error.status_code).phrase:
        detail = f"{request.method} {request.url.path}: {detail.lower()}"
    headers = error.headers
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {"Allow": ", ".join(_allowed(request))}
    return shape_at(request.scope["path"])(Problem(error.status_code, detail), headers)


def _allowed(request: Request) -> list[str]:
    # The framework names the methods of the first route of this path only.
    routes: Sequence[BaseRoute] = request.app.routes
    scopes = {method: {**request.scope, "method": method} for method in METHODS}
    found = [
        method
        for method, scope in scopes.items()
        if any(route.matches(scope)[0] is Match.FULL for route in routes)
    ]
    return [*found, *(["HEAD"] if "GET" in found else []), "OPTIONS"]


async def _gone(request: Request, _error: Exception) -> Response:
    # Nobody reads it; but it is no bug, and the log shall not say that it is one.
    return shaped(request.scope, Problem(HTTPStatus.BAD_REQUEST, "the client has gone"))


async def _bug(request: Request, _error: Exception) -> Response:
    return shaped(request.scope, Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "a bug; the log has it"))
