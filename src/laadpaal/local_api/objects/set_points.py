"""Set points: the currents that an energy manager wants, of the station and of each socket."""

from __future__ import annotations

from collections.abc import Iterator

from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.row import Category, Row, Seen
from laadpaal.station.layout import Layout
from laadpaal.station.set_points import SetPointView

_GENERIC = Category("generic")
_STATION = 0x2165
"""The index of the station's; those of the sockets follow."""


def rows(layout: Layout) -> Iterator[Row]:
    """Yield what there is where an energy manager can reach the station."""
    if not layout.manager:
        return
    for evse in range(min(len(layout.evses), 2) + 1):
        index, whose = f"{_STATION + evse:X}", f"socket {evse}" if evse else "the station"
        yield from _point(index, whose, evse)


def _point(index: str, whose: str, evse: int) -> Iterator[Row]:
    told = _GENERIC.told
    help_ = f"Whether an energy manager sets what {whose} may take."
    yield told(f"{index}_1", Code.UNSIGNED8, help_, lambda it: int(_of(it, evse).counts), 2)
    help_ = f"Current that {whose} may take while it says nothing."
    yield told(f"{index}_2", Code.REAL32, help_, lambda it: _of(it, evse).safe_a)
    help_ = f"Current that it wanted {whose} to take last; 0 while it wanted none."
    yield told(f"{index}_3", Code.REAL32, help_, lambda it: _of(it, evse).limit_a or 0.0)


def _of(seen: Seen, evse: int) -> SetPointView:
    """Return the set point of a socket, or the lowest of the station's lines."""
    points = seen.view.set_points
    if evse:
        return points.evses[evse - 1]
    return min(points.lines, key=lambda it: it.safe_a if it.limit_a is None else it.limit_a)
