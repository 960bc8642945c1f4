"""Who may charge (3.2)."""

from __future__ import annotations

from tests.csms.v201.variables.row import FLAG, RW, available, optional, required

ROWS = (
    *available("AuthCtrlr", "AuthCacheCtrlr"),
    *required("AuthCtrlr.AuthorizeRemoteStart", FLAG, RW),
    *required("AuthCtrlr.LocalAuthorizeOffline", FLAG, RW),
    *required("AuthCtrlr.LocalPreAuthorize", FLAG, RW),
    *optional("AuthCtrlr.OfflineTxForUnknownIdEnabled", FLAG, RW),
    *required("AuthCacheCtrlr.Enabled", FLAG, RW),
)
