"""How patient the station is with what vehicles do on the pilot."""

from __future__ import annotations

from laadpaal.properties.kinds import Whole
from laadpaal.properties.rows import Setting

MOST_RESTARTS = Setting(
    id="2155_0",
    kind=Whole(0, 10),
    default=2,
    help="How often charging goes on after the pilot was disturbed, before the cable is to be "
    "plugged in again.",
)

ROWS = (MOST_RESTARTS,)
