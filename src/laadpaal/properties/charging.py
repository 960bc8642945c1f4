"""How much current may flow."""

from __future__ import annotations

from laadpaal.properties.kinds import Decimal
from laadpaal.properties.rows import Access, Key, Scope, Setting, Variable

STATION_MAX = Setting(
    id="2062_0",
    kind=Decimal(0, 126, "A"),
    default=32.0,
    help="Current the whole station may take on each phase.",
    keys=(Key("Station-MaxCurrent"),),
    variables=(Variable("ChargingStation", "MaxCurrent"),),
)
INSTALLATION_MAX = Setting(
    id="2067_0",
    kind=Decimal(0, 5000, "A"),
    default=32.0,
    help="Current the installation has for the station on each phase.",
    access=Access.INSTALLER,
)
CONNECTOR_MAX = Setting(
    id="2129_0",
    kind=Decimal(6, 63, "A"),
    default=16.0,
    help="Current one outlet may give on each phase.",
    variables=(Variable("EVSE", "MaxCurrent"),),
    scope=Scope.EVSE,
)

ROWS = (STATION_MAX, INSTALLATION_MAX, CONNECTOR_MAX)
