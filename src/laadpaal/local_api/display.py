"""`/v1/display`: the picture of what people read at the station."""

from __future__ import annotations

from fastapi import APIRouter, Response

from laadpaal.local_api import schema
from laadpaal.local_api.given import Api, EvseNumber, Painter, Pictures

PNG = "image/png"


def routes() -> APIRouter:
    """Return the routes of this resource."""
    router = schema.router("display")
    seen = schema.told("The picture", {"type": "string", "format": "binary"}, media=PNG)
    router.add_api_route("/v1/display.png", whole, responses=seen)
    router.add_api_route("/v1/display/{n}.png", part, responses=seen)
    return router


async def whole(api: Api, pictures: Pictures) -> Response:
    """Return what the display shows, all sockets side by side."""
    return _png(api, pictures, 0)


async def part(api: Api, pictures: Pictures, evse: EvseNumber) -> Response:
    """Return what the display shows of one socket, as a small display would."""
    return _png(api, pictures, evse)


def _png(api: Api, pictures: Painter, evse: int) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(pictures(api.desk.view(), evse), 200, headers, PNG)
