"""`GET /api/transactions`: the history as text, one record a line, paged as every client walks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Query, Response

from laadpaal.local_api.given import PastSessions
from laadpaal.local_api.past import shown
from laadpaal.ports.history import About, Happening, History
from laadpaal.station.words import StopReason, Token

PAGE = 48
"""Records on a page."""
FIRST = 0xFFFF_FFFF
"""An offset that asks for the first page, as 0 does."""
LAST = 2**62
"""More than any offset will ever be."""
EMPTY = "0_Empty transaction database\n"
UNKNOWN = 0xFFFF_FFFF_FFFF_FFFF
"""Stands for the CSMS's number of a transaction that has none."""
NONE, OTHER = 255, 0
TEXT = "text/plain; charset=utf-8"

_STOP = "txstop"
_REASONS = MappingProxyType(
    {
        StopReason.LOCAL: 1,
        StopReason.EMERGENCY_STOP: 2,
        StopReason.EV_DISCONNECTED: 3,
        StopReason.HARD_RESET: 4,
        StopReason.POWER_LOSS: 5,
        StopReason.REBOOT: 6,
        StopReason.REMOTE: 7,
        StopReason.SOFT_RESET: 8,
        StopReason.UNLOCK_COMMAND: 9,
        StopReason.DEAUTHORIZED: 10,
    }
)
_NO_TAG = re.compile(r"[\s_,;:]+")
"""What would be taken for the end of a field."""

Record = tuple[int, str, str]
"""Offset, kind and body of one line."""


def page(history: History, offset: int, zone: tzinfo | None = None) -> str:
    """Return the records after `offset`; 0 and 0xFFFFFFFF ask for the first ones.

    Two clients take a page that ends with the end of a transaction for the last one, so only the
    last page ends so.
    """
    after = 0 if offset == FIRST else min(offset, LAST)
    # Of an entry the first record may have been the last of a page: then its second is next.
    whole = (after - 1) // 2
    found = history.happenings(whole, PAGE + 1)
    records = [it for one in found for it in _records(one, zone) if it[0] > after]
    if not records and not history.happenings(0, 1):
        return EMPTY
    return "".join(f"{offset}_{kind}: {body}\n" for offset, kind, body in _cut(records))


def _cut(records: Sequence[Record]) -> Sequence[Record]:
    """Return a page of them, which ends with a stop only where nothing more is there."""
    taken = records[:PAGE]
    ends = len(records) > PAGE and taken[-1][1] == _STOP
    return taken[:-1] if ends else taken


def _records(it: Happening, zone: tzinfo | None) -> Iterator[Record]:
    """Yield the records of one entry: its value, and that a transaction begins or ends with it."""
    first, second = it.offset * 2, it.offset * 2 + 1
    at = f"{datetime.fromtimestamp(it.at, UTC).astimezone(zone):%Y-%m-%d %H:%M:%S}"
    kwh = f"{it.meter_wh / 1000:.3f}"
    waits = "Y" if it.waiting else "N"
    value = f"socket {it.evse}, {at} {kwh} {waits}"
    number = UNKNOWN if it.csms_id is None else it.csms_id % 2**64
    whole = f"id 0x{number:016x}, socket {it.evse}, {at} {kwh}kWh {_tag(it.token)}"
    match it.about:
        case About.BEGIN:
            yield first, "txstart", f"{whole} {_reason(it.reason)} {waits}"
            yield second, "mv", value
        case About.VALUE:
            yield first, "mv", value
        case About.END:
            yield first, "mv", value
            yield second, _STOP, f"{whole} {waits}"


def _reason(reason: StopReason | None) -> int:
    return NONE if reason is None else _REASONS.get(reason, OTHER)


def _tag(token: Token | None) -> str:
    text = shown(token)
    return _NO_TAG.sub("-", text) if text else "(null)"


def routes() -> APIRouter:
    """Return the route of this text; who mounts it asks for a login before."""
    router = APIRouter(default_response_class=Response)
    router.add_api_route("/api/transactions", look, include_in_schema=False)
    return router


async def look(history: PastSessions, offset: Annotated[int, Query(ge=0)] = 0) -> Response:
    """Return the records after `offset`."""
    return Response(page(history, offset), 200, {"Cache-Control": "no-store"}, TEXT)
