"""Random wishes about monitors, of all that can be watched and some of what cannot."""

from __future__ import annotations

from hypothesis import strategies as st

from laadpaal.properties import comms, meter, parts
from laadpaal.properties.rows import Address
from laadpaal.station import requests as r
from laadpaal.station.monitors import PERIODS, MonitoringBase, MonitorKind

WATCHED = (
    Address(meter.POWER.id, 1),
    Address(meter.ENERGY.id, 2),
    Address(parts.EVSE_AVAILABILITY.id, 1),
    Address(parts.CONNECTOR_AVAILABILITY.id, 2, 1),
    Address(parts.EVSE_PROBLEM.id, 2),
    Address(comms.OFFLINE_THRESHOLD.id),
    Address(comms.PASSWORD.id),
    Address(parts.MODEL.id),
)
BUILT_IN = (1, 110, 120, 211)
"""The station's problem, that of each EVSE, and the lock."""
SHORTEST_S = 45


@st.composite
def set_monitors(draw: st.DrawFn) -> r.SetMonitor:
    """Draw a wish for a monitor; seldom for one that exists already."""
    kind = draw(st.sampled_from(MonitorKind))
    value = draw(st.sampled_from([-1, 0, 10, 45, 60, 500, 1e6]))
    return r.SetMonitor(
        draw(st.sampled_from(WATCHED)),
        kind,
        max(value, SHORTEST_S) if kind in PERIODS else value,
        draw(st.integers(0, 10)),
        draw(st.booleans()),
        draw(st.sampled_from([None, None, None, *BUILT_IN, 1000, 1001])),
    )


def monitor_wishes() -> st.SearchStrategy[r.Request]:
    """Draw any wish about monitors."""
    return st.one_of(
        set_monitors(),
        set_monitors(),
        st.builds(r.ClearMonitor, st.sampled_from([*BUILT_IN, 1000, 1001, 1002])),
        st.builds(r.SetMonitoringBase, st.sampled_from(MonitoringBase)),
        st.builds(r.SetMonitoringLevel, st.integers(0, 10)),
    )
