"""Which parts are out of use: one bit for the station, and one for each socket."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from laadpaal.local_api.objects.codes import Code, Value
from laadpaal.local_api.objects.row import Category, Row, Seen, Wish
from laadpaal.station.layout import Layout
from laadpaal.station.requests import ChangeAvailability

_GENERIC = Category("generic")
_STATION = 1


def rows(layout: Layout) -> Iterator[Row]:
    """Yield the object."""
    yield Row(
        "205F_0",
        Code.UNSIGNED64,
        _GENERIC.name,
        "Parts out of use: 1 is the station, 2 its first socket, 4 its second, added up.",
        _bits,
        write=partial(_change, (1 << len(layout.evses) + 1) - 1),
    )


def _bits(seen: Seen) -> int:
    station = 0 if seen.view.operative else _STATION
    return station | sum(1 << it.evse for it in seen.view.evses if not it.operative)


def _change(every: int, seen: Seen, value: Value) -> Iterator[Wish]:
    """Wish for what differs from how it is now."""
    wanted, now = int(value), _bits(seen)
    if wanted & ~every:
        raise ValueError(f"{wanted} has a bit for a part that the station does not have")
    return (
        ChangeAvailability(operative=not wanted >> part & 1, evse=part)
        for part in range(every.bit_length())
        if (wanted ^ now) >> part & 1
    )
