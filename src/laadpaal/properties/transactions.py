"""When a transaction starts and ends."""

from __future__ import annotations

from laadpaal.properties.kinds import Choice, Decimal, Flag, Members, Whole
from laadpaal.properties.rows import Key, Reading, Scope, Setting, Variable

STOP_POINTS = (
    "ParkingBayOccupancy",
    "EVConnected",
    "Authorized",
    "PowerPathClosed",
    "EnergyTransfer",
)
POINTS = (*STOP_POINTS, "DataSigned")
"""What can begin a transaction; signed data can only begin one."""

START_POINT = Setting(
    id="2131_1",
    kind=Members(POINTS, low=1),
    default=("PowerPathClosed",),
    help="Events of which the first starts a transaction.",
    variables=(Variable("TxCtrlr", "TxStartPoint"),),
)
STOP_POINT = Setting(
    id="2131_2",
    kind=Members(STOP_POINTS, low=1),
    default=("EVConnected", "Authorized"),
    help="Conditions of which the first that is lost ends a transaction.",
    variables=(Variable("TxCtrlr", "TxStopPoint"),),
)
CONNECT_TIMEOUT = Setting(
    id="2135_0",
    kind=Whole(1, 3600, "s"),
    default=120,
    help="Seconds from authorization to plugging in, after which the authorization ends.",
    keys=(Key("ConnectionTimeOut"),),
    variables=(Variable("TxCtrlr", "EVConnectionTimeOut"),),
)
CONTINUE, ABORT_LOCK, ABORT_UNLOCK, ABORT_OFFLINE = ACTIONS = (
    "Continue",
    "AbortLock",
    "AbortUnlock",
    "AbortUnlockOffline",
)
"""What unplugging at the vehicle means; in the order of the numbers that others know."""

DISCONNECT_ACTION = Setting(
    id="2137_0",
    kind=Choice(ACTIONS),
    default=ABORT_UNLOCK,
    help="Whether unplugging at the vehicle ends all, and unlocks; the next two settings follow.",
    keys=(Key("DisconnectAction"),),
)
STOP_ON_DISCONNECT = Setting(
    id="2137_1",
    kind=Flag(),
    default=True,
    help="Whether unplugging at the vehicle ends the authorization.",
    keys=(Key("StopTransactionOnEVSideDisconnect"),),
    variables=(Variable("TxCtrlr", "StopTxOnEVSideDisconnect"),),
)
UNLOCK_ON_DISCONNECT = Setting(
    id="2137_2",
    kind=Flag(),
    default=True,
    help="Whether unplugging at the vehicle lets the station's side of the cable go.",
    keys=(Key("UnlockConnectorOnEVSideDisconnect"),),
    variables=(Variable("OCPPCommCtrlr", "UnlockOnEVSideDisconnect"),),
)
STOP_ON_INVALID = Setting(
    id="2095_0",
    kind=Flag(),
    default=True,
    help="Whether a transaction ends when the CSMS says its token is not good.",
    keys=(Key("StopTransactionOnInvalidId"),),
    variables=(Variable("TxCtrlr", "StopTxOnInvalidId"),),
)
ENERGY_ON_INVALID = Setting(
    id="2095_1",
    kind=Whole(0, 1_000_000, "Wh"),
    default=0,
    help="Energy that still flows after the CSMS says that a transaction's token is not good.",
    keys=(Key("MaxEnergyOnInvalidId"),),
    variables=(Variable("TxCtrlr", "MaxEnergyOnInvalidId"),),
)
ENERGY_BEFORE_STOP = Setting(
    id="2095_2",
    kind=Flag(),
    default=False,
    help="Whether that energy flows also before a transaction that is to end for its token ends.",
)

AUTO_STOP = Setting(
    id="2168_0",
    kind=Whole(0, 65_535, "s"),
    default=0,
    help="Seconds without charging, after which a transaction ends and the plug is unlocked;"
    " 0 never.",
)
HISTORY = Setting(
    id="2131_4",
    kind=Whole(1, 500),
    default=250,
    help="Finished transactions that can be read of in the history; the oldest are forgotten.",
)

CHARGING_TIME = Reading(
    id="2131_3",
    kind=Decimal(0, 1_000_000_000, "s"),
    help="Seconds in which energy has flowed in the running transaction of an EVSE.",
    variables=(Variable("TxCtrlr", "ChargingTime"),),
    scope=Scope.EVSE,
)

ROWS = (
    START_POINT,
    STOP_POINT,
    CONNECT_TIMEOUT,
    DISCONNECT_ACTION,
    STOP_ON_DISCONNECT,
    UNLOCK_ON_DISCONNECT,
    STOP_ON_INVALID,
    ENERGY_ON_INVALID,
    ENERGY_BEFORE_STOP,
    AUTO_STOP,
    HISTORY,
    CHARGING_TIME,
)
