"""How much current may flow."""

from __future__ import annotations

from laadpaal.properties.kinds import Decimal, Flag, Whole
from laadpaal.properties.rows import Access, Key, Reading, Scope, Setting, Variable

MAX_INSTALLED = 20
"""Charging profiles of the CSMS in the whole station, those of starts under way among them."""
_COMPONENT = "SmartChargingCtrlr"

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
    help="Current the installation has on each phase: where a meter at the grid tells what the "
    "house takes, for house and station together.",
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
DOMESTIC_MAX = Setting(
    id="2173_0",
    kind=Decimal(10, 16, "A"),
    default=16.0,
    help="Current that may be taken from the domestic outlet of an EVSE.",
    variables=(Variable("EVSE", "MaxCurrent", "Domestic"),),
    scope=Scope.EVSE,
)
PROFILES_USED = Setting(
    id="2064_0",
    kind=Flag(),
    default=True,
    help="Whether charging profiles are taken and obeyed; those that are installed stay.",
    variables=(Variable(_COMPONENT, "Enabled"),),
)
INSTALLED = Reading(
    id="2064_1",
    kind=Whole(0, MAX_INSTALLED),
    help="How many charging profiles of the CSMS are installed.",
    variables=(Variable(_COMPONENT, "Entries", "ChargingProfiles"),),
)
OWN_DEFAULT_FIRST = Setting(
    id="2064_2",
    kind=Flag(),
    default=False,
    help="Whether an EVSE's own default profile leads before that of all, whatever their levels.",
)
PROFILES_GIVE_WAY = Setting(
    id="2064_3",
    kind=Flag(),
    default=False,
    help="Whether a new profile takes another's place, and may count fewer lines than are used.",
)
EXTERNAL_LIMITS_USED = Setting(
    id="2064_4",
    kind=Flag(),
    default=True,
    help="Whether others than the CSMS, such as an energy manager, may limit the current.",
    variables=(Variable(_COMPONENT, "ExternalControlSignalsEnabled"),),
)
EXTERNAL_LIMITS_TOLD_WHOLE = Setting(
    id="2064_5",
    kind=Flag(),
    default=False,
    help="Whether the CSMS is told the schedule of an external limit, not only that there is one.",
    variables=(Variable(_COMPONENT, "NotifyChargingLimitWithSchedules"),),
)
SIGNIFICANT_CHANGE = Setting(
    id="2064_6",
    kind=Decimal(0, 100, "Percent"),
    default=1.0,
    help="How much an external limit must change the current before a transaction tells it.",
    variables=(Variable(_COMPONENT, "LimitChangeSignificance"),),
)

ROWS = (
    STATION_MAX,
    INSTALLATION_MAX,
    CONNECTOR_MAX,
    DOMESTIC_MAX,
    PROFILES_USED,
    INSTALLED,
    OWN_DEFAULT_FIRST,
    PROFILES_GIVE_WAY,
    EXTERNAL_LIMITS_USED,
    EXTERNAL_LIMITS_TOLD_WHOLE,
    SIGNIFICANT_CHANGE,
)
