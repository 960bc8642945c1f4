"""`/v1/security-events`: what happened that bears on security, as the log on the disk has it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from laadpaal.local_api import schema
from laadpaal.local_api.given import SecurityEvents
from laadpaal.local_api.render import reply
from laadpaal.station.notices import SecurityEvent

Instant = Annotated[float | None, Query(description="UTC second, itself included")]


def routes() -> APIRouter:
    """Return the route of this resource."""
    router = schema.router("security")
    many = {"type": "array", "items": schema.shape(SecurityEvent)}
    seen = schema.told("The events, oldest first", many)
    router.add_api_route("/v1/security-events", look, responses=seen)
    return router


async def look(log: SecurityEvents, since: Instant = None, until: Instant = None) -> Response:
    """Return the security events of that time, oldest first; instants are UTC seconds."""
    return reply(log(since, until))
