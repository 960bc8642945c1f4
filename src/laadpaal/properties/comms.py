"""How the station keeps in touch with the CSMS."""

from __future__ import annotations

from laadpaal.properties.kinds import Hidden, Secret, Text, Whole
from laadpaal.properties.rows import Access, Key, Setting, Variable

_HOUR_S = 3_600
_DAY_S = 86_400

HEARTBEAT_INTERVAL = Setting(
    id="2085_0",
    kind=Whole(0, 7 * _DAY_S, "s"),
    default=900,
    help="Seconds of silence after which a heartbeat is sent; 0 sends none, the CSMS may say more.",
    keys=(Key("HeartbeatInterval"),),
    variables=(Variable("OCPPCommCtrlr", "HeartbeatInterval"),),
)
PING_INTERVAL = Setting(
    id="208A_0",
    kind=Whole(0, _DAY_S, "s"),
    default=120,
    help="Seconds between websocket pings; 0 sends none.",
    keys=(Key("WebSocketPingInterval"),),
    variables=(Variable("OCPPCommCtrlr", "WebSocketPingInterval"),),
)
MESSAGE_TIMEOUT = Setting(
    id="208E_1",
    kind=Whole(1, 600, "s"),
    default=30,
    help="Seconds to wait for the CSMS's answer to a message.",
    keys=(Key("MessageTimeout"),),
    # Belongs to the network profile there, so it is only read.
    variables=(Variable("OCPPCommCtrlr", "MessageTimeout", "Default", read_only=True),),
)
ATTEMPTS = Setting(
    id="2096_0",
    kind=Whole(1, 65_535),
    default=3,
    help="How often a message about a transaction is sent before it is given up.",
    keys=(Key("TransactionMessageAttempts"),),
    variables=(Variable("OCPPCommCtrlr", "MessageAttempts", "TransactionEvent"),),
)
ATTEMPT_INTERVAL = Setting(
    id="2097_0",
    kind=Whole(0, _DAY_S, "s"),
    default=60,
    help="Seconds until a failed message is sent again, times how often it has been sent.",
    keys=(Key("TransactionMessageRetryInterval"),),
    variables=(Variable("OCPPCommCtrlr", "MessageAttemptInterval", "TransactionEvent"),),
)
OFFLINE_THRESHOLD = Setting(
    id="20F5_0",
    kind=Whole(0, _DAY_S, "s"),
    default=60,
    help="Seconds offline after which every status is told again, changed or not.",
    variables=(Variable("OCPPCommCtrlr", "OfflineThreshold"),),
)
BACK_OFF_MIN = Setting(
    id="20F6_1",
    kind=Whole(1, _HOUR_S, "s"),
    default=30,
    help="Seconds before the first attempt to connect again; the wait doubles from there.",
    variables=(Variable("OCPPCommCtrlr", "RetryBackOffWaitMinimum"),),
)
BACK_OFF_RANGE = Setting(
    id="20F6_2",
    kind=Whole(0, _HOUR_S, "s"),
    default=15,
    help="Seconds that chance may add to each wait before connecting again.",
    variables=(Variable("OCPPCommCtrlr", "RetryBackOffRandomRange"),),
)
BACK_OFF_REPEATS = Setting(
    id="20F6_3",
    kind=Whole(0, 16),
    default=4,
    help="How often the wait before connecting again doubles.",
    variables=(Variable("OCPPCommCtrlr", "RetryBackOffRepeatTimes"),),
)
RESET_RETRIES = Setting(
    id="20F7_0",
    kind=Whole(0, 10),
    default=3,
    help="How often a restart that has failed is tried again.",
    keys=(Key("ResetRetries"),),
    variables=(Variable("OCPPCommCtrlr", "ResetRetries"),),
)
PASSWORD = Setting(
    id="2711_0",
    kind=Secret(64, low=16),
    default=Hidden(""),
    help="Password for the CSMS; a new one is tried at once, and kept when it is accepted.",
    keys=(Key("AuthorizationKey"),),
    variables=(Variable("SecurityCtrlr", "BasicAuthPassword"),),
    secret=True,
)
SECURITY_PROFILE = Setting(
    id="2723_0",
    kind=Whole(0, 3),
    default=0,
    help="Number of the way in which station and CSMS know each other: 0 is not at all.",
    keys=(Key("SecurityProfile"),),
    variables=(Variable("SecurityCtrlr", "SecurityProfile", read_only=True),),
)
NOT_ON_TRIAL = -1
SPARE_PASSWORD = Setting(
    id="2711_1",
    kind=Secret(64),
    default=Hidden(""),
    help="Password to change to when the one on trial does not work.",
    access=Access.STATION,
    secret=True,
)
SPARE_PROFILE = Setting(
    id="2723_1",
    kind=Whole(NOT_ON_TRIAL, 3),
    default=NOT_ON_TRIAL,
    help="Security profile to change to when the one on trial does not work; -1 without a trial.",
    access=Access.STATION,
)
IDENTITY = Setting(
    id="2724_1",
    kind=Text(64),
    default="",
    help="Fingerprint of the newest certificate of the station itself; empty for none.",
    access=Access.STATION,
)
SPURNED_IDENTITY = Setting(
    id="2724_2",
    kind=Text(64),
    default="",
    help="Fingerprint of a certificate of the station that did not work, so it is not shown.",
    access=Access.STATION,
)

ROWS = (
    HEARTBEAT_INTERVAL,
    PING_INTERVAL,
    MESSAGE_TIMEOUT,
    ATTEMPTS,
    ATTEMPT_INTERVAL,
    OFFLINE_THRESHOLD,
    BACK_OFF_MIN,
    BACK_OFF_RANGE,
    BACK_OFF_REPEATS,
    RESET_RETRIES,
    PASSWORD,
    SECURITY_PROFILE,
    SPARE_PASSWORD,
    SPARE_PROFILE,
    IDENTITY,
    SPURNED_IDENTITY,
)
