"""`/api/info`, `/api/login`, `/api/logout`: who the station is, and who is at it."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from laadpaal.local_api.compatible.kit import KitGiven, Members, done, peer_of, text, told
from laadpaal.local_api.compatible.seat import Holder
from laadpaal.local_api.doorman import Denial, Denied
from laadpaal.local_api.login import address, now
from laadpaal.local_api.problems import Problem, denied
from laadpaal.local_api.visitors import COOKIE
from laadpaal.station.layout import Layout, Outlet

_OUTLETS = {Outlet.SOCKET: 1, Outlet.CABLE: 5, Outlet.DOMESTIC: 3}
"""Numbers of the kinds of outlets; 0 stands for one that is not there."""
LONGEST_NAME = 32
"""Characters of what a client calls itself."""


def routes() -> APIRouter:
    """Return the routes of these resources."""
    router = APIRouter()
    router.add_api_route("/api/info", info)
    router.add_api_route("/api/login", log_in, methods=["POST"])
    router.add_api_route("/api/logout", log_out, methods=["POST"])
    return router


async def info(kit: KitGiven) -> Response:
    """Tell what kind of station it is, to everybody."""
    layout = kit.desk.layout
    return told(
        {
            "Identity": kit.machine.identity or layout.serial,
            "Model": layout.model,
            "ObjectId": layout.serial,
            "FWVersion": layout.firmware,
            "Type": kind_of(layout),
            "LastConfig": 0,
            "SCNNetwork": "",
        }
    )


def kind_of(layout: Layout) -> str:
    """Return how many EVSEs there are, and what kinds of outlets the first two have."""
    outlets = [_OUTLETS[evse.connectors[0].outlet] for evse in layout.evses[:2]]
    return ".".join(str(part) for part in (len(layout.evses), *outlets, 0)[:3])


async def log_in(request: Request, kit: KitGiven, given: Members) -> Response:
    """Take the one session, unless somebody else has it; the body of the reply is empty."""
    name, password = text(given, "username"), text(given, "password")
    called = text(given, "displayname", "")[:LONGEST_NAME]
    admitted = await kit.entrance.doorman.admit(name, password, address(request), now())
    if isinstance(admitted, Denied):
        raise _denied(admitted)
    mine: Holder | None = request.state.holder
    if other := kit.entrance.seat.other(mine, now()):
        raise _busy(other)
    until = now() + kit.entrance.doorman.lasts_s(admitted)
    holder = kit.entrance.seat.take(admitted, called, peer_of(request), now(), until)
    kit.log.info("Compatible API: %s has logged in as %s", called or "somebody", name)
    response = done()
    response.set_cookie(COOKIE, holder.token, path="/api", httponly=True, samesite="strict")
    return response


def _denied(denial: Denied) -> Problem:
    if denial.why is Denial.OFF:
        return Problem(HTTPStatus.UNAUTHORIZED, "the service user is let in by nobody now")
    return denied(denial)


def _busy(other: Holder) -> Problem:
    age_s = round(now() - other.since)
    who = other.name or other.user.value
    detail = f"{who} ({other.user.value}) has been logged in for {age_s} s"
    return Problem(HTTPStatus.CONFLICT, detail, code="busy", holder=who, age_s=age_s)


async def log_out(request: Request, kit: KitGiven) -> Response:
    """End the session, if it is that of who asks; whatever the body is."""
    if request.state.holder:
        kit.entrance.seat.leave()
    return done()
