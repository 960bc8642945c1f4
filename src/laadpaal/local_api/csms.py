"""`/v1/csms`: the connection to the CSMS, and whether it is wanted."""

from __future__ import annotations

from fastapi import APIRouter, Response

from laadpaal.local_api import schema
from laadpaal.local_api.given import Link
from laadpaal.local_api.render import reply


def routes() -> APIRouter:
    """Return the routes of this resource."""
    router = schema.router("csms", "/v1/csms")
    state = schema.told("The link's own state", schema.STATE)
    router.add_api_route("", look, responses=state)
    router.add_api_route("/connect", connect, methods=["POST"], responses=state)
    router.add_api_route("/disconnect", disconnect, methods=["POST"], responses=state)
    return router


async def look(link: Link) -> Response:
    """Return how the connection is now."""
    return reply(link.state())


async def connect(link: Link) -> Response:
    """Want a connection from now on; answers before there is one."""
    link.connect()
    return reply(link.state())


async def disconnect(link: Link) -> Response:
    """Want no connection from now on; answers before it is gone."""
    link.disconnect()
    return reply(link.state())
