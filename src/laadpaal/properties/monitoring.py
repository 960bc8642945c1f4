"""Who hears of what monitors see, and when."""

from __future__ import annotations

from laadpaal.properties.kinds import Choice, Flag, Whole
from laadpaal.properties.rows import Access, Setting, Variable

LEAST_SEVERE = 9

MONITORING_ENABLED = Setting(
    id="20FA_0",
    kind=Flag(),
    default=True,
    help="Whether monitors look at what they watch at all.",
    variables=(Variable("MonitoringCtrlr", "Enabled"),),
)
MONITORING_BASE = Setting(
    id="20FA_1",
    kind=Choice(("All", "FactoryDefault", "HardWiredOnly")),
    default="All",
    help="Which monitors were asked for last, as a whole.",
    access=Access.STATION,
    variables=(Variable("MonitoringCtrlr", "ActiveMonitoringBase", read_only=True),),
)
MONITORING_LEVEL = Setting(
    id="20FA_2",
    kind=Whole(0, LEAST_SEVERE),
    default=LEAST_SEVERE,
    help="Highest severity number that is told; 0 is the gravest.",
    access=Access.STATION,
    variables=(Variable("MonitoringCtrlr", "ActiveMonitoringLevel", read_only=True),),
)
OFFLINE_SEVERITY = Setting(
    id="20FA_3",
    kind=Whole(0, LEAST_SEVERE),
    default=4,
    help="Highest severity number that is kept for the CSMS while it is out of reach.",
    variables=(Variable("MonitoringCtrlr", "OfflineQueuingSeverity"),),
)

ROWS = (MONITORING_ENABLED, MONITORING_BASE, MONITORING_LEVEL, OFFLINE_SEVERITY)
