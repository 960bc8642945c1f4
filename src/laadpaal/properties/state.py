"""What the station and its EVSEs are doing, in the numbers of the local API."""

from __future__ import annotations

from laadpaal.properties.kinds import Whole
from laadpaal.properties.rows import Access, Reading, Scope, Setting

SOCKETS = Reading(id="205E_0", kind=Whole(1, 255), help="How many EVSEs the station has.")
MAIN_STATE = Reading(
    id="2501_1", kind=Whole(0, 55), help="Number of the state an EVSE is in.", scope=Scope.EVSE
)
RELAY_STATE = Reading(
    id="2501_3",
    kind=Whole(0, 1),
    help="Number of the contactor's state: 0 is open, 1 is closed.",
    scope=Scope.EVSE,
)
PILOT_STATE = Reading(
    id="2501_4",
    kind=Whole(0, 255),
    help="Number of the control pilot's state: its hexadecimal digits spell A0 to F0.",
    scope=Scope.EVSE,
)
STARTS = Setting(
    id="2056_0",
    kind=Whole(0, 2**32 - 1),
    default=0,
    help="How often the station has started since it was made.",
    access=Access.STATION,
)
LAST_CHANGE = Setting(
    id="2187_0",
    kind=Whole(0, 2**53, "ms"),
    default=0,
    help="When a setting was written last, in milliseconds of UTC; 0 for never.",
    access=Access.STATION,
)
LOG_SIZE = Setting(
    id="2187_1",
    kind=Whole(100, 100_000, "kB"),
    default=1_000,
    help="How large the file of the log may become before the next begins; three full ones stay.",
)

ROWS = (SOCKETS, MAIN_STATE, RELAY_STATE, PILOT_STATE, STARTS, LAST_CHANGE, LOG_SIZE)
