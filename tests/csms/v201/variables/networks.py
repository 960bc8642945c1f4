"""Which network the CSMS is reached by (3.2)."""

from __future__ import annotations

from tests.csms.v201.variables.row import (
    FLAG,
    RW,
    SEQUENCE,
    WHOLE,
    available,
    optional,
    required,
)

ROWS = (
    *available("Network"),
    *optional("Network.ActiveConnectivity", WHOLE, low=0, high=2),
    *optional("Network.Connectivity", WHOLE, RW, low=0, high=3),
    *required("OCPPCommCtrlr.ActiveNetworkProfile", WHOLE, low=1, high=3),
    *required("OCPPCommCtrlr.MessageTimeout[Default]", WHOLE, unit="s", low=1, high=600),
    *required("OCPPCommCtrlr.NetworkConfigurationPriority", SEQUENCE, RW, words=("1", "2", "3")),
    *required("OCPPCommCtrlr.NetworkProfileConnectionAttempts", WHOLE, RW, low=1, high=100),
    *optional("SecurityCtrlr.AllowSecurityProfileDowngrade", FLAG, RW),
)
