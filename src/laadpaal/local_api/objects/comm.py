"""`comm`: how long the station waits for the CSMS, and which way it goes there."""

from __future__ import annotations

from collections.abc import Iterator

from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.row import FLAG, Category, Row
from laadpaal.properties import comms, networks
from laadpaal.properties import connectivity as ways
from laadpaal.properties.authorization import CHECK_REMOTE_START
from laadpaal.station.layout import Layout

_COMM = Category("comm")
_AT_ONCE = 1


def rows(layout: Layout) -> Iterator[Row]:
    """Yield the objects of this category."""
    yield _COMM.stored("208A_0", Code.UNSIGNED32, comms.PING_INTERVAL)
    yield _COMM.stored("208E_1", Code.UNSIGNED16, comms.MESSAGE_TIMEOUT)
    if layout.modem:
        yield _COMM.stored("208E_2", Code.UNSIGNED16, comms.MESSAGE_TIMEOUT)
    yield _COMM.stored("209B_0", Code.INTEGER8, CHECK_REMOTE_START, FLAG, length=2)
    help_ = "How a status is told: 1, at once and with its time."
    yield _COMM.fixed("209C_0", Code.INTEGER8, help_, _AT_ONCE, 3)
    help_ = "Whether there are heartbeats beside other messages: 0, only where those are missing."
    yield _COMM.fixed("209D_0", Code.INTEGER8, help_, 0, 2)
    yield _COMM.reading("3550_0", Code.INTEGER8, ways.ACTIVE_CONNECTIVITY)
    yield _COMM.reading("3553_0", Code.INTEGER8, networks.ACTIVE_SLOT)
