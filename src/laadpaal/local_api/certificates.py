"""`/v1/certificates`: whom the station trusts, and what it shows itself."""

from __future__ import annotations

from fastapi import APIRouter, Response

from laadpaal.local_api import schema
from laadpaal.local_api.given import Holdings
from laadpaal.local_api.render import reply
from laadpaal.local_api.replies import CertificateReply


def routes() -> APIRouter:
    """Return the route of this resource."""
    router = schema.router("certificates")
    many = {"type": "array", "items": schema.shape(CertificateReply)}
    seen = schema.told("The certificates, by what they are for", many)
    router.add_api_route("/v1/certificates", look, responses=seen)
    return router


async def look(holdings: Holdings) -> Response:
    """Return every certificate that counts: all roots, and the newest of the station's own."""
    return reply(holdings())
