"""The one shape of an error (RFC 9457): what was wrong, where, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

from laadpaal.ports.bench import BenchError
from laadpaal.station.answers import Reason

MEDIA_TYPE = "application/problem+json"
JSON = "application/json"
METHODS = ("GET", "POST", "PUT", "DELETE")
"""All that any route of ours knows."""
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


def rendered(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return the HTTP response of a problem."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": int(problem.status),
        "detail": problem.detail,
        **problem.more,
    }
    return Response(msgspec.json.encode(body), problem.status, headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Let every error of `app`, whoever raises it, have the one shape."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(BenchError, _bench)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _bug)


async def _problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  the registration above says so
    return rendered(error)


async def _bench(_request: Request, error: Exception) -> Response:
    return rendered(Problem(HTTPStatus.CONFLICT, str(error), reason="BenchError"))


async def _invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  the registration above says so
    if isinstance(error.body, bytes):
        detail = f"the body was not sent as {JSON}"
        return rendered(Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail))
    wrong = _places(error.errors())
    detail = "; ".join(f"{place['where']}: {place['what']}" for place in wrong)
    return rendered(Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=wrong))


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
    return rendered(Problem(error.status_code, detail), headers)


def _allowed(request: Request) -> list[str]:
    # The framework names the methods of the first route of this path only.
    routes: Sequence[BaseRoute] = request.app.routes
    scopes = {method: {**request.scope, "method": method} for method in METHODS}
    return [
        method
        for method, scope in scopes.items()
        if any(route.matches(scope)[0] is Match.FULL for route in routes)
    ]


async def _bug(_request: Request, _error: Exception) -> Response:
    return rendered(Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "a bug; the log has it"))
