"""`/v1/station`, `/v1/events`, `/v1/health`: the station as a whole, now and as it happens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import StreamingResponse

from laadpaal.local_api import schema
from laadpaal.local_api.bodies import ResetWish
from laadpaal.local_api.events import Aside
from laadpaal.local_api.given import Api, Desk
from laadpaal.local_api.render import answered, reply, station
from laadpaal.local_api.replies import HealthReply, StationReply
from laadpaal.station.requests import Reset
from laadpaal.station.why import Why


def routes() -> APIRouter:
    """Return the routes of this resource."""
    router = schema.router("station")
    healthy = schema.told("The server answers", schema.shape(HealthReply))
    seen = schema.told("The station now", schema.shape(StationReply))
    router.add_api_route("/v1/health", health, responses=healthy)
    router.add_api_route("/v1/station", look, responses=seen)
    explained = schema.told("What was decided last, and why", schema.shape(Why))
    router.add_api_route("/v1/why/{n}", why, responses=explained)
    router.add_api_route("/v1/events", listen, responses=schema.events())
    router.add_api_route("/v1/station/reset", reset, methods=["POST"], responses=schema.ANSWERED)
    return router


async def health() -> Response:
    """Tell that the server answers, and nothing about the station."""
    return reply(HealthReply(ok=True))


async def look(api: Api) -> Response:
    """Return the whole station as it is now; instants are UTC seconds."""
    csms = api.link.state() if api.link else None
    return reply(station(api.desk.view(), api.desk.layout, csms, api.desk.now().utc))


async def why(
    api: Api, n: Annotated[int, Path(description="Number of the EVSE; 0 is the station")]
) -> Response:
    """Explain every decision at this EVSE, or for the station, in a sentence."""
    return reply(api.desk.why(api.check_evse(n, lowest=0)))


async def listen(
    api: Api,
    also: Annotated[
        list[Aside] | None, Query(description="What else to tell; may be given more than once")
    ] = None,
) -> Response:
    """Stream the station's notices as server-sent events, named as the notice is."""
    headers = {"Cache-Control": "no-store"}
    return StreamingResponse(api.events.listen(also or ()), 200, headers, schema.EVENT_STREAM)


async def reset(desk: Desk, wish: ResetWish | None = None) -> Response:
    """Let the station start anew; softly when the body says nothing else."""
    return answered(await desk.ask(Reset((wish or ResetWish()).kind)))
