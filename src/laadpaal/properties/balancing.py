"""How the station keeps the house under its fuse, and shares what is left."""

from __future__ import annotations

from laadpaal.properties.kinds import Decimal, Flag, Whole
from laadpaal.properties.rows import Access, Reading, Scope, Setting

BALANCES = Setting(
    id="2064_7",
    kind=Flag(),
    default=True,
    help="Whether the meter at the grid decides what the house leaves, where there is one.",
    access=Access.INSTALLER,
)
SAFE_STATION = Setting(
    id="2068_0",
    kind=Decimal(0, 100, "A"),
    default=16.0,
    help="Current all EVSEs together may take on each phase while that meter tells nothing.",
    access=Access.INSTALLER,
)
SAFE_EVSE = Setting(
    id="2068_1",
    kind=Decimal(0, 100, "A"),
    default=16.0,
    help="Current one EVSE may take then; with less than 6 A its vehicle waits.",
    access=Access.INSTALLER,
    scope=Scope.EVSE,
)
GRID_SEES_STATION = Setting(
    id="206F_0",
    kind=Flag(),
    default=True,
    help="Whether that meter also measures what the station takes.",
    access=Access.INSTALLER,
)
PROBING = Setting(
    id="206A_0",
    kind=Decimal(1, 100, "A"),
    default=14.0,
    help="Current a vehicle is offered in its first minute, if that makes nobody else wait.",
)
MAX_IMBALANCE = Setting(
    id="2174_0",
    kind=Decimal(0, 100, "A"),
    default=0.0,
    help="How much more one phase may give to vehicles than another; 0 is any.",
    access=Access.INSTALLER,
)
ALTERNATING = Setting(
    id="2180_4",
    kind=Whole(900, 36_000, "s"),
    default=900,
    help="How long a turn is where there is not enough for all vehicles at once.",
)
GRID_LOST = Reading(
    id="212E_1",
    kind=Flag(),
    help="Whether the meter at the grid has told nothing for so long that safe currents hold.",
)

ROWS = (
    BALANCES,
    SAFE_STATION,
    SAFE_EVSE,
    GRID_SEES_STATION,
    PROBING,
    MAX_IMBALANCE,
    ALTERNATING,
    GRID_LOST,
)
