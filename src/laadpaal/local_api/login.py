"""`/v1/session` and `/v1/password`: who asks, logging in and out, and the own password."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from laadpaal.local_api import schema
from laadpaal.local_api.bodies import LoginWish, PasswordWish
from laadpaal.local_api.doorman import Denied, Doorman
from laadpaal.local_api.given import Asking, Entrance, Entry
from laadpaal.local_api.passwords import flaw
from laadpaal.local_api.problems import Problem, denied
from laadpaal.local_api.render import reply
from laadpaal.local_api.replies import LoginReply
from laadpaal.local_api.visitors import COOKIE, Visitor
from laadpaal.ports.accounts import User
from laadpaal.protocols.hosts import is_loopback


def routes() -> APIRouter:
    """Return the routes of these resources."""
    router = schema.router("session")
    seen = schema.told("Who asks", schema.shape(LoginReply))
    router.add_api_route("/v1/session", look, responses=seen)
    router.add_api_route("/v1/session", log_in, methods=["POST"], responses=seen)
    router.add_api_route("/v1/session", log_out, methods=["DELETE"], responses=seen)
    router.add_api_route("/v1/password", change, methods=["PUT"], responses=seen)
    return router


async def look(entrance: Entry, visitor: Asking) -> Response:
    """Tell as whom the visitor has logged in, and whether anybody can yet."""
    return _told(entrance.doorman, visitor)


async def log_in(request: Request, entrance: Entry, visitor: Asking, wish: LoginWish) -> Response:
    """Log in; the cookie of the reply is the session."""
    admitted = await entrance.doorman.admit(wish.user, wish.password, address(request), now())
    if isinstance(admitted, Denied):
        raise denied(admitted)
    entrance.logins.end(visitor.token)
    return _begun(request, entrance, visitor, admitted)


async def log_out(entrance: Entry, visitor: Asking) -> Response:
    """End the session, if there is one."""
    entrance.logins.end(visitor.token)
    told = _told(entrance.doorman, Visitor(open=visitor.open))
    told.delete_cookie(COOKIE)
    return told


async def change(
    request: Request, entrance: Entry, visitor: Asking, wish: PasswordWish
) -> Response:
    """Give oneself another password; the first of all can be set from this machine only.

    Every other session of that user has ended then.
    """
    user = visitor.user or User.ADMIN
    await _may_change(request, entrance.doorman, visitor, wish)
    if wrong := flaw(user, wish.password):
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, wrong)
    await entrance.doorman.give(user, wish.password)
    entrance.close(user)
    return _begun(request, entrance, visitor, user)


async def _may_change(
    request: Request, doorman: Doorman, visitor: Visitor, wish: PasswordWish
) -> None:
    """Raise Problem for who may not."""
    if (
        visitor.user is None
        and not visitor.open
        and not (doorman.first and is_loopback(address(request)))
    ):
        raise Problem(HTTPStatus.UNAUTHORIZED, "log in first: POST /v1/session")
    if visitor.user is User.GUEST:
        raise Problem(HTTPStatus.FORBIDDEN, "a temporary password is changed by the owner")
    if visitor.open or visitor.user is None:
        return
    old = await doorman.admit(visitor.user.value, wish.old or "", address(request), now())
    if isinstance(old, Denied):
        raise denied(old, "the old password is wrong")


def _begun(request: Request, entrance: Entrance, visitor: Visitor, user: User) -> Response:
    token = entrance.logins.begin(user, now(), now() + entrance.doorman.lasts_s(user))
    told = _told(entrance.doorman, Visitor(user, open=visitor.open))
    secure = request.url.scheme == "https"
    told.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure)
    return told


def _told(doorman: Doorman, visitor: Visitor) -> Response:
    return reply(LoginReply(visitor.user, doorman.first, visitor.open))


def now() -> float:
    """Return seconds that only grow; passwords and sessions live in real ones."""
    return asyncio.get_running_loop().time()


def address(request: Request) -> str:
    """Return where a request comes from."""
    return request.client.host if request.client else ""
