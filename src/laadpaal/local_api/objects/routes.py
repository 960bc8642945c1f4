"""`/api/prop` and `/api/categories`: objects as the clients of the compatible API ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import APIRouter, Depends, Request, Response

from laadpaal.local_api.objects.objects import MOST, PAGE, Objects, Page, Written, encoded
from laadpaal.local_api.problems import COMPATIBLE_JSON, Problem

_VERSION = 2
_LONGEST_NUMBER = 9


def router(objects: Objects, user: Callable[..., Any]) -> APIRouter:
    """Return the routes.

    Args:
        objects: Of the station.
        user: A dependency that returns the name of who asks, or ends the request.
    """

    async def categories() -> Response:
        """Return the names of the categories."""
        names = objects.categories()
        told = msgspec.json.encode({"version": _VERSION, "categories": names})
        return Response(told, media_type=COMPATIBLE_JSON)

    async def read(request: Request) -> Response:
        """Return objects by category, by id, or all of them."""
        page = _asked(objects, request.query_params.multi_items())
        return Response(encoded(page), media_type=COMPATIBLE_JSON)

    # An annotation could not name what is only known here.
    async def write(request: Request, name: str = Depends(user)) -> Response:
        """Write objects, all of them or none."""
        written = await objects.write(_items(await request.body()), name)
        if all(one.accepted for one in written):
            return Response(media_type=COMPATIBLE_JSON)
        raise _bad(_told(written), items=written)

    made = APIRouter(tags=["objects"], dependencies=[Depends(user)])
    made.add_api_route("/api/categories", categories, response_class=Response)
    made.add_api_route("/api/prop", read, response_class=Response)
    made.add_api_route("/api/prop", write, methods=["POST"], response_class=Response)
    return made


def _asked(objects: Objects, query: Sequence[tuple[str, str]]) -> Page:
    """Return what a query asks for; ids come before a category, and the unknown plays no part."""
    ids = [one for key, value in query if key in {"ids", "id"} for one in value.split(",")]
    given = dict(query)
    if ids:
        return objects.named(ids)
    offset = _number(given, "offset", 0, 0)
    limit = min(_number(given, "limit", PAGE, 1), MOST)
    if "cat" in given:
        return objects.page(given["cat"], offset, limit)
    return objects.everything(offset, limit)


def _number(given: Mapping[str, str], key: str, otherwise: int, least: int) -> int:
    text = given.get(key, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise _bad(f"{key}: {text[:20]!r} is not a whole number")
    if int(text) < least:
        raise _bad(f"{key}: {text} is less than {least}")
    return int(text)


def _items(body: bytes) -> dict[str, object]:
    """Return ids and what to write there; the names of the members play no part."""
    try:
        members = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise _bad(f"the body is no JSON: {wrong}") from wrong
    if not isinstance(members, dict):
        raise _bad("the body is not an object of objects")
    if not 1 <= len(members) <= MOST:
        raise _bad(f"{len(members)} members are not in 1..{MOST}")
    items: dict[str, object] = {}
    for name, member in members.items():
        id_, value = _item(name[:20], member)
        if id_ in items:
            raise _bad(f"{id_[:20]} is there twice")
        items[id_] = value
    return items


def _item(name: str, member: object) -> tuple[str, object]:
    match member:
        case {"id": str() as id_, "value": value}:
            return id_, value
        case {"id": str()}:
            raise _bad(f"{name} has no value")
        case _:
            raise _bad(f"{name} has no id")


def _told(written: Sequence[Written]) -> str:
    """Say in one sentence what could not be written."""
    return "; ".join(f"{one.id}: {one.why}" for one in written if not one.accepted)


def _bad(detail: str, **more: object) -> Problem:
    return Problem(HTTPStatus.BAD_REQUEST, detail, **more)
