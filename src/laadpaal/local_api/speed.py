"""`/v1/bench/speed`: how quickly time passes for a simulated station."""

from __future__ import annotations

from fastapi import APIRouter, Response

from laadpaal.local_api import schema
from laadpaal.local_api.bodies import SpeedWish
from laadpaal.local_api.given import PaceGiven
from laadpaal.local_api.render import reply
from laadpaal.local_api.replies import SpeedReply
from laadpaal.ports.pace import Pace


def routes() -> APIRouter:
    """Return the routes of this resource."""
    router = schema.router("bench")
    seen = schema.told("The pace now", schema.shape(SpeedReply))
    router.add_api_route("/v1/bench/speed", look, responses=seen)
    router.add_api_route("/v1/bench/speed", change, methods=["PUT"], responses=seen)
    return router


async def look(pace: PaceGiven) -> Response:
    """Return how many station seconds pass in one real second."""
    return reply(_told(pace))


async def change(pace: PaceGiven, wish: SpeedWish) -> Response:
    """Let time pass at another pace from now on; whatever waits notices."""
    pace.go(wish.speed)
    return reply(_told(pace))


def _told(pace: Pace) -> SpeedReply:
    return SpeedReply(pace.speed, pace.fixed)
