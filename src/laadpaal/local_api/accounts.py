"""`/v1/accounts` and `/v1/lockouts`: whom the owner lets in, who is in, and who has to wait."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from laadpaal.local_api import schema
from laadpaal.local_api.bodies import AccountWish
from laadpaal.local_api.given import Asking, Entrance, Entry
from laadpaal.local_api.login import now
from laadpaal.local_api.passwords import LONGEST_H, flaw
from laadpaal.local_api.problems import Problem
from laadpaal.local_api.render import reply
from laadpaal.local_api.replies import AccountReply, AccountsReply, LockoutReply
from laadpaal.local_api.visitors import Visitor
from laadpaal.ports.accounts import User

Whose = Annotated[User, Path(description="who logs in with that name")]
Address = Annotated[str, Path(description="from where somebody was wrong", max_length=45)]


async def _owner(visitor: Asking) -> Visitor:
    """Return who asks; raises Problem for everybody but the owner and who is at this machine."""
    if visitor.open or visitor.user is User.ADMIN:
        return visitor
    raise Problem(HTTPStatus.FORBIDDEN, "only admin says who is let in")


Owner = Annotated[Visitor, Depends(_owner)]


def routes() -> APIRouter:
    """Return the routes of these resources."""
    router = schema.router("accounts", "/v1")
    one = schema.told("The account as it is now", schema.shape(AccountReply))
    many = schema.told("All there are", schema.shape(AccountsReply))
    account, sessions = "/accounts/{user}", "/accounts/{user}/sessions"
    router.add_api_route("/accounts", look, responses=many)
    router.add_api_route(account, give, methods=["PUT"], responses=one)
    router.add_api_route(account, take, methods=["DELETE"], responses=one)
    router.add_api_route(sessions, end, methods=["DELETE"], responses=one)
    router.add_api_route("/accounts/{user}/lockout", pardon, methods=["DELETE"], responses=one)
    router.add_api_route("/lockouts/{address}", forget, methods=["DELETE"], responses=many)
    return router


async def look(entrance: Entry, _: Owner) -> Response:
    """Return everybody who can have an account, and every address that has to wait."""
    return _all(entrance)


async def give(entrance: Entry, owner: Owner, user: Whose, wish: AccountWish) -> Response:
    """Let a user in by another password; every session that was begun with the last has ended."""
    if user is owner.user:
        detail = "the own password is changed with the old one: PUT /v1/password"
        raise Problem(HTTPStatus.CONFLICT, detail, reason="Own")
    if wrong := _flaw(user, wish):
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, wrong)
    await entrance.doorman.give(user, wish.password, wish.hours)
    entrance.close(user)
    return reply(_told(entrance, user))


async def take(entrance: Entry, _: Owner, user: Whose) -> Response:
    """Let a user in no more, and have everybody leave who is in as that user."""
    if user is User.ADMIN:
        raise Problem(HTTPStatus.CONFLICT, "a station keeps its owner", reason="Owner")
    if not entrance.doorman.has(user):
        raise Problem(HTTPStatus.NOT_FOUND, f"{user.value} has no account now")
    await entrance.doorman.take(user)
    entrance.close(user)
    return reply(_told(entrance, user))


async def end(entrance: Entry, owner: Owner, user: Whose) -> Response:
    """End every session of a user but the one that asks; the password lets in again."""
    entrance.close(user, but=owner.token)
    return reply(_told(entrance, user))


async def pardon(entrance: Entry, _: Owner, user: Whose) -> Response:
    """Forget how often somebody was wrong about a user."""
    entrance.doorman.pardon(user)
    return reply(_told(entrance, user))


async def forget(entrance: Entry, _: Owner, address: Address) -> Response:
    """Forget how often somebody at an address was wrong."""
    if address not in entrance.doorman.addresses(now()):
        raise Problem(HTTPStatus.NOT_FOUND, f"nobody has to wait at {address}")
    entrance.doorman.pardon(address)
    return _all(entrance)


def _flaw(user: User, wish: AccountWish) -> str:
    if user is User.GUEST and wish.hours is None:
        return f"hours: a temporary password lasts for 1 to {LONGEST_H} hours"
    if user is not User.GUEST and wish.hours is not None:
        return f"hours: only a temporary password ends, and {user.value} has none"
    wrong = flaw(user, wish.password)
    return f"password: {wrong}" if wrong else ""


def _all(entrance: Entrance) -> Response:
    waiting = entrance.doorman.addresses(now()).items()
    lockouts = tuple(LockoutReply(address, math.ceil(wait_s)) for address, wait_s in waiting)
    return reply(AccountsReply(tuple(_told(entrance, user) for user in User), lockouts))


def _told(entrance: Entrance, user: User) -> AccountReply:
    doorman = entrance.doorman
    return AccountReply(
        user,
        doorman.has(user),
        doorman.expires_at(user),
        entrance.sessions(user, now()),
        math.ceil(doorman.wait_s(user, now())),
    )
