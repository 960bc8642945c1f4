"""The OpenAPI document: what the routes say of themselves, and the shapes of all replies."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
from fastapi import APIRouter, FastAPI, Request, Response

from laadpaal.local_api import lines, past, replies
from laadpaal.local_api.problems import JSON, MEDIA_TYPE
from laadpaal.ports.messages import Message
from laadpaal.station.notices import Notice
from laadpaal.station.why import Why

EVENT_STREAM = "text/event-stream"
NOTICES = get_args(Notice)
REPLIES = (
    replies.ProblemReply,
    replies.HealthReply,
    replies.AnswerReply,
    replies.StationReply,
    replies.PropertyReply,
    replies.CardReply,
    replies.TroublesReply,
    replies.FirmwareReply,
    replies.UploadReply,
    replies.ReleaseReply,
    past.SessionsReply,
    past.SessionStoryReply,
    replies.LoginReply,
    replies.AccountReply,
    replies.AccountsReply,
    past.LogReply,
    past.MessagesReply,
    replies.CertificateReply,
    replies.ShownReply,
    replies.SpeedReply,
    Why,
)
ASIDE = (lines.LogLine, Message)
"""What the event stream tells besides notices, when it is asked to."""
STATE: dict[str, Any] = {"type": "object", "additionalProperties": True}
"""Schema of what the link or the bench tells of itself."""
_TEMPLATE = "#/components/schemas/{name}"

Told = dict[int | str, dict[str, Any]]
"""What a route answers, by HTTP status, as OpenAPI writes it."""


def shape(reply: type) -> dict[str, Any]:
    """Return the schema that refers to this shape of a reply."""
    return {"$ref": _TEMPLATE.format(name=reply.__name__)}


def told(description: str, schema: dict[str, Any], status: int = 200, media: str = JSON) -> Told:
    """Return the description of one reply."""
    return {status: {"description": description, "content": {media: {"schema": schema}}}}


PROBLEMS = told("What was wrong", shape(replies.ProblemReply), media=MEDIA_TYPE)
ANSWERED = told("The station does it, or has done it", shape(replies.AnswerReply)) | told(
    "The station will do it when no transaction runs", shape(replies.AnswerReply), 202
)


def router(tag: str, prefix: str = "") -> APIRouter:
    """Return an empty router whose routes may answer with a problem."""
    return APIRouter(
        prefix=prefix,
        tags=[tag],
        default_response_class=Response,
        responses={"4XX": PROBLEMS[200]},
    )


def document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of `app`."""
    made = app.openapi()
    _, shapes = msgspec.json.schema_components(
        (*REPLIES, *NOTICES, *ASIDE), schema_hook=_anything, ref_template=_TEMPLATE
    )
    made.setdefault("components", {}).setdefault("schemas", {}).update(shapes)
    return made


def events() -> Told:
    """Return the description of the event stream."""
    names = ", ".join(f"`{shape.__name__}`" for shape in (*NOTICES, *ASIDE))
    text = f"Frames with `event`, one of {names}, and `data`, that schema's JSON"
    return told(text, {"type": "string"}, media=EVENT_STREAM)


def routes() -> APIRouter:
    """Return the route of the document itself, which it does not describe."""
    made = APIRouter()
    made.add_api_route("/v1/openapi.json", describe, include_in_schema=False)
    return made


async def describe(request: Request) -> Response:
    """Return the OpenAPI document."""
    return Response(msgspec.json.encode(document(request.app)), media_type=JSON)


def _anything(kind: type) -> dict[str, Any]:
    assert kind is object, f"no schema for {kind}"  # noqa: S101  a shape that nobody described
    return {"description": "Any JSON value"}
