"""`scn`: a network of stations that share a fuse; this one is such a network by itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.phases import map_of
from laadpaal.local_api.objects.row import Category, Row
from laadpaal.properties import balancing, charging
from laadpaal.station.layout import Layout

_SCN = Category("scn")
_MAPS = ("2180_7", "2180_9")


def rows(layout: Layout) -> Iterator[Row]:
    """Yield the objects of this category."""
    yield _SCN.fixed("2180_1", Code.STRING, "Name of the network: empty, for there is none.", "", 8)
    yield _SCN.fixed("2180_2", Code.UNSIGNED8, "Number of the station in it.", 0, 255)
    yield _SCN.fixed("2180_3", Code.UNSIGNED8, "Sockets in it.", len(layout.evses), 255)
    yield _SCN.stored("2180_4", Code.UNSIGNED16, balancing.ALTERNATING, length=65_535)
    yield _SCN.stored("2180_5", Code.REAL32, charging.STATION_MAX, shown_only=True)
    yield _SCN.stored("2180_6", Code.REAL32, balancing.SAFE_EVSE, evse=1, shown_only=True)
    for evse, _ in enumerate(layout.evses[:2], 1):
        help_ = "Order in which the lines reach a socket: 1 is L1 alone, 4 is L1, L2, L3."
        read = partial(map_of, evse)
        yield _SCN.told(_MAPS[evse - 1], Code.UNSIGNED8, help_, read, 10)
    yield _SCN.fixed("2180_8", Code.UNSIGNED8, "Whether stations can be joined: 0.", 0, 2)
    yield _SCN.stored("2180_A", Code.REAL32, balancing.SAFE_STATION, shown_only=True)
