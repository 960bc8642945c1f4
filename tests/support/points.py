"""Every choice of start and stop points that a station may be given (2.0.1 E01, E06)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, product

from laadpaal.properties import metering
from laadpaal.properties import transactions as rows
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet

Points = tuple[str, ...]

SOCKET = EvseLayout(bay=True, signs=True)
CABLE = EvseLayout((ConnectorLayout(Outlet.CABLE, 16.0),), phases=1, bay=True, signs=True)
EQUIPPED = Layout(evses=(SOCKET, CABLE))
"""A socket and a fixed cable, with a sensor in each bay, and meters that sign."""


def _some(points: Points) -> Iterator[Points]:
    return chain.from_iterable(combinations(points, n) for n in range(1, len(points) + 1))


STARTS: list[Points] = list(_some(rows.POINTS))
STOPS: list[Points] = list(_some(rows.STOP_POINTS))
EVERY_CHOICE: list[tuple[Points, Points]] = list(product(STARTS, STOPS))


def settings_of(start: Points, stop: Points) -> dict[str, str]:
    """Return the settings of a choice by id, in an order in which each can be written."""
    signs = "true" if "DataSigned" in start else "false"
    return {
        metering.SIGN_SAMPLED.id: signs,
        rows.START_POINT.id: ",".join(start),
        rows.STOP_POINT.id: ",".join(stop),
    }
