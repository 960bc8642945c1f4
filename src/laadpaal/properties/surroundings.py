"""What the station bears: heat, cold, and current that leaks to earth."""

from __future__ import annotations

from laadpaal.properties.kinds import Whole
from laadpaal.properties.rows import Setting

COLDEST = Setting(
    id="2202_0",
    kind=Whole(-40, 10, "Celsius"),
    default=-25,
    help="Temperature inside at which charging pauses because it is too cold.",
)

HOTTEST = Setting(
    id="2203_0",
    kind=Whole(30, 90, "Celsius"),
    default=70,
    help="Temperature inside at which charging pauses; from 10 K below it less current is given.",
)

RESIDUAL_TRIES = Setting(
    id="2070_0",
    kind=Whole(0, 10),
    default=3,
    help="How often charging goes on after residual current, before it is an earth fault.",
)

ROWS = (COLDEST, HOTTEST, RESIDUAL_TRIES)
