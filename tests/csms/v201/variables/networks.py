"""Which network the CSMS is reached by (3.2)."""

from __future__ import annotations

from tests.csms.v201.variables.row import RO, SEQUENCE, WHOLE, required

ROWS = (
    *required("OCPPCommCtrlr.ActiveNetworkProfile", WHOLE),
    *required("OCPPCommCtrlr.MessageTimeout[Default]", WHOLE, unit="s", low=1, high=600),
    # Writable in the specification; with one network profile there is one value only.
    *required("OCPPCommCtrlr.NetworkConfigurationPriority", SEQUENCE, RO, words=("1",)),
    *required("OCPPCommCtrlr.NetworkProfileConnectionAttempts", WHOLE, RO),
)
