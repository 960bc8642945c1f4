"""`/v1/messages`: what has lately gone between station and CSMS; live by the event stream."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Response

from laadpaal.local_api import schema
from laadpaal.local_api.given import Talked
from laadpaal.local_api.past import MessagesReply
from laadpaal.local_api.render import reply, to_json
from laadpaal.local_api.sheets import download
from laadpaal.ports.messages import Message

MOST = 500
"""Messages of one answer."""
LINES = "application/jsonl"
Action = Annotated[str | None, Query(description="Only these calls and answers", max_length=60)]
Text = Annotated[
    str | None, Query(description="Part of the text, or of the name of its call", max_length=200)
]


def routes() -> APIRouter:
    """Return the routes of this resource."""
    router = schema.router("messages")
    seen = schema.told("Messages, newest first", schema.shape(MessagesReply))
    text = {"type": "string"}
    saved = schema.told("All there are, oldest first, a line for each", text, media=LINES)
    router.add_api_route("/v1/messages", look, responses=seen)
    router.add_api_route("/v1/messages.jsonl", save, responses=saved)
    return router


async def look(
    talked: Talked,
    before: Annotated[int | None, Query(description="A number; only older ones", ge=0)] = None,
    action: Action = None,
    text: Text = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> Response:
    """Return the messages that are sought, newest first."""
    sought = (it for it in talked.last(before) if _wanted(it, action, text))
    found = tuple(islice(sought, limit))
    return reply(MessagesReply(found, found[-1].number if len(found) == limit else None))


async def save(talked: Talked, action: Action = None, text: Text = None) -> Response:
    """Return all messages that are sought, oldest first, as a file with a line for each."""
    found = [it for it in reversed(talked.last()) if _wanted(it, action, text)]
    return download(b"".join(to_json(it) + b"\n" for it in found), "messages.jsonl", LINES)


def _wanted(message: Message, action: str | None, text: str | None) -> bool:
    named = action is None or message.action.casefold() == action.casefold()
    said = f"{message.action} {message.text}".casefold()
    return named and (text is None or text.casefold() in said)
