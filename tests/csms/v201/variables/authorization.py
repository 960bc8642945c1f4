"""Who may charge (3.2)."""

from __future__ import annotations

from tests.csms.v201.variables.row import (
    FLAG,
    MEMBERS,
    OPTION,
    RO,
    RW,
    TEXT,
    WHOLE,
    available,
    optional,
    required,
)

_KINDS = (
    "Central",
    "eMAID",
    "ISO14443",
    "ISO15693",
    "KeyCode",
    "Local",
    "MacAddress",
    "NoAuthorization",
)

ROWS = (
    *available("AuthCtrlr", "AuthCacheCtrlr", "LocalAuthListCtrlr"),
    *optional("AuthCtrlr.Enabled", FLAG, RW),
    *required("AuthCtrlr.AuthorizeRemoteStart", FLAG, RW),
    *required("AuthCtrlr.LocalAuthorizeOffline", FLAG, RW),
    *required("AuthCtrlr.LocalPreAuthorize", FLAG, RW),
    *optional("AuthCtrlr.OfflineTxForUnknownIdEnabled", FLAG, RW),
    *optional("AuthCtrlr.DisableRemoteAuthorization", FLAG, RW),
    *optional(
        "AuthCtrlr.AuthorizationMethod",
        OPTION,
        RW,
        words=("Plug&Charge", "RFID-Local", "RFID", "Button"),
    ),
    *optional("AuthCtrlr.PlugAndChargeIdentifier", TEXT, RW, low=0, high=20),
    *optional("AuthCtrlr.MasterPassGroupId", TEXT, RW, low=0, high=36),
    *optional("AuthCtrlr.SupportedIdTokenTypes", MEMBERS, RO, words=_KINDS),
    *required("AuthCacheCtrlr.Enabled", FLAG, RW),
    *required("AuthCacheCtrlr.LifeTime", WHOLE, RW, unit="s", low=0, high=315_360_000),
    *required("AuthCacheCtrlr.Policy", OPTION, RW, words=("LRU", "LFU", "FIFO")),
    *required("AuthCacheCtrlr.Storage", WHOLE, RO, unit="B", low=0, high=256_000),
    *required("AuthCacheCtrlr.DisablePostAuthorize", FLAG, RW),
    *required("LocalAuthListCtrlr.Enabled", FLAG, RW),
    *required("LocalAuthListCtrlr.Entries", WHOLE, RO, low=0, high=1000),
    *required("LocalAuthListCtrlr.ItemsPerMessage", WHOLE, RO, low=0, high=1000),
    *required("LocalAuthListCtrlr.BytesPerMessage", WHOLE, RO, unit="B", low=0, high=524_288),
    *optional("LocalAuthListCtrlr.Storage", WHOLE, RO, unit="B", low=0, high=256_000),
    *optional("LocalAuthListCtrlr.DisablePostAuthorize", FLAG, RW),
    *optional("LocalAuthListCtrlr.SupportsExpiryDateTime", FLAG, RO),
)
