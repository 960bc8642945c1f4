"""`/v1/limits`: what others than the CSMS, such as an energy manager, let the station take."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from laadpaal.local_api import schema
from laadpaal.local_api.bodies import Limit
from laadpaal.local_api.given import Desk, EvseOrStation
from laadpaal.local_api.problems import refused
from laadpaal.local_api.render import answered
from laadpaal.station.answers import Reason
from laadpaal.station.charging_profiles import Period, Schedule, Source
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit

_OTHERS = {source.value.lower(): source for source in Source if source is not Source.CSO}


async def _source(
    name: Annotated[str, Path(alias="source", description="ems, so (the grid) or other")],
) -> Source:
    source = _OTHERS.get(name.lower())
    if source is None:
        raise refused(Reason.UNKNOWN_LIMIT, f"source: nobody is called {name[:20]}")
    return source


Who = Annotated[Source, Depends(_source)]
Way = Annotated[str, Query(description="MQTT or API for a limit that came by that way")]


def routes() -> APIRouter:
    """Return the routes of this resource."""
    router = schema.router("limits", "/v1/limits/external/{source}")
    router.add_api_route("", limit, methods=["PUT"], responses=schema.ANSWERED)
    router.add_api_route("", release, methods=["DELETE"], responses=schema.ANSWERED)
    return router


async def limit(desk: Desk, source: Who, evse: EvseOrStation, wish: Limit) -> Response:
    """Limit an EVSE, or the station as a whole, from now on; the lowest limit of all counts."""
    schedule = Schedule(wish.unit, (Period(0, wish.limit),), wish.duration_s)
    return answered(await desk.ask(SetExternalLimit(source, evse, schedule)))


async def release(desk: Desk, source: Who, evse: EvseOrStation, by: Way = "") -> Response:
    """Limit it no longer, be it by this way or, with its name, by another."""
    return answered(await desk.ask(ClearExternalLimit(source, evse, by)))
