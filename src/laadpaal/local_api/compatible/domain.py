"""`/api/domain`: secrets and certificates, which go in and never come out."""

from __future__ import annotations

import binascii
from http import HTTPStatus

from fastapi import APIRouter, Response

from laadpaal.local_api.compatible.kit import KitGiven, Members, done, number, text
from laadpaal.local_api.problems import Problem
from laadpaal.ports.errors import VaultFailed
from laadpaal.ports.vault import Use
from laadpaal.properties.comms import PASSWORD
from laadpaal.station.requests import WriteSetting
from laadpaal.station.words import By

CSMS_KEY = 0
ROOTS = {16: Use.MANUFACTURER_ROOT, 17: Use.CSMS_ROOT}


def routes() -> APIRouter:
    """Return the route of this resource."""
    router = APIRouter()
    router.add_api_route("/api/domain", write, methods=["POST"])
    return router


async def write(kit: KitGiven, given: Members) -> Response:
    """Keep the password for the CSMS, or a root; nothing else of the kind means anything here."""
    if text(given, "cmd") != "add":
        raise Problem(HTTPStatus.BAD_REQUEST, "cmd: only add is known")
    kind, data = int(number(given, "type")), _bytes(text(given, "data"))
    if kind == CSMS_KEY:
        return done(await kit.desk.ask(WriteSetting(PASSWORD.id, data, By.LOCAL)))
    if kind not in ROOTS:
        raise Problem(HTTPStatus.BAD_REQUEST, f"type: {kind} means nothing to this station")
    try:
        kit.vault.add_root(ROOTS[kind], data)
    except VaultFailed as wrong:
        raise Problem(HTTPStatus.BAD_REQUEST, f"data: {wrong}") from wrong
    kit.held()
    return done()


def _bytes(given: str) -> str:
    try:
        return binascii.unhexlify(given).decode("utf-8")
    except ValueError as wrong:
        # What was sent is not repeated: it may be a secret.
        raise Problem(HTTPStatus.BAD_REQUEST, "data: hexadecimal of a text is wanted") from wrong
