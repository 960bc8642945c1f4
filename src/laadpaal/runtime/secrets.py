"""Keeps secrets out of what is written down about a station."""

from __future__ import annotations

from dataclasses import replace

from laadpaal.properties.book import setting
from laadpaal.station.requests import Request, WriteSetting

MASK = "*" * 16


def masked(request: Request) -> Request:
    """Return the request as log and flight recorder may show it."""
    if isinstance(request, WriteSetting):
        row = setting(request.id)
        if row is not None and row.secret:
            return replace(request, text=MASK)
    return request
