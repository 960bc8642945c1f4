"""`/v1/firmware` and `/api/firmware`: how an update stands, and the way in for one."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.requests import ClientDisconnect

from laadpaal.local_api import schema
from laadpaal.local_api.given import Api, Slot
from laadpaal.local_api.problems import Problem, shape_at
from laadpaal.local_api.render import reply
from laadpaal.local_api.replies import FirmwareReply, UploadReply
from laadpaal.local_api.uploads.announced import announced
from laadpaal.local_api.uploads.errors import UploadError
from laadpaal.local_api.uploads.receiving import Stream, linger, received
from laadpaal.ports.updates import UploadSlot

PATH, COMPATIBLE = "/v1/firmware", "/api/firmware"
PATHS = frozenset({PATH, COMPATIBLE})
"""Where bodies may be larger than elsewhere."""
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {}, "multipart/form-data": {}},
    }
}


def routes() -> APIRouter:
    """Return the routes for people and the page."""
    router = schema.router("firmware")
    stands = schema.told("How the last update stands", schema.shape(FirmwareReply))
    begun = schema.told("It is good, and an update now", schema.shape(UploadReply))
    router.add_api_route(PATH, look, responses=stands)
    for method in ("POST", "PUT"):
        router.add_api_route(
            PATH,
            bring,
            methods=[method],
            responses=begun,
            openapi_extra=_BODY,
            operation_id=f"bring_firmware_{method.lower()}",
        )
    return router


def compatible_routes() -> APIRouter:
    """Return the same for tools that exist; who mounts it asks for a login before."""
    router = APIRouter(default_response_class=Response)
    router.add_api_route(COMPATIBLE, look_compatibly, include_in_schema=False)
    router.add_api_route(COMPATIBLE, bring, methods=["POST", "PUT"], include_in_schema=False)
    return router


async def look(slot: Slot) -> Response:
    """Tell how the last update stands, and how much of it is done."""
    return reply(_stands(slot))


async def look_compatibly(slot: Slot) -> Response:
    """Tell the same in the words that tools look for; truth is a text there."""
    status = {"id": "2911_0", "value": int(slot.code)}
    receiving = "true" if slot.receiving else "false"
    body = {"version": 2, "OD_fileFirmwareUpdateStatus": status, "uploadInProgress": receiving}
    return reply(body)


async def bring(request: Request, api: Api, slot: Slot) -> Response:
    """Take a firmware package: as the body itself, or as the file of a form.

    It is judged while it comes, and installed when nobody charges.
    """
    stream = request.stream()
    try:
        verdict = await received(stream, announced(request.headers), slot, api.patience)
    except UploadError as wrong:
        await _heard_out(request, stream, wrong)
        return _refused(request, wrong)
    except ClientDisconnect:
        return _refused(request, UploadError(HTTPStatus.BAD_REQUEST, "the sender has gone"))
    return reply(UploadReply(verdict.version, _stands(slot)))


async def _heard_out(request: Request, stream: Stream, wrong: UploadError) -> None:
    """Read on for a moment, unless the sender waits to be asked, or has been too slow already."""
    asks = "expect" in request.headers
    if not asks and wrong.status is not HTTPStatus.REQUEST_TIMEOUT:
        await linger(stream)


def _stands(slot: UploadSlot) -> FirmwareReply:
    name = slot.code.name.lower().replace("_", " ")
    return FirmwareReply(name, int(slot.code), slot.progress, slot.receiving)


def _refused(request: Request, wrong: UploadError) -> Response:
    # What is still on its way is not read, so nothing else can follow on this connection.
    shape = shape_at(request.url.path)
    return shape(Problem(wrong.status, wrong.why), {"Connection": "close"})
