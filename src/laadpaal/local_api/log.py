"""`/v1/log`: the log back from its newest line; what follows comes by the event stream."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Response

from laadpaal.local_api import lines, schema
from laadpaal.local_api.given import Log
from laadpaal.local_api.lines import LOOKED_AT, STEP, Sought
from laadpaal.local_api.past import LogReply
from laadpaal.local_api.render import reply

MOST = 500
"""Lines of one answer."""


def routes() -> APIRouter:
    """Return the route of this resource."""
    router = schema.router("log")
    seen = schema.told("Lines, newest first", schema.shape(LogReply))
    router.add_api_route("/v1/log", look, responses=seen)
    return router


async def look(
    book: Log,
    before: Annotated[int | None, Query(description="An id; only older lines", ge=0)] = None,
    kind: Annotated[str | None, Query(description="Such as WARNING or COM", max_length=20)] = None,
    text: Annotated[str | None, Query(description="Part of the text", max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> Response:
    """Return the lines that are sought, newest first."""
    span = book.span()
    newest = span.stop if before is None else min(before // STEP, span.stop)
    found = tuple(islice(lines.back(book, newest, Sought(kind, text)), limit))
    last = found[-1].id // STEP if len(found) == limit else max(newest - LOOKED_AT, span.start)
    return reply(LogReply(found, last * STEP if last > span.start else None))
