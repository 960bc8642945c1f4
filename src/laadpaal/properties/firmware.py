"""How the station gets new firmware."""

from __future__ import annotations

from laadpaal.properties.kinds import Flag, Whole
from laadpaal.properties.rows import Access, Reading, Setting, Variable

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
UPDATE_CODE = Reading(
    id="2911_0",
    kind=Whole(-4, 12),
    help="Number of how far the last firmware update is; 0 is none, below 0 it went wrong.",
)
UPDATE_PERCENT = Reading(
    id="2911_4",
    kind=Whole(0, 100, unit="%"),
    help="How much of the step that 2911_0 tells is done; 0 where that is not known.",
)
ON_TRIAL = Reading(
    id="2911_5",
    kind=Flag(),
    help="Whether the firmware that runs has yet to be kept, and is else taken back.",
)

ROWS = (UPDATE_CODE, UNSIGNED_ALLOWED, NEW_SESSIONS, DOWNGRADE, UPDATE_PERCENT, ON_TRIAL)
