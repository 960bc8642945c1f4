"""Whether EVSEs can be reserved."""

from __future__ import annotations

from laadpaal.properties.kinds import Flag
from laadpaal.properties.rows import Access, Key, Setting, Variable

RESERVATIONS_ENABLED = Setting(
    id="20A1_1",
    kind=Flag(),
    default=True,
    help="Whether EVSEs can be reserved; those that are stay so.",
    variables=(Variable("ReservationCtrlr", "Enabled"),),
)
ANY_EVSE_RESERVABLE = Setting(
    id="20A1_2",
    kind=Flag(),
    default=True,
    help="Whether an EVSE can be reserved without saying which.",
    keys=(Key("ReserveConnectorZeroSupported", read_only=True),),
    variables=(Variable("ReservationCtrlr", "NonEvseSpecific", read_only=True),),
    access=Access.INSTALLER,
)

ROWS = (RESERVATIONS_ENABLED, ANY_EVSE_RESERVABLE)
