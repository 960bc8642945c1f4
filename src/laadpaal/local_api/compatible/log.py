"""`GET /api/log`: the log as text, in pages back from the newest line."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from laadpaal.local_api.given import Log
from laadpaal.local_api.lines import LogLine, parts
from laadpaal.ports.log import LogBook

PAGE = 32
"""Lines on a page: clients take the next one so many further back."""
MEDIA_TYPE = "text/plain; charset=utf-8"

_KINDS = {"SECURITY": "SEC", "RESET": "INFO", "CRITICAL": "ERROR"}
"""Ours that others call otherwise; a line of a kind they do not know is dropped."""
_SOURCE = 16
"""Characters of a file's name."""
_TORN = ("1970-01-01T00:00:00.000Z", "log:0")
"""When and where a line came about that does not say so."""


def page(book: LogBook, offset: int) -> str:
    """Return a page of lines, oldest first, the newest of which is `offset` lines back."""
    span = book.span()
    end = span.stop - offset
    first = max(end - PAGE, span.start)
    return "".join(_line(parts(it)) for it in book.read(first, max(end - first, 0)))


def _line(seen: LogLine) -> str:
    at, source = (seen.at, seen.source) if seen.at else _TORN
    file, _, number = source.partition(":")
    kind = _KINDS.get(seen.kind, seen.kind)
    return f"{seen.id}_{at}:{kind}:{file[:_SOURCE]}:{number}:{seen.text or ' '}\n"


def routes() -> APIRouter:
    """Return the route of this text; who mounts it asks for a login before."""
    router = APIRouter(default_response_class=Response)
    router.add_api_route("/api/log", look, include_in_schema=False)
    return router


async def look(book: Log, offset: Annotated[int, Query(ge=0)] = 0) -> Response:
    """Return a page of the log."""
    return Response(page(book, offset), 200, {"Cache-Control": "no-store"}, MEDIA_TYPE)
