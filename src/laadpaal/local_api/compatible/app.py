"""Puts the compatible API together."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, FastAPI, Response
from starlette.types import ASGIApp

from laadpaal.local_api import problems
from laadpaal.local_api.compatible import (
    console,
    domain,
    log,
    login,
    passwords,
    profiles,
    transactions,
    whitelist,
)
from laadpaal.local_api.compatible.guard import Guard
from laadpaal.local_api.compatible.kit import Kit, KitGiven, done, user_name
from laadpaal.local_api.doors import SmallBodies, Turnstile
from laadpaal.local_api.given import Given
from laadpaal.local_api.objects.objects import Objects
from laadpaal.local_api.objects.routes import router as objects_routes
from laadpaal.local_api.uploads import routes as uploads
from laadpaal.station.cards import ClearCards
from laadpaal.station.requests import ClearCache


def make_compatible(kit: Kit, given: Given) -> ASGIApp:
    """Return the ASGI application, with its guard.

    Args:
        kit: What its own handlers work with.
        given: What those work with that it shares with the control API.
    """
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.kit, app.state.given = kit, given
    app.add_middleware(SmallBodies, spared=uploads.PATHS)
    app.add_middleware(Turnstile)
    problems.install(app)
    for room in (login, console, whitelist, passwords, domain, transactions, profiles):
        app.include_router(room.routes())
    app.include_router(objects_routes(Objects(kit.desk, kit.machine), user_name))
    app.include_router(_personal())
    if given.log:
        app.include_router(log.routes())
    if given.slot:
        app.include_router(uploads.compatible_routes())
    return Guard(app, kit.entrance.seat, lambda: asyncio.get_running_loop().time())


def _personal() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/api/clearpersonaldata", forget, methods=["POST"])
    return router


async def forget(kit: KitGiven) -> Response:
    """Forget who has charged: cards, what the CSMS said of tokens, and every transaction."""
    done(await kit.desk.ask(ClearCards()))
    await kit.desk.ask(ClearCache())  # refused where there is none
    await kit.history.erase()
    return done()
