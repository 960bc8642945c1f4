"""`/v1/firmware/release`: which version runs, and how it is kept or taken back."""

from __future__ import annotations

from fastapi import APIRouter, Response

from laadpaal.local_api import schema
from laadpaal.local_api.given import Desk
from laadpaal.local_api.render import answered, reply
from laadpaal.local_api.replies import ReleaseReply
from laadpaal.station.releases import GoBack, KeepFirmware


def routes() -> APIRouter:
    """Return the routes of this resource."""
    router = schema.router("firmware", "/v1/firmware")
    seen = schema.told("What runs, and what could run instead", schema.shape(ReleaseReply))
    router.add_api_route("/release", look_at_release, responses=seen)
    for name, deed in (("/commit", commit), ("/rollback", go_back)):
        router.add_api_route(name, deed, methods=["POST"], responses=schema.ANSWERED)
    return router


async def look_at_release(desk: Desk) -> Response:
    """Tell which version runs, whether it is on trial, and what could run instead."""
    view = desk.view()
    release = view.release
    return reply(
        ReleaseReply(
            desk.layout.firmware, release.on_trial, release.previous, release.busy, view.firmware
        )
    )


async def commit(desk: Desk) -> Response:
    """Keep the version on trial for good, without waiting any longer."""
    return answered(await desk.ask(KeepFirmware()))


async def go_back(desk: Desk) -> Response:
    """Let the version before this one run again, once nobody charges."""
    return answered(await desk.ask(GoBack()))
