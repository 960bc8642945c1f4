"""Reservation (3.2)."""

from __future__ import annotations

from tests.csms.v201.variables.row import FLAG, RW, available, optional

ROWS = (
    *available("ReservationCtrlr"),
    *optional("ReservationCtrlr.Enabled", FLAG, RW),
    *optional("ReservationCtrlr.NonEvseSpecific", FLAG),
)
