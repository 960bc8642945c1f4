"""`/v1/evses`: start, stop and unlock from the station's own side."""

from __future__ import annotations

from fastapi import APIRouter, Response

from laadpaal.local_api import schema
from laadpaal.local_api.bodies import PhaseWish, Start, Unlock
from laadpaal.local_api.given import Desk, EvseNumber
from laadpaal.local_api.problems import refused
from laadpaal.local_api.render import answered
from laadpaal.station.answers import Reason
from laadpaal.station.phases import SetPhases
from laadpaal.station.requests import StartCharging, StopCharging, UnlockConnector
from laadpaal.station.words import By, StopReason, Token


def routes() -> APIRouter:
    """Return the routes of this resource."""
    router = schema.router("evses", "/v1/evses/{n}")
    for name, ask in (("start", start), ("stop", stop), ("unlock", unlock)):
        router.add_api_route(f"/{name}", ask, methods=["POST"], responses=schema.ANSWERED)
    router.add_api_route("/phases", phases, methods=["PUT"], responses=schema.ANSWERED)
    return router


async def start(desk: Desk, evse: EvseNumber, wish: Start | None = None) -> Response:
    """Present a token at this EVSE; accepted means that its authorization has begun."""
    who = wish or Start()
    token = Token(who.token, who.kind)
    return answered(await desk.ask(StartCharging(evse, token, By.LOCAL, check=True)))


async def stop(desk: Desk, evse: EvseNumber) -> Response:
    """End the transaction that is running at this EVSE."""
    running = desk.view().evses[evse - 1].transaction
    if running is None:
        raise refused(Reason.UNKNOWN_TRANSACTION, f"EVSE {evse} has no transaction")
    return answered(await desk.ask(StopCharging(running.id, By.LOCAL, StopReason.LOCAL)))


async def phases(desk: Desk, evse: EvseNumber, wish: PhaseWish) -> Response:
    """Use one or three phases from now on, also for a vehicle that is charging."""
    return answered(await desk.ask(SetPhases(evse, wish.phases, wish.source)))


async def unlock(desk: Desk, evse: EvseNumber, wish: Unlock | None = None) -> Response:
    """Open a connector's lock; answers when the lock has moved."""
    which = wish or Unlock()
    return answered(await desk.ask(UnlockConnector(evse, which.connector, which.stops)))
