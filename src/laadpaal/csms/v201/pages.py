"""A report that is too long for one message, cut by the bytes it takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from laadpaal.protocols.ocpp import codec
from laadpaal.protocols.ocpp.message import Message

BYTES_PER_REPORT = 8_192
"""What one message of a report may take, frame and all (3.4)."""
_FRAME = 512
"""What is written around the lines: the frame, the numbers, the instant."""

M = TypeVar("M", bound=Message)


def pages(lines: Iterable[M], most_bytes: int = BYTES_PER_REPORT) -> list[tuple[M, ...]]:
    """Return the lines, in order, as many together as fit; none comes alone unless it must."""
    found: list[list[M]] = []
    left = 0
    for line in lines:
        size = len(bytes(codec.encode(line))) + 1
        if size > left:
            found.append([])
            left = most_bytes - _FRAME
        found[-1].append(line)
        left -= size
    return [tuple(page) for page in found]
