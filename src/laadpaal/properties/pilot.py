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

WAKE_TIME = Setting(
    id="2155_1",
    kind=Whole(0, 600, "s"),
    default=30,
    help="How long a vehicle may take to answer its first offer before it is woken once, and then "
    "before it is told that it does not answer; 0 is for ever.",
)

ROWS = (MOST_RESTARTS, WAKE_TIME)
