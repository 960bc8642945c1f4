"""Which way leads to the CSMS: a wire, a mobile network, or whichever works."""

from __future__ import annotations

from laadpaal.properties.kinds import Flag, Hidden, Secret, Text, Whole
from laadpaal.properties.rows import Access, Key, Reading, Setting, Variable

NONE, WIRED, MOBILE, AUTO = 0, 1, 2, 3
_LOUDEST_DBM, _QUIETEST_DBM = -51, -113

CONNECTIVITY = Setting(
    id="2077_0",
    kind=Whole(NONE, AUTO),
    default=AUTO,
    help="Number of the way to the CSMS: 0 none, 1 wired, 2 mobile, 3 whichever works.",
    keys=(Key("Network-Connectivity"),),
    variables=(Variable("Network", "Connectivity"),),
    restart=True,
)
ACTIVE_CONNECTIVITY = Reading(
    id="3550_0",
    kind=Whole(NONE, MOBILE),
    help="Number of the way to the CSMS that is in use: 0 none, 1 wired, 2 mobile.",
    keys=(Key("Network-ActiveConnectivity"),),
    variables=(Variable("Network", "ActiveConnectivity"),),
)
LAST_WAY = Setting(
    id="3550_1",
    kind=Whole(NONE, MOBILE),
    default=NONE,
    help="Number of the way that worked last, which is tried first; 0 while none has.",
    access=Access.STATION,
)
APN = Setting(
    id="2100_0",
    kind=Text(31),
    default="",
    help="Name of the mobile network's access point; a network profile may name another.",
    keys=(Key("Network-APN"),),
    variables=(Variable("Network", "APN"),),
    restart=True,
)
APN_USER = Setting(
    id="2101_0",
    kind=Text(31),
    default="",
    help="User at the access point; empty where it asks nobody who they are.",
    keys=(Key("Network-APNUser"),),
    variables=(Variable("Network", "APNUser"),),
    restart=True,
)
APN_PASSWORD = Setting(
    id="2102_0",
    kind=Secret(31, low=1),
    default=Hidden(""),
    help="Password of that user.",
    keys=(Key("Network-APNPassword"),),
    variables=(Variable("Network", "APNPassword"),),
    restart=True,
    secret=True,
)
PIN = Setting(
    id="2103_0",
    kind=Secret(8, low=4, digits=True),
    default=Hidden(""),
    help="PIN of the SIM, 4 to 8 digits; a wrong one is entered once, and never as the last try.",
    keys=(Key("Network-SIMPin"),),
    variables=(Variable("Network", "SIMPin"),),
    restart=True,
    secret=True,
)
REFUSED_PIN = Setting(
    id="2103_1",
    kind=Secret(8, digits=True),
    default=Hidden(""),
    help="PIN that the SIM has refused, so that it is not entered again.",
    access=Access.STATION,
    secret=True,
)
ROAMING = Setting(
    id="2109_1",
    kind=Flag(),
    default=True,
    help="Whether the mobile network of another operator may be used.",
    keys=(Key("Network-Roaming"),),
    variables=(Variable("Network", "Roaming"),),
    restart=True,
)
DIAL_DELAY = Setting(
    id="2106_0",
    kind=Whole(0, 128, "s"),
    default=0,
    help="Seconds before each attempt to reach the mobile network, besides those that grow.",
)
DIAL_ATTEMPTS = Setting(
    id="2107_0",
    kind=Whole(1, 128),
    default=5,
    help="How many attempts may fail before the modem starts anew, and loses its power after that.",
)
DIAL_GROWS = Setting(
    id="2108_0",
    kind=Whole(0, 1),
    default=1,
    help="Number of the manner to try again: 0 at once, 1 with a wait that doubles.",
)
AT_GAP = Setting(
    id="2106_1",
    kind=Whole(50, 2000, "ms"),
    default=100,
    help="Milliseconds of rest between a modem's answer and the next command.",
)
WEAK_SIGNAL = Setting(
    id="2111_0",
    kind=Whole(_QUIETEST_DBM, _LOUDEST_DBM, "dBm"),
    default=-90,
    help="Strength below which the mobile network's signal counts as weak.",
)
IMSI = Reading(
    id="2104_0",
    kind=Text(20),
    help="Number of the subscriber on the SIM.",
    variables=(Variable("DataLink", "IMSI"),),
)
ICCID = Reading(
    id="2105_0",
    kind=Text(20),
    help="Number of the SIM.",
    variables=(Variable("DataLink", "ICCID"),),
)
SIGNAL = Reading(
    id="2110_0",
    kind=Whole(_QUIETEST_DBM, _LOUDEST_DBM, "dBm"),
    help="Strength of the mobile network's signal, when it was last measured.",
    variables=(Variable("DataLink", "SignalStrength"),),
)
OPERATOR = Reading(id="2112_0", kind=Text(32), help="Name of the mobile network.")
MODEM_MODEL = Reading(id="2119_0", kind=Text(50), help="What the modem calls itself.")
IMEI = Reading(id="2121_0", kind=Text(16), help="Number of the modem.")
ATTACHED = Reading(
    id="3550_2",
    kind=Flag(),
    help="Whether the modem has a connection to the mobile network.",
    variables=(Variable("DataLink", "Active"),),
)
URL_BY_WIRE = Reading(
    id="2071_0",
    kind=Text(512),
    help="Where the CSMS is that is dialled by wire; empty for none.",
    keys=(Key("BackOffice-URL-wired"),),
)
URL_BY_MODEM = Reading(
    id="2078_0",
    kind=Text(512),
    help="Where the CSMS is that is dialled through the mobile network; empty for none.",
    keys=(Key("BackOffice-URL-APN"),),
)

OF_MODEM = (
    APN,
    APN_USER,
    APN_PASSWORD,
    PIN,
    REFUSED_PIN,
    ROAMING,
    DIAL_DELAY,
    DIAL_ATTEMPTS,
    DIAL_GROWS,
    AT_GAP,
    WEAK_SIGNAL,
    IMSI,
    ICCID,
    SIGNAL,
    OPERATOR,
    MODEM_MODEL,
    IMEI,
    ATTACHED,
    URL_BY_MODEM,
)
"""Those that a station without a modem does not have."""
ROWS = (CONNECTIVITY, ACTIVE_CONNECTIVITY, LAST_WAY, URL_BY_WIRE, *OF_MODEM)
