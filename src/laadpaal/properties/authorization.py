"""Who may charge, and who decides it."""

from __future__ import annotations

from laadpaal.properties.kinds import Flag, Whole
from laadpaal.properties.rows import Key, Reading, Setting, Variable

LONGEST_LIST = 1000
"""How many tokens the local authorization list can hold, all of which may come at once."""

CACHE_ENABLED = Setting(
    id="213B_0",
    kind=Flag(),
    default=True,
    help="Whether tokens the CSMS has told about are remembered and used.",
    keys=(Key("AuthorizationCacheEnabled"),),
    variables=(Variable("AuthCacheCtrlr", "Enabled"),),
)
LOCAL_LIST_ENABLED = Setting(
    id="213D_0",
    kind=Flag(),
    default=True,
    help="Whether the local authorization list is used; it comes before what is remembered.",
    keys=(Key("LocalAuthListEnabled"),),
)
LISTED = Reading(
    id="213D_1",
    kind=Whole(0, LONGEST_LIST),
    help="How many tokens the local authorization list holds.",
    keys=(
        Key("LocalAuthListMaxLength", of_high=True),
        Key("SendLocalListMaxLength", of_high=True),
    ),
)
OFFLINE_KNOWN = Setting(
    id="213E_0",
    kind=Flag(),
    default=True,
    help="Whether remembered tokens may start while the CSMS is out of reach.",
    keys=(Key("LocalAuthorizeOffline"),),
    variables=(Variable("AuthCtrlr", "LocalAuthorizeOffline"),),
)
OFFLINE_UNKNOWN = Setting(
    id="2127_0",
    kind=Flag(),
    default=False,
    help="Whether unknown tokens may start while the CSMS is out of reach.",
    keys=(Key("AllowOfflineTxForUnknownId"),),
    variables=(Variable("AuthCtrlr", "OfflineTxForUnknownIdEnabled"),),
)
PRE_AUTHORIZE = Setting(
    id="213C_0",
    kind=Flag(),
    default=False,
    help="Whether remembered tokens start without asking the CSMS first.",
    keys=(Key("LocalPreAuthorize"),),
    variables=(Variable("AuthCtrlr", "LocalPreAuthorize"),),
)
CHECK_REMOTE_START = Setting(
    id="209B_0",
    kind=Flag(),
    default=True,
    help="Whether the token of a remote start is authorized like a presented one.",
    keys=(Key("AuthorizeRemoteTxRequests"),),
    variables=(Variable("AuthCtrlr", "AuthorizeRemoteStart"),),
)
ANSWER_TIMEOUT = Setting(
    id="2108_1",
    kind=Whole(1, 600, "s"),
    default=30,
    help="Seconds to wait for the CSMS's word on a token before the offline rules decide.",
)

ROWS = (
    CACHE_ENABLED,
    LOCAL_LIST_ENABLED,
    LISTED,
    OFFLINE_KNOWN,
    OFFLINE_UNKNOWN,
    PRE_AUTHORIZE,
    CHECK_REMOTE_START,
    ANSWER_TIMEOUT,
)
