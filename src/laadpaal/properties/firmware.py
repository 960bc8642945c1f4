"""How the station gets new firmware."""

from __future__ import annotations

from laadpaal.properties.kinds import Flag
from laadpaal.properties.rows import Access, Setting, Variable

UNSIGNED_ALLOWED = Setting(
    id="2911_1",
    kind=Flag(),
    default=False,
    help="Whether firmware may come without a signature where signed firmware is wanted.",
    access=Access.INSTALLER,
)
NEW_SESSIONS = Setting(
    id="2911_2",
    kind=Flag(),
    default=False,
    help="Whether others may begin to charge while firmware waits for a transaction to end.",
    variables=(Variable("ChargingStation", "AllowNewSessionsPendingFirmwareUpdate"),),
)
DOWNGRADE = Setting(
    id="2911_3",
    kind=Flag(),
    default=True,
    help="Whether firmware may be followed by an earlier version of it.",
    access=Access.INSTALLER,
)

ROWS = (UNSIGNED_ALLOWED, NEW_SESSIONS, DOWNGRADE)
