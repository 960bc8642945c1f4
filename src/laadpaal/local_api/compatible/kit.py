"""What the handlers of the compatible API work with, and how they read and answer."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Request, Response

from laadpaal.local_api.compatible.seat import Holder
from laadpaal.local_api.connections import Peer
from laadpaal.local_api.given import Entrance
from laadpaal.local_api.problems import COMPATIBLE_JSON, Problem, refused
from laadpaal.ports.history import History
from laadpaal.ports.machine import Machine
from laadpaal.ports.station import StationDesk
from laadpaal.ports.vault import Vault
from laadpaal.station.answers import Answer, Refused


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything that its own handlers work with.

    Args:
        leave: Called when the station starts anew: every client has to come again.
        held: Called when the vault holds something else.
    """

    desk: StationDesk
    machine: Machine
    entrance: Entrance
    history: History
    vault: Vault
    log: logging.Logger
    leave: Callable[[], None]
    held: Callable[[], None]


async def _kit(request: Request) -> Kit:
    kit: Kit = request.app.state.kit
    return kit


async def _holder(request: Request) -> Holder:
    holder: Holder = request.state.holder
    return holder


async def user_name(request: Request) -> str:
    """Return the name of the user who asks."""
    holder: Holder = request.state.holder
    return holder.user.value


async def members_of(request: Request) -> Mapping[str, Any]:
    """Return the members of the body, which is an object; raises Problem."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media and not media.endswith("json"):
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the body is {media[:40]}, and not JSON")
    try:
        given = msgspec.json.decode(await request.body())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise Problem(HTTPStatus.BAD_REQUEST, f"the body is no JSON: {wrong}") from wrong
    if not isinstance(given, dict):
        raise Problem(HTTPStatus.BAD_REQUEST, "the body is no object")
    return given


KitGiven = Annotated[Kit, Depends(_kit)]
Seated = Annotated[Holder, Depends(_holder)]
Members = Annotated[Mapping[str, Any], Depends(members_of)]


def text(given: Mapping[str, Any], key: str, otherwise: str | None = None) -> str:
    """Return a member that is a text; raises Problem."""
    value = given.get(key, otherwise)
    if not isinstance(value, str):
        raise Problem(HTTPStatus.BAD_REQUEST, f"{key}: a text is wanted")
    return value


def number(given: Mapping[str, Any], key: str, otherwise: float | None = None) -> float:
    """Return a member that is a number, or a text that spells one; raises Problem."""
    value = given.get(key, otherwise)
    try:
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            found = float(value)
            if math.isfinite(found):
                return found
    except (ValueError, OverflowError):
        pass  # it is told like everything else that is none
    raise Problem(HTTPStatus.BAD_REQUEST, f"{key}: a number is wanted")


def done(answer: Answer | None = None) -> Response:
    """Return the empty response that clients take for yes; raises Problem for a refusal."""
    if isinstance(answer, Refused):
        raise refused(answer.reason, answer.detail)
    return Response(b"", media_type=COMPATIBLE_JSON)


def told(value: object) -> Response:
    """Return a response with this value as JSON."""
    return Response(msgspec.json.encode(value), media_type=COMPATIBLE_JSON)


def peer_of(request: Request) -> Peer:
    """Return the connection that a request came over."""
    peer: Peer = request.state.peer
    return peer
