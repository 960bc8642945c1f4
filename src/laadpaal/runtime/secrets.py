"""Keeps secrets out of what is written down about a station."""

from __future__ import annotations

from dataclasses import replace

from laadpaal.properties.book import setting
from laadpaal.station.requests import Request, WriteSetting

MASK = "*" * 16
"""Stands for every secret that was accepted, so that not even its length is known."""


def masked(request: Request) -> Request:
    """Return the request as log and flight recorder may show it.

    It is answered like the one it stands for: what is too short or too long stays so.
    """
    if not isinstance(request, WriteSetting):
        return request
    row = setting(request.id)
    if row is None or not row.secret:
        return request
    try:
        row.kind.parse(request.text)
    except ValueError:
        return replace(request, text="*" * len(request.text))
    return replace(request, text=MASK)
