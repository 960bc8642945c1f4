"""How the station shows itself to people, and what others want to show them."""

from __future__ import annotations

from laadpaal.properties.kinds import Choice, Flag, Text, Whole
from laadpaal.properties.rows import Access, Key, Reading, Scope, Setting, Variable

MOST_MESSAGES = 50
"""How many display messages are kept."""

LIGHT_INTENSITY = Setting(
    id="2500_0",
    kind=Whole(0, 100, "%"),
    default=100,
    help="Brightness of every socket's light, in percent of what it can do.",
    keys=(Key("LightIntensity"),),
    variables=(Variable("ChargingStation", "LightIntensity"),),
)

LANGUAGE = Setting(
    id="205D_0",
    kind=Choice(("en_GB", "nl_NL", "de_DE", "fr_FR")),
    default="en_GB",
    help="Language of the display.",
    variables=(Variable("DisplayMessageCtrlr", "Language"),),
)

REPORT_NOT_CHARGING = Setting(
    id="2184_0",
    kind=Whole(0, 65_535, "s"),
    default=0,
    help="Seconds without charging after a charge that went well, until the light is orange;"
    " 0 never.",
)

AS_BUILT = "as built"
"""What a release showed as the most that did not look at how the installation is wired."""
SHOWN_MAX = Setting(
    id="3190_3",
    kind=Text(32),
    default="",
    help="The most that the display could last show for a socket, such as 3 x 16 A.",
    access=Access.STATION,
    scope=Scope.EVSE,
)

MESSAGES_ENABLED = Setting(
    id="2A41_1",
    kind=Flag(),
    default=True,
    help="Whether the operator may put messages on the display; those that are there stay.",
    variables=(Variable("DisplayMessageCtrlr", "Enabled"),),
)
MESSAGES = Reading(
    id="2A41_2",
    kind=Whole(0, MOST_MESSAGES),
    help="How many messages of the operator are kept for the display.",
    variables=(Variable("DisplayMessageCtrlr", "DisplayMessages"),),
)

ROWS = (LIGHT_INTENSITY, LANGUAGE, REPORT_NOT_CHARGING, SHOWN_MAX, MESSAGES_ENABLED, MESSAGES)
