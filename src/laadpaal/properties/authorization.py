"""Who may charge, and who decides it."""

from __future__ import annotations

from laadpaal.properties.kinds import Flag, Whole
from laadpaal.properties.rows import Key, Setting, Variable

CACHE_ENABLED = Setting(
    id="213B_0",
    kind=Flag(),
    default=True,
    help="Whether tokens the CSMS has told about are remembered and used.",
    keys=(Key("AuthorizationCacheEnabled"),),
    variables=(Variable("AuthCacheCtrlr", "Enabled"),),
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
    OFFLINE_KNOWN,
    OFFLINE_UNKNOWN,
    PRE_AUTHORIZE,
    CHECK_REMOTE_START,
    ANSWER_TIMEOUT,
)
