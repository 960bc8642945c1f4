"""What the station is and calls itself, and how long it has run."""

from __future__ import annotations

from collections.abc import Iterator

from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.row import Category, Row
from laadpaal.properties import parts, state
from laadpaal.station.layout import ConnectorLayout, Layout, Outlet

_GENERIC = Category("generic")
_VERSION = 1
"""Of our own table of objects; it grows when an object is added."""
_THREE_LINES = 0x02
_OUTLETS = {Outlet.SOCKET: 0x30, Outlet.CABLE: 0x10, Outlet.DOMESTIC: 0x30}
_DOMESTIC = 0x80
_SOCKET_TYPES = {Outlet.SOCKET: 1, Outlet.DOMESTIC: 3, Outlet.CABLE: 5}


def rows(layout: Layout) -> Iterator[Row]:
    """Yield what never changes, and what is counted from a start."""
    yield from _names()
    yield from _built(layout)
    yield from _starts()


def _names() -> Iterator[Row]:
    reading, told = _GENERIC.reading, _GENERIC.told
    help_ = "Name of this kind of station."
    yield told("1008_0", Code.STRING, help_, lambda it: it.view.layout.model, 33)
    help_ = "Kind of computer that the station runs on."
    yield told("1009_0", Code.STRING, help_, lambda it: it.machine.board, 33)
    yield reading("100A_0", Code.STRING, parts.FIRMWARE, length=33)
    yield _GENERIC.fixed("2005_0", Code.UNSIGNED16, "Version of this table.", _VERSION, 65_535)
    yield reading("2050_0", Code.STRING, parts.MODEL, length=21)
    yield reading("2051_0", Code.STRING, parts.SERIAL, length=26)
    help_ = "By what name the CSMS knows the station."
    yield told("2053_0", Code.STRING, help_, lambda it: it.machine.identity, 21)
    help_ = "Firmware with all that belongs to it."
    yield told("2054_0", Code.STRING, help_, lambda it: it.view.layout.firmware, 51)
    yield reading("2055_0", Code.STRING, parts.VENDOR, length=21)


def _built(layout: Layout) -> Iterator[Row]:
    help_ = "How the station is built: lines in bits 0 and 1, outlet in 4 and 5, domestic in 7."
    yield _GENERIC.fixed("204F_0", Code.UNSIGNED16, help_, _configuration(layout), 65_535)
    yield _GENERIC.reading("205E_0", Code.UNSIGNED8, state.SOCKETS)
    for evse, built in enumerate(layout.evses[:2], 1):
        kind = _SOCKET_TYPES[built.connectors[0].outlet]
        help_ = "Outlet of a socket: 1 for Type 2, 5 for a fixed cable of Type 2."
        yield _GENERIC.fixed(f"{evse + 1}125_0", Code.INTEGER8, help_, kind, 3)


def _configuration(layout: Layout) -> int:
    (first, *_) = layout.evses
    lines = _THREE_LINES if first.phases > 1 else 0
    domestic = any(_is_domestic(one) for evse in layout.evses for one in evse.connectors)
    return lines | _OUTLETS[first.connectors[0].outlet] | (_DOMESTIC if domestic else 0)


def _is_domestic(connector: ConnectorLayout) -> bool:
    return connector.outlet is Outlet.DOMESTIC


def _starts() -> Iterator[Row]:
    told = _GENERIC.told
    yield _GENERIC.stored("2056_0", Code.UNSIGNED32, state.STARTS)
    help_ = "Why the station started last."
    yield told("2057_0", Code.STRING, help_, lambda it: it.machine.boot_reason, 51)
    help_ = "How long the station has run since then, in milliseconds."
    yield told("2060_0", Code.UNSIGNED64, help_, lambda it: it.machine.up_s() * 1000)
