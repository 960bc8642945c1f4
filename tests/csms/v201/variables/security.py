"""How station and CSMS know each other (3.2)."""

from __future__ import annotations

from tests.csms.v201.variables.row import FLAG, RW, TEXT, WHOLE, WO, available, optional, required

ROWS = (
    *available("SecurityCtrlr"),
    *required("SecurityCtrlr.BasicAuthPassword", TEXT, WO, low=16, high=64),
    *required("SecurityCtrlr.OrganizationName", TEXT, RW, low=0, high=49),
    *required("SecurityCtrlr.CertificateEntries", WHOLE, low=0, high=20),
    *required("SecurityCtrlr.SecurityProfile", WHOLE, low=0, high=3),
    *optional("SecurityCtrlr.AdditionalRootCertificateCheck", FLAG),
    *optional("SecurityCtrlr.AllowCSMSTLSWildcards", FLAG, RW),
    *optional("SecurityCtrlr.CertSigningRepeatTimes", WHOLE, RW, low=0, high=10),
    *optional("SecurityCtrlr.CertSigningWaitMinimum", WHOLE, RW, unit="s", low=1, high=86_400),
    *optional("SecurityCtrlr.MaxCertificateChainSize", WHOLE, low=1, high=10_000),
)
