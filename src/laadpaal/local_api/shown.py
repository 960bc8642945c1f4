"""`/v1/certificate`: what the station shows to those who come over HTTPS."""

from __future__ import annotations

import asyncio
import ssl
from http import HTTPStatus

from cryptography.hazmat.primitives import hashes
from fastapi import APIRouter, Response

from laadpaal.local_api import schema
from laadpaal.local_api.bodies import Showing
from laadpaal.local_api.given import Asking, Desk, Showcase, Shows
from laadpaal.local_api.problems import Problem
from laadpaal.local_api.render import reply
from laadpaal.local_api.replies import ShownReply
from laadpaal.local_api.visitors import Visitor
from laadpaal.ports.accounts import User
from laadpaal.ports.certificate import ServerCertificate
from laadpaal.ports.errors import VaultFailed
from laadpaal.protocols.pki import KeyFlawed, PkiError, read_chain
from laadpaal.station.events import SecurityIncident
from laadpaal.station.security import SecurityKind

OWNERS = (User.ADMIN, User.SERVICE)


def routes() -> APIRouter:
    """Return the routes of this resource."""
    router = schema.router("certificates")
    seen = schema.told("What is shown", schema.shape(ShownReply))
    router.add_api_route("/v1/certificate", look, responses=seen)
    router.add_api_route("/v1/certificate", replace, methods=["PUT"], responses=seen)
    return router


async def look(shows: Shows) -> Response:
    """Return what is known of the certificate itself; its key never comes out."""
    return reply(_told(shows.certificate))


async def replace(desk: Desk, shows: Shows, visitor: Asking, wish: Showing) -> Response:
    """Show another chain in every new connection, and after each start; open ones go on."""
    _check(visitor, shows.certificate)
    await _replaced(shows, wish, desk.now().utc)
    told = _told(shows.certificate)
    info = f"HTTPS shows the certificate of {told.subject} now."
    desk.happened(SecurityIncident(SecurityKind.PARAMETERS_CHANGED, info))
    return reply(told)


def _check(visitor: Visitor, certificate: ServerCertificate) -> None:
    """Raise Problem for who may not, and where nobody may."""
    if not (visitor.open or visitor.user in OWNERS):
        raise Problem(HTTPStatus.FORBIDDEN, "admin and service may replace the certificate")
    if certificate.fixed:
        detail = "the configuration names the files of the certificate"
        raise Problem(HTTPStatus.CONFLICT, detail, reason="Fixed")


async def _replaced(shows: Showcase, wish: Showing, utc: float) -> None:
    try:
        await asyncio.to_thread(shows.replace, wish.chain, wish.key, utc)
    except PkiError as wrong:
        where = "key" if isinstance(wrong, KeyFlawed) else "chain"
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{where}: {wrong}") from wrong
    except ssl.SSLError as wrong:
        detail = f"TLS does not take it: {wrong.strerror or wrong}"
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail) from wrong
    except (VaultFailed, OSError) as wrong:
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, f"it could not be kept: {wrong}") from wrong


def _told(certificate: ServerCertificate) -> ShownReply:
    try:
        leaf = read_chain(certificate.chain())[0]
    except (OSError, PkiError, VaultFailed) as wrong:
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, f"it could not be read: {wrong}") from wrong
    return ShownReply(
        leaf.subject,
        leaf.issuer,
        leaf.hosts,
        leaf.not_before,
        leaf.not_after,
        leaf.key,
        leaf.x509.fingerprint(hashes.SHA256()).hex(),
        certificate.fixed,
    )
