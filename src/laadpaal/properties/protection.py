"""What a vehicle or an outlet may do for how long before it is cut off."""

from __future__ import annotations

from laadpaal.properties.kinds import Whole
from laadpaal.properties.rows import Setting

Seconds = Setting[int]

OVERCURRENT_TIME = Setting(
    id="2133_0",
    kind=Whole(1, 3600, "s"),
    default=300,
    help="Seconds for which a vehicle may take more than it is offered before it is cut off.",
)

ROWS = (OVERCURRENT_TIME,)
