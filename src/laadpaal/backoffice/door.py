"""The door: who may come in, and which OCPP version is spoken then."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Sequence
from hmac import compare_digest
from http import HTTPStatus
from urllib.parse import unquote

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import NegotiationError
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from laadpaal.backoffice.policy import Policy
from laadpaal.backoffice.tongue import TONGUES

_FEWEST_PARTS = 3
_LOGIN = "WWW-Authenticate"


def identity_in(target: str) -> str | None:
    """Return the identity at the end of `/<anything>/<identity>`, or None when there is none.

    It is percent-decoded, so it may hold a slash, and must be printable UTF-8.
    """
    parts = target.partition("?")[0].split("/")
    if len(parts) < _FEWEST_PARTS:
        return None
    try:
        identity = unquote(parts[-1], errors="strict")
    except UnicodeDecodeError:
        return None
    return identity if identity and identity.isprintable() else None


def refusal(policy: Policy, socket: ServerConnection, request: Request) -> Response | None:
    """Return 404 for a stranger, 401 for a wrong password, and None for who may come in."""
    identity = identity_in(request.path)
    if identity is None or not (policy.stations is None or identity in policy.stations):
        return socket.respond(HTTPStatus.NOT_FOUND, "No such station\n")
    if _knows_password(policy, identity, request.headers.get_all("Authorization")):
        return None
    response = socket.respond(HTTPStatus.UNAUTHORIZED, "Wrong password\n")
    response.headers[_LOGIN] = 'Basic realm="ocpp", charset="UTF-8"'
    return response


def version(_socket: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol:
    """Return the first version offered that we speak; raises NegotiationError (status 400)."""
    for subprotocol in offered:
        if subprotocol in TONGUES:
            return subprotocol
    raise NegotiationError(f"none of {', '.join(TONGUES)} is offered")


def _knows_password(policy: Policy, identity: str, headers: Sequence[str]) -> bool:
    if policy.passwords is None:
        return True
    password = policy.passwords.get(identity)
    if password is None or len(headers) != 1:
        return False
    return compare_digest(_credentials(headers[0]), f"{identity}:{password}".encode())


def _credentials(header: str) -> bytes:
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "basic":
        return b""
    try:
        return b64decode(token.strip(), validate=True)
    except (binascii.Error, ValueError):
        return b""
