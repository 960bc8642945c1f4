"""Who may charge, and who decides it."""

from __future__ import annotations

from laadpaal.properties.kinds import Choice, Flag, Members, Text, Whole
from laadpaal.properties.rows import Key, Reading, Setting, Variable

LONGEST_LIST = 1000
"""How many tokens the local authorization list can hold, all of which may come at once."""
LARGEST_CACHE = 1000
"""How many tokens the authorization cache can hold."""
PLACE_B = 256
"""Bytes that are set aside for each token that is listed or remembered."""
LONGEST_LIST_B = 524_288
"""How long the message with a list may be."""
TOKEN_KINDS = (
    "Central",
    "eMAID",
    "ISO14443",
    "ISO15693",
    "KeyCode",
    "Local",
    "MacAddress",
    "NoAuthorization",
)
"""Where tokens come from, spelled as in OCPP 2.0.1."""

PLUG_AND_CHARGE, LOCAL_CARDS, CARDS, BUTTON = METHODS = (
    "Plug&Charge",
    "RFID-Local",
    "RFID",
    "Button",
)
"""How somebody shows that they may charge; in the order of the numbers that others know."""

METHOD = Setting(
    id="2126_0",
    kind=Choice(METHODS),
    default=CARDS,
    help="How somebody may charge: by plugging in, a card of the white list, any card, a button.",
    keys=(Key("AuthorizationMethod"),),
    variables=(Variable("AuthCtrlr", "AuthorizationMethod"),),
)
PLUG_IDENTIFIER = Setting(
    id="2063_0",
    kind=Text(20),
    default="",
    help="Identifier in whose name everybody charges who only plugs in.",
    keys=(Key("PlugAndChargeIdentifier"),),
    variables=(Variable("AuthCtrlr", "PlugAndChargeIdentifier"),),
)
AUTHORIZE = Setting(
    id="2126_1",
    kind=Flag(),
    default=True,
    help="Whether somebody must be authorized before energy flows.",
    variables=(Variable("AuthCtrlr", "Enabled"),),
)
NEVER_ASK = Setting(
    id="2126_2",
    kind=Flag(),
    default=False,
    help="Whether tokens are judged by local list and cache alone, and the CSMS is never asked.",
    variables=(Variable("AuthCtrlr", "DisableRemoteAuthorization"),),
)
MASTER_GROUP = Setting(
    id="2126_3",
    kind=Text(36),
    default="",
    help="Group whose tokens stop every transaction and start none; empty for no such group.",
    variables=(Variable("AuthCtrlr", "MasterPassGroupId"),),
)
PRESENTABLE = Reading(
    id="2126_4",
    kind=Members(TOKEN_KINDS),
    help="Kinds of tokens that can be presented at the station.",
    variables=(Variable("AuthCtrlr", "SupportedIdTokenTypes"),),
)
CACHE_ENABLED = Setting(
    id="213B_0",
    kind=Flag(),
    default=True,
    help="Whether tokens the CSMS has told about are remembered and used.",
    keys=(Key("AuthorizationCacheEnabled"),),
    variables=(Variable("AuthCacheCtrlr", "Enabled"),),
)
CACHE_LIFETIME = Setting(
    id="213B_1",
    kind=Whole(0, 315_360_000, "s"),
    default=0,
    help="Seconds a token is remembered since it was last told about or used; 0 for ever.",
    variables=(Variable("AuthCacheCtrlr", "LifeTime"),),
)
CACHE_POLICY = Setting(
    id="213B_2",
    kind=Choice(("LRU", "LFU", "FIFO")),
    default="LRU",
    help="Which token a full cache forgets: least recently used, least often used, or oldest.",
    variables=(Variable("AuthCacheCtrlr", "Policy"),),
)
CACHE_FINAL = Setting(
    id="213B_3",
    kind=Flag(),
    default=False,
    help="Whether a token that is remembered as not good is refused without asking the CSMS.",
    variables=(Variable("AuthCacheCtrlr", "DisablePostAuthorize"),),
)
CACHE_STORAGE = Reading(
    id="213B_4",
    kind=Whole(0, LARGEST_CACHE * PLACE_B, "B"),
    help="Bytes that the remembered tokens take.",
    variables=(Variable("AuthCacheCtrlr", "Storage"),),
)
WHITE_LIST_USED = Setting(
    id="213B_9",
    kind=Flag(),
    default=True,
    help="Whether cards of the white list may charge while the CSMS is out of reach.",
)
LOCAL_LIST_ENABLED = Setting(
    id="213D_0",
    kind=Flag(),
    default=True,
    help="Whether the local authorization list is used; it comes before what is remembered.",
    keys=(Key("LocalAuthListEnabled"),),
    variables=(Variable("LocalAuthListCtrlr", "Enabled"),),
)
LISTED = Reading(
    id="213D_1",
    kind=Whole(0, LONGEST_LIST),
    help="How many tokens the local authorization list holds.",
    keys=(
        Key("LocalAuthListMaxLength", of_high=True),
        Key("SendLocalListMaxLength", of_high=True),
    ),
    variables=(Variable("LocalAuthListCtrlr", "Entries"),),
)
LIST_STORAGE = Reading(
    id="213D_2",
    kind=Whole(0, LONGEST_LIST * PLACE_B, "B"),
    help="Bytes that the local authorization list takes.",
    variables=(Variable("LocalAuthListCtrlr", "Storage"),),
)
LIST_FINAL = Setting(
    id="213D_3",
    kind=Flag(),
    default=False,
    help="Whether a token that is listed as not good is refused without asking the CSMS.",
    variables=(Variable("LocalAuthListCtrlr", "DisablePostAuthorize"),),
)
LIST_MESSAGE_ENTRIES = Reading(
    id="213D_4",
    kind=Whole(0, LONGEST_LIST),
    help="How many tokens one message with a list may hold.",
    variables=(Variable("LocalAuthListCtrlr", "ItemsPerMessage"),),
)
LIST_MESSAGE_SIZE = Reading(
    id="213D_5",
    kind=Whole(0, LONGEST_LIST_B, "B"),
    help="Bytes that one message with a list may have.",
    variables=(Variable("LocalAuthListCtrlr", "BytesPerMessage"),),
)
LIST_EXPIRES = Reading(
    id="213D_6",
    kind=Flag(),
    help="Whether an entry of the local authorization list counts until its expiry only.",
    variables=(Variable("LocalAuthListCtrlr", "SupportsExpiryDateTime"),),
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
    METHOD,
    PLUG_IDENTIFIER,
    AUTHORIZE,
    NEVER_ASK,
    MASTER_GROUP,
    PRESENTABLE,
    CACHE_ENABLED,
    CACHE_LIFETIME,
    CACHE_POLICY,
    CACHE_FINAL,
    CACHE_STORAGE,
    WHITE_LIST_USED,
    LOCAL_LIST_ENABLED,
    LISTED,
    LIST_STORAGE,
    LIST_FINAL,
    LIST_MESSAGE_ENTRIES,
    LIST_MESSAGE_SIZE,
    LIST_EXPIRES,
    OFFLINE_KNOWN,
    OFFLINE_UNKNOWN,
    PRE_AUTHORIZE,
    CHECK_REMOTE_START,
    ANSWER_TIMEOUT,
)
