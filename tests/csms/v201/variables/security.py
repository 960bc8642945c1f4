"""How station and CSMS know each other (3.2)."""

from __future__ import annotations

from tests.csms.v201.variables.row import RW, TEXT, WHOLE, WO, available, required

ROWS = (
    *available("SecurityCtrlr"),
    *required("SecurityCtrlr.BasicAuthPassword", TEXT, WO, low=16, high=64),
    *required("SecurityCtrlr.OrganizationName", TEXT, RW, low=0, high=49),
    *required("SecurityCtrlr.CertificateEntries", WHOLE, high=0),
    *required("SecurityCtrlr.SecurityProfile", WHOLE, low=0, high=3),
)
