"""What is told of the connectors' statuses."""

from __future__ import annotations

from laadpaal.properties.kinds import Flag, Whole
from laadpaal.properties.rows import Key, Setting, Variable

LEAST_DURATION = Setting(
    id="3258_0",
    kind=Whole(0, 3_600, "s"),
    default=0,
    help="Seconds a new status must last before it is told; 0 tells every one at once.",
    keys=(Key("MinimumStatusDuration"),),
    variables=(Variable("ChargingStation", "MinimumStatusDuration"),),
)
INFORMATIONAL = Setting(
    id="2124_0",
    kind=Flag(),
    default=True,
    help="Whether warnings are told with a status that they do not change.",
)

ROWS = (LEAST_DURATION, INFORMATIONAL)
