"""`/api/password`, `/api/temporarypassword`, `/api/prc`: whom the owner lets in."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Response

from laadpaal.local_api.compatible.kit import (
    KitGiven,
    Members,
    Seated,
    done,
    number,
    text,
)
from laadpaal.local_api.doorman import NAMES
from laadpaal.local_api.passwords import LONGEST_H, flaw
from laadpaal.local_api.problems import Problem
from laadpaal.ports.accounts import User


def routes() -> APIRouter:
    """Return the routes of these resources."""
    router = APIRouter()
    router.add_api_route("/api/password", change, methods=["POST"])
    router.add_api_route("/api/temporarypassword", lend, methods=["POST"])
    router.add_api_route("/api/prc", forgotten, methods=["POST"])
    return router


async def change(kit: KitGiven, holder: Seated, given: Members) -> Response:
    """Change a password: the own one, or the PIN of who charges, who can also be locked out."""
    user = NAMES.get(text(given, "username", holder.user.value))
    if user is None:
        raise Problem(HTTPStatus.BAD_REQUEST, "username: there is no such user")
    if user is not holder.user and user is not User.DRIVER and holder.user is not User.ADMIN:
        raise Problem(HTTPStatus.FORBIDDEN, f"only admin changes the password of {user.value}")
    if user is User.GUEST:
        raise Problem(HTTPStatus.FORBIDDEN, "a temporary password is given anew, not changed")
    if given.get("reset") is True and user is not User.ADMIN:
        await kit.entrance.doorman.take(user)
        kit.entrance.close(user)
        return done()
    password = text(given, "password")
    _check(user, password)
    await kit.entrance.doorman.give(user, password)
    kit.entrance.close(user, but=holder.token)
    return done()


async def lend(kit: KitGiven, holder: Seated, given: Members) -> Response:
    """Let somebody in for some hours."""
    if holder.user is User.GUEST:
        raise Problem(HTTPStatus.FORBIDDEN, "a guest lets in nobody")
    password, hours = text(given, "password"), number(given, "expiration")
    if not 1 <= hours <= LONGEST_H:
        raise Problem(HTTPStatus.BAD_REQUEST, f"expiration: 1 to {LONGEST_H} hours are possible")
    _check(User.GUEST, password)
    await kit.entrance.doorman.give(User.GUEST, password, hours)
    kit.entrance.close(User.GUEST)
    return done()


async def forgotten(given: Members) -> Response:
    """Refuse: no code is printed on this station; the command at the machine does it."""
    text(given, "code")
    raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "this station has no code for that")


def _check(user: User, password: str) -> None:
    if wrong := flaw(user, password):
        raise Problem(HTTPStatus.BAD_REQUEST, f"password: {wrong}")
