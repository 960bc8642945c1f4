"""What monitors may be, and who hears of them (3.2)."""

from __future__ import annotations

from tests.csms.v201.variables.row import FLAG, OPTION, RW, WHOLE, available, optional, required

ROWS = (
    *available("MonitoringCtrlr"),
    *optional("MonitoringCtrlr.Enabled", FLAG, RW),
    *required("MonitoringCtrlr.ItemsPerMessage[SetVariableMonitoring]", WHOLE),
    *required("MonitoringCtrlr.BytesPerMessage[SetVariableMonitoring]", WHOLE),
    *optional("MonitoringCtrlr.ItemsPerMessage[ClearVariableMonitoring]", WHOLE),
    *optional("MonitoringCtrlr.BytesPerMessage[ClearVariableMonitoring]", WHOLE),
    *optional("MonitoringCtrlr.OfflineQueuingSeverity", WHOLE, RW, low=0, high=9),
    *optional(
        "MonitoringCtrlr.ActiveMonitoringBase",
        OPTION,
        words=("All", "FactoryDefault", "HardWiredOnly"),
    ),
    *optional("MonitoringCtrlr.ActiveMonitoringLevel", WHOLE, low=0, high=9),
)
