"""Whose time the station goes by."""

from __future__ import annotations

from laadpaal.properties.kinds import DataType, Members, Whole
from laadpaal.properties.rows import Setting, Variable

FROM_CSMS, OWN = "Heartbeat", "RealTimeClock"

TIME_SOURCES = Setting(
    id="2A03_1",
    kind=Members((FROM_CSMS, OWN), low=1, data_type=DataType.SEQUENCE_LIST),
    default=(FROM_CSMS,),
    help="Whose time is taken, the best first: the CSMS's, or the machine's own while it is sure.",
    variables=(Variable("ClockCtrlr", "TimeSource"),),
)
REPORTED_JUMP = Setting(
    id="2A03_2",
    kind=Whole(0, 86_400, "s"),
    default=10,
    help="Seconds by which the clock may be set without a security event.",
    variables=(Variable("ClockCtrlr", "TimeAdjustmentReportingThreshold"),),
)

ROWS = (TIME_SOURCES, REPORTED_JUMP)
