"""What an energy manager may see and set, which speaks Modbus to the station."""

from __future__ import annotations

from laadpaal.properties.kinds import Choice, Flag, Whole
from laadpaal.properties.rows import Access, Setting

NOTHING, READS, STEERS = "0", "1", "3"

ALLOWED = Setting(
    id="2530_1",
    kind=Choice((NOTHING, READS, STEERS), exact=True),
    default=NOTHING,
    help="What an energy manager may do over Modbus: 0 nothing, 1 read, 3 read and set currents.",
    access=Access.INSTALLER,
)
OF_EVSES = Setting(
    id="2530_2",
    kind=Flag(),
    default=True,
    help="Whether an energy manager that may set currents sets that of each EVSE.",
    access=Access.INSTALLER,
)
OF_STATION = Setting(
    id="2530_3",
    kind=Flag(),
    default=False,
    help="Whether an energy manager that may set currents sets that of all EVSEs together.",
    access=Access.INSTALLER,
)
VALIDITY = Setting(
    id="2530_4",
    kind=Whole(1, 65_535, "s"),
    default=60,
    help="How long a current that an energy manager has set holds; then the safe current does.",
    access=Access.INSTALLER,
)
CONNECTIONS = Setting(
    id="2530_5",
    kind=Whole(1, 16),
    default=2,
    help="How many energy managers may be connected over Modbus at once.",
    access=Access.INSTALLER,
)
IDLE_TIME = Setting(
    id="2530_6",
    kind=Whole(1, 65_535, "s"),
    default=60,
    help="After how long without a request a Modbus connection is closed.",
    access=Access.INSTALLER,
)

ROWS = (ALLOWED, OF_EVSES, OF_STATION, VALIDITY, CONNECTIONS, IDLE_TIME)
