"""What can be monitored how, what a monitor reads, and the monitors that are built in."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from laadpaal.properties import monitoring as rows
from laadpaal.properties import parts
from laadpaal.properties.book import BY_ID
from laadpaal.properties.kinds import DataType
from laadpaal.properties.rows import Address, Property, Reading, Setting
from laadpaal.properties.values import Values
from laadpaal.station.answers import Reason, Refused
from laadpaal.station.layout import Layout
from laadpaal.station.monitors import THRESHOLDS, KeptMonitor, Monitor, MonitorKind, Origin
from laadpaal.station.readings import places, shown
from laadpaal.station.requests import SetMonitor
from laadpaal.station.view import StationView
from laadpaal.station.watch import Seen

SHORTEST_S = 1.0
"""No period is shorter, and neither is the grid."""
_MOST = 1e9
LOCK_SEVERITY, PROBLEM_SEVERITY = 1, 3
_NUMBERS = frozenset({DataType.INTEGER, DataType.DECIMAL})


def built_in(layout: Layout) -> tuple[Monitor, ...]:
    """Return what the station tells of its own accord; an id tells the place.

    That a lock fails must be told (G05), so nobody can clear that.
    """
    return (
        *_changes(1, parts.STATION_PROBLEM, layout, PROBLEM_SEVERITY, Origin.PRECONFIGURED),
        *_changes(100, parts.EVSE_PROBLEM, layout, PROBLEM_SEVERITY, Origin.PRECONFIGURED),
        *_changes(200, parts.LOCK_PROBLEM, layout, LOCK_SEVERITY, Origin.HARD_WIRED),
    )


def _changes(
    first: int, row: Reading[Any], layout: Layout, severity: int, origin: Origin
) -> Iterator[Monitor]:
    for evse, connector in places(row, layout):
        at, id_ = Address(row.id, evse, connector), first + 10 * evse + connector
        yield Monitor(id_, at, MonitorKind.DELTA, 0.0, severity, origin=origin)


def monitorable(row: Property[Any]) -> bool:
    """Tell whether its value can change at all."""
    return isinstance(row, Setting) or not row.constant


def fits(kept: KeptMonitor, layout: Layout) -> bool:
    """Tell whether there still is what it watches."""
    return kept.monitor is None or _exists(kept.monitor.at, layout)


def flaw(wish: SetMonitor, layout: Layout) -> Refused | None:
    """Return why such a monitor cannot be (N04)."""
    if not _exists(wish.at, layout):
        return Refused(Reason.UNKNOWN_SETTING, "there is no such variable")
    row = BY_ID[wish.at.id]
    if not monitorable(row):
        return Refused(Reason.UNSUPPORTED, "its value never changes")
    if not 0 <= wish.severity <= rows.LEAST_SEVERE:
        return Refused(Reason.OUT_OF_RANGE, f"severity {wish.severity} is not in 0..9")
    if wish.kind in THRESHOLDS and row.kind.data_type not in _NUMBERS:
        return Refused(Reason.BAD_MONITOR, "only a number can be above or below a bound")
    low, high = _bounds(wish.kind, row)
    if not low <= wish.value <= high:
        return Refused(Reason.OUT_OF_RANGE, f"{wish.value:g} is not in {low:g}..{high:g}")
    return None


def _exists(at: Address, layout: Layout) -> bool:
    row = BY_ID.get(at.id)
    return row is not None and (at.evse, at.connector) in places(row, layout)


def _bounds(kind: MonitorKind, row: Property[Any]) -> tuple[float, float]:
    """Return what the value of a monitor may be."""
    if kind in THRESHOLDS:
        low, high = row.kind.low, row.kind.high
        return -math.inf if low is None else low, math.inf if high is None else high
    return 0.0 if kind is MonitorKind.DELTA else SHORTEST_S, _MOST


def reported(at: Address, view: StationView, values: Values) -> tuple[Seen | None, str]:
    """Return what a monitor compares, None while it is unknown, and what it may tell of it."""
    row = BY_ID[at.id]
    if isinstance(row, Setting) and row.secret:
        return values.of(row, at.evse), ""
    text = shown(at, view, values)
    if isinstance(row, Reading) and not text:
        return None, text
    return float(text) if row.kind.data_type in _NUMBERS else text, text
