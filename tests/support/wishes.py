"""Random legal texts for every setting that somebody may write."""

from __future__ import annotations

import math
import string
from typing import Any

from hypothesis import strategies as st

from laadpaal.properties.book import BOOK
from laadpaal.properties.comms import ATTEMPTS, HEARTBEAT_INTERVAL
from laadpaal.properties.kinds import Kind, Secret
from laadpaal.properties.metering import (
    ALIGNED_INTERVAL,
    ENDED_ALIGNED_INTERVAL,
    ENDED_INTERVAL,
    SAMPLE_INTERVAL,
)
from laadpaal.properties.rows import Access, Property, Reading, Setting
from laadpaal.properties.wiring import Rotations

SHORTEST_PACE_S = 30
"""Something each second of a station's hours is what a machine has no time for."""
PACES = {
    SAMPLE_INTERVAL,
    ENDED_INTERVAL,
    ALIGNED_INTERVAL,
    ENDED_ALIGNED_INTERVAL,
    HEARTBEAT_INTERVAL,
}
WRITABLE: tuple[Setting[Any], ...] = tuple(
    row
    for row in BOOK
    if not isinstance(row, Reading) and row.access is Access.OPERATOR and row is not ATTEMPTS
)
"""All but the number of attempts: a notice that is given up is meant to be missing."""

_SEVERAL = {"MemberList", "SequenceList"}
_DIGITS = string.digits + "abcdef"


def legal(row: Setting[Any]) -> st.SearchStrategy[str]:
    """Return texts that the row's kind reads, often at its bounds."""
    kind: Kind[Any] = row.kind
    name = kind.data_type.value
    if isinstance(kind, Rotations):
        orders = st.lists(st.sampled_from(kind.choices), max_size=3)
        return orders.map(lambda some: kind.show(tuple(enumerate(some))))
    if name in _SEVERAL:
        least = int(kind.low or 0)
        return st.lists(st.sampled_from(kind.choices), min_size=least, unique=True).map(",".join)
    if name == "OptionList":
        return st.sampled_from(kind.choices)
    if name == "boolean":
        return st.sampled_from(["true", "false"])
    low, high = kind.low or 0, kind.high or 0
    if isinstance(kind, Secret):
        return st.text(_DIGITS, min_size=32, max_size=32)
    if row in PACES:
        return _whole(SHORTEST_PACE_S, math.floor(high)) | st.just("0")
    if name == "decimal":
        return st.sampled_from([low, 6.0, 10.0, 16.0, min(high, 32.0), high]).map(kind.show)
    return _whole(math.ceil(low), math.floor(high))


def _whole(low: int, high: int) -> st.SearchStrategy[str]:
    usual = {low, high, *(number for number in (45, 60, 300, 900, 3600) if low <= number <= high)}
    return (st.sampled_from(sorted(usual)) | st.integers(low, high)).map(str)


@st.composite
def writes(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a setting's id and a text for it."""
    row = draw(st.sampled_from(WRITABLE))
    return row.id, draw(legal(row))


@st.composite
def names(draw: st.DrawFn, ocpp: str) -> tuple[str, str]:
    """Draw a setting's name in a version of OCPP and a text for it."""
    named = [(name, row) for row in WRITABLE for name in _names(row, ocpp)]
    name, row = draw(st.sampled_from(named))
    return name, draw(legal(row))


def _names(row: Property[Any], ocpp: str) -> list[str]:
    if ocpp == "1.6":
        return [key.name for key in row.keys if not (key.read_only or key.of_high)]
    return [
        f"{v.component}.{v.name}" + (f"[{v.instance}]" if v.instance else "")
        for v in row.variables
        if not v.read_only
    ]
